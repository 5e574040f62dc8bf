"""Incoming by keyboard: one key a decision, by its place, whatever layout types it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from articles.models import Article, Capture
from tests.admin.test_browser import sit_down_in
from tests.admin.test_incoming import incoming
from tests.factories import load_languages

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, code: str, key: str) -> None:
    """Press a key by its place on the keyboard, as a layout that types ``key`` there would."""
    with page.expect_navigation():
        page.evaluate(
            """([code, key]) => document.body.dispatchEvent(
                new KeyboardEvent("keydown", {code, key, bubbles: true, cancelable: true}))""",
            [code, key],
        )


def test_a_queue_is_worked_through_by_keys_of_an_urdu_layout(
    page: Page, live_server: LiveServer
) -> None:
    load_languages()
    for _number in range(3):
        incoming(language="ur")
    sit_down_in(page, live_server, "ur")
    page.goto(live_server.url + reverse("admin:articles_capture_first_waiting"))

    press(page, "KeyA", "ا")
    press(page, "KeyR", "ر")
    press(page, "KeyP", "پ")

    states = list(Capture.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["accepted", "rejected", "accepted"]
    assert Article.objects.live().count() == 1


def test_typing_a_headline_decides_nothing_and_enter_saves_it(
    page: Page, live_server: LiveServer
) -> None:
    load_languages()
    _capture, article = incoming(headline="Derived")
    sit_down_in(page, live_server)
    page.goto(live_server.url + reverse("admin:articles_capture_first_waiting"))

    page.keyboard.press("h")
    page.keyboard.type("A rapid rise")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    article.refresh_from_db()
    assert article.headline == "A rapid rise"
    assert Capture.objects.get().state == "new"
