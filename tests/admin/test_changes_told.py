"""What the desk is told of changes that wait: on the form, in the history and in lists."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime

from articles.actions import apply_due, propose_change, save_revision
from tests.actions.test_revisions import copy
from tests.admin.changes import member, proposed, scheduled, soon
from tests.admin.desk import form_of, said, save, sit_down, text_of
from tests.factories import make_article, make_editor

pytestmark = pytest.mark.django_db


def test_the_articles_form_says_what_waits_and_leads_there() -> None:
    article = make_article()
    change = scheduled(article, headline="New")

    page = sit_down().get(form_of(article))

    assert "Ayesha has scheduled a change: readers see it from" in text_of(page)
    assert f"{change.goes_live_at:%H:%M} UTC" in text_of(page)
    assert f"?revision={change.pk}" in page.content.decode()


def test_an_overtaken_change_is_flagged_on_the_form_in_the_history_and_in_the_list() -> None:
    article = make_article(headline="Old")
    scheduled(article, headline="New")
    save_revision(article=copy(article, headline="Meanwhile"), by=make_editor())
    apply_due(soon(days=1))
    client = sit_down()

    history = reverse("admin:articles_article_history", args=[article.pk])
    for address in (form_of(article), history):
        assert "was overtaken by another and was not applied" in text_of(client.get(address))
    listed = client.get(reverse("admin:articles_article_changelist")).content.decode()
    assert '<span class="mark overtaken">change overtaken</span>' in listed


def test_a_list_marks_what_waits_for_ones_own_desk_alone() -> None:
    article = make_article()
    proposed(article, headline="New")
    address = reverse("admin:articles_article_changelist")

    assert "change proposed" in member("writer").get(address).content.decode()
    assert "change proposed" not in member("writer", "ur").get(address).content.decode()


def test_marks_of_a_list_cost_one_question_for_all_its_rows() -> None:
    client, address = sit_down(), reverse("admin:articles_article_changelist")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    make_article()
    few = asked()
    for number in range(9):
        proposed(make_article(), headline=f"New {number}")
    assert asked() == few


@pytest.mark.parametrize(
    ("role", "buttons"),
    [("writer", set()), ("editor", set()), ("publisher", {"accept", "cancel", "decline"})],
)
def test_history_offers_each_role_what_it_may_decide(role: str, buttons: set[str]) -> None:
    article = make_article()
    change = scheduled(article, headline="New")
    client = member(role)

    for name, more in (("history", []), ("revision", [change.pk])):
        address = reverse(f"admin:articles_article_{name}", args=[article.pk, *more])
        page = client.get(address).content.decode()
        assert set(re.findall(r'name="_decision" value="(\w+)"', page)) == buttons


def test_page_of_a_change_shows_what_it_would_change() -> None:
    article = make_article(headline="Old words")
    change = proposed(article, headline="New words")

    address = reverse("admin:articles_article_revision", args=[article.pk, change.pk])
    page = sit_down().get(address)

    assert [run.text.strip() for run in page.context["fields"][0].runs] == ["Old", "New", "words"]


def test_what_a_load_proposes_is_told_as_such() -> None:
    article = make_article()
    propose_change(article=copy(article, body="<p>Other.</p>"), by=None)

    assert "A capture says something else now:" in text_of(sit_down().get(form_of(article)))


def test_a_schedule_of_publication_is_told_in_both_zones() -> None:
    at = soon(days=2)
    article, client = make_article(status="draft", published_at=at), member("publisher")

    response = save(client, article, _verb="publish")
    listed = client.get(reverse("admin:articles_article_changelist"))

    for page in (said(response), text_of(listed)):
        assert f"{localtime(at):%H:%M} Asia/Karachi (" in page
        assert f"{at:%H:%M} UTC)" in page


def test_first_page_tells_when_a_change_goes_live_in_both_zones() -> None:
    change = scheduled(make_article(), headline="New")

    told = text_of(sit_down().get(reverse("admin:index")))

    assert f"{localtime(change.goes_live_at):%H:%M} ({change.goes_live_at:%H:%M} UTC)" in told


def test_who_may_propose_is_not_told_that_the_article_is_only_to_be_read() -> None:
    article = make_article()

    assert "You can read this article here" not in text_of(member("editor").get(form_of(article)))
    assert "You can read this article here" in text_of(member("writer").get(form_of(article)))
