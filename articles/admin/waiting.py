"""A change that waits, as the desk tells of it: whose it is, and what may be decided about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from articles.actions import rights
from articles.actions.change import may_set_aside
from articles.admin.moment import in_two_zones, on_clock
from articles.admin.sentences import fields_listed, filled, isolated, name_of
from articles.models import Article, Revision
from articles.models.revision import differing

if TYPE_CHECKING:
    from articles.actions.rights import Person

State = Revision.State

SENTENCES = {
    State.SCHEDULED: _("%(who)s has scheduled a change: readers see it from %(moment)s."),
    State.PROPOSED: _("%(who)s proposes a change: %(made)s."),
    State.OVERTAKEN: _(
        "A change of %(who)s was overtaken by another and was not applied. Open it to merge it."
    ),
}
BY_A_LOAD = {
    **SENTENCES,
    State.PROPOSED: _("A capture says something else now: %(made)s."),
    State.OVERTAKEN: _(
        "What a capture says now was overtaken by another change. Open it to merge it."
    ),
}
MARKS = {
    State.SCHEDULED: _("change scheduled"),
    State.PROPOSED: _("change proposed"),
    State.OVERTAKEN: _("change overtaken"),
}
"""What stands beside a headline in a list."""

STATES = "_states_of_changes"

MOST = 20
"""Changes of one article that are shown; the oldest first."""


@dataclass(frozen=True)
class Waiting:
    """``told`` is a sentence in HTML; what the person may decide is told by the rest."""

    change: Revision
    told: str
    fields: str
    opens: str
    may_accept: bool
    may_cancel: bool
    may_decline: bool
    is_own: bool


def waiting_of(article: Article, user: Person) -> list[Waiting]:
    """What waits to become the article's text, in one query, as ``user`` may decide about it."""
    changes = article.revisions.pending().select_related("made_by", "base")
    return [waiting_one(article, change, user) for change in changes[:MOST]]


def told_of(change: Revision) -> str:
    """That a change waits, whose it is and until when, in HTML."""
    who = name_of(change.made_by)
    sentences = SENTENCES if who else BY_A_LOAD
    return filled(
        sentences[State(change.state)],
        who=isolated(who),
        made=on_clock(change.made_at),
        moment=in_two_zones(change.goes_live_at) if change.goes_live_at else "",
    )


def waiting_one(article: Article, change: Revision, user: Person) -> Waiting:
    """One change that waits, as ``user`` may decide about it."""
    may_change = rights.may(user, "change", article)
    may_open = may_change or rights.may(user, "propose", article)
    form = reverse("admin:articles_article_change", args=[article.pk])
    changed = differing(change.base.snapshot, change.snapshot) if change.base else []
    return Waiting(
        change=change,
        told=told_of(change),
        fields=fields_listed(changed),
        opens=f"{form}?{urlencode({'revision': change.pk})}" if may_open else "",
        may_accept=may_change and change.state != State.OVERTAKEN,
        may_cancel=may_change and change.state == State.SCHEDULED,
        may_decline=may_set_aside(change, article, user),
        is_own=change.made_by_id == user.pk,
    )


def mark_waiting(articles: Iterable[Article], user: Person) -> None:
    """Note on each article which kinds of changes wait, in one query; what another desk does with
    what readers see is its own matter.
    """
    own = [article for article in articles if rights.may(user, "history", article)]
    found = Revision.objects.pending().filter(article__in=[article.pk for article in own])
    states: dict[int, set[str]] = {}
    for pk, state in found.order_by().values_list("article", "state") if own else ():
        states.setdefault(pk, set()).add(state)
    for article in own:
        setattr(article, STATES, states.get(article.pk, set()))


def marks_of(article: Article) -> str:
    """What ``mark_waiting`` noted, in HTML; empty for nothing."""
    states: set[str] = getattr(article, STATES, set())
    marks = ((state, mark) for state, mark in MARKS.items() if state in states)
    return format_html_join("", ' <span class="mark {}">{}</span>', marks)
