"""Whose a kept text is: only who may type it may keep it, and nobody else reads it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from articles.models import Article, Draft
from tests.admin.desk import form_of, said, sit_down
from tests.admin.drafts import LIST, TAB, close, draft_address, offered, tell, type_into
from tests.admin.test_matrix_of_articles import (
    ASKED,
    OWN,
    PERSONS,
    STATES,
    always,
    everyone,
    everywhere,
    make_in,
    sign_in,
)
from tests.factories import make_article, make_desk, make_language, make_member

pytestmark = pytest.mark.django_db

TYPES = "w  w  e  e  e  e  p  p"
"""Who may at least type into the form of an article of their desk, by state: a change of what is
published may be proposed by editors.
"""


@everyone
@everywhere
@always
def test_only_who_may_write_or_propose_is_kept_and_told(
    person: str, language: str, state: str
) -> None:
    article, client = make_in(state, language), sign_in(person)
    tell(sit_down(first_name="Ayesha"), article, tab=uuid4(), data={"headline": "Hers"})
    is_own = language == OWN or person == "superuser"
    may_type = is_own and PERSONS.index(person) >= ASKED[TYPES.split()[STATES.index(state)]]

    told = tell(client, article, data={"headline": "Typed"})
    asked = client.get(draft_address(article), {"tab": str(TAB)})

    for response in (told, asked):
        assert (response.status_code == 200) is may_type
        assert ("Ayesha" in response.content.decode()) is may_type
        assert "Hers" not in response.content.decode()
        if not may_type:
            assert response.status_code in {403, 404}
            assert response.json()["refused"].endswith(".")
    assert Draft.objects.count() == (2 if may_type else 1)


@everyone
def test_only_who_may_begin_an_article_is_kept(person: str) -> None:
    make_language(OWN)
    status = tell(sign_in(person), None, data={"headline": "Typed"}).status_code

    assert status == (403 if person == "nobody" else 200)


def test_nobody_reaches_the_text_of_somebody_else() -> None:
    article = make_article(status="draft")
    type_into(sit_down(), article, headline="Typed")
    other = sit_down()

    settle = reverse("admin:articles_article_unsaved", args=[TAB])
    assert "no longer kept" in said(other.post(settle, {"_take": "yes"}, follow=True))
    other.post(settle, {"_drop": "yes"})
    tell(other, article, left=True)

    assert Draft.objects.get().is_present()
    assert "Typed" not in other.get(f"{form_of(article)}?draft={TAB}").content.decode()
    assert "Typed" not in other.get(draft_address(article), {"tab": str(TAB)}).content.decode()


def test_a_text_for_an_article_that_one_may_not_see_any_more_is_not_listed() -> None:
    member = make_member("ur")
    article = make_article(language="ur", status="draft", headline="Secret")
    client = sit_down(member=member)
    tell(client, article, data={"body": "<p>Typed</p>"})
    assert "Secret" in client.get(LIST).content.decode()

    member.desks.all().delete()
    make_desk(member, "en")

    assert "Secret" not in client.get(LIST).content.decode()


def test_a_text_outlives_the_right_to_save_it_and_can_be_copied() -> None:
    client, article = sit_down(member=make_member("en")), make_article(status="draft")
    type_into(client, article, headline="Typed")
    close(client, article)
    Article.objects.update(status="published")

    page = client.get(form_of(article))

    assert "<ins>Typed</ins>" in offered(page)
    assert "_take" not in page.content.decode()
    assert "desk-autosave" not in page.content.decode()
    assert "Only publishers" in tell(client, article).json()["refused"]
