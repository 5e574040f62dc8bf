"""The history of an article, newest first: its revisions, and what else was done to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import zip_longest
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page
from django.utils.translation import gettext as _

from articles.actions.log import IN_HISTORY, told
from articles.admin.moment import on_clock
from articles.admin.sentences import fields_listed, name_of
from articles.admin.windows import CappedPaginator
from articles.models import Article, Revision
from articles.models.revision import TEXTS, differing
from articles.templatetags.told import note
from articles.text.html import to_text

PER_PAGE = 25

MOST_LINES = 100
"""Lines of the log that stand among the revisions of one page."""


@dataclass(frozen=True)
class Line:
    """Something that was done: ``told`` is the deed, ``fields`` what it changed, in words.

    ``came`` and ``went`` count the words that came into and went out of the texts. Of what is no
    revision there is only what the log says.
    """

    moment: datetime
    who: str
    told: str
    note: str = ""
    revision: Revision | None = None
    fields: str = ""
    came: int = 0
    went: int = 0

    @property
    def title(self) -> str:
        """What the desk calls the revision."""
        return title_of(self.revision) if self.revision else ""

    @property
    def when(self) -> str:
        """The moment on the desk's clock, in HTML."""
        return on_clock(self.moment)


class HistoryPaginator(CappedPaginator):
    """A history is paged whole: it has no windows."""

    limit = 10_000


def title_of(revision: Revision) -> str:
    """What the desk calls a revision: by its number, or by what it waits for."""
    if revision.number is None:
        return _("Change: %(state)s") % {"state": revision.get_state_display()}
    return _("Version %(number)d") % {"number": revision.number}


def page_of(article: Article, number: Any) -> tuple[Page[Revision], list[Line]]:
    """A page of the history and its lines; a number that is none is the first or the last."""
    kept = article.revisions.kept().select_related("made_by")
    page: Page[Revision] = HistoryPaginator(kept, PER_PAGE).get_page(number)
    start = PER_PAGE * (page.number - 1)
    # One more at each end: what the oldest changed, and from when on a newer page tells.
    newer = kept[start - 1 : start] if start else []
    upper = next((row.made_at for row in newer), None)
    rows = list(kept[start : start + PER_PAGE + 1])
    shown = rows[:PER_PAGE]
    lower = shown[-1].made_at if len(rows) > PER_PAGE else None
    # Both come newest first, so that what was done at one moment stays in its order.
    parts = (_revisions(rows), _others(article, lower, upper))
    return page, list(merge(*parts, key=lambda line: line.moment, reverse=True))


def _revisions(rows: Sequence[Revision]) -> Iterator[Line]:
    for row, before in zip_longest(rows[:PER_PAGE], rows[1:]):
        changed = in_few_words(before.snapshot, row.snapshot) if before else ("", 0, 0)
        deed = row.get_deed_display()
        yield Line(row.made_at, name_of(row.made_by), deed, note(row.note), row, *changed)


def in_few_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, int, int]:
    """The fields in which two snapshots differ, and how many words came in and went out."""
    names = differing(before, after)
    was, now = Counter[str](), Counter[str]()
    for name in {*names} & {*TEXTS}:
        was.update(_words(name, before[name]))
        now.update(_words(name, after[name]))
    return fields_listed(names), (now - was).total(), (was - now).total()


def _words(name: str, text: str) -> list[str]:
    return re.findall(r"\S+", to_text(text) if name == "body" else text)


def _others(article: Article, lower: datetime | None, upper: datetime | None) -> Iterator[Line]:
    """What the log tells between two moments and no revision does: notices, joins, proposals."""
    kind = ContentType.objects.get_for_model(Article)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(article.pk))
    if lower:
        entries = entries.filter(action_time__gte=lower)
    if upper:
        entries = entries.filter(action_time__lt=upper)
    for entry in entries.select_related("user").order_by("-action_time", "-pk")[:MOST_LINES]:
        common = (entry.action_time, name_of(entry.user))
        if deed := told(entry.change_message):
            if deed.key not in IN_HISTORY:
                yield Line(*common, deed.sentence, deed.note)
        # What begins with a bracket is Django's list of the boxes of a form that was saved; the
        # rest an older version has written, in the language of whoever did it.
        elif not entry.change_message.startswith("["):
            yield Line(*common, "", entry.change_message)
