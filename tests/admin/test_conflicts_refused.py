"""A save that is refused, for now or for good, gives back what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from articles.actions import Refused, submit
from articles.models import Article, Desk
from tests.admin.conflicts import Two
from tests.admin.desk import sit_down, text_of, typed
from tests.factories import make_article, make_member

pytestmark = pytest.mark.django_db

ADD = "admin:articles_article_add"


def test_what_an_action_refuses_after_all_is_a_sentence_in_the_form(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_given: Any) -> None:
        raise Refused(["A reason of the last moment."])

    monkeypatch.setattr("articles.admin.saving.save_revision", refuse)

    response = two.save_mine(headline="Mine")

    assert response.status_code == 200
    assert "A reason of the last moment." in response.content.decode()
    assert typed(response)["headline"] == "Mine"
    assert two.now.headline == "First"


def test_writer_whose_draft_went_to_review_gets_back_what_was_typed() -> None:
    writer = make_member("en", "writer")
    two = Two(make_article(status="draft"), sit_down(member=writer))
    submit(article=two.article, by=two.they)

    response = two.save_mine(headline="Typed at length", body="<p>And <b>more</b>.</p>")

    assert response.status_code == 403
    told = text_of(response)
    assert "Ayesha Khan sent it to review meanwhile." in told
    assert "Only editors and publishers of the desk of" in told
    assert "Typed at length" in told
    assert "And more." in told


def test_whoever_lost_the_desk_gets_back_what_was_typed() -> None:
    writer = make_member("en", "writer")
    two = Two(make_article(status="draft", headline="Secret"), sit_down(member=writer))
    Desk.objects.all().delete()

    response = two.save_mine(headline="Typed at length")

    assert response.status_code == 403
    assert "Typed at length" in text_of(response)
    assert "This article is on none of your desks" in text_of(response)
    assert "Secret" not in text_of(response)


def test_text_for_an_article_that_was_deleted_is_given_back(two: Two) -> None:
    two.article.delete()

    response = two.save_mine(headline="Typed at length")

    assert response.status_code == 403
    assert "Typed at length" in text_of(response)


def test_whoever_lost_the_desk_gets_back_a_new_article() -> None:
    client = sit_down(member=make_member("en", "writer"))
    form = typed(client.get(reverse(ADD)), headline="Typed at length")
    Desk.objects.all().delete()

    response = client.post(reverse(ADD), form)

    assert response.status_code == 403
    assert "Typed at length" in text_of(response)
    assert not Article.objects.exists()


def test_nothing_that_was_typed_is_given_back_unescaped(two: Two) -> None:
    two.article.delete()
    script = "<script>alert(1)</script>"

    response = two.save_mine(headline=script, body=f"<p>{script}Words</p>")

    assert script not in response.content.decode()
