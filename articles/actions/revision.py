"""Saving what an editor wrote: merged with what others wrote meanwhile, and kept in the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions.figure import store_figures
from articles.actions.locking import lock
from articles.actions.log import line
from articles.actions.refusal import Refused
from articles.actions.rights import demand, may_on
from articles.actions.staleness import mark_stale
from articles.caching import renew_pages
from articles.models import Article, Author, Image, Revision, Section, Source
from articles.models.placed import FIGURES, Placed
from articles.models.revision import (
    MOMENTS,
    RECORDED,
    TEXTS,
    differing,
    snapshot_of,
    write_onto,
)
from articles.text.merging import Merge, merge, merge_rows

DECIDED = "status"
"""Among an article's edited fields, it says that a person has moved it: no load publishes it."""

ASKED = frozenset({"status", "published_precision", *MOMENTS})
"""What is never merged silently: whether and when readers see an article."""

WRITTEN = (
    *("headline_origin", "edited_fields", "first_published_at", "modified_at"),
    *("updated_at", "version", "text_version"),
)
"""What is stored with every edit, whatever it changed."""

UNLOADED = frozenset({"embargoed_until", "author", FIGURES})
"""Recorded fields that no capture tells."""

REVERTED = tuple(name for name in RECORDED if name not in {*ASKED, "language"})
"""What an earlier revision gives back: an article keeps its language and its times."""

Deed = Revision.Deed


def merge_edit(
    *, article: Article, base_version: int, values: Mapping[str, Any]
) -> tuple[Article, Merge]:
    """Merge what somebody typed with what the article says now; write nothing.

    ``values`` is a snapshot (see ``articles.models.revision``) of the form, made from the article's
    ``base_version``. Returns the row, locked until the transaction ends, and the merge of each
    field in ``values``; when the article's status is another than it was then, ``status`` is among
    its clashes.
    """
    current = lock(article)
    theirs = said_at(current, current.version)
    base = said_at(current, base_version)
    mine = {**values, **_whole_moments(values, base), "status": base["status"]}
    done = merge(base, mine, theirs, asked=ASKED)
    done.values.pop("status", None)
    return current, _with_figures(done)


def _with_figures(merged: Merge) -> Merge:
    """The merge, in which figures that two people changed go together picture by picture where they
    can.
    """
    clash = next((clash for clash in merged.clashes if clash.name == FIGURES), None)
    figures = clash and merge_rows(clash.base, clash.mine, clash.theirs, key="image")
    if figures is None:
        return merged
    return Merge(
        values={**merged.values, FIGURES: figures},
        taken=(*merged.taken, FIGURES),
        clashes=tuple(each for each in merged.clashes if each is not clash),
    )


def said_at(article: Article, version: int) -> dict[str, Any]:
    """What ``article`` (the row as it is now) said at ``version``, as a snapshot with ``status``.

    Before its first revision an article never changed: there, the first tells, or else the row.
    """
    now = {**snapshot_of(article), "status": article.status}
    if version == article.version:
        return now
    then = article.revisions.at_version(version).first() or article.revisions.kept().last()
    return {**now, **then.snapshot, "status": then.status} if then else now


def _whole_moments(values: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """Forms show seconds at most: a moment that nobody touched is the one that they began from."""
    pairs = [(name, values.get(name), base[name]) for name in MOMENTS]
    return {name: was for name, typed, was in pairs if typed and was and typed[:19] == was[:19]}


@transaction.atomic
def save_revision(
    *, article: Article, by: AbstractUser, note: str = "", deed: str = Deed.SAVED
) -> Revision | None:
    """Store what an editor wrote, and keep it in the history. Returns None where nothing differs.

    ``article`` is new, or holds what was typed into the row of its ``version`` (merged by
    ``merge_edit`` where others had written too). Only fields of ``RECORDED`` are stored. Raises
    Refused, and writes nothing, for who may not change it and when the row has moved on since.
    """
    if article._state.adding:
        return _create(article, by=by)
    before = lock(article)
    demand(by, "change", before)
    if article.language_id != before.language_id:  # It moves to another desk, as what it is.
        demand(by, "change", article)
    if before.version != article.version:
        raise Refused([_("Somebody else saved this article a moment ago. Save yours once more.")])
    names = changed_fields(article, before)
    if not names:
        return None
    keep_first(before)
    note_edit(article, before, names)
    write_fields(article, names)
    mark_stale([article], article.modified_at)
    return keep(article, deed, by=by, note=note)


def _create(article: Article, *, by: AbstractUser) -> Revision:
    if not may_on(by, "add", article.language_id):
        raise Refused([_("Nobody has given you a desk for articles in this language.")])
    article.headline_origin = Article.HeadlineOrigin.EDITOR
    article.save()
    if article.placed:
        store_figures(article)
    return keep(article, Deed.CREATED, by=by)


def write_fields(article: Article, names: list[str]) -> None:
    """Store the recorded fields ``names`` of ``article``, and what ``note_edit`` noted on it.

    A part of other actions. Raises Refused for figures that cannot be stored.
    """
    article.save(update_fields=[*(name for name in names if name != FIGURES), *WRITTEN])
    if FIGURES in names:
        store_figures(article)
    renew_pages_of(article)


def renew_pages_of(article: Article) -> None:
    """Have the pages made anew that tell of ``article``, if any do or will."""
    if article.status in {Article.Status.PUBLISHED, Article.Status.WITHDRAWN}:
        renew_pages()


def changed_fields(article: Article, before: Article) -> list[str]:
    """The names of the recorded fields in which the two differ."""
    return differing(snapshot_of(before), snapshot_of(article))


def note_edit(
    article: Article, before: Article, names: list[str], at: datetime | None = None
) -> None:
    """Note on ``article``, unsaved, that an editor changed ``names`` at ``at`` (now, unless given).

    A reload of its capture then leaves them alone; readers are told of a change in a text that
    they had seen.
    """
    at = at or timezone.now()
    if "headline" in names:
        article.headline_origin = Article.HeadlineOrigin.EDITOR
    loaded = [name for name in names if name not in UNLOADED]
    article.edited_fields = list(dict.fromkeys([*before.edited_fields, *loaded]))
    article.version = before.version + 1
    article.modified_at = at
    if not set(TEXTS).isdisjoint(names):
        article.text_version = article.version
    if was_seen(before) and not {*TEXTS, FIGURES}.isdisjoint(names):
        article.updated_at = at
    if _is_waiting(before):
        article.first_published_at = article.published_at


def was_seen(article: Article, at: datetime | None = None) -> bool:
    """Whether readers had seen ``article`` by ``at`` (now, unless given), whatever came later."""
    first = article.first_published_at
    return first is not None and first <= (at or timezone.now())


def _is_waiting(article: Article) -> bool:
    """Whether ``article`` is scheduled and no reader has seen it: its first time may still move."""
    is_published = article.status == Article.Status.PUBLISHED
    return is_published and not article.is_live() and not was_seen(article)


def keep_first(article: Article) -> None:
    """Give an article that has no history yet its first revision: what its row says.

    Whoever is about to change the row calls this while it still says so.
    """
    if not article.revisions.kept().exists():
        deed = Deed.LOADED if article.capture_id else Deed.CREATED
        keep(article, deed, by=None, at=article.modified_at)


def latest_text(article: Article) -> Revision:
    """The kept revision with the text that ``article``, a locked row, has now.

    One that a load has changed is in its history with what it said before: what it says now is
    written there first.
    """
    keep_first(article)
    latest = article.revisions.kept()[0]
    if all(latest.snapshot[name] == getattr(article, name) for name in TEXTS):
        return latest
    return keep(article, Deed.LOADED, by=None)


def keep(
    article: Article,
    deed: str,
    *,
    by: AbstractUser | None,
    note: str = "",
    at: datetime | None = None,
) -> Revision:
    """Write what ``article`` says now into the history, under the number of its version."""
    return Revision.objects.create(
        article=article,
        number=article.version,
        deed=deed,
        status=article.status,
        snapshot=snapshot_of(article),
        made_by_id=by.pk if by else None,
        made_at=at or article.modified_at,
        note=note,
    )


@transaction.atomic
def revert(
    *, article: Article, revision: Revision, by: AbstractUser, seen: int | None = None
) -> Revision:
    """Make an article say again what it said in ``revision``, as a new revision.

    ``seen`` is the version that ``by`` had before their eyes, the newest unless given. The article
    keeps its language, status and times, and also its section or source where the one of then is
    gone or of another edition. Raises Refused for a revision of another article, for one that was
    never in the history, for a text that readers could not do with, when the article says that
    already, and when somebody has saved it since it was ``seen``.
    """
    if revision.article_id != article.pk or revision.state != Revision.State.KEPT:
        raise Refused([_("This is not an earlier text of this article.")])
    current = lock(article)
    if seen is not None and seen != current.version:
        raise Refused([_("Somebody else saved this a moment ago. Look and save again.")])
    write_onto(current, _still_possible(revision.snapshot, current.language_id))
    if reasons := list(_missing(current)):
        raise Refused(reasons)
    is_short = len(current.placed or ()) < len(revision.snapshot.get(FIGURES) or ())
    note = line(
        "reverted_without_pictures" if is_short else "reverted", number=revision.number or 0
    )
    written = save_revision(article=current, by=by, note=note, deed=Deed.REVERTED)
    if written is None:
        raise Refused([_("The article says this already.")])
    return written


def _still_possible(snapshot: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What a snapshot may give back to an article that is now in ``language``."""
    known = {name: snapshot[name] for name in REVERTED if name in snapshot}
    if FIGURES in known:
        known[FIGURES] = _still_there(known[FIGURES])
    rows: dict[str, QuerySet[Any]] = {
        "section": Section.objects.filter(language=language),
        "source": Source.objects.all(),
        "author": Author.objects.filter(language=language),
    }
    named = {name: known[name] for name in rows if known.get(name)}
    gone = {name for name, pk in named.items() if not rows[name].filter(pk=pk).exists()}
    return {name: value for name, value in known.items() if name not in gone}


def _still_there(placed: list[Placed]) -> list[Placed]:
    """Those whose picture the library still has."""
    there = Image.objects.in_bulk([each["image"] for each in placed])
    return [each for each in placed if each["image"] in there]


def _missing(article: Article) -> Iterator[str]:
    """What readers of a published article must not lose."""
    if article.status == Article.Status.PUBLISHED:
        if not article.headline:
            yield _("A published article needs a headline.")
        if not article.body:
            yield _("Readers see this article: withdraw it before you take its text away.")
        if article.source_id is None:
            yield _("Readers see this article: it cannot be without a source.")
