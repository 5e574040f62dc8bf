"""A story withdrawn in one language asks every other desk that still tells it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.actions import Refused, leave_standing, link_translations, publish, restore, withdraw
from articles.models import Article
from articles.models.story import withdrawn_elsewhere
from tests.factories import NOTICES, WHY, logged, make_article, make_editor, make_member

pytestmark = pytest.mark.django_db


def flagged() -> set[str]:
    """The languages of the articles whose desks are asked."""
    return set(Article.objects.filter(withdrawn_elsewhere()).values_list("language", flat=True))


def take_back(article: Article, notice: str = WHY) -> None:
    withdraw(article=article, by=make_editor(), notice=notice)


@pytest.fixture
def story() -> dict[str, Article]:
    """One story before readers in three languages, and another beside it."""
    english = make_article()
    others = {code: make_article(language=code, story=english.story) for code in ("ur", "sd")}
    make_article()
    return {"en": english, **others}


def test_what_is_not_withdrawn_is_flagged_to_its_desk(story: dict[str, Article]):
    assert flagged() == set()
    take_back(story["en"])
    assert flagged() == {"ur", "sd"}


def test_withdrawing_settles_it(story: dict[str, Article]):
    take_back(story["en"])
    take_back(story["ur"], NOTICES["ur"])
    assert flagged() == {"sd"}
    take_back(story["sd"], NOTICES["sd"])
    assert flagged() == set()


def test_restoring_the_withdrawn_one_settles_it(story: dict[str, Article]):
    take_back(story["en"])
    restore(article=story["en"], by=make_editor())
    assert flagged() == set()


def test_a_publisher_decides_that_it_stays_and_says_why(story: dict[str, Article]):
    take_back(story["en"])
    publisher = make_member("ur", "publisher")

    leave_standing(article=story["ur"], by=publisher, note="  Only the English was wrong. ")

    assert flagged() == {"sd"}
    newest = story["ur"].revisions.kept()[0]
    assert (newest.deed, newest.note) == ("stays", "Only the English was wrong.")
    entry = LogEntry.objects.filter(object_id=str(story["ur"].pk)).latest("pk")
    assert logged(entry) == "It stays before readers. Only the English was wrong."
    row = Article.objects.get(pk=story["ur"].pk)
    assert row.is_live()
    assert row.updated_at is None


def test_the_next_withdrawal_asks_again(story: dict[str, Article]):
    take_back(story["en"])
    leave_standing(article=story["ur"], by=make_editor(), note="Right in Urdu.")
    take_back(story["sd"], NOTICES["sd"])
    assert flagged() == {"ur"}


@pytest.mark.parametrize(
    ("by", "note", "sentence"),
    [
        (("ur", "publisher"), " ", "Say in a note"),
        (("ur", "editor"), "Because.", "Only publishers"),
        (("sd", "publisher"), "Because.", "Only publishers"),
    ],
)
def test_a_decision_needs_a_publisher_and_a_reason(
    story: dict[str, Article], by: tuple[str, str], note: str, sentence: str
):
    take_back(story["en"])
    with pytest.raises(Refused, match=sentence):
        leave_standing(article=story["ur"], by=make_member(*by), note=note)
    assert flagged() == {"ur", "sd"}


def test_there_is_nothing_to_decide_about_what_nobody_asks(story: dict[str, Article]):
    with pytest.raises(Refused, match="nothing to decide"):
        leave_standing(article=story["ur"], by=make_editor(), note="Because.")


def test_what_is_published_later_or_joined_later_is_flagged_then():
    gone = make_article()
    take_back(gone)
    draft = make_article(language="ur", story=gone.story, status="draft")
    other = make_article(language="sd")
    assert flagged() == set()

    publish(article=draft, by=make_editor())
    assert flagged() == {"ur"}
    link_translations(articles=[gone, other], by=make_editor())
    assert flagged() == {"ur", "sd"}


def test_a_scheduled_article_is_flagged_before_readers_see_it(story: dict[str, Article]):
    ahead = timezone.now() + timedelta(days=1)
    Article.objects.filter(pk=story["ur"].pk).update(published_at=ahead)
    take_back(story["en"])
    assert flagged() == {"ur", "sd"}


def test_the_question_is_one_query(story: dict[str, Article], django_assert_num_queries: Any):
    take_back(story["en"])
    with django_assert_num_queries(1):
        list(Article.objects.filter(withdrawn_elsewhere()))
