"""What somebody typed and did not save is kept, and what no form of ours sent is refused."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Draft
from tests.admin.desk import sit_down
from tests.admin.drafts import ADD, TAB, draft_address, tell
from tests.factories import make_article, make_editor, make_language

pytestmark = pytest.mark.django_db


def test_the_answer_says_until_when_the_text_is_kept() -> None:
    client, article = sit_down(), make_article(status="draft")

    answer = tell(client, article, data={"headline": "Typed"}, base_version=1).json()

    draft = Draft.objects.get()
    assert answer["kept_at"] == json.loads(json.dumps(draft.changed_at.isoformat()[:23] + "Z"))
    assert (draft.article, draft.base_version) == (article, 1)
    assert Article.objects.get().headline != "Typed"


def test_a_new_article_is_kept_before_it_is_one() -> None:
    make_language("ur")
    tell(sit_down(), None, data={"headline": "بارش", "language": "ur"})

    draft = Draft.objects.get()
    assert (draft.article, draft.base_version) == (None, None)
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"{}",
        b'{"tab": "x"}',
        b'{"tab": 7}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "data": []}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "data": "x"}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "data": {"headline": 7}}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "base_version": 99999999999}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "base_version": "x"}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "base_version": 1e999}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "typed_ago": 1e300}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "typed_ago": -1e15}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "base_version": -1}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "base_version": {}}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "typed_ago": "yesterday"}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "typed_ago": NaN}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "typed_ago": [7]}',
        b"[" * 100_000,
    ],
)
def test_what_no_script_of_ours_tells_is_refused_in_a_sentence(body: bytes) -> None:
    article = make_article(status="draft")

    response = sit_down().post(draft_address(article), body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()["refused"].endswith(".")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("size", [1_100_000, 3_000_000])
def test_a_text_that_is_too_large_is_refused_in_a_sentence(size: int) -> None:
    response = tell(sit_down("ur"), None, data={"body": "x" * size})

    assert response.status_code == 413
    assert "حصوں میں محفوظ کریں" in response.json()["refused"]


def test_an_article_that_was_deleted_is_told_of() -> None:
    client, article = sit_down(), make_article(status="draft")
    article_address = draft_address(article)
    article.delete()

    response = client.post(article_address, "{}", content_type="application/json")

    assert response.status_code == 404
    assert "not there any more" in response.json()["refused"]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_draft_is_only_asked_for_or_told(method: str) -> None:
    client = sit_down()
    assert getattr(client, method)(f"{ADD}draft/").status_code == 405
    assert client.get(reverse("admin:articles_article_unsaved", args=[TAB])).status_code == 405


def test_nothing_is_kept_without_proof_that_a_page_of_ours_asks() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_editor())  # type: ignore[arg-type]

    assert tell(client, None, data={"headline": "Typed"}).status_code == 403
    assert not Draft.objects.exists()


def test_a_script_learns_the_proof_that_holds_after_a_new_login() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_editor())  # type: ignore[arg-type]

    token = client.get(f"{ADD}draft/", {"tab": str(TAB)}).json()["token"]

    body = json.dumps({"tab": str(TAB), "data": {"headline": "Typed"}})
    kept = client.post(
        f"{ADD}draft/", body, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert kept.status_code == 200


def test_a_script_without_a_session_is_sent_to_the_login_and_keeps_nothing() -> None:
    assert tell(Client(), None, data={"headline": "Typed"}).status_code == 302
    assert not Draft.objects.exists()
