"""Who else has an article's form open: for that form, for its script, and for lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from articles.admin.sentences import filled, name_of
from articles.models import Article, Draft


class Person(NamedTuple):
    """Somebody whose tab was seen ``seconds`` ago. ``writes``: they typed and did not save."""

    name: str
    is_you: bool
    writes: bool
    seconds: int


class Saved(NamedTuple):
    """Somebody saved the article after a form was opened; empty where no name is known."""

    name: str
    at: datetime


def people_in(drafts: Iterable[Draft], user: AbstractUser, tab: UUID | None = None) -> list[Person]:
    """Who has one of the ``drafts`` open by now: others first, then ``user`` in other tabs than
    ``tab``.
    """
    now = timezone.now()
    tabs_of: dict[int, list[Draft]] = {}
    for draft in drafts:
        is_this = draft.user_id == user.pk and draft.tab == tab
        if draft.is_present(now) and not is_this:
            tabs_of.setdefault(draft.user_id, []).append(draft)
    people = [_person(tabs, user, now) for tabs in tabs_of.values()]
    return sorted(people, key=lambda person: (person.is_you, not person.writes, person.seconds))


def _person(tabs: list[Draft], user: AbstractUser, now: datetime) -> Person:
    writing = [draft for draft in tabs if draft.changed_at]
    seen = max(draft.seen_at for draft in writing or tabs)
    return Person(
        name=name_of(tabs[0].user),
        is_you=tabs[0].user_id == user.pk,
        writes=bool(writing),
        seconds=max(0, round((now - seen).total_seconds())),
    )


def saved_since(article: Article, version: int | None) -> Saved | None:
    """Who saved the article last, where that was after ``version``."""
    if version is None or version >= article.version:
        return None
    last = article.revisions.kept().select_related("made_by").first()
    by = last.made_by if last else None
    return Saved(name_of(by), last.made_at if last else article.modified_at)


def names_of(people: Iterable[Person]) -> str:
    """A mark in a list that names who else has an article's form open; empty for nobody. HTML."""
    others = ((person.name,) for person in people if not person.is_you)
    names = format_html_join(_(", "), "<bdi>{}</bdi>", others)
    told = filled(_("Open with %(names)s"), names=names)
    return format_html('<span class="here">{}</span>', told) if names else ""
