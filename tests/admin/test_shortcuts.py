"""Keys of the writing desk: told by their place, whatever letter a layout puts on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from articles.models import Article
from tests.admin.browsing import (
    LANGUAGES,
    open_form,
    serious_findings,
    sit_down_in,
    wait_for_scripts,
)
from tests.admin.test_body import TEXT, type_at_end_of
from tests.factories import load_languages, make_article

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALT, CONTROL, SHIFT = 1, 2, 8
URDU = {"KeyS": ("س", 83), "Slash": ("۔", 191), "Enter": ("Enter", 13)}
"""What an Urdu layout types with some keys, and their number on Windows."""


def strike(page: Page, code: str, modifiers: int) -> None:
    """Strike a key of a keyboard whose layout is Urdu, as the system tells it to the browser."""
    key, number = URDU[code]
    session = page.context.new_cdp_session(page)
    event = {"code": code, "key": key, "modifiers": modifiers, "windowsVirtualKeyCode": number}
    for kind in ("rawKeyDown", "keyUp"):
        session.send("Input.dispatchKeyEvent", {"type": kind, **event})


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.className")


def test_an_urdu_layout_saves_and_stays(page: Page, live_server: LiveServer) -> None:
    load_languages()
    article = make_article(language="ur", headline="پہلی", status="draft")
    open_form(page, live_server, article)

    page.fill("#id_headline", "دوسری")
    with page.expect_navigation():
        strike(page, "KeyS", CONTROL)

    assert page.url.endswith("/change/")
    assert Article.objects.get().headline == "دوسری"


def test_an_urdu_layout_saves_and_leaves_from_within_the_text(
    page: Page, live_server: LiveServer
) -> None:
    load_languages()
    article = make_article(language="ur", body="<p>پانی</p>", status="draft")
    open_form(page, live_server, article)

    type_at_end_of(page, "p", " آیا")
    with page.expect_navigation():
        strike(page, "Enter", CONTROL)

    assert page.url == live_server.url + reverse("admin:articles_article_changelist")
    assert Article.objects.get().body == "<p>پانی آیا</p>"


def test_the_steps_are_reached_but_not_taken_by_a_key(page: Page, live_server: LiveServer) -> None:
    open_form(page, live_server, make_article(status="draft"))

    page.focus("#id_headline")
    strike(page, "Enter", CONTROL | SHIFT)

    assert page.evaluate("document.activeElement.value") == "submit"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Article.objects.get().status == "review"


@pytest.mark.parametrize("held", [CONTROL | ALT, ALT, 0])
def test_no_letter_that_a_layout_types_is_taken_for_a_shortcut(
    page: Page, live_server: LiveServer, held: int
) -> None:
    """AltGr, with which Urdu layouts type their third row of letters, comes as Ctrl and Alt."""
    open_form(page, live_server, make_article(status="draft"))
    page.evaluate("window.isThisPage = true")

    page.focus("#id_headline")
    strike(page, "KeyS", held)
    strike(page, "Slash", held)

    page.wait_for_selector("dialog", state="detached")
    assert page.evaluate("window.isThisPage")


def test_fields_are_walked_through_in_both_directions(page: Page, live_server: LiveServer) -> None:
    open_form(page, live_server, make_article(status="draft"))

    page.focus("#id_headline")
    walked = []
    author = "select2-selection select2-selection--single"
    for _step in range(5):
        page.keyboard.press("Alt+ArrowDown")
        walked.append(focused(page))
    assert walked == ["id_standfirst", "id_body_text", "id_byline", author, "id_dateline"]
    for _step in range(3):
        page.keyboard.press("Alt+ArrowUp")
    assert focused(page) == "id_body_text"

    page.focus("[aria-label=Strong]")
    page.keyboard.press("Alt+ArrowDown")
    assert focused(page) == "id_body_text"
    page.focus("[aria-label=Heading]")
    page.keyboard.press("Alt+ArrowUp")
    assert focused(page) == "id_standfirst"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keys_are_listed_in_the_language_of_the_desk(
    page: Page, live_server: LiveServer, language: str
) -> None:
    load_languages()
    open_form(page, live_server, make_article(status="draft"), language)

    page.focus("#id_headline")
    strike(page, "Slash", CONTROL)
    assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    named = page.locator("dialog dt").all_inner_texts()
    assert len(named) == len(set(named)) > 8
    if language != "en":
        assert not any(letter.isascii() and letter.isalpha() for letter in "".join(named))
    assert serious_findings(page) == []

    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert focused(page) == "id_headline"


def test_nothing_is_saved_while_a_dialog_is_open(page: Page, live_server: LiveServer) -> None:
    open_form(page, live_server, make_article(status="draft"))
    page.evaluate("window.isThisPage = true")

    page.click("[data-writing-keys]")
    strike(page, "KeyS", CONTROL)
    page.wait_for_timeout(200)

    assert page.locator("dialog").count() == 1
    assert page.evaluate("window.isThisPage")


def test_enter_in_a_field_saves_and_stays(page: Page, live_server: LiveServer) -> None:
    article = make_article(status="draft")
    open_form(page, live_server, article)

    page.fill("#id_headline", "Another")
    with page.expect_navigation():
        page.press("#id_headline", "Enter")

    assert page.url.endswith("/change/")
    assert Article.objects.get().headline == "Another"


def test_a_new_article_begins_in_its_headline(page: Page, live_server: LiveServer) -> None:
    load_languages()
    sit_down_in(page, live_server)
    page.goto(live_server.url + reverse("admin:articles_article_add"))

    page.wait_for_function("() => document.activeElement.id === 'id_headline'")


def test_the_form_says_when_it_changed_and_when_it_is_as_it_was(
    page: Page, live_server: LiveServer
) -> None:
    article = make_article(headline="One", body="<p>Text</p>", status="draft")
    open_form(page, live_server, article)
    page.evaluate(
        """() => {
            window.told = [];
            const form = document.getElementById("article_form");
            form.addEventListener("desk:changed", () => window.told.push(form.dataset.unsaved));
        }"""
    )
    assert page.get_attribute("#article_form", "data-unsaved") == "false"

    page.fill("#id_headline", "Two")
    page.wait_for_function("() => window.told.length === 1")
    page.fill("#id_headline", "One")
    page.wait_for_function("() => window.told.length === 2")

    type_at_end_of(page, "p", "!")
    page.wait_for_function("() => window.told.length === 3")
    page.keyboard.press("Control+Z")
    page.wait_for_function("() => window.told.length === 4")
    page.click(".field-published_at .datetimeshortcuts >> nth=0 >> a >> nth=0")
    page.wait_for_function("() => window.told.length === 5")
    assert page.evaluate("window.told") == ["true", "false", "true", "false", "true"]


def test_a_form_that_came_back_with_faults_is_not_stored(
    page: Page, live_server: LiveServer
) -> None:
    sit_down_in(page, live_server)
    load_languages()
    page.goto(live_server.url + reverse("admin:articles_article_add"))
    wait_for_scripts(page)
    page.fill("#id_headline", "New")
    page.fill("#id_published_at_0", "yesterday")
    with page.expect_navigation():
        page.click(".writing-bar [name=_continue]")
    wait_for_scripts(page)

    assert page.get_attribute("#article_form", "data-unsaved") == "true"
    assert page.is_visible(TEXT)
