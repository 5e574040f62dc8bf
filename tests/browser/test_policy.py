"""No page of the site asks a browser for anything that the policy of the site does not allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.admin.browsing import sit_down_in
from tests.admin.desk import make_capture
from tests.factories import make_article, make_image

pytestmark = pytest.mark.walk

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.conftest import Site

WATCH = """
    window.refused = [];
    addEventListener("securitypolicyviolation", (event) => {
        refused.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
"""
DESK = (
    *("index", "articles_article_changelist", "articles_article_add", "articles_article_board"),
    *("articles_image_changelist", "articles_image_add", "articles_source_add", "password_change"),
    *("articles_event_add", "articles_recording_add", "articles_poll_add", "articles_desk_add"),
    *("articles_capture_changelist", "articles_broadcast_add", "auth_user_add", "account"),
)


def refused_on(page: Page) -> list[str]:
    page.wait_for_load_state("networkidle")
    return page.evaluate("refused")


@pytest.mark.parametrize("code", ["en", "ur"])
def test_nothing_on_the_pages_of_readers_is_refused(page: Page, site: Site, code: str) -> None:
    page.add_init_script(WATCH)
    for name in site.walk(page, code):
        assert refused_on(page) == [], name


def test_the_policy_is_there_and_stops_what_is_written_into_a_page(page: Page, site: Site) -> None:
    page.add_init_script(WATCH)
    page.goto(site.url + site.articles["en"])
    page.evaluate("""() => {
        document.body.insertAdjacentHTML("beforeend", "<img src=/no onerror='window.ran = 1'>");
        const script = document.createElement("script");
        script.textContent = "window.ran = 2";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<iframe src='https://stranger.example/'>");
    }""")
    page.wait_for_function("() => refused.length >= 3")
    assert page.evaluate("window.ran") is None


def test_a_press_shows_the_player_that_the_page_offers(page: Page, site: Site) -> None:
    page.route("https://**", lambda route: route.fulfill(body="a player", content_type="text/html"))
    page.add_init_script(WATCH)
    page.goto(f"{site.url}/en/live/")
    assert page.locator("[data-player]").count() == 1
    framed = page.evaluate("document.querySelector('template').content.querySelector('iframe').src")
    told = page.request.get(f"{site.url}/en/live/").headers["content-security-policy"]
    assert f"frame-src {framed[: framed.index('/', 8)]};" in told


def test_nothing_on_the_desk_is_refused(page: Page, site: Site, live_server: LiveServer) -> None:
    sit_down_in(page, live_server)
    page.add_init_script(WATCH)
    make_article(status="review")
    capture, image = make_capture(), make_image()
    paths = [
        *(reverse(f"admin:{name}") for name in DESK),
        reverse("admin:articles_image_change", args=[image.pk]),
        reverse("admin:articles_capture_change", args=[capture.pk]),
        reverse("admin:articles_capture_incoming", args=[capture.pk]),
    ]
    for path in paths:
        answer = page.goto(site.url + path)
        assert answer.status == 200, path
        assert refused_on(page) == [], path
