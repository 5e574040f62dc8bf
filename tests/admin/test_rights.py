"""Who may only write: what they are offered, and that no refused step takes their text away."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from articles.models import Article, Language
from tests.admin.desk import form_of, save, sit_down, typed
from tests.factories import make_article, make_editor, make_language

pytestmark = pytest.mark.django_db

ADD = "admin:articles_article_add"


@pytest.fixture
def english() -> Language:
    return make_language("en")


def someone_with(*codenames: str) -> Client:
    """A client of a member of staff with these permissions and no others."""
    person = make_editor(is_superuser=False)
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    client.cookies["language"] = "en"
    return client


def test_who_may_only_add_is_offered_no_step(english: Language) -> None:
    response = someone_with("add_article").get(reverse(ADD))

    assert response.status_code == 200
    assert response.context["verbs"] == []
    assert 'name="_verb"' not in response.content.decode()


def test_who_may_add_and_change_is_offered_the_steps_of_a_draft(english: Language) -> None:
    response = someone_with("add_article", "change_article").get(reverse(ADD))

    assert [verb.name for verb in response.context["verbs"]] == ["submit", "publish"]


@pytest.mark.parametrize("permissions", [["add_article"], ["add_article", "view_article"]])
def test_refused_step_keeps_a_new_text(english: Language, permissions: list[str]) -> None:
    client = someone_with(*permissions)
    form = typed(client.get(reverse(ADD)), headline="Typed at length", _verb="submit")

    response = client.post(reverse(ADD), form, follow=True)

    article = Article.objects.get()
    assert response.status_code == 200
    assert (article.headline, article.status) == ("Typed at length", "draft")
    page = response.content.decode()
    assert "The text is saved. One step was not taken:" in page
    assert "Your account does not have the permission for this step." in page


def test_refused_step_keeps_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once publishing is a permission of its own, it may be taken away while a form is open."""
    article = make_article(status="draft")
    client = sit_down()
    form = typed(client.get(form_of(article)), headline="Typed at length", _verb="publish")
    monkeypatch.setattr(
        "articles.admin.article.ArticleAdmin.has_publish_permission", lambda *_args: False
    )

    response = client.post(form_of(article), form, follow=True)

    article.refresh_from_db()
    assert response.status_code == 200
    assert (article.headline, article.status) == ("Typed at length", "draft")
    assert "does not have the permission for this step" in response.content.decode()


def test_note_with_a_nul_is_no_fault_of_the_desk() -> None:
    article = make_article(status="review")

    save(sit_down(), article, _verb="return", _note="Mend\0 the end.")

    article.refresh_from_db()
    assert article.status == "draft"
