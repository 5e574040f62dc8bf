"""The page of two texts in a real browser: by keys alone, readable by everybody, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles.models import Article
from tests.admin.browsing import LANGUAGES, open_form, serious_findings, wait_for_scripts
from tests.admin.desk import save, sit_down
from tests.factories import load_languages, make_article, make_editor

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def clash(page: Page, live_server: LiveServer, language: str = "en") -> Article:
    """Bring the page of questions onto the screen: two people wrote a headline and a body."""
    load_languages()
    article = make_article(language=language, status="draft")
    open_form(page, live_server, article, language)
    other = sit_down(member=make_editor(first_name="Ayesha"))
    save(
        other, article, headline=f"{article.headline} 1", body=article.body.replace("<p>", "<p>1 ")
    )
    page.fill("#id_headline", f"{article.headline} 2")
    page.locator(".body-text [contenteditable]").press("End")
    page.keyboard.type(" Mine.")
    with page.expect_navigation():
        page.locator("[name=_save]").click()
    wait_for_scripts(page)
    return article


def press_save(page: Page) -> None:
    with page.expect_navigation():
        page.locator("[name=_save]").click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_two_texts_is_accessible_and_fits_a_phone(
    page: Page, live_server: LiveServer, language: str
) -> None:
    clash(page, live_server, language)

    for box in page.locator("input[value=edit]").all():
        box.check()
    assert page.get_attribute("html", "lang") == language
    assert serious_findings(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_signs_of_a_difference_need_no_colour(page: Page, live_server: LiveServer) -> None:
    clash(page, live_server)
    page.emulate_media(forced_colors="active")

    line = "each => getComputedStyle(each).textDecorationLine"
    assert page.locator(".diff ins").first.evaluate(line) == "underline"
    assert page.locator("#theirs-headline ins").inner_text().startswith("added:")


def test_texts_are_decided_by_keys_alone(page: Page, live_server: LiveServer) -> None:
    article = clash(page, live_server)

    page.focus("[name=_choice_headline][value=mine]")
    page.keyboard.press("ArrowDown")  # Theirs.
    assert page.is_checked("[name=_choice_headline][value=theirs]")
    page.focus("[name=_choice_body][value=theirs]")
    page.keyboard.press("ArrowDown")  # Edit: the box opens and is next.
    page.keyboard.press("Tab")
    assert page.locator(".box :focus").count() == 1
    page.locator(".box [contenteditable]").press("End")
    page.keyboard.type(" Both.")
    press_save(page)

    article.refresh_from_db()
    assert article.headline.endswith(" 1")
    assert article.body.endswith(" Mine. Both.</p>")


def test_a_box_that_is_not_chosen_stays_closed_and_is_not_sent(
    page: Page, live_server: LiveServer
) -> None:
    article = clash(page, live_server)
    assert not page.is_visible("#id_edited-headline")

    page.check("[name=_choice_headline][value=edit]")
    page.fill("#id_edited-headline", "Edited and thought better of")
    page.check("[name=_choice_headline][value=mine]")
    page.check("[name=_choice_body][value=mine]")
    press_save(page)

    article.refresh_from_db()
    assert article.headline.endswith(" 2")
