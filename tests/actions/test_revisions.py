"""Saving and history: both people's work is kept, and whatever was saved can be found again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.actions import (
    Refused,
    merge_edit,
    publish,
    revert,
    save_revision,
    submit,
    withdraw,
)
from articles.models import Article, Revision
from articles.models.revision import snapshot_of
from tests.factories import WHY, make_article, make_editor

pytestmark = pytest.mark.django_db


def copy(article: Article, **changes: object) -> Article:
    """The article as another person's form would hold it, with ``changes`` typed in."""
    own = Article.objects.get(pk=article.pk)
    for name, value in changes.items():
        setattr(own, name, value)
    return own


def numbers(article: Article) -> list[tuple[int | None, str]]:
    return [(one.number, one.deed) for one in article.revisions.kept()]


def test_first_edit_keeps_what_the_article_said_before_it():
    article = make_article(headline="First")

    save_revision(article=copy(article, headline="Second"), by=make_editor())

    assert [one.snapshot["headline"] for one in article.revisions.kept()] == ["Second", "First"]
    assert numbers(article) == [(2, "saved"), (1, "created")]


def test_a_save_that_changes_nothing_writes_nothing():
    article = make_article()
    assert save_revision(article=copy(article), by=make_editor()) is None
    assert not Revision.objects.exists()
    assert Article.objects.get().version == 1


def test_each_step_of_the_workflow_is_in_the_history_with_its_note():
    editor, article = make_editor(), make_article(status="draft", published_at=None)

    submit(article=article, by=editor)
    publish(article=article, by=editor)
    withdraw(article=article, by=editor, notice=WHY)

    assert numbers(article) == [
        (4, "withdraw"), (3, "publish"), (2, "submit"), (1, "created"),
    ]  # fmt: skip
    assert article.revisions.kept()[0].note == WHY
    assert [one.status for one in article.revisions.kept()] == [
        "withdrawn", "published", "review", "draft",
    ]  # fmt: skip


def test_a_row_that_moved_on_is_never_written_over():
    article = make_article(headline="First")
    late = copy(article, headline="Late")
    save_revision(article=copy(article, headline="Early"), by=make_editor())

    with pytest.raises(Refused):
        save_revision(article=late, by=make_editor())
    assert Article.objects.get().headline == "Early"


def test_two_people_in_different_fields_merge():
    article = make_article(headline="First", standfirst="Old")
    mine = {**snapshot_of(article), "standfirst": "New"}
    save_revision(article=copy(article, headline="Theirs"), by=make_editor())

    current, done = merge_edit(article=article, base_version=1, values=mine)

    assert current.version == 2
    assert done.values["headline"] == "Theirs"
    assert done.values["standfirst"] == "New"
    assert not done.clashes


def test_two_people_in_one_field_clash_with_both_texts():
    article = make_article(headline="First")
    save_revision(article=copy(article, headline="Theirs"), by=make_editor())
    mine = {**snapshot_of(article), "headline": "Mine"}

    _current, done = merge_edit(article=article, base_version=1, values=mine)

    assert [tuple(clash) for clash in done.clashes] == [("headline", "First", "Mine", "Theirs")]


def test_a_status_that_moved_meanwhile_is_never_merged_silently():
    article = make_article(status="draft")
    mine = {**snapshot_of(article), "standfirst": "New"}
    publish(article=article, by=make_editor())

    _current, done = merge_edit(article=article, base_version=1, values=mine)

    assert [(clash.name, clash.theirs) for clash in done.clashes] == [("status", "published")]


def test_a_moment_shown_without_its_microseconds_is_no_change():
    moment = timezone.now().replace(microsecond=123456)
    article = make_article(published_at=moment)
    later = moment + timedelta(hours=1)
    save_revision(article=copy(article, published_at=later), by=make_editor())
    shown = {**snapshot_of(article), "published_at": f"{moment:%Y-%m-%dT%H:%M:%S}+00:00"}

    _current, done = merge_edit(article=article, base_version=1, values=shown)

    # It clashes because the other moved it, not because the form shortened it.
    assert [(clash.mine, clash.base) for clash in done.clashes] == [
        (moment.isoformat(), moment.isoformat())
    ]


def test_an_earlier_text_comes_back_as_a_new_revision():
    editor, article = make_editor(), make_article(headline="First", standfirst="Kept")
    save_revision(article=copy(article, headline="Second"), by=editor)

    revert(article=article, revision=article.revisions.get(number=1), by=editor)

    assert Article.objects.get().headline == "First"
    assert numbers(article) == [(3, "reverted"), (2, "saved"), (1, "created")]
    with pytest.raises(Refused):
        revert(article=article, revision=article.revisions.get(number=1), by=editor)


def test_an_earlier_text_keeps_the_times_and_the_status_of_today():
    editor, article = make_editor(), make_article(status="draft", headline="First")
    save_revision(article=copy(article, headline="Second"), by=editor)
    published = publish(article=article, by=editor)

    revert(article=article, revision=article.revisions.get(number=1), by=editor)

    now = Article.objects.get()
    assert (now.status, now.published_at) == ("published", published.published_at)


def test_the_text_has_a_version_of_its_own_that_no_step_of_the_workflow_moves():
    editor, article = make_editor(), make_article(status="draft")
    submit(article=article, by=editor)
    assert Article.objects.get().text_version == 1

    save_revision(article=copy(article, body="<p>Other words.</p>"), by=editor)
    assert Article.objects.get().text_version == 3
