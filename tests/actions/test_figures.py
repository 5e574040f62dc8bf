"""Pictures in an article: a part of its text, described before readers see them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from articles.actions import (
    Refused,
    accept_change,
    merge_edit,
    propose_change,
    publish,
    remove_picture,
    revert,
    save_revision,
    schedule_change,
)
from articles.actions.change import apply_due
from articles.actions.log import told
from articles.models import Article, Image, Revision
from articles.models.placed import placed_in
from articles.models.revision import snapshot_of
from tests.factories import make_article, make_editor, make_figure, make_image, make_member

pytestmark = pytest.mark.django_db


def figure_of(image: Image | None = None, **overrides: Any) -> dict[str, Any]:
    fields = {"image": (image or make_image()).pk, "alt_text": "Two boats", "caption": ""}
    return {**fields, **overrides}


def with_figures(article: Article, *placed: dict[str, Any]) -> Article:
    """The article as somebody's form would hold it, with these figures and no others."""
    own = Article.objects.get(pk=article.pk)
    own.placed = list(placed)
    return own


def place(article: Article, *placed: dict[str, Any], by: Any = None) -> Revision | None:
    return save_revision(article=with_figures(article, *placed), by=by or make_editor())


def shown(article: Article) -> list[str]:
    return [figure.alt_text for figure in article.figures.in_order()]


def test_a_picture_is_placed_and_readers_are_told_of_an_update():
    article = make_article()
    place(article, figure_of())
    after = Article.objects.get()
    assert shown(after) == ["Two boats"]
    assert after.version == article.version + 1
    assert after.updated_at == after.modified_at
    assert timezone.now() - after.updated_at < timedelta(minutes=1)
    assert after.text_version == article.text_version


def test_a_draft_tells_readers_of_no_update():
    article = make_article(status="draft")
    place(article, figure_of(alt_text=""))
    assert Article.objects.get().updated_at is None


def test_a_save_that_says_nothing_of_figures_leaves_them():
    article = make_article()
    make_figure(article, alt_text="Stays")
    own = Article.objects.get()
    own.headline = "Another headline"
    save_revision(article=own, by=make_editor())
    assert shown(article) == ["Stays"]


def test_figures_stand_in_the_order_in_which_they_were_placed():
    article = make_article()
    first, second = figure_of(alt_text="First"), figure_of(alt_text="Second")
    place(article, first, second)
    rows = set(article.figures.values_list("pk", flat=True))
    place(article, second, first)
    assert shown(article) == ["Second", "First"]
    assert set(article.figures.values_list("pk", flat=True)) == rows


def test_what_differs_only_in_spelling_is_no_change():
    article = make_article(language="ur")
    figure = make_figure(article, alt_text="کنویں کی تصویر", caption="")
    assert place(article, figure_of(figure.image, alt_text=" كنويں  كی تصویر ")) is None


@pytest.mark.parametrize("code", ["en", "ur", "sd"])
def test_publishing_without_alt_text_is_refused_in_a_sentence(code):
    article = make_article(language=code, status="draft")
    make_figure(article)
    publishable = make_article(language=code, status="draft")
    make_figure(article, alt_text="")
    make_figure(article, alt_text="")
    with translation.override(code), pytest.raises(Refused) as refused:
        publish(article=article, by=make_editor())
    (sentence,) = refused.value.reasons
    assert "2" in sentence
    assert (code == "en") is sentence.isascii()
    assert publish(article=publishable, by=make_editor()).is_live()


@pytest.mark.parametrize("when", [-1, 1])
def test_a_published_article_loses_no_alt_text(when):
    article = make_article(published_at=timezone.now() + timedelta(days=when))
    figure = make_figure(article)
    with pytest.raises(Refused, match="1 picture has no alt text"):
        place(article, figure_of(figure.image, alt_text="   "))
    with pytest.raises(Refused, match="1 picture has no alt text"):
        place(article, *placed_in(article), figure_of(alt_text=""))
    assert article.figures.get().alt_text
    assert Article.objects.get().version == article.version


def test_an_article_takes_no_picture_twice():
    article = make_article()
    image = make_figure(article).image
    with pytest.raises(Refused, match="has this picture already"):
        place(article, *placed_in(article), figure_of(image))


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(Refused, match="at most 1000"):
        place(make_article(), figure_of(caption="x" * 1_001))


def test_who_may_not_change_the_article_places_no_picture():
    article = make_article()
    with pytest.raises(Refused):
        place(article, figure_of(), by=make_member("en", "writer"))
    place(article, figure_of(), by=make_member("en", "publisher"))
    assert article.figures.count() == 1


def test_the_history_knows_the_figures_and_gives_them_back():
    article = make_article()
    first = make_figure(article, alt_text="First").image
    place(article, figure_of(alt_text="Second"))
    newest, oldest = article.revisions.kept()
    assert [each["alt_text"] for each in newest.snapshot["figures"]] == ["Second"]
    assert [each["image"] for each in oldest.snapshot["figures"]] == [first.pk]
    revert(article=article, revision=oldest, by=make_editor())
    assert shown(article) == ["First"]


def test_a_picture_that_left_the_library_does_not_come_back_with_an_earlier_text():
    article = make_article(headline="First")
    image = make_figure(article).image
    place(article)
    remove_picture(image=image, by=make_editor())
    own = Article.objects.get()
    own.headline = "Second"
    save_revision(article=own, by=make_editor())
    oldest = article.revisions.kept().reverse()[0]
    revert(article=article, revision=oldest, by=make_editor())
    assert Article.objects.get().headline == "First"
    assert shown(article) == []
    assert "Without pictures" in str(told(article.revisions.kept()[0].note))


# Two people ------------------------------------------------------------------------------------


def merged(article: Article, *mine: dict[str, Any], base: int = 1) -> Any:
    values = {**snapshot_of(article), "figures": list(mine)}
    return merge_edit(article=article, base_version=base, values=values)[1]


def test_two_people_who_each_place_a_picture_keep_both():
    article = make_article()
    old = figure_of(make_figure(article, alt_text="Old", caption="").image, alt_text="Old")
    theirs, mine = figure_of(alt_text="Theirs"), figure_of(alt_text="Mine")
    place(article, old, theirs)

    done = merged(article, old, mine)

    assert [each["alt_text"] for each in done.values["figures"]] == ["Old", "Mine", "Theirs"]
    assert not done.clashes


def test_two_people_who_describe_one_picture_are_asked():
    article = make_article()
    image = make_figure(article).image
    place(article, figure_of(image, alt_text="Theirs"))

    done = merged(article, figure_of(image, alt_text="Mine"))

    assert [clash.name for clash in done.clashes] == ["figures"]
    assert "figures" not in done.values


def test_who_takes_a_picture_out_that_another_described_is_asked():
    article = make_article()
    image = make_figure(article).image
    place(article, figure_of(image, alt_text="Theirs"))

    assert [clash.name for clash in merged(article).clashes] == ["figures"]


# Later -----------------------------------------------------------------------------------------


def test_pictures_wait_with_a_proposal_and_come_with_it():
    article = make_article()
    proposal = propose_change(
        article=with_figures(article, figure_of()), by=make_member("en", "editor")
    )
    assert shown(article) == []
    accept_change(revision=proposal, by=make_editor())
    assert shown(article) == ["Two boats"]


def test_pictures_come_with_a_scheduled_change():
    article, moment = make_article(), timezone.now() + timedelta(hours=1)
    own = with_figures(article, figure_of())
    schedule_change(article=own, by=make_editor(), goes_live_at=moment)
    apply_due(moment + timedelta(minutes=1))
    assert shown(article) == ["Two boats"]
    assert article.revisions.kept()[0].snapshot["figures"] == placed_in(Article.objects.get())


def test_a_picture_that_a_waiting_change_would_place_stays_in_the_library():
    image, article = make_image(), make_article()
    own = with_figures(article, figure_of(image))
    propose_change(article=own, by=make_member("en", "editor"))
    with pytest.raises(Refused, match="Decide about the change first"):
        remove_picture(image=image, by=make_editor())


def test_a_proposal_does_not_take_away_pictures_that_were_placed_since():
    article = make_article()
    own = Article.objects.get()
    own.headline = "Proposed"
    proposal = propose_change(article=own, by=make_member("en", "editor"))
    place(article, figure_of())
    with pytest.raises(Refused, match="has changed since"):
        accept_change(revision=proposal, by=make_editor())
    assert shown(article) == ["Two boats"]
