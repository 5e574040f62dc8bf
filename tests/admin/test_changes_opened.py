"""A change that waits is opened in the form, and saved as a merge or kept for later anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.actions import apply_due, save_revision
from articles.models import Revision
from tests.actions.test_revisions import copy
from tests.admin.changes import boxes, member, now, opened_in, proposed, scheduled, soon, state
from tests.admin.conflicts import ASKS
from tests.admin.desk import form_of, said, sit_down, text_of, typed
from tests.factories import make_article, make_editor, make_member

pytestmark = pytest.mark.django_db


def send_opened(client: Client, change: Revision, **changes: Any) -> Any:
    """Open a change in the form, type over it and press a button."""
    form = typed(opened_in(client, change), **changes)
    address = f"{form_of(change.article)}?revision={change.pk}"
    return client.post(address, form, follow=True)


def test_a_change_is_opened_in_the_form_and_saving_merges_three_ways() -> None:
    article, client = make_article(headline="Old", standfirst="Old"), member("publisher")
    change = proposed(article, headline="New")
    save_revision(article=copy(article, standfirst="Meanwhile"), by=make_editor())
    form = typed(opened_in(client, change))
    assert (form["headline"], form["standfirst"], form["base_version"]) == ("New", "Old", 1)
    assert form["change_note"] == "Shorter."

    send_opened(client, change, byline="A Writer")

    row = now(article)
    assert (row.headline, row.standfirst, row.byline) == ("New", "Meanwhile", "A Writer")
    assert state(change) == "taken"


def test_an_overtaken_change_is_opened_and_decided_field_by_field() -> None:
    article, client = make_article(headline="Old"), member("publisher")
    change = scheduled(article, headline="Scheduled")
    save_revision(article=copy(article, headline="Meanwhile"), by=make_editor())
    apply_due(soon(days=1))
    assert state(change) == "overtaken"

    page = send_opened(client, change)

    assert ASKS in page.content.decode()
    assert {"Scheduled", "Meanwhile"} <= set(text_of(page).split())
    assert state(change) == "overtaken"


def test_a_scheduled_change_is_moved_by_scheduling_it_anew() -> None:
    article, client = make_article(headline="Old"), member("publisher")
    change, later = scheduled(article, headline="New"), soon(days=3)

    send_opened(client, change, _later="schedule", **boxes(later))

    (moved,) = article.revisions.pending()
    assert (moved.state, moved.goes_live_at) == ("scheduled", later)
    assert state(change) == "taken"


def test_a_refused_save_leaves_the_opened_change_waiting() -> None:
    article, client = make_article(headline="Old"), member("publisher")
    change = scheduled(article, headline="New")

    past = boxes(timezone.now() - timedelta(days=1))
    send_opened(client, change, _later="schedule", **past)

    assert state(change) == "scheduled"


def test_editor_improves_an_own_proposal_and_leaves_those_of_others() -> None:
    article, editor = make_article(headline="Old"), make_member("en", "editor")
    client = sit_down(member=editor)
    own = proposed(article, by=editor, headline="Mine")
    other = proposed(article, headline="Theirs")
    timed = scheduled(article, headline="Timed")

    for change in (own, other, timed):
        send_opened(client, change, headline=f"Better {change.pk}", _later="propose")

    assert [state(change) for change in (own, other, timed)] == ["taken", "proposed", "scheduled"]
    assert article.revisions.filter(state="proposed").count() == 4


@pytest.mark.parametrize("key", ["0", "nonsense", "9" * 40, "-1"])
def test_a_change_that_is_none_opens_the_article_and_says_so(key: str) -> None:
    article = make_article(headline="Old")

    page = sit_down().get(form_of(article), {"revision": key})

    assert typed(page)["headline"] == "Old"
    assert "This change waits no longer" in said(page)


def test_a_change_of_another_article_is_not_opened() -> None:
    article, other = make_article(headline="Old"), make_article()
    change = proposed(other, headline="New")

    page = sit_down().get(form_of(article), {"revision": change.pk})

    assert typed(page)["headline"] == "Old"
