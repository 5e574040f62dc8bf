"""Web TV: what is on the air, what comes next, and nobody asked for anything before a press."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.views import due
from tests.factories import make_broadcast
from tests.views.pages import CODES, Page

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORDS = {
    "en": ("On the air", "Nothing is on the air now.", "Nothing is scheduled."),
    "ur": ("براہِ راست", "اس وقت کوئی نشریات نہیں۔", "ابھی کوئی پروگرام طے نہیں۔"),
    "sd": ("سڌو سنئون", "هن وقت ڪا نشريات ناهي.", "اڃا ڪو پروگرام طئي ناهي."),
}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        due.last_look.at = NOW
        yield


@pytest.mark.parametrize("code", CODES)
def test_the_page_says_whether_anything_is_on_the_air(client, code):
    on, off, empty = WORDS[code]
    assert empty in (page := Page(client.get(f"/{code}/live/"))).text
    assert off in page.text

    make_broadcast(code, starts_at=NOW + HOUR, ends_at=NOW + 2 * HOUR, title="After")
    page = Page(client.get(f"/{code}/live/"))
    assert off in page.text
    assert empty not in page.text

    make_broadcast(code, starts_at=NOW, ends_at=NOW + HOUR, title="Now")
    page = Page(client.get(f"/{code}/live/"))
    assert on in page.text
    assert page.text.index("Now") < page.text.index("After")


@pytest.mark.parametrize(
    ("seconds", "is_on"), [(-1, False), (0, True), (3599, True), (3600, False)]
)
def test_a_broadcast_is_on_from_its_start_and_before_its_end(client, seconds, is_on):
    make_broadcast(starts_at=NOW, ends_at=NOW + HOUR)
    with time_machine.travel(NOW + timedelta(seconds=seconds), tick=False):
        assert (WORDS["en"][0] in Page(client.get("/en/live/")).text) is is_on


def test_times_are_on_the_newsroom_clock_and_say_so(client):
    make_broadcast(starts_at=NOW + HOUR, ends_at=NOW + 2 * HOUR)
    make_broadcast(starts_at=NOW + 8 * HOUR, ends_at=NOW + 9 * HOUR)

    page = Page(client.get("/en/live/"))

    assert "Thursday, 5 March 2026" in page.text
    assert "Friday, 6 March 2026" in page.text  # In Karachi it is an hour past midnight by then.
    assert page.all("time", datetime="2026-03-06T01:00+05:00")
    assert "the newsroom's clock (\u2066UTC+5\u2069)" in page.text


def test_the_provider_is_asked_for_nothing_before_a_press(client):
    make_broadcast(starts_at=NOW, ends_at=NOW + HOUR)

    response = client.get("/en/live/")

    text = re.sub(r"<template>.*?</template>", "", response.content.decode(), flags=re.DOTALL)
    assert "<iframe" not in text
    assert "youtube-nocookie" not in text
    played = Page(client.get("/en/live/?play=1"))
    assert played.all("iframe")[0]["src"] == "https://www.youtube-nocookie.com/embed/abcdefghijk"
    assert played.canonical.endswith("/en/live/")


@pytest.mark.parametrize("query", ["play=1", "play=2", "play=", "play=%00"])
def test_who_comes_to_play_what_is_over_finds_what_is_next(client, query):
    response = client.get(f"/en/live/?{query}")
    assert (response.status_code, response["Location"]) == (302, "/en/live/")


def test_an_edition_shows_its_own_broadcasts_only(client):
    make_broadcast("ur", starts_at=NOW, ends_at=NOW + HOUR, title="صبح")
    assert WORDS["en"][1] in Page(client.get("/en/live/")).text


def test_an_edition_without_web_tv_has_no_page_for_it_and_names_none(client, editions):
    editions["sd"].has_live = False
    editions["sd"].save()

    assert client.get("/sd/live/").status_code == 404
    assert "/sd/live/" not in Page(client.get("/sd/")).links
    assert "/sd/live/" not in client.get("/sd/sitemap-lists.xml").content.decode()
    page = Page(client.get("/en/live/"))
    assert {"en", "ur", "x-default"} == set(page.alternates)
    assert "/en/live/" in client.get("/en/sitemap-lists.xml").content.decode()


def test_a_long_schedule_costs_the_same_queries(client, django_assert_num_queries):
    for number in range(12):
        start = NOW + number * HOUR
        make_broadcast(starts_at=start, ends_at=start + HOUR)
        if number in {0, 11}:
            with django_assert_num_queries(5):
                client.get("/en/live/")
