"""Deciding about a change that waits: who may accept, cancel or decline it, and when."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.actions import apply_due, save_revision, withdraw
from tests.actions.test_revisions import copy
from tests.admin.changes import (
    boxes,
    decide,
    member,
    now,
    opened_in,
    proposed,
    scheduled,
    soon,
    state,
)
from tests.admin.desk import form_of, said, sit_down, text_of, typed
from tests.admin.test_matrix_of_articles import STATES, make_in
from tests.factories import WHY, make_article, make_editor, make_member

pytestmark = pytest.mark.django_db

ROLES = ("writer", "editor", "publisher")


def test_publisher_accepts_a_proposal() -> None:
    article = make_article(headline="Old")
    change = proposed(article, headline="New")

    response = decide(member("publisher"), change, "accept")

    assert now(article).headline == "New"
    assert "New says the new text now." in said(response)


def test_publisher_takes_a_change_off_the_clock() -> None:
    change = scheduled(make_article(), headline="New")

    decide(member("publisher"), change, "cancel")

    assert state(change) == "proposed"
    assert apply_due(soon(days=1)) == []


def test_publisher_declines_with_a_note_that_its_writer_reads() -> None:
    article, editor = make_article(), make_member("en", "editor")
    change = proposed(article, by=editor, headline="New")

    decide(member("publisher"), change, "decline", _note="Too long\0.")

    assert state(change) == "declined"
    history = reverse("admin:articles_article_history", args=[article.pk])
    lines = sit_down(member=editor).get(history).context["lines"]
    assert ("Change declined.", "Too long.") in [(line.told, line.note) for line in lines]


def test_editor_takes_back_an_own_proposal_and_no_other() -> None:
    article, editor = make_article(), make_member("en", "editor")
    client = sit_down(member=editor)
    own, other = proposed(article, by=editor, headline="Mine"), proposed(article, headline="Theirs")

    decide(client, own, "decline")
    response = decide(client, other, "decline")

    assert (state(own), state(other)) == ("declined", "proposed")
    assert "Only publishers of the desk of" in said(response)


def test_a_change_over_a_text_that_moved_is_not_accepted_blindly() -> None:
    article = make_article(headline="Old")
    change = proposed(article, headline="New")
    save_revision(article=copy(article, headline="Meanwhile"), by=make_editor())

    response = decide(member("publisher"), change, "accept")

    assert "Open this change in the form to merge it." in said(response)
    assert now(article).headline == "Meanwhile"


def test_what_was_decided_already_is_a_sentence() -> None:
    change = proposed(make_article(), headline="New")
    decide(sit_down(), change, "decline")

    assert "This change waits no longer" in said(decide(sit_down(), change, "accept"))


@pytest.mark.parametrize("decision", ["", "publish", "act", "__class__"])
def test_a_forged_decision_decides_nothing(decision: str) -> None:
    change = proposed(make_article(), headline="New")

    assert decide(sit_down(), change, decision).status_code == 200
    assert state(change) == "proposed"


def test_a_decision_is_posted_and_never_followed_as_a_link() -> None:
    change = proposed(make_article(), headline="New")
    address = reverse("admin:articles_article_decide", args=[change.article_id, change.pk])

    sit_down().get(f"{address}?_decision=accept")

    assert state(change) == "proposed"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("decision", ["accept", "cancel", "decline"])
@pytest.mark.parametrize("gone", [False, True])
def test_only_publishers_decide_also_once_readers_see_the_article_no_more(
    role: str, decision: str, gone: bool
) -> None:
    article = make_article(headline="Old")
    change = scheduled(article, headline="New")
    if gone:  # It is off the clock by that.
        withdraw(article=article, by=make_editor(), notice=WHY)
    before = state(change)

    decide(member(role), change, decision)

    can_be = (before, decision) != ("proposed", "cancel")
    is_decided = state(change) != before
    assert is_decided == (can_be and role == "publisher")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("later", ["schedule", "propose"])
def test_each_role_keeps_for_later_what_is_its_own_to_keep(
    role: str, name: str, later: str
) -> None:
    article, client = make_in(name, "ur"), member(role, "ur")
    form = typed(sit_down().get(form_of(article)), headline="نیا", _later=later)

    client.post(form_of(article), {**form, **boxes(soon(days=3))})

    least = {"schedule": "publisher", "propose": "editor"}[later]
    may = name in {"scheduled", "embargoed", "live"} and ROLES.index(role) >= ROLES.index(least)
    assert article.revisions.pending().exists() is may
    assert now(article).headline == article.headline


def test_another_desk_decides_nothing_and_reads_nothing() -> None:
    article = make_article()
    change = proposed(article, headline="Secret plans")
    client = member("publisher", "ur")

    assert decide(client, change, "accept").status_code == 403
    assert "Secret plans" not in opened_in(client, change).content.decode()
    assert "proposes a change" not in text_of(client.get(form_of(article)))
    assert state(change) == "proposed"
