"""Translations: begun from what may be seen, told when they lag, and never told of what is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.actions import (
    Refused,
    accept_change,
    catch_up,
    propose_change,
    restore,
    revert,
    save_revision,
    start_translation,
    withdraw,
)
from articles.actions.original import original_of
from articles.models import Article, Language, Revision
from articles.models.story import stale
from tests.actions.test_revisions import copy
from tests.actions.test_rights import make_in
from tests.factories import (
    WHY,
    logged,
    make_article,
    make_desk,
    make_editor,
    make_language,
    make_member,
    make_section,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def urdu() -> Language:
    return make_language("ur")


def translate(article: Article, by: Any = None, language: str = "ur") -> Article:
    return start_translation(
        source=article, language=make_language(language), by=by or make_member(language)
    )


def change(article: Article, **changes: object) -> Article:
    """Save ``changes`` of an article's text as an editor does."""
    changed = copy(article, **changes)
    save_revision(article=changed, by=make_editor())
    return changed


def state_of(translation: Article) -> tuple[bool, bool]:
    """Whether it is marked as stale, and whether it is by the versions of the two texts."""
    row = Article.objects.get(pk=translation.pk)
    source = row.translated_from
    return (
        Article.objects.filter(stale(), pk=row.pk).exists(),
        source.article.text_version > source.number,
    )


STALE, FRESH = (True, True), (False, False)


# Starting ----------------------------------------------------------------------------------------


def test_a_translation_is_a_draft_of_the_same_story_and_leaves_the_writing_to_its_translator():
    section = make_section(slug="sport")
    own = make_section(slug="sport", language="ur")
    article = make_article(section=section, byline="A. Writer", dateline="Hala", standfirst="Rain.")

    draft = translate(article)

    assert (draft.status, draft.language_id) == ("draft", "ur")
    assert (draft.story, draft.source_id, draft.section) == (article.story, article.source_id, own)
    texts = (draft.headline, draft.standfirst, draft.body, draft.byline, draft.dateline)
    assert set(texts) == {""}
    assert (draft.published_at, draft.embargoed_until, draft.first_published_at) == (None,) * 3


def test_a_section_that_the_other_edition_has_not_is_left_for_the_translator():
    assert translate(make_article(section=make_section(slug="sport"))).section is None
    assert translate(make_article()).section is None


def test_a_translation_remembers_the_text_that_it_was_made_from():
    article = make_article(headline="First")
    assert translate(article).translated_from.snapshot["headline"] == "First"

    change(article, headline="Second")
    later = translate(article, language="sd")
    assert later.translated_from.snapshot["headline"] == "Second"
    assert later.translated_from == article.revisions.kept().first()


def test_a_text_that_a_load_has_changed_since_is_kept_before_it_is_translated():
    article = make_article(headline="First")
    translate(article)
    Article.objects.filter(pk=article.pk).update(headline="Second", version=2, text_version=2)

    later = translate(article, language="sd")

    assert later.translated_from.snapshot["headline"] == "Second"
    assert later.translated_from.number == 2


def test_starting_is_in_the_history_and_in_the_log():
    article = make_article(headline="Rain")
    draft = translate(article)
    assert [one.deed for one in draft.revisions.kept()] == ["created"]
    assert "Rain" in logged(LogEntry.objects.get(object_id=str(draft.pk)))


def refused(article: Article, by: Any, language: str = "ur") -> str:
    before = Article.objects.count()
    with pytest.raises(Refused) as refusal:
        translate(article, by, language)
    assert Article.objects.count() == before
    assert not Revision.objects.exists()
    return str(refusal.value)


def test_who_has_no_desk_there_starts_nothing():
    assert "Nobody has given you a desk" in refused(make_article(), make_member("en", "publisher"))


def test_a_story_is_translated_once_into_each_language():
    article = make_article()
    make_article(language="ur", story=article.story)
    assert "in \u2068ur\u2069 already" in refused(article, make_member("ur"))
    assert "in \u2068en\u2069 already" in refused(article, make_member("en"), "en")


@pytest.mark.parametrize("state", ["draft", "review", "scheduled", "embargoed", "withdrawn"])
def test_what_another_desk_has_not_shown_readers_is_not_translated(state: str):
    article = make_in(state, "en")
    assert "not on any of your desks" in refused(article, make_member("ur", "publisher"))


def test_what_was_withdrawn_is_not_translated():
    assert "Restore it before" in refused(make_in("withdrawn"), make_editor())


def test_who_is_on_both_desks_may_translate_a_draft():
    both = make_member("ur")
    make_desk(both, "en")
    assert translate(make_in("draft"), both).pk


# Lagging behind ----------------------------------------------------------------------------------


def test_a_translation_is_stale_once_the_text_of_its_original_has_changed():
    article = make_article()
    draft, other = translate(article), translate(make_article())
    assert state_of(draft) == FRESH

    change(article, headline="Rain and wind")

    assert (state_of(draft), state_of(other)) == (STALE, FRESH)


def test_what_changes_no_text_makes_no_translation_stale():
    article, editor = make_article(), make_editor()
    draft = translate(article)
    change(article, section=make_section(), embargoed_until=article.published_at)
    withdraw(article=article, by=editor, notice=WHY)
    restore(article=article, by=editor)
    assert state_of(draft) == FRESH


def test_an_accepted_change_and_a_restored_text_make_it_stale_too():
    article, editor = make_article(headline="First"), make_editor()
    draft = translate(article)
    change = propose_change(article=copy(article, headline="Second"), by=editor)
    assert state_of(draft) == FRESH
    accept_change(revision=change, by=editor)
    assert state_of(draft) == STALE

    catch_up(article=draft, by=editor)
    assert state_of(draft) == FRESH
    revert(article=article, revision=article.revisions.get(number=1), by=editor)
    assert state_of(draft) == STALE


def test_it_has_been_stale_since_the_first_change():
    article = make_article()
    draft = translate(article)
    first = change(article, headline="Second").modified_at
    change(article, headline="Third")
    assert Article.objects.get(pk=draft.pk).stale_since == first


def test_a_translation_of_a_translation_follows_the_one_that_it_was_made_from():
    english = make_article()
    urdu = translate(english, make_editor())
    change(urdu, headline="بارش", body="<p>متن</p>")
    sindhi = translate(urdu, make_editor(), "sd")

    change(english, headline="Second")

    assert (state_of(urdu), state_of(sindhi)) == (STALE, FRESH)


# Catching up -------------------------------------------------------------------------------------


def test_who_has_caught_up_is_told_so_in_the_log():
    article, member = make_article(), make_member("ur")
    draft = translate(article, member)
    change(article, headline="Second")

    catch_up(article=draft, by=member)

    assert state_of(draft) == FRESH
    entry = LogEntry.objects.filter(object_id=str(draft.pk)).latest("pk")
    assert logged(entry) == "Up to date with version 2 of the original."


def test_what_was_changed_after_the_translator_looked_is_not_caught_up_with():
    article, member = make_article(), make_member("ur")
    draft = translate(article, member)
    seen = change(article, headline="Second").version
    change(article, headline="Third")

    catch_up(article=draft, by=member, seen=seen)
    row = Article.objects.get(pk=draft.pk)
    assert (row.translated_from.number, state_of(draft)) == (seen, STALE)

    catch_up(article=draft, by=member)
    assert state_of(draft) == FRESH


def test_there_is_nothing_to_catch_up_with_twice():
    article, member = make_article(), make_member("ur")
    draft = translate(article, member)
    with pytest.raises(Refused, match="up to date already"):
        catch_up(article=draft, by=member)
    with pytest.raises(Refused, match="not a translation"):
        catch_up(article=article, by=make_editor())


def test_only_who_may_change_a_translation_says_that_it_has_caught_up():
    article, member = make_article(), make_member("ur")
    draft = translate(article, member)
    change(article, headline="Second")
    for other in (make_member("en", "publisher"), make_member("sd", "publisher")):
        with pytest.raises(Refused):
            catch_up(article=draft, by=other)
    assert state_of(draft) == STALE


def take_back_and_change(article: Article) -> None:
    """Withdraw an article, restore it as a draft and change what nobody but its desk sees then."""
    editor = make_editor()
    withdraw(article=article, by=editor, notice=WHY)
    restore(article=article, by=editor)
    change(article, headline="Not for readers")


def test_nobody_says_that_a_translation_has_caught_up_with_what_they_may_not_read():
    article, member = make_article(), make_member("ur")
    draft = translate(article, member)
    take_back_and_change(article)

    with pytest.raises(Refused, match="not on any of your desks"):
        catch_up(article=draft, by=member)
    assert state_of(draft) == STALE


# What a translator may read ----------------------------------------------------------------------


def read(draft: Article, reader: Any) -> tuple[str | None, str | None]:
    """The headlines that ``reader`` is shown: the one translated, and the one of now."""
    original = original_of(Article.objects.get(pk=draft.pk), reader)
    assert original is not None
    then, now = original.then or {}, original.now or {}
    return then.get("headline"), now.get("headline")


def test_a_translator_reads_what_was_translated_and_what_readers_see_now():
    article, member = make_article(headline="First"), make_member("ur")
    draft = translate(article, member)
    change(article, headline="Second")
    assert read(draft, member) == ("First", "Second")


def test_a_translator_reads_no_newer_text_that_readers_do_not_see():
    article, member = make_article(headline="First"), make_member("ur")
    draft = translate(article, member)
    take_back_and_change(article)

    assert read(draft, member) == ("First", None)
    make_desk(member, "en")
    assert read(draft, type(member).objects.get(pk=member.pk)) == ("First", "Not for readers")


def test_a_draft_that_a_colleague_translated_is_told_to_nobody_without_its_desk():
    both, urdu = make_member("ur"), make_member("ur")
    make_desk(both, "en")
    article = make_in("draft", headline="Not for readers")
    draft = translate(article, both)
    assert read(draft, both) == ("Not for readers", "Not for readers")
    assert read(draft, urdu) == (None, None)


def test_a_text_that_was_scheduled_and_changed_before_its_time_was_never_before_readers():
    both, urdu = make_member("ur"), make_member("ur")
    make_desk(both, "en")
    at = timezone.now() - timedelta(hours=1)
    article = make_article(headline="Too early", published_at=at)
    draft = translate(article, both)
    first = draft.translated_from
    first.made_at = at - timedelta(hours=2)
    first.save()
    change(article, headline="In time")
    article.revisions.filter(number=2).update(made_at=at - timedelta(hours=1))

    assert read(draft, urdu) == (None, "In time")
    assert read(draft, both) == ("Too early", "In time")


def test_what_is_no_translation_has_no_original():
    assert original_of(make_article(), make_editor()) is None


def test_a_translation_outlives_the_draft_that_it_was_made_from():
    both = make_member("ur")
    make_desk(both, "en", "editor")
    article = make_in("draft")
    draft = translate(article, both)
    change(article, headline="Second")
    article.delete()
    row = Article.objects.get(pk=draft.pk)
    assert original_of(row, both) is None
    assert not Article.objects.filter(stale()).exists()
