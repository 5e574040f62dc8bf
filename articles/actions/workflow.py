"""From draft to readers and back: submit, return, publish, withdraw, restore.

Each raises Refused for who may not do it (see ``articles.actions.rights``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions.change import cancel_scheduled
from articles.actions.figure import undescribed
from articles.actions.locking import lock
from articles.actions.log import log
from articles.actions.notice import write_notice
from articles.actions.refusal import Refused
from articles.actions.revision import DECIDED, keep, keep_first, was_seen
from articles.actions.rights import demand
from articles.caching import renew_pages
from articles.models import Article, Capture
from articles.models.notice import Kind
from articles.models.placed import placed_in
from articles.text.normal import normalise

Status = Article.Status
MOVED = (
    *("status", "published_at", "first_published_at", "modified_at"),
    *("hold_reason", "edited_fields", "version"),
)
"""What a step of the workflow writes; it leaves every text as it is, and cleans none again."""


@dataclass(frozen=True)
class Transition:
    """A step of the workflow: the states it starts from, and the one it ends in."""

    of: frozenset[Status]
    to: Status


TRANSITIONS = {
    "submit": Transition(frozenset({Status.DRAFT}), Status.REVIEW),
    "return": Transition(frozenset({Status.REVIEW}), Status.DRAFT),
    "publish": Transition(frozenset({Status.DRAFT, Status.REVIEW}), Status.PUBLISHED),
    "withdraw": Transition(frozenset({Status.PUBLISHED}), Status.WITHDRAWN),
    "restore": Transition(frozenset({Status.WITHDRAWN}), Status.DRAFT),
}
"""The whole workflow: what is not in this table cannot be done."""
READERS_SEE = frozenset({"publish", "withdraw", "restore"})


def submit(*, article: Article, by: AbstractUser) -> Article:
    """Send a draft to review. Raises Refused unless it is a draft."""
    return _move(article, "submit", by=by)


def return_to_draft(*, article: Article, by: AbstractUser, note: str) -> Article:
    """Send an article in review back to its writer with a note. Raises Refused without a note."""
    if not note.strip():
        raise Refused([_("Say in a note what should change before it comes back to review.")])
    return _move(article, "return", by=by, note=note.strip())


def publish(
    *, article: Article, by: AbstractUser | None = None, at: datetime | None = None
) -> Article:
    """Publish an article, or schedule it when its time is still ahead.

    ``at`` (an aware moment) sets the publication time; without it the article's own time stands, or
    else now. ``by`` is None when a command publishes. Returns the stored article.
    Raises Refused, with every reason at once, when something is missing.
    """
    with transaction.atomic():
        current = lock(article)
        demand(by, "publish", current)
        keep_first(current)
        mark_published(current, by=by, at=at)
        published = _store(current, "publish", by=by)
        if by is not None:  # A command settles its captures itself, after their last article.
            _accept_capture(published)
        return published


def mark_published(
    article: Article, *, by: AbstractUser | None = None, at: datetime | None = None
) -> None:
    """Set on ``article`` all that ``publish`` sets and store nothing: for callers that store many
    rows at once. Raises Refused like ``publish`` and then leaves the article as it was.
    """
    when = at or article.published_at or timezone.now()
    gates = (_wrong_status(article, "publish"), _missing(article), _too_early(article, when))
    if reasons := [reason for gate in gates for reason in gate]:
        raise Refused(reasons)
    article.published_at = when
    if not was_seen(article):
        article.first_published_at = when
    article.hold_reason = ""
    _advance(article, "publish", by=by)


def withdraw(*, article: Article, by: AbstractUser, notice: str) -> Article:
    """Take a published article away from readers, who find ``notice`` in its place.

    ``notice`` is plain text in the article's language. What was merely scheduled is forgotten:
    nobody saw it, then or later. A change that is scheduled becomes a proposal: no text goes live
    by itself once the article is back. Raises Refused without a notice, or unless it is published.
    """
    told = normalise(notice, article.language_id).strip()
    with transaction.atomic():
        withdrawn = _move(article, "withdraw", by=by, note=told)
        cancel_scheduled(withdrawn, by=by)
        write_notice(withdrawn, Kind.WITHDRAWAL, told, by=by)
    return withdrawn


def restore(*, article: Article, by: AbstractUser) -> Article:
    """Make a withdrawn article a draft again. Raises Refused unless it is withdrawn.

    The notice of its withdrawal is kept for the desk, and no reader meets it again.
    """
    with transaction.atomic():
        restored = _move(article, "restore", by=by)
        restored.notices.of_withdrawn().update(public=False)
    return restored


def _move(article: Article, verb: str, *, by: AbstractUser, note: str = "") -> Article:
    with transaction.atomic():
        current = lock(article)
        demand(by, verb, current)
        if reasons := list(_wrong_status(current, verb)):
            raise Refused(reasons)
        keep_first(current)
        if not was_seen(current):
            current.first_published_at = None
        _advance(current, verb, by=by)
        return _store(current, verb, by=by, note=note)


def _accept_capture(article: Article) -> None:
    """An editor has decided: the capture is no longer new once none of its articles is held."""
    held = Article.objects.filter(capture=article.capture_id).exclude(hold_reason="")
    if article.capture_id and not held.exists():
        new = Capture.objects.filter(pk=article.capture_id, state=Capture.State.NEW)
        new.update(state=Capture.State.ACCEPTED, decided_at=timezone.now())


def _advance(article: Article, verb: str, *, by: AbstractUser | None) -> None:
    article.status = TRANSITIONS[verb].to
    # A command that publishes an archive edits nothing: readers are told of no update today.
    article.modified_at = timezone.now() if by else article.published_at or timezone.now()
    article.version += 1


def _store(current: Article, verb: str, *, by: AbstractUser | None, note: str = "") -> Article:
    try:
        current.validate_constraints()
    except ValidationError as error:
        raise Refused(error.messages) from error
    if by is not None and DECIDED not in current.edited_fields:
        current.edited_fields = [*current.edited_fields, DECIDED]
    current.save(update_fields=MOVED)
    keep(current, verb, by=by, note=note)
    if verb in READERS_SEE:
        renew_pages()
    if by is not None:
        log([current], verb, by=by, note=note)
    return current


def _wrong_status(article: Article, verb: str) -> Iterator[str]:
    if article.status not in TRANSITIONS[verb].of:
        yield _("“%(headline)s” is %(status)s, so this cannot be done to it.") % {
            "headline": article,
            "status": article.get_status_display(),
        }


def _missing(article: Article) -> Iterator[str]:
    if not article.headline:
        yield _("Give the article a headline before it is published.")
    if not article.body:
        yield _("Write the article's text before it is published.")
    if article.source_id is None:
        yield _("Choose a source, so that readers know where the text comes from.")
    yield from undescribed(placed_in(article))


def _too_early(article: Article, when: datetime) -> Iterator[str]:
    if article.embargoed_until is not None and when < article.embargoed_until:
        yield _("An article cannot be published before its embargo ends.")
