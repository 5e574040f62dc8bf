"""Changes that wait: the old text stands until the moment, and nothing is applied over another."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.actions import (
    Refused,
    accept_change,
    apply_due,
    cancel_change,
    decline_change,
    propose_change,
    save_revision,
    schedule_change,
    withdraw,
)
from articles.models import Article, Revision
from tests.actions.test_revisions import copy
from tests.factories import WHY, make_article, make_editor

pytestmark = pytest.mark.django_db


def soon(**ahead: float) -> datetime:
    return timezone.now() + timedelta(**(ahead or {"hours": 1}))


def schedule(article: Article, at: datetime | None = None, **changes: object) -> Revision:
    by = make_editor()
    at = at or soon()
    return schedule_change(article=copy(article, **changes), by=by, goes_live_at=at)


def test_readers_see_the_old_text_until_the_moment_and_the_new_one_from_it_on(monkeypatch):
    monkeypatch.setattr("articles.views.due.INTERVAL", timedelta(seconds=1))  # As it is outside.
    article = make_article(headline="Old")
    at = soon()
    schedule(article, at, headline="New")
    page = article.get_absolute_url()

    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        assert "Old" in Client().get(page, follow=True).content.decode()
    with time_machine.travel(at + timedelta(seconds=1), tick=False):
        html = Client().get(page, follow=True).content.decode()
    assert "New" in html
    assert "Old" not in html


def test_a_scheduled_change_counts_from_its_moment_whenever_it_is_applied():
    article, at = make_article(headline="Old"), soon()
    schedule(article, at, headline="New")

    apply_due(at + timedelta(days=2))

    now = Article.objects.get()
    assert (now.headline, now.updated_at, now.modified_at) == ("New", at, at)
    assert [one.deed for one in article.revisions.kept()] == ["changed", "created"]


def test_a_change_is_applied_once():
    article, at = make_article(headline="Old"), soon()
    schedule(article, at, headline="New")
    assert len(apply_due(at)) == 1
    assert apply_due(at) == []
    assert Article.objects.get().version == 2


def test_a_change_whose_base_moved_on_is_flagged_and_not_applied():
    article, at = make_article(headline="Old"), soon()
    change = schedule(article, at, headline="Scheduled")
    save_revision(article=copy(article, body="<p>Other.</p>"), by=make_editor())

    assert apply_due(at) == []

    change.refresh_from_db()
    assert change.state == "overtaken"
    assert Article.objects.get().headline == "Old"


def test_a_change_of_a_withdrawn_article_waits_as_a_proposal_and_is_not_applied():
    article, at = make_article(), soon()
    change = schedule(article, at, headline="New")
    withdraw(article=article, by=make_editor(), notice=WHY)

    assert apply_due(at) == []
    change.refresh_from_db()
    assert (change.state, change.goes_live_at) == ("proposed", None)


def test_a_cancelled_change_never_goes_live_and_is_not_lost():
    article, at = make_article(headline="Old"), soon()
    change = schedule(article, at, headline="New")

    cancelled = cancel_change(revision=change, by=make_editor())

    assert apply_due(at) == []
    assert (cancelled.state, cancelled.goes_live_at) == ("proposed", None)
    assert cancelled.snapshot["headline"] == "New"


@pytest.mark.parametrize(
    ("status", "ahead", "reason"),
    [
        ("published", -1, "Choose a moment that is still ahead."),
        ("draft", 1, "Only a published article can be changed at a set time."),
    ],
)
def test_what_cannot_be_scheduled_is_refused_in_a_sentence(status, ahead, reason):
    article = make_article(status=status)
    with pytest.raises(Refused, match=reason):
        schedule(article, soon(hours=ahead), headline="New")


def test_one_change_at_a_time_is_scheduled():
    article = make_article()
    schedule(article, headline="One")
    with pytest.raises(Refused, match="Cancel it first"):
        schedule(article, headline="Two")


def test_a_change_for_later_does_not_move_times():
    with pytest.raises(Refused, match="save other times by themselves"):
        schedule(make_article(), embargoed_until=None, published_at=soon(days=-1), headline="New")


def test_a_proposal_waits_and_an_accepted_one_is_in_the_history_under_its_author():
    article, author = make_article(headline="Old"), make_editor()
    proposal = propose_change(article=copy(article, headline="New"), by=author, note="Shorter.")
    assert Article.objects.get().headline == "Old"

    accept_change(revision=proposal, by=make_editor())

    assert Article.objects.get().headline == "New"
    newest = article.revisions.kept()[0]
    assert (newest.deed, newest.made_by_id, newest.note) == ("accepted", author.pk, "Shorter.")


def test_a_proposal_over_a_text_that_changed_is_not_accepted_blindly():
    article = make_article(headline="Old")
    proposal = propose_change(article=copy(article, headline="New"), by=make_editor())
    save_revision(article=copy(article, headline="Other"), by=make_editor())

    with pytest.raises(Refused, match="has changed since"):
        accept_change(revision=proposal, by=make_editor())
    assert Article.objects.get().headline == "Other"


def test_a_declined_change_stays_readable_and_waits_no_more():
    article = make_article()
    proposal = propose_change(article=copy(article, headline="New"), by=make_editor())

    decline_change(revision=proposal, by=make_editor(), note="Too long.")

    assert not article.revisions.pending().exists()
    assert article.revisions.get(state="declined").snapshot["headline"] == "New"
    with pytest.raises(Refused, match="waits no longer"):
        accept_change(revision=proposal, by=make_editor())


def test_a_change_that_no_longer_fits_the_rules_is_flagged_and_blocks_no_other():
    first, second = make_article(), make_article()
    at = soon()
    bad = schedule(first, at, headline="New")
    Revision.objects.filter(pk=bad.pk).update(snapshot={**bad.snapshot, "headline": "x" * 400})
    schedule(second, at, headline="Good")

    assert [one.article_id for one in apply_due(at)] == [second.pk]
    bad.refresh_from_db()
    assert bad.state == "overtaken"


def test_command_applies_what_is_due_and_counts_it():
    article, at = make_article(headline="Old"), soon()
    schedule(article, at, headline="New")
    out = StringIO()
    with time_machine.travel(at, tick=False):
        call_command("apply_due_changes", stdout=out)
    assert "Changes applied: 1" in out.getvalue()
    assert Article.objects.get().headline == "New"
