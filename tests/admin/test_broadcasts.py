"""Web TV at the desk: what an edition shows when, refused in sentences where it cannot be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from articles.models import Broadcast
from tests.admin.desk import sent_from, sit_down
from tests.admin.test_events import errors
from tests.factories import load_languages, make_broadcast, make_member

pytestmark = pytest.mark.django_db

ADD = reverse("admin:articles_broadcast_add")
START = datetime(2026, 3, 8, 12, 0, tzinfo=UTC)
FORM = {
    "language": "ur",
    "title": "شام کی خبریں",
    "address": "https://www.youtube.com/watch?v=abcdefghijk&si=somebody",
    "starts_at_0": "2026-03-08",
    "starts_at_1": "17:00",
    "ends_at_0": "2026-03-08",
    "ends_at_1": "18:00",
}


@pytest.fixture(autouse=True)
def editions():
    return load_languages()


def add(**typed: str):
    client = sit_down()
    return client.post(ADD, sent_from(client.get(ADD), **{**FORM, **typed}), follow=True)


def test_a_broadcast_is_kept_on_the_newsroom_clock_without_what_follows_readers():
    add()

    broadcast = Broadcast.objects.get()
    assert (broadcast.starts_at, broadcast.ends_at) == (START, START + timedelta(hours=1))
    assert broadcast.address == "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"address": "https://evil.example/live"}, "It shows what is at: YouTube, Vimeo"),
        ({"address": "javascript:alert(1)"}, "This site shows nothing of that address."),
        ({"ends_at_1": "17:00"}, "A broadcast ends after it starts."),
        ({"starts_at_1": "16:30", "ends_at_1": "17:01"}, "The edition shows another broadcast"),
        ({"title": ""}, "This field is required."),
        ({"starts_at_0": "0001-01-01"}, "Write a year between"),
    ],
)
def test_what_cannot_be_shown_is_refused_and_nothing_is_lost(typed, sentence):
    made = make_broadcast("ur", starts_at=START, ends_at=START + timedelta(hours=1))

    moved = {"starts_at_1": "18:00", "ends_at_1": "19:00"}
    response = add(**{**moved, **typed})

    assert sentence in errors(response)
    assert Broadcast.objects.get() == made
    shown = sent_from(response)
    assert {name: shown[name][0] for name in typed} == typed


def test_one_broadcast_may_follow_another_at_once_and_in_another_edition_meanwhile():
    make_broadcast("ur", starts_at=START, ends_at=START + timedelta(hours=1))
    make_broadcast("en", starts_at=START + timedelta(hours=1), ends_at=START + timedelta(hours=2))

    add(starts_at_1="18:00", ends_at_1="19:00")

    assert Broadcast.objects.count() == 3


@pytest.mark.parametrize("role", ["writer", "editor", "publisher"])
def test_publishers_say_what_is_shown_and_nobody_else(role):
    broadcast = make_broadcast("ur", starts_at=START, ends_at=START + timedelta(hours=1))
    address = reverse("admin:articles_broadcast_change", args=[broadcast.pk])

    response = sit_down(member=make_member("ur", role)).post(address, FORM)

    broadcast.refresh_from_db()
    assert response.status_code == (302 if role == "publisher" else 403)
    assert (broadcast.title == FORM["title"]) is (role == "publisher")
