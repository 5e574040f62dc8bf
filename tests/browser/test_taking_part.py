"""Readers who vote and write without scripts, and editors who ask them, as both do it by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from playwright.sync_api import expect

from articles.models import Choice, Message, Poll, Vote
from tests.accessibility import violations
from tests.admin.browsing import serious_findings, sit_down_in
from tests.browser.test_direction import boxes, is_left_to_right, is_on_one_line
from tests.factories import MESSAGES, POLLS, load_languages, make_article, make_contact, make_poll

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CODES = ("en", "ur")


@pytest.fixture(autouse=True)
def _editions(transactional_db) -> None:
    load_languages()


@pytest.fixture
def plain(chromium) -> Iterator[Page]:
    """A page of a browser that runs no scripts."""
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("code", CODES)
def test_a_reader_votes_from_the_front_page_without_scripts(plain, live_server, code):
    make_article(language=code)
    make_poll(code)
    plain.goto(f"{live_server.url}/{code}/")
    plain.get_by_label(POLLS[code][1][1]).check()
    plain.locator(".ballot button").click()
    expect(plain).to_have_url(f"{live_server.url}/{code}/poll/library/")
    expect(plain.locator("table tbody tr").nth(1).locator("td").last).to_have_text("100%")
    assert list(Choice.objects.values_list("position", "votes")) == [(1, 0), (2, 1), (3, 0)]
    plain.goto(f"{live_server.url}/{code}/")
    plain.get_by_label(POLLS[code][1][2]).check()
    plain.locator(".ballot button").click()
    expect(plain.locator(".refused")).to_be_visible()
    expect(plain.locator("table")).to_be_visible()
    assert Vote.objects.count() == 1


def test_a_button_pressed_twice_at_a_first_visit_is_one_vote(page, live_server):
    make_poll()
    page.goto(f"{live_server.url}/en/poll/library/")
    page.get_by_label(POLLS["en"][1][0]).check()
    page.locator(".ballot button").dblclick()
    expect(page.locator("table")).to_be_visible()
    assert Vote.objects.count() == Choice.objects.get(position=1).votes == 1


@pytest.mark.parametrize("code", CODES)
def test_bars_begin_where_the_page_begins(page, live_server, code):
    make_poll(code, [9, 3, 0])
    page.goto(f"{live_server.url}/{code}/poll/library/?results")
    bar, room = (page.locator(each).first.bounding_box() for each in (".bars rect", ".bars svg"))
    assert abs(bar["width"] - 0.75 * room["width"]) < 1
    ends = (bar["x"] + bar["width"], room["x"] + room["width"])
    begins = (bar["x"], room["x"]) if code == "en" else ends
    assert abs(begins[0] - begins[1]) < 1


@pytest.mark.parametrize("code", CODES)
def test_a_reader_writes_to_the_desk_without_scripts(plain, live_server, code):
    subject, text = MESSAGES[code]
    plain.goto(f"{live_server.url}/{code}/contact/")
    plain.locator("[name=name]").fill("A. K.")
    plain.locator("[name=subject]").fill(subject)
    plain.locator("[name=email]").fill("nobody")
    plain.locator("[name=text]").fill(text)
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=True):
        plain.locator(".written button").click()
        expect(plain.locator(".has-error [name=email]")).to_have_value("nobody")
        expect(plain.locator("[name=text]")).to_have_value(text)
        plain.locator("[name=email]").fill("")
        plain.locator(".written button").click()
        expect(plain).to_have_url(f"{live_server.url}/{code}/contact/sent/#content")
    message = Message.objects.get()
    assert (message.language_id, message.subject, message.text) == (code, subject, text)


@pytest.mark.parametrize("code", ["en", "ur", "sd"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_mend_on_a_form_that_was_refused(page, live_server, code, scheme):
    make_poll(code)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_server.url}/{code}/contact/")
    page.locator(".written button").click()
    expect(page.locator(".has-error").first).to_be_visible()
    assert violations(page) == []
    page.goto(f"{live_server.url}/{code}/poll/library/")
    page.locator(".ballot").evaluate("each => { each.noValidate = true }")
    page.locator(".ballot button").click()
    expect(page.locator(".refused")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("code", ["ur", "sd"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_number_at_the_head_of_a_page_is_read_from_left_to_right(page, live_server, code, width):
    number = "+92 (0)21-111 222 333"
    make_contact(code, name="نیوز", phone=number, in_header=True)
    page.set_viewport_size({"width": width, "height": 800})
    for path in (f"/{code}/", f"/{code}/contact/"):
        page.goto(live_server.url + path)
        for selector in (".press", ".reach") if "contact" in path else (".press",):
            places = boxes(page, selector, number)
            assert is_left_to_right(places), selector
            assert is_on_one_line(places), selector


def test_a_box_begins_as_the_page_runs_and_follows_what_is_typed(page, live_server):
    page.goto(f"{live_server.url}/ur/contact/")
    direction = "each => getComputedStyle(each).direction"
    box = page.locator("[name=text]")
    assert box.evaluate(direction) == "rtl"
    box.fill("An English letter")
    assert box.evaluate(direction) == "ltr"
    assert page.locator("[name=email]").evaluate(direction) == "ltr"


# At the desk --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_an_editor_asks_readers_a_question_and_reads_what_they_wrote(page, live_server, code):
    question, answers = POLLS[code]
    sit_down_in(page, live_server, code)
    page.goto(live_server.url + reverse("admin:articles_poll_add"))
    page.locator("[name=language]").select_option(code)
    page.locator("[name=question]").fill(question)
    page.locator("[name=slug]").fill("library")
    tomorrow = localtime(timezone.now() + timedelta(days=1))
    page.locator("[name=closes_at_0]").fill(f"{tomorrow:%Y-%m-%d}")
    page.locator("[name=closes_at_1]").fill(f"{tomorrow:%H:%M}")
    page.locator("[name=choices-0-text]").fill(answers[0])
    assert serious_findings(page) == []
    page.locator("[name=_save]").click()
    expect(page.locator("[name=question]")).to_have_value(question)  # One answer is none.
    for place, answer in enumerate(answers):
        page.locator(f"[name=choices-{place}-text]").fill(answer)
    page.locator("[name=_save]").click()
    expect(page.locator("#result_list")).to_contain_text(question)
    assert list(Poll.objects.get().choices.values_list("text", flat=True)) == answers
    page.goto(f"{live_server.url}/{code}/poll/library/")
    expect(page.locator(".ballot label")).to_have_text(answers)


@pytest.mark.parametrize("code", CODES)
def test_an_editor_reads_a_message_from_the_first_page_and_marks_it(page, live_server, code):
    message = Message.objects.create(
        language_id=code,
        name="A. K.",
        subject=MESSAGES[code][0],
        text=MESSAGES[code][1],
        email="reader@example.org",
        digest="0" * 64,
    )
    sit_down_in(page, live_server, code)
    page.goto(live_server.url + reverse("admin:index"))
    page.locator("#panel-messages ~ ul a").click()
    expect(page.locator(".readers-words")).to_have_text(message.text)
    assert page.locator("a[href^='mailto:']").is_visible()
    assert serious_findings(page) == []
    page.locator("[name=state][value=answered]").check()
    page.locator("[name=note]").fill("OK")
    page.locator("[name=_save]").click()
    expect(page.locator("#result_list")).to_contain_text(message.subject)
    message.refresh_from_db()
    assert (message.state, message.note) == ("answered", "OK")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("width", [390, 1280])
def test_screens_of_polls_messages_and_contacts_fit_the_window(page, live_server, code, width):
    made = {"poll": make_poll(code, [3, 1, 0]), "contact": make_contact(code)}
    sit_down_in(page, live_server, code)
    page.set_viewport_size({"width": width, "height": 900})
    for noun, row in made.items():
        for address in (
            reverse(f"admin:articles_{noun}_changelist"),
            reverse(f"admin:articles_{noun}_change", args=[row.pk]),
        ):
            page.goto(live_server.url + address)
            assert serious_findings(page) == [], address
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
