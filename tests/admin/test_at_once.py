"""Two people press their buttons at the very same moment: no fault is met and no text is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from articles.admin.merging import MergingForm
from articles.admin.saving import SavingAdmin
from articles.models import Article
from tests.admin.changes import boxes, proposed, soon, state
from tests.admin.desk import form_of, sent_from, sit_down, typed
from tests.factories import make_article, make_message

pytestmark = pytest.mark.django_db(transaction=True)

Press = Callable[[], Any]


def at_once(*presses: Press) -> list[int]:
    """Press all buttons in one moment, each in a thread of its own; the answers' statuses."""
    ready = Barrier(len(presses))

    def press(one: Press) -> int:
        ready.wait(timeout=20)
        try:
            return int(one().status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(presses)) as threads:
        return list(threads.map(press, presses))


def save_of(article: Article, **changes: Any) -> Press:
    """A form that was opened and typed into, to be saved; each is another person's."""
    client = sit_down()
    form = typed(client.get(form_of(article)), **changes)
    return lambda: client.post(form_of(article), form)


def decision_of(client: Client, change: Any, decision: str) -> Press:
    address = reverse("admin:articles_article_decide", args=[change.article_id, change.pk])
    return lambda: client.post(address, {"_decision": decision})


def test_two_saves_of_two_fields_are_both_kept() -> None:
    article = make_article(status="draft")

    answers = at_once(save_of(article, headline="One"), save_of(article, byline="Two"))

    article.refresh_from_db()
    assert answers == [302, 302]
    assert (article.headline, article.byline, article.version) == ("One", "Two", 3)


def test_of_two_saves_of_one_field_one_is_asked() -> None:
    article = make_article(status="draft")

    answers = at_once(save_of(article, headline="One"), save_of(article, headline="Two"))

    article.refresh_from_db()
    assert sorted(answers) == [200, 302]
    assert article.headline == ("One" if answers[0] == 302 else "Two")
    assert article.version == 2


def test_a_save_and_a_step_of_the_workflow_never_pass_each_other_by() -> None:
    article = make_article(status="draft")

    answers = at_once(save_of(article, headline="One"), save_of(article, _verb="submit"))

    article.refresh_from_db()
    assert article.status == "review"
    assert answers[1] == 302
    assert (answers[0] == 302) == (article.headline == "One")


def test_of_two_changes_scheduled_at_once_one_is_refused_in_its_form() -> None:
    article = make_article()
    later = {"_later": "schedule", **boxes(soon())}

    answers = at_once(
        save_of(article, headline="One", **later), save_of(article, headline="Two", **later)
    )

    assert sorted(answers) == [200, 302]
    assert article.revisions.filter(state="scheduled").count() == 1


def test_a_change_is_accepted_while_its_article_is_saved_without_waiting_for_ever() -> None:
    article = make_article(headline="Old")
    change = proposed(article, headline="New")
    client = sit_down()
    opened = client.get(form_of(article), {"revision": change.pk})
    form = typed(opened, byline="A Writer")
    address = f"{form_of(article)}?revision={change.pk}"

    answers = at_once(decision_of(sit_down(), change, "accept"), lambda: client.post(address, form))

    article.refresh_from_db()
    assert answers == [302, 302]
    assert (article.headline, article.byline) == ("New", "A Writer")
    assert state(change) in {"kept", "taken"}


def test_a_change_is_decided_once() -> None:
    article = make_article(headline="Old")
    change = proposed(article, headline="New")

    at_once(decision_of(sit_down(), change, "accept"), decision_of(sit_down(), change, "decline"))

    article.refresh_from_db()
    assert (state(change), article.headline) in {("kept", "New"), ("declined", "Old")}


def test_of_two_who_settle_one_message_at_once_one_is_asked_again() -> None:
    message = make_message()
    address = reverse("admin:articles_message_change", args=[message.pk])

    def settling(state: str) -> Press:
        client = sit_down()
        form = sent_from(client.get(address), state=state, _save="yes")
        return lambda: client.post(address, form)

    answers = at_once(settling("answered"), settling("spam"))

    message.refresh_from_db()
    assert sorted(answers) == [200, 302]
    assert message.state == ("answered" if answers[0] == 302 else "spam")


def delete_of(article: Article) -> Press:
    client = sit_down()
    address = reverse("admin:articles_article_delete", args=[article.pk])
    return lambda: client.post(address, {"post": "yes"})


def test_what_is_published_in_the_moment_of_its_deletion_is_not_half_of_both() -> None:
    for _time in range(3):
        article = make_article(status="draft")

        answers = at_once(save_of(article, _verb="publish"), delete_of(article))

        left = Article.objects.filter(pk=article.pk).first()
        assert set(answers) <= {302, 403}
        assert left is None or (left.status, answers[1]) == ("published", 403)


def test_what_is_typed_in_the_moment_of_a_deletion_meets_no_fault() -> None:
    told = {"tab": str(uuid4()), "data": {"headline": "Typed"}}
    for _time in range(3):
        article = make_article(status="draft")

        answers = at_once(delete_of(article), autosave_of(article, told))

        assert answers[1] in {200, 404}


def autosave_of(article: Article, told: dict[str, Any]) -> Press:
    client = sit_down()
    address = reverse("admin:articles_article_draft", args=[article.pk])
    return lambda: client.post(address, told, "application/json")


@pytest.mark.parametrize("moment", [SavingAdmin._page_of_typed, MergingForm.merge_with_others])
def test_text_is_given_back_when_its_article_is_deleted_while_it_is_saved(
    moment: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether that is before its row is looked for or before it is locked."""
    article, client = make_article(status="draft"), sit_down()
    form = typed(client.get(form_of(article)), headline="Typed at length")
    owner = SavingAdmin if moment is SavingAdmin._page_of_typed else MergingForm

    def then(self: Any, *args: Any) -> Any:
        done = moment(self, *args) if owner is SavingAdmin else None
        Article.objects.filter(pk=article.pk).delete()
        return done if owner is SavingAdmin else moment(self, *args)

    monkeypatch.setattr(owner, moment.__name__, then)
    answer = client.post(form_of(article), form)

    assert answer.status_code in {200, 403}  # What is refused undoes the deletion of this test too.
    assert "Typed at length" in answer.content.decode()


def test_of_three_articles_joined_in_pairs_at_once_one_story_comes() -> None:
    one, two, three = (make_article(language=code) for code in ("en", "ur", "sd"))
    address = reverse("admin:articles_article_changelist")

    def join(*articles: Article) -> Press:
        client, keys = sit_down(), [article.pk for article in articles]
        return lambda: client.post(address, {"action": "join_selected", "_selected_action": keys})

    at_once(join(one, two), join(two, three))

    assert len(set(Article.objects.values_list("story", flat=True))) == 1


def test_joins_of_two_stories_in_either_order_never_wait_in_a_circle() -> None:
    """Each names the higher article of its own story; the lower one is the other's first."""
    client, address = sit_down(), reverse("admin:articles_article_changelist")
    for _round in range(8):
        stories = uuid4(), uuid4()
        first, second, third, fourth = (
            make_article(language=code, story=stories[n % 2])
            for n, code in enumerate(("en", "ur", "sd", "pa"))
        )

        def join(*articles: Article) -> Press:
            keys = [article.pk for article in articles]
            form = {"action": "join_selected", "_selected_action": keys}
            return lambda: client.post(address, form)

        assert at_once(join(third, fourth), join(first, second)) == [302, 302]
        rows = Article.objects.filter(pk__in=[one.pk for one in (first, second, third, fourth)])
        assert len(set(rows.values_list("story", flat=True))) == 1
