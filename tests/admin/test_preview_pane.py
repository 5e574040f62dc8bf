"""The preview beside the form: it follows what is typed, and what is in it goes nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.urls import reverse

from articles.models import Article
from tests.admin.browsing import (
    LANGUAGES,
    open_form,
    serious_findings,
    sit_down_in,
    wait_for_scripts,
)
from tests.admin.desk import form_of, sit_down
from tests.admin.test_body import type_at_end_of
from tests.admin.test_shortcuts import CONTROL, SHIFT, URDU, strike
from tests.factories import load_languages, make_article, make_section

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOGGLE = "[data-preview-toggle]"


def box_of(page: Page, selector: str) -> dict[str, float]:
    """Where an element is in the window, and how large."""
    return page.eval_on_selector(selector, "element => element.getBoundingClientRect().toJSON()")


def shown(page: Page) -> FrameLocator:
    return page.frame_locator(".preview iframe")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_is_seen_in_the_readers_page(
    page: Page, live_server: LiveServer, language: str
) -> None:
    load_languages()
    article = make_article(language=language, status="draft", body="<p>پانی</p>")
    open_form(page, live_server, article, "ur")

    page.click(TOGGLE)
    shown(page).locator("h1", has_text=article.headline).wait_for()
    page.fill("#id_headline", "212 نہر")
    type_at_end_of(page, "p", " آیا")
    shown(page).locator("h1", has_text="212 نہر").wait_for(timeout=4000)
    shown(page).locator(".body", has_text="پانی آیا").wait_for(timeout=4000)

    root = shown(page).locator("html")
    assert root.get_attribute("lang") == language
    assert root.get_attribute("dir") == article.language.direction
    assert root.get_attribute("data-script") == article.language.script
    assert Article.objects.get().headline == article.headline


def test_another_language_turns_the_page_that_is_shown(page: Page, live_server: LiveServer) -> None:
    load_languages()
    open_form(page, live_server, make_article(language="en", status="draft"))
    page.click(TOGGLE)
    shown(page).locator("h1").wait_for()

    page.select_option("#id_language", "ur")

    shown(page).locator("[lang=ur][dir=rtl][data-script=Aran] h1").wait_for(timeout=4000)


def test_an_urdu_layout_opens_and_closes_the_preview(page: Page, live_server: LiveServer) -> None:
    URDU["Backslash"] = ("\\", 220)
    open_form(page, live_server, make_article(status="draft"))
    assert page.is_hidden(".preview")

    page.focus("#id_headline")
    strike(page, "Backslash", CONTROL)
    assert page.is_visible(".preview")
    assert page.get_attribute(TOGGLE, "aria-expanded") == "true"
    assert page.evaluate("document.activeElement.id") == "id_headline"
    strike(page, "Backslash", CONTROL)
    assert page.is_hidden(".preview")

    page.fill("#id_headline", "Second")
    strike(page, "Backslash", CONTROL | SHIFT)
    shown(page).locator("h1", has_text="Second").wait_for()
    page.fill("#id_headline", "Third")
    with page.expect_response(
        "**/preview/", timeout=900
    ):  # Before it would be asked for by itself.
        strike(page, "Backslash", CONTROL | SHIFT)


def test_the_preview_is_open_where_it_was_left_open(page: Page, live_server: LiveServer) -> None:
    article = make_article(status="draft")
    open_form(page, live_server, article)
    page.click(TOGGLE)
    page.click("[data-preview-width='1280']")

    page.reload()
    wait_for_scripts(page)

    shown(page).locator("h1", has_text=article.headline).wait_for()
    assert page.get_attribute("[data-preview-width='1280']", "aria-pressed") == "true"
    page.click("[data-preview-close]")
    assert page.is_hidden(".preview")
    assert page.evaluate("document.activeElement.hasAttribute('data-preview-toggle')")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_closed_preview_asks_for_nothing(page: Page, live_server: LiveServer, width: int) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 900})
    open_form(page, live_server, make_article(status="draft"))

    page.fill("#id_headline", "Another")
    page.wait_for_timeout(1500)

    assert not any("/preview/" in address for address in asked)


@pytest.mark.parametrize("window", [390, 768, 1280])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_as_wide_as_the_device_and_fits_its_place(
    page: Page, live_server: LiveServer, window: int, width: int
) -> None:
    load_languages()
    page.set_viewport_size({"width": window, "height": 900})
    open_form(page, live_server, make_article(language="ur", status="draft"), "ur")

    page.click(TOGGLE)
    page.click(f"[data-preview-width='{width}']")
    shown(page).locator("h1").wait_for()

    assert (
        shown(page).locator("html").evaluate("root => root.ownerDocument.defaultView.innerWidth")
        == width
    )
    frame, place = (box_of(page, each) for each in (".preview iframe", ".preview-place"))
    assert frame["x"] >= place["x"] - 1
    assert frame["x"] + frame["width"] <= place["x"] + place["width"] + 1
    assert frame["height"] == pytest.approx(place["height"], abs=2)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_links_of_the_page_lead_nowhere(page: Page, live_server: LiveServer) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    section = make_section()
    body = '<p><a href="https://x.example/">out</a> <a href="/en/">in</a></p>'
    article = make_article(section=section, body=body, status="draft")
    open_form(page, live_server, article)
    page.click(TOGGLE)
    shown(page).locator("h1").wait_for()
    page.fill("#id_headline", "Second")  # The body was exchanged by then.
    shown(page).locator("h1", has_text="Second").wait_for()

    for link in ("out", "in"):
        shown(page).locator(".body a", has_text=link).click()
    shown(page).locator(".label a").click()
    page.wait_for_timeout(300)

    assert page.url == live_server.url + form_of(article)
    assert shown(page).locator("h1").inner_text() == "Second"
    assert len(page.context.pages) == 1
    assert errors == []


def test_what_is_wrong_is_said_beside_the_last_good_page(
    page: Page, live_server: LiveServer
) -> None:
    article = make_article(status="draft")
    open_form(page, live_server, article)
    page.click(TOGGLE)
    shown(page).locator("h1").wait_for()

    page.fill("#id_published_at_0", "yesterday")
    page.fill("#id_headline", "Second")
    page.locator(".preview-told p").wait_for()
    assert page.locator(".preview-told").inner_text() == "Published at: Enter a valid date."
    assert shown(page).locator("h1").inner_text() == article.headline
    assert serious_findings(page) == []

    page.fill("#id_published_at_0", "2026-01-02")
    shown(page).locator("h1", has_text="Second").wait_for()
    assert page.locator(".preview-told").inner_text() == ""


def test_who_was_signed_out_is_told_so_and_keeps_what_was_typed(
    page: Page, live_server: LiveServer
) -> None:
    open_form(page, live_server, make_article(status="draft"))
    page.click(TOGGLE)
    shown(page).locator("h1").wait_for()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    page.fill("#id_headline", "Second")

    page.locator(".preview-told", has_text="You are signed out").wait_for()
    assert page.input_value("#id_headline") == "Second"


def test_a_new_article_is_previewed(page: Page, live_server: LiveServer) -> None:
    load_languages()
    sit_down_in(page, live_server, "sd")
    page.goto(live_server.url + reverse("admin:articles_article_add"))
    wait_for_scripts(page)

    page.click(TOGGLE)
    page.fill("#id_headline", "پاڻي")

    shown(page).locator("[lang=sd] h1", has_text="پاڻي").wait_for()
    assert Article.objects.count() == 0
    assert serious_findings(page) == []


def test_without_scripts_the_preview_opens_in_a_window_of_its_own() -> None:
    article = make_article(status="draft")

    page = sit_down().get(form_of(article)).text

    address = reverse("admin:articles_article_preview", args=[article.pk])
    assert f'formaction="{address}" formtarget="newsroom-preview"' in page
    assert page.index('name="_continue"') < page.index("formaction")
