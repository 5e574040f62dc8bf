"""Sound and video in a real browser: pressed, fetched, played, and placed by an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from articles.models import Event, Recording
from tests.accessibility import violations
from tests.admin.browsing import open_form, serious_findings
from tests.factories import load_languages, make_article, make_image, make_recording, make_section
from tests.recordings.made import sound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YOUTUBE = "https://youtu.be/abcdefghijk"
HOST = "www.youtube-nocookie.com"
TITLES = {"en": "The rain song", "ur": "بارش کا گیت"}
PLACES = {"en": "Town Hall, Thatta", "ur": "ٹاؤن ہال، ٹھٹہ"}


@pytest.fixture(autouse=True)
def _editions() -> None:
    load_languages()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def watched(chromium: Browser, request) -> Iterator[tuple[Page, list[str]]]:
    """A page whose requests to other hosts are noted, and answered by nobody else."""
    asked: list[str] = []
    context = chromium.new_context(service_workers="block", java_script_enabled=request.param)
    context.route(
        lambda url: urlsplit(url).hostname == HOST,
        lambda route: route.fulfill(body="<h1>A player</h1>", content_type="text/html"),
    )
    context.on("request", lambda each: asked.append(urlsplit(each.url).hostname or ""))
    yield context.new_page(), asked
    context.close()


@pytest.mark.parametrize("code", ["en", "ur"])
def test_a_reader_presses_and_only_then_is_the_provider_asked(watched, live_server, code) -> None:
    page, asked = watched
    article = make_article(language=code)
    make_recording(article, address=YOUTUBE, title=TITLES[code], poster=make_image())
    page.goto(live_server.url + article.get_absolute_url())
    link = page.locator("a.play")
    expect(link).to_be_visible()
    assert HOST not in asked

    link.click()

    expect(page.frame_locator(".stage iframe").locator("h1")).to_have_text("A player")
    assert HOST in asked
    assert page.locator("a.play").count() == 0
    stage = page.locator(".stage").bounding_box()
    player = page.locator(".stage iframe").bounding_box()
    assert (player["width"], player["height"]) == (stage["width"], stage["height"])


@pytest.mark.parametrize("code", ["en", "ur"])
def test_a_reader_hears_a_file_and_nothing_is_fetched_before(page, live_server, code) -> None:
    fetched: list[str] = []
    page.on("request", lambda each: fetched.append(urlsplit(each.url).path))
    section = make_section(language=code, layout="audio", slug="songs")
    recording = make_recording(make_article(language=code, section=section), sound(3))
    page.goto(live_server.url + section.get_absolute_url())
    assert recording.file_url not in fetched

    length = page.locator("audio").evaluate(
        """audio => new Promise((done, failed) => {
            audio.onloadedmetadata = () => done(audio.duration);
            audio.onerror = () => failed(new Error(audio.error.message));
            audio.preload = "metadata";
            audio.load();
        })"""
    )

    assert round(length) == 3
    assert recording.file_url in fetched


@pytest.mark.parametrize("code", ["en", "ur", "sd"])
def test_axe_finds_nothing_to_mend_beside_a_recording(page, live_server, code) -> None:
    article = make_article(language=code)
    make_recording(article, address=YOUTUBE, seconds=95, poster=make_image())
    make_recording(article, transcript="x")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(live_server.url + article.get_absolute_url())
        assert violations(page) == []


@pytest.mark.parametrize("code", ["en", "ur"])
def test_an_editor_places_an_event_and_a_recording(
    page, live_server: LiveServer, tmp_path: Path, code
) -> None:
    article = make_article(language=code, status="draft")
    song = tmp_path / "song.wav"
    song.write_bytes(sound(2))
    open_form(page, live_server, article, code)

    page.locator(".beside-text a[href*='articles/event/add/']").click()
    page.fill("#id_first_day", "2026-03-08")
    page.fill("#id_first_time", "17:00")
    page.fill("#id_place", PLACES[code])
    assert serious_findings(page) == []
    page.locator("[name=_save]").click()
    page.wait_for_url("**/articles/article/**")
    page.locator(".beside-text a[href*='articles/recording/add/']").click()
    page.set_input_files("#id_upload", song)
    page.fill("#id_title", TITLES[code])
    assert serious_findings(page) == []
    page.locator("[name=_save]").click()
    page.wait_for_url("**/articles/article/**")

    assert Event.objects.get(article=article).place == PLACES[code]
    assert Recording.objects.get(article=article).title == TITLES[code]
    listed = page.locator(".beside-text")
    expect(listed).to_contain_text(TITLES[code])
    page.locator(".beside-text a[href*='/recording/']").first.click()
    expect(page.locator("audio")).to_be_visible()
