"""What readers are told of a change, as every button and command writes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.actions import Refused, add_notice, restore, withdraw
from articles.models import Article, Notice
from tests.factories import WHY, logged, make_article, make_editor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["correction", "clarification", "update"])
def test_a_notice_is_an_update_that_readers_are_told_of(kind: str) -> None:
    editor, article = make_editor(), make_article()

    notice = add_notice(article=article, kind=kind, text="It was two days.\n", by=editor)

    after = Article.objects.get()
    assert (notice.kind, notice.text, notice.made_by) == (kind, "It was two days.", editor)
    assert after.updated_at == after.modified_at == notice.made_at
    assert after.version == article.version + 1
    assert after.edited_fields == article.edited_fields
    entry = LogEntry.objects.get()
    assert entry.user == editor
    assert logged(entry) == f"{kind.capitalize()} added. It was two days."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Write what readers should know."),
        (" \n\t", "Write what readers should know."),
        ("\x00\u202e", "Write what readers should know."),
        ("x" * 2001, "at most 2000 characters"),
    ],
)
def test_a_text_that_tells_nothing_or_too_much_is_refused(text: str, reason: str) -> None:
    article = make_article()
    with pytest.raises(Refused, match=reason):
        add_notice(article=article, kind="correction", text=text, by=make_editor())
    assert not Notice.objects.exists()
    assert Article.objects.get().version == article.version


@pytest.mark.parametrize("kind", ["withdrawal", "rumour", ""])
def test_only_what_stands_beside_a_text_is_added(kind: str) -> None:
    with pytest.raises(Refused, match="Choose a correction"):
        add_notice(article=make_article(), kind=kind, text="Words", by=make_editor())


@pytest.mark.parametrize(
    "unseen",
    [
        {"status": "draft"},
        {"status": "review"},
        {"status": "withdrawn"},
        {"published_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_readers_do_not_see_is_not_corrected_in_public(unseen: dict[str, object]) -> None:
    with pytest.raises(Refused, match="change its text instead"):
        add_notice(
            article=make_article(**unseen), kind="correction", text="Words", by=make_editor()
        )
    assert not Notice.objects.exists()


@pytest.mark.parametrize("nothing", ["", "  \n", "\x00"])
def test_withdrawing_needs_a_notice(nothing: str) -> None:
    article = make_article()
    with pytest.raises(Refused):
        withdraw(article=article, by=make_editor(), notice=nothing)
    assert Article.objects.get().status == "published"
    assert not LogEntry.objects.exists()


def test_the_notice_of_a_withdrawal_is_kept_through_every_return() -> None:
    editor, article = make_editor(), make_article()
    withdraw(article=article, by=editor, notice="The first reason.")
    assert list(Notice.objects.of_withdrawn().values_list("text", flat=True)) == [
        "The first reason."
    ]

    restore(article=article, by=editor)
    assert not Notice.objects.public().exists()

    Article.objects.update(status="published")
    withdraw(article=article, by=editor, notice=WHY)
    assert list(Notice.objects.of_withdrawn().values_list("text", flat=True)) == [WHY]
    assert Notice.objects.count() == 2


def test_a_restored_article_keeps_its_corrections() -> None:
    editor, article = make_editor(), make_article()
    add_notice(article=article, kind="correction", text="It was two days.", by=editor)
    withdraw(article=article, by=editor, notice=WHY)

    restore(article=article, by=editor)

    assert [notice.kind for notice in Notice.objects.public()] == ["correction"]


@pytest.mark.parametrize("text", ["\u200b", "\u200f\u2060", "\u200c\u200d", "\u0651", "…"])
def test_a_notice_that_nobody_could_see_is_none(text: str) -> None:
    article, editor = make_article(), make_editor()
    with pytest.raises(Refused, match="Write what readers should know"):
        add_notice(article=article, kind="correction", text=text, by=editor)
    with pytest.raises(Refused, match="Write what readers should know"):
        withdraw(article=article, by=editor, notice=text)
    assert Article.objects.get().status == "published"


def test_a_button_pressed_twice_tells_readers_once() -> None:
    article, editor = make_article(), make_editor()
    add_notice(article=article, kind="correction", text="It was two days.", by=editor)
    with pytest.raises(Refused, match="Readers are shown this notice already"):
        add_notice(article=article, kind="correction", text=" It was two days. ", by=editor)
    assert Notice.objects.count() == 1
    assert Article.objects.get().version == article.version + 1


def test_what_was_published_can_always_be_withdrawn() -> None:
    article = make_article()
    # As stored before the limit counted what a cleaned text grows to.
    Article.objects.update(body="<p>" + "&amp; " * 60_000 + "</p>")
    withdraw(article=article, by=make_editor(), notice="It was a draft.")
    assert Article.objects.get().status == "withdrawn"
