"""The desk in a real browser: fields turn at once, pages are accessible, nothing is clipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from articles.actions import save_revision
from tests.actions.test_revisions import copy
from tests.admin.browsing import LANGUAGES, serious_findings, sit_down_in
from tests.admin.desk import form_of, make_capture
from tests.factories import (
    load_languages,
    make_article,
    make_editor,
    make_notice,
    make_section,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.walk,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def addresses_of_screens() -> dict[str, str]:
    """The screens an editor meets, with something on each."""
    load_languages()
    article = make_article(
        language="ur",
        section=make_section(language="ur"),
        capture=make_capture(),
        hold_reason="The date is missing.",
        status="review",
    )
    make_article(language="sd", story=article.story)
    corrected = make_article(language="ur")
    make_article(story=corrected.story)
    make_notice(corrected)
    steps = {
        name: reverse("admin:articles_article_step", args=[corrected.pk, name])
        for name in ("withdraw", "notice")
    }
    save_revision(article=copy(corrected, headline="پہلا"), by=make_editor())
    old, new = corrected.revisions.order_by("number")
    compared = reverse("admin:articles_article_compare", args=[corrected.pk])
    return {
        "history": reverse("admin:articles_article_history", args=[corrected.pk]),
        "compare": f"{compared}?before={old.pk}&after={new.pk}",
        "revision": reverse("admin:articles_article_revision", args=[corrected.pk, old.pk]),
        "index": reverse("admin:index"),
        "list": reverse("admin:articles_article_changelist"),
        "form": form_of(article),
        "corrected": form_of(corrected),
        "capture": reverse("admin:articles_capture_change", args=[article.capture_id]),
        "incoming": reverse("admin:articles_capture_incoming", args=[article.capture_id]),
        **steps,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_screens_have_no_serious_accessibility_findings(
    page: Page, live_server: LiveServer, language: str
) -> None:
    screens = addresses_of_screens()
    page.context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
    page.goto(live_server.url + reverse("admin:login"))
    assert serious_findings(page) == []

    sit_down_in(page, live_server, language)
    for name, address in screens.items():
        page.goto(live_server.url + address)
        assert page.get_attribute("html", "lang") == language
        assert serious_findings(page) == [], name


def test_fields_turn_as_soon_as_the_language_is_chosen(page: Page, live_server: LiveServer) -> None:
    load_languages()
    sit_down_in(page, live_server)
    page.goto(live_server.url + reverse("admin:articles_article_add"))

    for language, direction in (("ur", "rtl"), ("sd", "rtl"), ("en", "ltr")):
        page.select_option("#id_language", language)
        for field in ("headline", "standfirst", "body", "byline", "dateline"):
            assert page.get_attribute(f"#id_{field}", "dir") == direction
            assert page.get_attribute(f"#id_{field}", "lang") == language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_no_screen_is_wider_than_the_window_and_no_button_is_clipped(
    page: Page, live_server: LiveServer, width: int, language: str
) -> None:
    screens = addresses_of_screens()
    sit_down_in(page, live_server, language)
    page.set_viewport_size({"width": width, "height": 900})
    for name, address in screens.items():
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        assert page.evaluate(CLIPPED) == [], name


CLIPPED = """() => [...document.querySelectorAll("button, .button, [type=submit], .closelink")]
    .filter(e => e.offsetParent && (e.scrollHeight > e.clientHeight + 2 || e.clientHeight < 24))
    .map(e => e.outerHTML.slice(0, 120) + e.clientHeight + "/" + e.scrollHeight)"""


def test_suggestions_speak_the_language_of_the_desk(page: Page, live_server: LiveServer) -> None:
    load_languages()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sit_down_in(page, live_server, "ur")
    page.goto(live_server.url + reverse("admin:articles_article_add"))
    assert page.get_attribute("#id_section", "lang") == "ur"
    wanted = page.evaluate("gettext('Nothing found')")

    page.click("#id_section + .select2-container")
    page.fill(".select2-search__field", "zzzz")

    page.wait_for_selector(f".select2-results__message:has-text('{wanted}')")
    assert errors == []
