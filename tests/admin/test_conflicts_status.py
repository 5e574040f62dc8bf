"""A status or a time that another moved meanwhile is asked about, and never merged silently."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.actions import publish, submit, withdraw
from tests.actions.test_revisions import copy
from tests.admin.conflicts import ASKS, Two
from tests.admin.desk import text_of
from tests.factories import WHY, make_article

pytestmark = pytest.mark.django_db


def test_a_status_that_moved_is_asked_about_and_never_merged_silently(two: Two) -> None:
    publish(article=two.article, by=two.they)

    page = two.save_mine(headline="Mine")

    assert "Ayesha Khan published it meanwhile: readers see at once what you save." in text_of(page)
    assert two.now.headline == "First"
    two.decide(page)
    assert two.now.headline == "First"
    two.decide(page, status="on")
    assert (two.now.headline, two.now.status) == ("Mine", "published")


def test_a_status_that_moves_again_is_asked_about_again(two: Two) -> None:
    submit(article=two.article, by=two.they)
    page = two.save_mine(headline="Mine")
    publish(article=two.article, by=two.they)

    again = two.decide(page, status="on")

    assert "published it meanwhile" in text_of(again)
    assert two.now.headline == "First"


def test_a_time_that_another_moved_is_asked_about_even_where_mine_is_untouched() -> None:
    two = Two(make_article(headline="First"))
    two.save_theirs(published_at_0="2023-01-02")

    page = two.save_mine(headline="Mine")

    assert ASKS in page.content.decode()
    assert "Asia/Karachi" in text_of(page)
    assert "UTC" in text_of(page)
    two.decide(page, published_at="theirs")
    assert two.now.headline == "Mine"
    assert timezone.localtime(two.now.published_at).date().isoformat() == "2023-01-02"


def test_an_edited_time_is_typed_into_its_two_boxes() -> None:
    two = Two(make_article(headline="First"))
    two.save_theirs(published_at_0="2023-01-02")
    page = two.save_mine(published_at_0="2023-01-03")

    boxes = {"edited-published_at_0": "2023-01-04", "edited-published_at_1": "10:00"}
    two.send(page, _choice_published_at="edit", **boxes)

    assert two.now.published_at == datetime(2023, 1, 4, 5, tzinfo=UTC)


def test_a_withdrawal_meanwhile_is_told_before_the_text_is_saved() -> None:
    two = Two(make_article(headline="First"))
    withdraw(article=two.article, by=two.they, notice=WHY)

    page = two.save_mine(headline="Mine")

    assert "Ayesha Khan withdrew it meanwhile: readers no longer see it." in text_of(page)


def test_scheduling_meanwhile_is_told_as_such() -> None:
    two = Two(make_article(status="draft", published_at=timezone.now() + timedelta(days=1)))
    publish(article=copy(two.article), by=two.they)

    page = two.save_mine(headline="Mine")

    assert "Ayesha Khan set the time of its publication meanwhile." in text_of(page)
