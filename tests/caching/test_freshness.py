"""No page is more than a second old, on any number of processes, whatever was changed and how."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from articles.actions import publish, schedule_change, withdraw
from articles.caching import moments, renew_pages, renewal
from articles.models import Article, Generation
from tests.caching.process import Process
from tests.factories import WHY, make_article, make_editor, make_event, make_section

pytestmark = pytest.mark.django_db

SECOND, DAY = 1.0, 24 * 60 * 60


def test_what_one_process_publishes_every_other_shows_a_second_later(article, clock):
    one, other = Process(), Process()
    draft = make_article(status="draft", headline="Bread reaches the old town")
    for process in (one, other):
        assert draft.headline not in process.ask("/en/").text
    publish(article=draft, by=make_editor())
    clock.shift(SECOND)
    for process in (one, other):
        assert draft.headline in process.ask("/en/").text
    assert (one.made, other.made) == (2, 2)


def test_what_is_withdrawn_is_gone_a_second_later(article, clock):
    one, other = Process(), Process()
    page = article.get_absolute_url()
    assert [process.ask(page).status for process in (one, other)] == [200, 200]
    withdraw(article=article, by=make_editor(), notice=WHY)
    clock.shift(SECOND)
    assert [process.ask(page).status for process in (one, other)] == [410, 410]


def test_an_action_that_is_rolled_back_changes_no_page(article, clock):
    process, before = Process(), Generation.objects.state()
    process.ask("/en/")
    with transaction.atomic():
        publish(article=make_article(status="draft"), by=make_editor())
        transaction.set_rollback(True)
    clock.shift(SECOND)
    process.ask("/en/")
    assert process.made == 1
    assert Generation.objects.state() == before


def test_a_process_looks_once_a_second_however_many_ask(article, clock, django_assert_num_queries):
    process = Process()
    process.ask("/en/")
    with django_assert_num_queries(0):
        for _time in range(20):
            process.ask("/en/")
    clock.shift(SECOND)
    with django_assert_num_queries(3):  # What is due, messages that wait, and the generations.
        for _time in range(20):
            process.ask("/en/")
    assert process.made == 1


@pytest.mark.parametrize("before", [0.001, 0.5, 3600])
def test_an_article_appears_at_its_moment_and_not_before(article, clock, before):
    moment = timezone.now() + timedelta(hours=2)
    late = make_article(status="draft", headline="The canal is open again")
    publish(article=late, by=make_editor(), at=moment)
    process = Process()
    clock.shift(2 * 3600 - before)
    assert late.headline not in process.ask("/en/").text
    clock.shift(before)
    assert late.headline in process.ask("/en/").text


def test_an_embargo_holds_until_its_end_and_no_longer(article, clock):
    moment = timezone.now() + timedelta(minutes=30)
    late = make_article(published_at=moment, embargoed_until=moment, headline="Under embargo")
    process = Process()
    clock.shift(1799.9)
    assert late.headline not in process.ask("/en/latest/rss").text
    assert process.ask(late.get_absolute_url()).status == 404
    clock.shift(0.1)
    assert late.headline in process.ask("/en/latest/rss").text
    assert process.ask(late.get_absolute_url()).status == 200


def test_a_scheduled_change_is_read_from_its_moment_on(article, clock):
    process, page = Process(), article.get_absolute_url()
    process.ask(page)
    article.standfirst = "The wells are dry again."
    schedule_change(
        article=article, by=make_editor(), goes_live_at=timezone.now() + timedelta(minutes=5)
    )
    clock.shift(299.5)
    assert "dry again" not in process.ask(page).text
    clock.shift(0.5)
    assert "dry again" in process.ask(page).text


def test_an_event_that_is_over_leaves_those_to_come(article, clock):
    section = make_section(slug="meetings", layout="events")
    article.section = section
    article.save()
    start = timezone.now() + timedelta(minutes=10)
    make_event(article, starts_at=start, ends_at=start + timedelta(minutes=10))
    process = Process()
    coming = process.ask("/en/section/meetings/").text
    clock.shift(20 * 60)
    assert process.ask("/en/section/meetings/").text != coming
    assert process.made == 2


def test_pages_print_the_day_that_it_is_where_the_newsroom_is(article, clock):
    process = Process()
    assert "4 March 2026" in process.ask("/en/").text
    clock.shift(12 * 3600 - 1)
    assert "4 March 2026" in process.ask("/en/").text
    clock.shift(1)
    assert "5 March 2026" in process.ask("/en/").text


@pytest.mark.parametrize("seconds", [DAY, -DAY, 3600, -3600])
def test_a_clock_that_is_set_leaves_no_page_of_another_time(article, clock, seconds):
    process = Process()
    process.ask("/en/")
    clock.set_wrong(seconds)
    assert process.ask("/en/").text == Process().ask("/en/").text
    assert process.made == 2


def test_a_transaction_that_began_before_another_and_ended_after_it_is_seen(db):
    early = Generation.objects.create()
    late = Generation.objects.create()
    Generation.objects.filter(pk=early.pk).delete()  # Not committed yet.
    seen = Generation.objects.state()
    Generation.objects.create(pk=early.pk)
    assert Generation.objects.state() != seen
    assert Generation.objects.state().last == late.pk


def test_old_generations_are_cleared_away_and_no_change_is_lost_with_them(
    monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(renewal, "KEPT", 5)
    states = [Generation.objects.state()]
    for _time in range(40):
        with django_capture_on_commit_callbacks(execute=True):
            renew_pages()
        states.append(Generation.objects.state())
    assert len(set(states)) == len(states)
    assert Generation.objects.count() <= 10


def test_pages_outlast_a_database_that_does_not_answer_but_not_for_long(
    article, clock, monkeypatch, caplog
):
    def fail(*_args: object) -> None:
        raise DatabaseError("gone")

    process = Process()
    page = process.ask("/en/")
    with monkeypatch.context() as patch:
        patch.setattr("articles.models.generation.GenerationQuerySet.state", fail)
        clock.shift(30)
        assert process.ask("/en/") == process.ask("/en/")
        assert process.made == 1
        clock.shift(31)
        process.ask("/en/")
        process.ask("/en/")
        assert process.made == 3
    assert "could not be looked at" in caplog.text
    clock.shift(SECOND)
    assert process.ask("/en/").body == page.body


def test_the_next_moment_is_the_first_of_all_that_is_due(article, clock):
    now = timezone.now()
    midnight = now + timedelta(hours=12)
    assert moments.next_moment(now) == midnight
    make_event(article, starts_at=now, ends_at=now + timedelta(hours=5))
    assert moments.next_moment(now) == now + timedelta(hours=5)
    make_article(published_at=now + timedelta(hours=4))
    assert moments.next_moment(now) == now + timedelta(hours=4)
    make_article(status="draft", published_at=now + timedelta(hours=1))
    assert moments.next_moment(now) == now + timedelta(hours=4)
    article.standfirst = "Another."
    at = now + timedelta(hours=3)
    change = schedule_change(article=article, by=make_editor(), goes_live_at=at)
    assert moments.next_moment(now) == at
    type(change).objects.update(goes_live_at=now - timedelta(hours=1))
    assert moments.next_moment(now) == now + timedelta(seconds=1)
    assert Article.objects.live().count() == 1
