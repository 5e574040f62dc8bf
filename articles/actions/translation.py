"""Making an article of what another says in its own language, and keeping up with it."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.admin.models import ADDITION
from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.actions.event import copy_event
from articles.actions.locking import lock
from articles.actions.log import log
from articles.actions.refusal import Refused
from articles.actions.revision import latest_text, renew_pages_of, save_revision
from articles.actions.rights import demand, may_on, name_for_all
from articles.models import Article, Author, Language, Section
from articles.models.placed import placed_in
from articles.text.bidi import isolate


@transaction.atomic
def start_translation(*, source: Article, language: Language, by: AbstractUser) -> Article:
    """Make a draft in ``language`` of the story that ``source`` tells, and return it.

    It has the same newsroom's source, the section of the same slug where its edition has one, the
    same pictures, and an event at the same time; text, place of the event, what is said of the
    pictures, byline, dateline and times are the translator's. It remembers the text that it is made
    from. Raises Refused, with every reason at once, for who has no desk there or may not see
    ``source``, for a withdrawn one, and when the story has an article in that language.
    """
    original = lock(source)
    demand(by, "view", original)
    if reasons := list(_unstartable(original, language, by)):
        raise Refused(reasons)
    draft = Article(
        story=original.story,
        language=language,
        source_id=original.source_id,
        section=_same_section(original, language),
        author=_same_author(original, language),
        translated_from=latest_text(original),
    )
    draft.byline = draft.author.name if draft.author else ""
    draft.placed = [{**each, "alt_text": "", "caption": ""} for each in placed_in(original)]
    try:
        with transaction.atomic():
            save_revision(article=draft, by=by)
            copy_event(original, draft)
    except IntegrityError as error:  # Two people started at once, from two languages.
        raise Refused([_taken(language)]) from error
    log([draft], "start_translation", by=by, flag=ADDITION, headline=name_for_all(original))
    return draft


def _unstartable(original: Article, language: Language, by: AbstractUser) -> Iterator[str]:
    if not may_on(by, "add", language.pk):
        yield _("Nobody has given you a desk for articles in this language.")
    if original.status == Article.Status.WITHDRAWN:
        yield _("This article was withdrawn. Restore it before it is translated.")
    if Article.objects.filter(story=original.story, language=language).exists():
        yield _taken(language)


def _taken(language: Language) -> str:
    return _("The story has an article in %(language)s already.") % {
        "language": isolate(language.endonym)
    }


def _same_section(original: Article, language: Language) -> Section | None:
    """The section of the same slug in the other edition: the two are one section."""
    own = original.section
    return Section.objects.filter(language=language, slug=own.slug).first() if own else None


def _same_author(original: Article, language: Language) -> Author | None:
    own = original.author
    return Author.objects.filter(language=language, slug=own.slug).first() if own else None


@transaction.atomic
def catch_up(*, article: Article, by: AbstractUser, seen: int | None = None) -> Article:
    """Note that a translation says what its original says by now, and return it.

    ``seen`` is the version of the original that ``by`` had before their eyes, the newest unless
    given: what was changed after that leaves the translation stale. Raises Refused for who may not
    change it or may not see the original, and when it lags behind nothing.
    """
    known = Article.objects.select_related("translated_from__article").get(pk=article.pk)
    if known.translated_from is None:
        raise Refused([_("This article is not a translation of another.")])
    original = lock(known.translated_from.article)
    current = lock(article)
    demand(by, "change", current)
    demand(by, "view", original)
    newest = latest_text(original)
    read = newest if seen is None else original.revisions.at_version(seen).first()
    if read is None or (read.number or 0) <= (known.translated_from.number or 0):
        raise Refused([_("This translation is up to date already.")])
    current.translated_from = read
    if (read.number or 0) >= original.text_version:
        current.stale_since = None
    current.save(update_fields=["translated_from", "stale_since"])
    renew_pages_of(current)
    log([current], "catch_up", by=by, number=read.number or 0)
    return current
