"""What is typed and not saved: kept, taken up again in another tab, thrown away.

A draft is its writer's alone. It changes no article and is no part of any history, so nothing of it
is logged; other people learn from it only that somebody is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions.refusal import Refused
from articles.actions.rights import demand, may, may_on
from articles.models import Article, Draft
from articles.models.draft import PRESENT

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

LARGEST = 1_000_000
"""Characters that one tab may keep. A body is refused at 256 kB; until then it can be divided."""

TEXT_STAYS = timedelta(days=30)
PRESENCE_STAYS = timedelta(days=1)


class TooLarge(Refused):
    """What was typed is longer than a draft may be."""

    def __init__(self) -> None:
        sentence = _("This is longer than what can be kept unsaved. Save it in parts.")
        super().__init__([sentence])


@transaction.atomic
def keep_draft(
    *,
    by: AbstractUser,
    tab: UUID,
    article: Article | None = None,
    base_version: int | None = None,
    data: Mapping[str, str] | None = None,
    typed_at: datetime | None = None,
) -> None:
    """Note that a tab has the form of ``article`` open, None being a new one, and what is in it.

    ``data`` are the form's fields by name, made from the article's ``base_version``; without it the
    tab only says that it is there. ``typed_at`` is for what a browser had kept for itself while the
    server did not answer: it never replaces what was typed later. Raises Refused for who may
    neither write the article nor propose a change of it, and when it is too large.
    """
    demand_typing(by, article)
    now = timezone.now()
    own = Draft.objects.of(by).filter(tab=tab)
    if typed_at and own.filter(changed_at__gte=typed_at).exists():
        return
    fields: dict[str, Any] = {"article": article, "seen_at": now}
    if data is not None:
        at = min(typed_at or now, now)
        fields |= {"data": _storable(data), "base_version": base_version, "changed_at": at}
    if not own.update(**fields):
        _open_tab(Draft(user_id=by.pk, tab=tab, **fields), [*fields])


def may_type(by: AbstractUser, article: Article | None) -> bool:
    """Whether ``by`` may write the article or propose a change; None is a new one, anywhere."""
    if article is None:
        return may_on(by, "add")
    return may(by, "change", article) or may(by, "propose", article)


def demand_typing(by: AbstractUser, article: Article | None) -> None:
    """Raise Refused, in a sentence, unless ``by`` may type into the article's form."""
    if may_type(by, article):
        return
    if article is None:
        raise Refused([_("Nobody has given you a desk, so there is nothing here to write.")])
    demand(by, "change", article)


def _storable(data: Mapping[str, str]) -> dict[str, str]:
    """``data`` as any database takes it: no NUL, no half of a surrogate pair, not too large."""
    if sum(map(len, data)) + sum(map(len, data.values())) > LARGEST:
        raise TooLarge
    return {_whole(name): _whole(text) for name, text in data.items()}


def _whole(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").encode("utf-8", "replace").decode()


def _open_tab(draft: Draft, names: list[str]) -> None:
    """Store a tab that was not known, and sweep out those that nobody came back to.

    Two requests of one tab may meet here: the later finds the row and changes it.
    """
    Draft.objects.bulk_create(
        [draft], update_conflicts=True, unique_fields=["user", "tab"], update_fields=names
    )
    forgotten = Draft.objects.filter(seen_at__lt=draft.seen_at - PRESENCE_STAYS)
    forgotten.filter(changed_at__isnull=True).delete()
    forgotten.filter(seen_at__lt=draft.seen_at - TEXT_STAYS).delete()


@transaction.atomic
def leave_draft(*, by: AbstractUser, tab: UUID) -> None:
    """Note that a tab was closed. What was typed in it stays; nobody takes it for open any more."""
    own = Draft.objects.of(by).filter(tab=tab)
    own.filter(changed_at__isnull=True).delete()
    own.update(seen_at=timezone.now() - PRESENT)


def take_draft(*, by: AbstractUser, tab: UUID, into: UUID) -> Draft:
    """Make what was typed in ``tab`` that of another tab, ``into``, which goes on from there.

    Should the first still be open somewhere, it keeps its own text again as soon as it is seen.
    Raises Refused when the text is not there any more.
    """
    own = Draft.objects.of(by).unsaved()
    if not own.filter(tab=tab).update(tab=into, seen_at=timezone.now()):
        raise Refused([_("This text is no longer kept: it was saved or thrown away.")])
    return own.select_related("article").get(tab=into)


def drop_draft(*, by: AbstractUser, tab: UUID) -> None:
    """Throw away what a tab kept: it is saved, or its writer wants it no more."""
    Draft.objects.of(by).filter(tab=tab).delete()
