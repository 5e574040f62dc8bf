"""Autosave in a real browser: nothing typed is lost, whatever becomes of the tab or the session."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Literal
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Error, expect

from articles.models import Article, Draft
from tests.admin.browsing import (
    LANGUAGES,
    open_form,
    serious_findings,
    sit_down_in,
    wait_for_scripts,
)
from tests.admin.desk import form_of, sit_down
from tests.admin.drafts import tell, type_into
from tests.factories import load_languages, make_article

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, BrowserContext, Dialog, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = reverse("admin:articles_article_add")
LIST = reverse("admin:articles_article_changelist")
TOLD = "#desk-autosave [data-told]"
HOURS_BEHIND = """{
    const Real = Date, late = () => Real.now() - 3 * 3_600_000;
    window.Date = class extends Real {
        constructor(...told) { super(...(told.length ? told : [late()])); }
        static now() { return late(); }
    };
}"""
STORED = """() => Object.entries(localStorage)
    .filter(([name]) => name.startsWith("newsroom.typed.")).map(([, text]) => text)"""


def make_draft() -> Article:
    load_languages()
    return make_article(status="draft", standfirst="")


def bring_cookies(context: BrowserContext, live_server: LiveServer, client: Client) -> None:
    """Make a browser that of the editor who has signed in in ``client``."""
    values = [(name, cookie.value) for name, cookie in client.cookies.items()]
    context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in values])


def wait_until_kept(page: Page) -> None:
    expect(page.locator(TOLD)).to_contain_text("Kept", timeout=10_000)


def crash(page: Page) -> None:
    """End the process of a tab at once: no event, no last word."""
    with pytest.raises(Error):
        page.goto("chrome://crash", timeout=3000)


def data_of(article: Article | None) -> list[dict[str, str]]:
    return [draft.data for draft in Draft.objects.unsaved().filter(article=article)]


def standfirst() -> str:
    return Article.objects.get().standfirst


def press(page: Page, button: str = "_continue") -> None:
    page.locator(f"[name={button}]").click()


# Kept ---------------------------------------------------------------------------------------------


def test_text_is_kept_within_three_seconds_while_somebody_types_on(
    page: Page, live_server: LiveServer
) -> None:
    article = make_draft()
    open_form(page, live_server, article)
    page.focus("#id_standfirst")
    typed: list[tuple[float, str]] = []
    begin = time.monotonic()
    while time.monotonic() - begin < 8:
        words = f"word{len(typed)} "
        page.keyboard.type(words)
        typed.append((time.monotonic(), words.strip()))
        page.wait_for_timeout(150)
        kept = " ".join(data.get("standfirst", "") for data in data_of(article))
        now = time.monotonic()
        assert [word for at, word in typed if at < now - 3 and word not in kept] == []


def test_words_of_the_bodys_editor_are_kept(page: Page, live_server: LiveServer) -> None:
    article = make_draft()
    open_form(page, live_server, article)

    page.click("#id_body_text")
    page.keyboard.press("Control+End")
    page.keyboard.type(" And more.")
    wait_until_kept(page)

    assert "And more." in data_of(article)[0]["body"]


def test_a_choice_of_a_list_is_kept(page: Page, live_server: LiveServer) -> None:
    article = make_draft()
    open_form(page, live_server, article)

    page.locator("#id_section + .select2-container .select2-selection").focus()
    page.evaluate("django.jQuery('#id_source').val(null).trigger('change')")
    wait_until_kept(page)

    assert data_of(article)[0]["source"] == ""


def test_leaving_at_once_keeps_what_was_typed_a_moment_ago(
    page: Page, live_server: LiveServer
) -> None:
    article = make_draft()
    open_form(page, live_server, article)

    page.fill("#id_standfirst", "Typed and left.")
    page.goto(live_server.url + LIST)

    expect(page.locator("#content .unsaved li")).to_have_count(1)
    assert data_of(article)[0]["standfirst"] == "Typed and left."
    assert not Draft.objects.present().exists()


def test_an_open_form_in_which_nothing_is_typed_keeps_no_text(
    page: Page, live_server: LiveServer
) -> None:
    article = make_draft()
    open_form(page, live_server, article)
    page.wait_for_timeout(500)

    assert data_of(article) == []
    assert page.text_content(TOLD) == ""
    page.goto(live_server.url + reverse("admin:index"))
    page.wait_for_timeout(300)
    assert not Draft.objects.exists()


def test_what_was_typed_and_undone_is_no_unsaved_text(page: Page, live_server: LiveServer) -> None:
    article = make_draft()
    open_form(page, live_server, article)
    page.fill("#id_standfirst", "Typed.")
    wait_until_kept(page)

    page.fill("#id_standfirst", "")
    expect(page.locator(TOLD)).to_have_text("", timeout=10_000)
    assert data_of(article) == []
    page.goto(live_server.url + LIST)

    expect(page.locator("#content .unsaved")).to_have_count(0)


def test_an_open_page_is_seen_every_quarter_minute_and_a_hidden_one_seldom(
    page: Page, live_server: LiveServer
) -> None:
    article = make_draft()
    sit_down_in(page, live_server)
    page.clock.install()
    page.goto(live_server.url + form_of(article))
    wait_for_scripts(page)
    page.clock.pause_at(timezone.now() + timedelta(minutes=5))
    page.wait_for_timeout(500)
    beats: list[str] = []
    page.on("request", lambda request: beats.append(request.url))

    for _quarter in range(4):
        page.clock.run_for(15_000)
        page.wait_for_timeout(100)
    assert len([url for url in beats if "/draft/" in url]) == 4

    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })")
    beats.clear()
    for _quarter in range(8):
        page.clock.run_for(15_000)
        page.wait_for_timeout(100)
    assert len([url for url in beats if "/draft/" in url]) == 1
    assert data_of(article) == []


def test_a_note_to_the_writer_is_kept_too(page: Page, live_server: LiveServer) -> None:
    load_languages()
    article = make_article(status="review", standfirst="")
    open_form(page, live_server, article)
    page.fill("#id_note", "Name the canal.")
    wait_until_kept(page)
    crash(page)

    again = page.context.new_page()
    again.goto(live_server.url + form_of(article))
    again.click(".unsaved [name=_take]")

    expect(again.locator("#id_note")).to_have_value("Name the canal.")


def test_what_goes_well_is_not_read_out(page: Page, live_server: LiveServer) -> None:
    article = make_draft()
    open_form(page, live_server, article)
    page.fill("#id_standfirst", "Typed.")
    wait_until_kept(page)

    assert page.text_content("#desk-autosave [data-announced]") == ""
    assert page.get_attribute(TOLD, "role") is None


# Offered ------------------------------------------------------------------------------------------


def test_the_text_of_a_crashed_tab_is_offered_taken_and_saved(
    page: Page, live_server: LiveServer
) -> None:
    article = make_draft()
    open_form(page, live_server, article)
    page.fill("#id_standfirst", "Typed before the crash.")
    wait_until_kept(page)

    crash(page)
    again = page.context.new_page()
    again.goto(live_server.url + form_of(article))
    expect(again.locator(".unsaved ins")).to_contain_text("Typed before the crash.")
    with again.expect_navigation():
        again.click(".unsaved [name=_take]")
    wait_for_scripts(again)
    assert again.input_value("#id_standfirst") == "Typed before the crash."
    assert "draft=" not in again.url
    with again.expect_navigation():
        press(again)

    assert standfirst() == "Typed before the crash."
    expect(again.locator(".unsaved")).to_have_count(0)
    again.wait_for_timeout(500)
    assert data_of(article) == []


def test_a_crashed_new_article_waits_on_the_form_for_new_ones(
    page: Page, live_server: LiveServer
) -> None:
    load_languages()
    sit_down_in(page, live_server, "ur")
    page.goto(live_server.url + ADD)
    wait_for_scripts(page)
    page.fill("#id_headline", "بارش")
    expect(page.locator(TOLD)).to_contain_text("ابھی محفوظ نہیں", timeout=10_000)

    crash(page)
    again = page.context.new_page()
    again.goto(live_server.url + LIST)
    again.click("#content .unsaved li a")

    expect(again.locator(".unsaved ins").first).to_contain_text("بارش")


def test_a_text_without_a_script_is_taken_and_thrown_away(
    chromium: Browser, live_server: LiveServer
) -> None:
    article = make_draft()
    client = sit_down(username="ayesha")
    for tab in (1, 2):
        type_into(client, article, tab=UUID(int=tab), standfirst=f"Typed {tab}.")
    context = chromium.new_context(java_script_enabled=False)
    bring_cookies(context, live_server, client)
    page = context.new_page()
    page.goto(live_server.url + form_of(article))
    expect(page.locator(".unsaved")).to_have_count(2)
    page.locator(".unsaved summary").first.click()
    page.locator(".unsaved [name=_drop]").first.click()
    expect(page.locator(".unsaved")).to_have_count(1)

    page.click(".unsaved [name=_take]")
    assert page.input_value("#id_standfirst") == "Typed 1."
    press(page)
    context.close()

    assert standfirst() == "Typed 1."
    assert not Draft.objects.exists()


# Saved --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("button", ["_save", "_continue"])
def test_a_save_right_after_typing_leaves_no_unsaved_text(
    page: Page, live_server: LiveServer, button: str
) -> None:
    article = make_draft()
    open_form(page, live_server, article)

    page.fill("#id_standfirst", "Typed and saved.")
    with page.expect_navigation():
        press(page, button)
    page.wait_for_timeout(500)

    assert standfirst() == "Typed and saved."
    assert data_of(article) == []


def test_a_step_is_taken_with_its_own_button(page: Page, live_server: LiveServer) -> None:
    article = make_draft()
    open_form(page, live_server, article)

    page.fill("#id_standfirst", "Typed and submitted.")
    with page.expect_navigation():
        page.click("[name=_verb][value=submit]")

    article.refresh_from_db()
    assert (article.status, article.standfirst) == ("review", "Typed and submitted.")
    assert data_of(article) == []


# Not kept -----------------------------------------------------------------------------------------


def test_a_silent_server_leaves_the_text_in_the_browser_and_gets_it_later(
    page: Page, live_server: LiveServer
) -> None:
    article = make_draft()
    open_form(page, live_server, article)
    page.route("**/draft/*", lambda route: route.abort())
    page.route("**/draft/", lambda route: route.abort())

    page.fill("#id_standfirst", "Typed without a connection.")
    expect(page.locator(TOLD)).to_contain_text("no connection", timeout=10_000)
    assert "no connection" in page.text_content("#desk-autosave [data-announced]")
    assert "without a connection" in page.evaluate(STORED)[0]
    press(page)
    expect(page.locator("[data-alert=silent]")).to_be_visible()
    crash(page)

    again = page.context.new_page()
    again.goto(live_server.url + form_of(article))
    expect(again.locator(".unsaved ins")).to_contain_text("Typed without a connection.")
    assert again.evaluate(STORED) == []


def test_a_clock_that_is_wrong_by_hours_loses_no_text(page: Page, live_server: LiveServer) -> None:
    """What a browser kept for itself is newer than what the server has, whatever its clock says."""
    article = make_draft()
    page.context.add_init_script(HOURS_BEHIND)
    open_form(page, live_server, article)
    page.fill("#id_standfirst", "First.")
    wait_until_kept(page)
    page.route("**/draft/*", lambda route: route.abort())
    page.route("**/draft/", lambda route: route.abort())
    page.fill("#id_standfirst", "First. Second.")
    expect(page.locator(TOLD)).to_contain_text("no connection", timeout=10_000)
    crash(page)

    again = page.context.new_page()
    again.goto(live_server.url + form_of(article))

    expect(again.locator(".unsaved ins")).to_contain_text("Second.")


def test_leaving_is_asked_about_only_when_a_text_is_kept_nowhere(
    page: Page, live_server: LiveServer
) -> None:
    article = make_draft()
    open_form(page, live_server, article)
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    page.fill("#id_standfirst", "Typed.")
    page.goto(live_server.url + LIST)
    assert asked == []

    page.goto(live_server.url + form_of(article))
    wait_for_scripts(page)
    page.route("**/draft/**", lambda route: route.abort())
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    page.click("#id_standfirst")
    page.keyboard.type("Typed.")
    expect(page.locator(TOLD)).to_contain_text("kept nowhere", timeout=10_000)
    page.goto(live_server.url + LIST)

    assert asked == ["beforeunload"]


def test_a_session_that_ended_during_a_save_loses_nothing(
    page: Page, live_server: LiveServer
) -> None:
    article = make_draft()
    client = sit_down()
    bring_cookies(page.context, live_server, client)
    page.goto(live_server.url + form_of(article))
    wait_for_scripts(page)
    session = Session.objects.get()
    Session.objects.all().delete()

    page.fill("#id_standfirst", "Typed after the session had ended.")
    press(page)
    alert = page.locator("[data-alert=signed-out]")
    expect(alert).to_be_visible()
    expect(alert).to_be_focused()
    assert page.url == live_server.url + form_of(article)
    assert "after the session" in json.loads(page.evaluate(STORED)[0])["data"]["standfirst"]
    assert page.get_attribute("[data-alert=signed-out] a", "href").startswith("/admin/login/?next=")

    session.save(force_insert=True)
    client.cookies["csrftoken"] = "x" * 32  # A new login brings a new proof.
    bring_cookies(page.context, live_server, client)
    press(page)

    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    assert standfirst() == "Typed after the session had ended."
    assert page.evaluate(STORED) == []


def test_somebody_elses_login_takes_no_text(page: Page, live_server: LiveServer) -> None:
    article = make_draft()
    open_form(page, live_server, article)
    sit_down_in(page, live_server)

    page.fill("#id_standfirst", "Typed by the first.")
    press(page)

    expect(page.locator("[data-alert=signed-out]")).to_be_visible()
    assert standfirst() == ""


def test_an_article_that_was_published_meanwhile_keeps_the_page_and_says_why(
    page: Page, live_server: LiveServer
) -> None:
    article = make_draft()
    open_form(page, live_server, article)
    article.delete()

    page.fill("#id_standfirst", "Typed.")
    press(page)

    expect(page.locator("[data-alert=refused]")).to_contain_text("not there any more")
    assert page.input_value("#id_standfirst") == "Typed."


# Who is here --------------------------------------------------------------------------------------


def test_a_colleague_who_comes_is_seen_without_loading_the_page_again(
    page: Page, live_server: LiveServer
) -> None:
    article = make_draft()
    open_form(page, live_server, article)
    expect(page.locator("#desk-here p")).to_have_count(0)
    tell(sit_down(first_name="Ayesha"), article, data={"standfirst": "Hers"})

    page.fill("#id_standfirst", "Mine")

    expect(page.locator("#desk-here")).to_contain_text("Ayesha is editing here", timeout=10_000)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_screens_with_unsaved_text_have_no_serious_accessibility_findings(
    page: Page, live_server: LiveServer, language: str, scheme: Literal["light", "dark"]
) -> None:
    article = make_draft()
    client = sit_down(language)
    type_into(client, article, standfirst="Typed.", headline="Rain fills wells")
    tell(sit_down(first_name="Ayesha"), article, data={"standfirst": "Hers"})
    page.emulate_media(color_scheme=scheme)
    bring_cookies(page.context, live_server, client)

    for address in (form_of(article), LIST):
        page.goto(live_server.url + address)
        expect(page.locator(".unsaved")).to_be_visible()
        assert serious_findings(page) == [], address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_form_that_was_not_taken_is_accessible(
    page: Page, live_server: LiveServer, language: str
) -> None:
    article = make_draft()
    open_form(page, live_server, article, language)
    Session.objects.all().delete()

    page.fill("#id_standfirst", "Typed.")
    with page.expect_navigation():
        page.evaluate("document.getElementById('article_form').submit()")

    assert page.input_value("[name=standfirst]") == "Typed."
    assert page.get_attribute("html", "lang") == language
    assert serious_findings(page) == []
