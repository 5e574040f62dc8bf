"""Changes that wait, for a publisher or for a moment, while the old text stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions.locking import lock
from articles.actions.log import log
from articles.actions.refusal import Refused
from articles.actions.revision import (
    ASKED,
    REVERTED,
    changed_fields,
    keep_first,
    note_edit,
    write_fields,
)
from articles.actions.rights import demand, may
from articles.actions.staleness import mark_stale
from articles.caching import renew_pages
from articles.models import Article, Revision
from articles.models.revision import differing, snapshot_of, write_onto
from articles.text.html import HtmlTooLarge

if TYPE_CHECKING:
    from articles.actions.rights import Person

State = Revision.State


@transaction.atomic
def propose_change(*, article: Article, by: AbstractUser | None, note: str = "") -> Revision:
    """Keep what was typed as a proposal, while the article goes on saying what it says.

    ``article`` holds what was typed into the row of its ``version``. ``by`` is None when a load
    proposes what a capture says now. Raises Refused for who may not, for an article that is not
    published, when the row has moved on and when nothing differs.
    """
    before = lock(article)
    demand(by, "propose", before)
    if by is not None and before.status != Article.Status.PUBLISHED:
        raise Refused([_("Only a change of a published article is proposed. Save yours.")])
    proposal = keep_proposal(article, by=by, note=note)
    _log(article, by, "propose_change", note)
    return proposal


@transaction.atomic
def schedule_change(
    *, article: Article, by: AbstractUser, goes_live_at: datetime, note: str = ""
) -> Revision:
    """Keep what was typed and let readers see it from ``goes_live_at`` on, no job needed.

    Raises Refused, besides what ``propose_change`` refuses, for a moment that is not ahead, for an
    article that readers would not see then, and while another change of it is scheduled.
    """
    demand(by, "schedule", lock(article))
    if reasons := list(_unschedulable(article, goes_live_at)):
        raise Refused(reasons)
    change = _pending(article, State.SCHEDULED, by=by, note=note, at=goes_live_at)
    renew_pages()  # None made before knows of the moment at which it must go.
    _log(article, by, "schedule_change", note)
    return change


def _unschedulable(article: Article, moment: datetime) -> Iterator[str]:
    if moment <= timezone.now():
        yield _("Choose a moment that is still ahead.")
    if article.status != Article.Status.PUBLISHED:
        yield _("Only a published article can be changed at a set time. Schedule its publication.")
    elif not article.is_live(moment):
        yield _("Readers do not see this article by then: change its text now instead.")
    if article.revisions.filter(state=State.SCHEDULED).exists():
        yield _("A change of this article is scheduled already. Cancel it first.")


def keep_proposal(article: Article, *, by: AbstractUser | None, note: str = "") -> Revision:
    """What ``propose_change`` writes, without asking who may: a part of other actions."""
    return _pending(article, State.PROPOSED, by=by, note=note)


def _pending(
    article: Article,
    state: Revision.State,
    *,
    by: AbstractUser | None,
    note: str,
    at: datetime | None = None,
) -> Revision:
    before = lock(article)
    if before.version != article.version:
        raise Refused([_("Somebody else saved this article a moment ago. Save yours once more.")])
    names = changed_fields(article, before)
    if not names:
        raise Refused([_("Nothing was changed, so there is nothing to keep for later.")])
    if not ASKED.isdisjoint(names):
        raise Refused([_("A change for later is one of the text: save other times by themselves.")])
    keep_first(before)
    article.derive()
    try:
        with transaction.atomic():
            return Revision.objects.create(
                article=before,
                state=state,
                status=before.status,
                snapshot=snapshot_of(article),
                base=before.revisions.kept().first(),
                made_by_id=by.pk if by else None,
                goes_live_at=at,
                note=note,
            )
    except IntegrityError as error:  # Two people scheduled at once.
        taken = _("A change of this article is scheduled already. Cancel it first.")
        raise Refused([taken]) from error


@transaction.atomic
def cancel_change(*, revision: Revision, by: AbstractUser) -> Revision:
    """Take a scheduled change off the clock; it stays as a proposal. Raises Refused for others."""
    change = _locked(revision, {State.SCHEDULED})
    demand(by, "change", change.article)
    _take_off_clock(change, by)
    return change


def cancel_scheduled(article: Article, *, by: AbstractUser) -> None:
    """Take every scheduled change of ``article``, a locked row, off the clock: a part of others'
    actions, after which readers do not see what it was written over.
    """
    for change in article.revisions.select_for_update().filter(state=State.SCHEDULED):
        _take_off_clock(change, by)


def _take_off_clock(change: Revision, by: AbstractUser) -> None:
    change.state, change.goes_live_at = State.PROPOSED, None
    change.save(update_fields=["state", "goes_live_at"])
    _log(change.article, by, "cancel_change")


@transaction.atomic
def decline_change(*, revision: Revision, by: AbstractUser, note: str = "") -> Revision:
    """Set a waiting change aside for good. It stays readable. Raises Refused for any other.

    Whoever proposed it may take it back.
    """
    change = _locked(revision, set(Revision.PENDING))
    if not may_set_aside(change, change.article, by):
        demand(by, "change", change.article)
    change.state, change.goes_live_at = State.DECLINED, None
    change.save(update_fields=["state", "goes_live_at"])
    _log(change.article, by, "decline_change", note)
    return change


@transaction.atomic
def settle_change(*, revision: Revision, by: AbstractUser) -> bool:
    """Set a waiting change aside because its text went into what ``by`` saves, or keeps for later,
    in the same transaction. Returns whether it was: what was decided meanwhile, and what ``by`` may
    not set aside, stays as it is.
    """
    change = _hold(revision.pk)
    if change is None or change.state not in Revision.PENDING:
        return False
    if not may_set_aside(change, change.article, by):
        return False
    change.state, change.goes_live_at = State.TAKEN, None
    change.save(update_fields=["state", "goes_live_at"])
    return True


def may_set_aside(change: Revision, article: Article, user: Person) -> bool:
    """Whether ``user`` may set aside a waiting change of the article: an own proposal, or any."""
    is_own = change.made_by_id == user.pk and change.state != State.SCHEDULED
    return may(user, "change", article) or (is_own and may(user, "propose", article))


@transaction.atomic
def accept_change(*, revision: Revision, by: AbstractUser) -> Revision:
    """Let the article say now what was proposed or scheduled.

    Raises Refused when the article has changed since it was written (the form merges the two), and
    for a change that waits no more.
    """
    change = _locked(revision, {State.PROPOSED, State.SCHEDULED})
    current = lock(change.article)
    demand(by, "change", current)
    if _is_overtaken(current, change):
        raise Refused(
            [_("The article has changed since. Open this change in the form to merge it.")]
        )
    try:
        _apply(current, change, Revision.Deed.ACCEPTED, at=timezone.now())
    except (ValidationError, HtmlTooLarge) as error:
        raise Refused(getattr(error, "messages", [str(error)])) from error
    _log(current, by, "accept_change")
    return change


def apply_due(at: datetime | None = None) -> list[Revision]:
    """Apply every scheduled change whose moment has come by ``at`` (now, unless given).

    Readers see them from their own moment on, whenever this is called: by the first reader after
    it, or by a command. One whose base has moved on, or whose article readers no longer see, is
    marked as overtaken and left to its desk. Returns the changes that were applied. Called twice at
    once, each is applied once.
    """
    at = at or timezone.now()
    due = list(Revision.objects.due(at).values_list("pk", flat=True))
    applied = (_apply_one(pk) for pk in due)
    return [change for change in applied if change is not None]


@transaction.atomic
def _apply_one(pk: int) -> Revision | None:
    change = _hold(pk)
    if change is None or change.state != State.SCHEDULED or change.goes_live_at is None:
        return None
    current = lock(change.article)
    try:
        if current.status == Article.Status.PUBLISHED and not _is_overtaken(current, change):
            with transaction.atomic():
                _apply(current, change, Revision.Deed.CHANGED, at=change.goes_live_at)
            _log(current, change.made_by, "apply_change")
            return change
    except (ValidationError, IntegrityError, HtmlTooLarge, Refused):
        pass  # What could not be stored is for its desk to look at, like what was overtaken.
    Revision.objects.filter(pk=pk).update(state=State.OVERTAKEN)
    return None


def _apply(current: Article, change: Revision, deed: str, *, at: datetime) -> None:
    before = lock(current)
    known = (name for name in REVERTED if name in change.snapshot)
    write_onto(current, {name: change.snapshot[name] for name in known})
    names = changed_fields(current, before)
    current.full_clean(validate_unique=False)
    note_edit(current, before, names, at)
    write_fields(current, names)
    mark_stale([current], current.modified_at)
    change.state, change.deed, change.number = State.KEPT, deed, current.version
    change.status, change.snapshot, change.made_at = current.status, snapshot_of(current), at
    change.save(update_fields=["state", "deed", "number", "status", "snapshot", "made_at"])


def _is_overtaken(current: Article, change: Revision) -> bool:
    """Whether the text is another now than the one that the change was written over."""
    base, now = change.base, snapshot_of(current)
    return base is None or bool(set(REVERTED).intersection(differing(base.snapshot, now)))


def _locked(revision: Revision, states: set[Revision.State]) -> Revision:
    change = _hold(revision.pk)
    if change is None or change.state not in states:
        raise Refused([_("This change waits no longer: somebody has decided about it.")])
    return change


def _hold(pk: int) -> Revision | None:
    """The row as it is now, held until the transaction ends. Its article is held first, as by
    whoever saves it: two who come from two sides never wait for each other.
    """
    rows = Revision.objects.filter(pk=pk)
    if found := rows.select_related("article").first():
        lock(found.article)
    return rows.select_for_update(of=["self"]).first()


def _log(article: Article, by: AbstractUser | None, key: str, note: str = "") -> None:
    if by is not None:
        log([article], key, by=by, note=note)
