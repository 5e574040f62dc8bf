"""A change proposed from the form: merged as any save is, and left to a publisher to decide."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from articles.actions import publish, save_revision
from articles.models import Article
from tests.actions.test_revisions import copy
from tests.admin.changes import boxes, decide, member, now, schedule, soon
from tests.admin.conflicts import ASKS, Two
from tests.admin.desk import form_of, said, save, text_of, typed
from tests.factories import make_article, make_editor

pytestmark = pytest.mark.django_db


def propose(client: Client, article: Article, **typed: Any) -> Any:
    return save(client, article, _later="propose", **typed)


def test_editor_proposes_what_a_publisher_decides_about() -> None:
    article, client = make_article(headline="Old"), member("editor")
    page = client.get(form_of(article)).content.decode()
    assert 'name="headline"' in page
    assert 'name="_save"' not in page
    assert 'value="propose"' in page
    assert 'value="schedule"' not in page

    response = propose(client, article, headline="New", change_note="Shorter.")

    change = article.revisions.get(state="proposed")
    assert (change.snapshot["headline"], change.note) == ("New", "Shorter.")
    assert now(article).headline == "Old"
    assert "The change of Old waits for a publisher." in said(response)


def test_editor_who_may_only_propose_changes_nothing_by_a_forged_button() -> None:
    article, client = make_article(headline="Old"), member("editor")

    responses = [
        save(client, article, headline="New", _save="Save"),
        schedule(client, article, headline="New"),
    ]

    for response in responses:
        assert "Only publishers of the desk of" in text_of(response)
        assert typed(response)["headline"] == "New"
    assert now(article).headline == "Old"
    assert not article.revisions.exists()


def test_times_and_language_are_no_matter_of_a_proposal() -> None:
    article, client = (
        make_article(headline="Old", published_at=datetime(2024, 1, 2, tzinfo=UTC)),
        None,
    )
    client = member("editor")
    page = client.get(form_of(article))
    assert 'name="published_at_0"' not in page.content.decode()
    assert 'dir="ltr" lang="en"' in page.content.decode()
    moved = datetime(2024, 2, 3, tzinfo=UTC)
    save_revision(article=copy(article, published_at=moved), by=make_editor())

    posted = typed(page, headline="New", published_at_0="2020-01-01", language="ur")
    client.post(form_of(article), {**posted, "_later": "propose"})

    change = article.revisions.get(state="proposed")
    assert change.snapshot["headline"] == "New"
    assert change.snapshot["language"] == "en"
    assert now(article).published_at == moved
    decide(member("publisher"), change, "accept")
    assert (now(article).headline, now(article).published_at) == ("New", moved)


def test_a_proposal_is_merged_with_what_was_saved_meanwhile() -> None:
    two = Two(make_article(headline="First", standfirst="Begun"), member("editor"))
    two.save_theirs(standfirst="Theirs")

    response = two.save_mine(headline="Mine", _later="propose")

    change = two.article.revisions.get(state="proposed")
    assert (change.snapshot["headline"], change.snapshot["standfirst"]) == ("Mine", "Theirs")
    assert "Ayesha Khan changed this meanwhile: standfirst." in said(response)


def test_a_proposal_of_a_text_that_moved_is_asked_about_and_stays_a_proposal() -> None:
    two = Two(make_article(headline="First"), member("editor"))
    two.save_theirs(headline="Theirs")

    page = two.save_mine(headline="Mine", _later="propose")
    assert ASKS in page.content.decode()
    assert [button[:2] for button in page.context["buttons"]] == [("_later", "propose")]
    two.decide(page, headline="mine")

    assert two.article.revisions.get(state="proposed").snapshot["headline"] == "Mine"
    assert two.now.headline == "Theirs"


def test_editor_whose_draft_was_published_meanwhile_may_propose_what_was_typed() -> None:
    two = Two(make_article(status="draft", headline="First"), member("editor"))
    publish(article=two.article, by=two.they)

    page = two.save_mine(headline="Mine")
    assert "published it meanwhile" in text_of(page)
    two.decide(page, status="on")

    assert two.now.headline == "First"
    assert two.article.revisions.get(state="proposed").snapshot["headline"] == "Mine"


def test_a_change_to_be_scheduled_is_scheduled_once_the_texts_are_decided() -> None:
    two = Two(make_article(headline="First"), member("publisher"))
    two.save_theirs(headline="Theirs")

    page = two.save_mine(headline="Mine", _later="schedule", **boxes(soon()))
    assert page.context["buttons"][0][:2] == ("_later", "schedule")
    two.decide(page, headline="mine")

    assert two.article.revisions.get(state="scheduled").snapshot["headline"] == "Mine"
    assert two.now.headline == "Theirs"
