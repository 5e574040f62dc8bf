"""Sections in a real browser: an editor sets them up by keys, and a reader finds them so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, Language
from tests.accessibility import violations
from tests.admin.browsing import open_form, save_form, sit_down_in
from tests.factories import load_languages, make_article, make_author, make_section

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from articles.models import Section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CODES = ["en", "ur"]
VERSE = {
    "en": ["The well goes down,", "the rope goes far."],
    "ur": ["کنواں اترا ہے،", "رسی دور تک ہے۔"],
}
TITLES = {"en": "The evening news", "ur": "شام کی خبریں"}
OFFICES = {"en": "Press office", "ur": "دفترِ اطلاعات"}


def open_section(page: Page, live_server: LiveServer, section: Section, code: str) -> None:
    sit_down_in(page, live_server, code)
    page.goto(live_server.url + reverse("admin:articles_section_change", args=[section.pk]))


def send(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("code", CODES)
def test_pages_are_put_in_order_by_keys_and_stand_so_before_readers(
    page: Page, live_server: LiveServer, code: str
) -> None:
    load_languages()
    section = make_section(language=code, slug="about", layout="pages")
    for letter in "ABC":
        make_article(language=code, section=section, headline=letter)
    open_section(page, live_server, section, code)
    assert violations(page) == []

    page.get_by_label("C", exact=False).last.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("1")
    send(page)

    page.goto(live_server.url + section.get_absolute_url())
    assert page.locator(".pages h2").all_inner_texts() == ["C", "A", "B"]


@pytest.mark.parametrize("code", CODES)
def test_a_link_is_written_by_keys_and_leads_a_reader_away(
    page: Page, live_server: LiveServer, code: str
) -> None:
    load_languages()
    section = make_section(language=code, slug="links", layout="links")
    open_section(page, live_server, section, code)
    assert violations(page) == []

    page.locator("#id_links-0-title").focus()
    page.keyboard.type("Paper")
    page.keyboard.press("Tab")
    page.keyboard.type("paper.example/about")
    send(page)

    page.goto(live_server.url + section.get_absolute_url())
    link = page.locator(".outward h2 a")
    expect(link).to_have_attribute("href", "https://paper.example/about")
    host = page.locator(".outward bdi", has_text="paper.example").bounding_box()
    assert host
    assert host["width"] > 0


@pytest.mark.parametrize("code", CODES)
def test_an_author_is_found_by_keys_and_a_reader_follows_the_byline(
    page: Page, live_server: LiveServer, code: str
) -> None:
    load_languages()
    author = make_author(code, name={"en": "Nell Farrow", "ur": "زرینہ نیازی"}[code])
    article = make_article(language=code)
    open_form(page, live_server, article, code)

    page.locator("#id_author + .select2 [role=combobox]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type(author.name.split()[0])
    page.wait_for_selector(".select2-results__option--highlighted")
    page.keyboard.press("Enter")
    save_form(page)

    assert Article.objects.get().author == author
    page.goto(live_server.url + article.get_absolute_url())
    page.locator(".byline a").click()
    expect(page.locator("h1")).to_have_text(author.name)
    expect(page.locator(".list h2")).to_have_count(1)


@pytest.mark.parametrize("code", CODES)
def test_lines_of_verse_are_typed_and_a_reader_finds_a_couplet(
    page: Page, live_server: LiveServer, code: str
) -> None:
    load_languages()
    section = make_section(language=code, slug="poetry", layout="verse")
    article = make_article(language=code, section=section)
    open_form(page, live_server, article, code)

    page.locator(".body-text [contenteditable]").first.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(VERSE[code][0])
    page.keyboard.press("Shift+Enter")
    page.keyboard.type(VERSE[code][1])
    save_form(page)

    page.goto(live_server.url + article.get_absolute_url())
    expect(page.locator(".couplet .verse-line")).to_have_text(VERSE[code])


@pytest.mark.parametrize("code", CODES)
def test_a_broadcast_is_set_and_a_reader_finds_it_in_the_schedule(
    page: Page, live_server: LiveServer, code: str
) -> None:
    load_languages()
    Language.objects.filter(pk=code).update(has_live=True)
    sit_down_in(page, live_server, code)
    page.goto(live_server.url + reverse("admin:articles_broadcast_add"))
    soon = timezone.localtime() + timedelta(days=1)

    page.select_option("#id_language", code)
    page.fill("#id_title", TITLES[code])
    page.fill("#id_address", "https://www.youtube.com/watch?v=aqz-KE-bpKQ")
    for place, moment in (("starts_at", soon), ("ends_at", soon + timedelta(hours=1))):
        page.fill(f"#id_{place}_0", f"{moment:%Y-%m-%d}")
        page.fill(f"#id_{place}_1", f"{moment:%H:%M}")
    page.locator("#id_title").focus()
    send(page)

    page.goto(f"{live_server.url}/{code}/live/")
    expect(page.locator("main")).to_contain_text(TITLES[code])


@pytest.mark.parametrize("code", CODES)
def test_a_contact_is_set_and_stands_at_the_head_of_the_page(
    page: Page, live_server: LiveServer, code: str
) -> None:
    load_languages()
    sit_down_in(page, live_server, code)
    page.goto(live_server.url + reverse("admin:articles_contact_add"))

    page.select_option("#id_language", code)
    page.fill("#id_name", OFFICES[code])
    page.fill("#id_phone", "+92 21 0000 0000")
    page.check("#id_in_header")
    page.locator("#id_name").focus()
    send(page)

    page.goto(f"{live_server.url}/{code}/contact/")
    expect(page.locator("body > header")).to_contain_text(OFFICES[code])
    expect(page.locator("body > header bdi", has_text="+92 21 0000 0000")).to_have_attribute(
        "dir", "ltr"
    )
