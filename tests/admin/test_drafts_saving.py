"""Once a text is saved its tab keeps nothing; where a save is refused, it keeps all of it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import reverse

from articles.models import Article, Draft, Revision
from tests.admin.desk import form_of, save, sit_down, typed
from tests.admin.drafts import ADD, TAB, close, type_into
from tests.factories import make_article, make_language, make_member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "button",
    [{}, {"_continue": "1"}, {"_addanother": "1"}, {"_verb": "submit"}, {"_verb": "publish"}],
)
def test_once_saved_the_tab_keeps_nothing(button: dict[str, str]) -> None:
    client, article = sit_down(), make_article(status="draft")
    type_into(client, article, headline="Typed")
    type_into(client, article, tab=UUID(int=2), headline="Another tab")

    save(client, article, headline="Typed", _tab=str(TAB), **button)

    assert Article.objects.get().headline == "Typed"
    assert [draft.tab.int for draft in Draft.objects.all()] == [2]


@pytest.mark.parametrize(("role", "button"), [("editor", "propose"), ("publisher", "schedule")])
def test_once_kept_for_later_the_tab_keeps_nothing(role: str, button: str) -> None:
    client, article = sit_down(member=make_member("en", role)), make_article()
    later = {"change_at_0": "2031-01-01", "change_at_1": "10:00"} if button == "schedule" else {}
    type_into(client, article, headline="Typed")

    save(client, article, headline="Typed", _tab=str(TAB), _later=button, **later)

    assert Revision.objects.pending().get().snapshot["headline"] == "Typed"
    assert not Draft.objects.exists()


def test_what_an_editor_typed_into_a_published_article_is_offered_to_be_proposed() -> None:
    client, article = sit_down(member=make_member("en", "editor")), make_article()
    type_into(client, article, headline="Typed", change_note="A slip of the pen.")
    close(client, article)

    page = client.post(
        reverse("admin:articles_article_unsaved", args=[TAB]), {"_take": "yes"}, follow=True
    )

    assert typed(page)["headline"] == "Typed"
    assert typed(page)["change_note"] == "A slip of the pen."


def test_two_texts_that_clash_keep_the_draft_until_they_are_decided() -> None:
    client, article = sit_down(), make_article(status="draft")
    type_into(client, article, headline="Mine")
    form = typed(client.get(form_of(article)), headline="Mine", _tab=str(TAB))
    save(sit_down(), article, headline="Theirs")

    page = client.post(form_of(article), form)
    assert page.status_code == 200
    assert Draft.objects.exists()
    assert f'name="_tab" value="{TAB}"' in page.content.decode()


def test_once_a_new_article_is_saved_its_tab_keeps_nothing() -> None:
    make_language("en")
    client = sit_down()
    type_into(client, None, headline="Typed")

    client.post(ADD, typed(client.get(ADD), headline="Typed", _tab=str(TAB)))

    assert Article.objects.get().headline == "Typed"
    assert not Draft.objects.exists()


def test_a_refused_save_keeps_the_text_and_the_tab() -> None:
    client, article = sit_down(), make_article(status="draft")
    type_into(client, article, headline="Typed")

    page = save(client, article, headline="Typed", section="abc", _tab=str(TAB))

    assert page.status_code == 200
    assert f'name="_tab" value="{TAB}"' in page.content.decode()
    assert "data-typed" in page.content.decode()
    assert Draft.objects.exists()


def test_somebody_elses_save_drops_nothing_of_mine() -> None:
    client, article = sit_down(), make_article(status="draft")
    type_into(client, article, headline="Typed")

    save(sit_down(), article, byline="By Sana", _tab=str(TAB))

    assert Draft.objects.exists()
