"""A change scheduled from the form: readers see it from its moment on, and not before."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils.timezone import localtime

from tests.admin.changes import boxes, member, now, schedule, soon
from tests.admin.desk import said, save, text_of, typed
from tests.factories import logged, make_article

pytestmark = pytest.mark.django_db


def test_publisher_schedules_a_change_and_readers_see_it_from_its_moment_on() -> None:
    article, at = make_article(headline="Old"), soon(days=1)

    response = schedule(member("publisher"), article, at, headline="New", change_note="At noon.")

    change = article.revisions.get(state="scheduled")
    assert (change.goes_live_at, change.note) == (at, "At noon.")
    assert change.snapshot["headline"] == "New"
    assert now(article).headline == "Old"
    told = said(response)
    assert "Readers see the change of Old from" in told
    assert f"{localtime(at):%H:%M}" in told
    assert f"{at:%H:%M} UTC" in told
    page = article.get_absolute_url()
    with time_machine.travel(at + timedelta(seconds=1), tick=False):
        assert "New" in Client().get(page, follow=True).content.decode()


def test_a_scheduled_change_is_logged_as_such_and_as_nothing_else() -> None:
    article = make_article()

    schedule(member("publisher"), article, headline="New", change_note="At noon.")

    lines = LogEntry.objects.filter(object_id=str(article.pk))
    assert [logged(line) for line in lines] == ["Change scheduled. At noon."]


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ({"change_at_0": "", "change_at_1": ""}, "Say when the change goes live."),
        ({"change_at_0": "2020-01-01", "change_at_1": "10:00"}, "Choose a moment that is still"),
        ({"change_at_0": "9999-01-01", "change_at_1": "10:00"}, "Write a year between"),
        ({"change_at_0": "soon", "change_at_1": "10:00"}, "valid date"),
    ],
)
def test_a_moment_that_cannot_be_is_a_sentence_and_keeps_what_was_typed(
    moment: dict[str, str], sentence: str
) -> None:
    article = make_article(headline="Old")

    response = save(member("publisher"), article, _later="schedule", headline="New", **moment)

    assert sentence in text_of(response)
    assert typed(response)["headline"] == "New"
    assert not article.revisions.exists()


def test_moment_is_typed_in_the_digits_of_either_script() -> None:
    article, at = make_article(), soon(days=2)
    urdu = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    typed_in = {name: text.translate(urdu) for name, text in boxes(at).items()}

    save(member("publisher"), article, _later="schedule", headline="New", **typed_in)

    assert article.revisions.get(state="scheduled").goes_live_at == at


def test_a_second_change_is_not_scheduled_beside_the_first() -> None:
    article, client = make_article(), member("publisher")
    schedule(client, article, headline="One")

    response = schedule(client, article, headline="Two")

    assert "A change of this article is scheduled already. Cancel it first." in text_of(response)
    assert typed(response)["headline"] == "Two"


def test_a_time_is_not_changed_later() -> None:
    article = make_article()

    response = schedule(member("publisher"), article, headline="New", published_at_0="2023-01-01")

    assert "save other times by themselves" in text_of(response)
    assert not article.revisions.exists()


def test_nothing_is_kept_for_later_where_nothing_was_changed() -> None:
    article = make_article()

    assert "Nothing was changed" in text_of(schedule(member("publisher"), article))


def test_a_note_goes_with_a_plain_save_into_the_history() -> None:
    article = make_article(status="draft")

    save(member("publisher"), article, headline="New", change_note="Shorter.")

    assert article.revisions.kept()[0].note == "Shorter."
