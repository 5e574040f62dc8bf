"""When pages change by themselves: what is due then, and the end of the day that they print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article, Broadcast, Event, Poll, Revision
from articles.models.period import midnight

SOON = timedelta(seconds=1)


def next_moment(at: datetime) -> datetime:
    """Return the next moment after ``at`` at which a page says something else. Seven queries.

    An embargo never ends after the publication (``article_not_before_embargo``), which is what
    readers wait for.
    """
    tomorrow = midnight(timezone.localdate(at) + timedelta(days=1))
    return min([tomorrow, *_due(at)])


def _due(at: datetime) -> Iterator[datetime]:
    published = Article.objects.filter(status=Article.Status.PUBLISHED)
    yield from _first(published, ["published_at"], at)
    scheduled = Revision.objects.filter(state=Revision.State.SCHEDULED).order_by("goes_live_at")
    if changed := scheduled.values_list("goes_live_at", flat=True).first():
        yield changed if changed > at else at + SOON  # What is overdue could not be done yet.
    yield from _first(Event.objects.all(), ["over_at"], at)
    yield from _first(Poll.objects.all(), ("opens_at", "closes_at"), at)
    yield from _first(Broadcast.objects.all(), ("starts_at", "ends_at"), at)


def _first(rows: QuerySet[Any], columns: Iterable[str], at: datetime) -> Iterator[datetime]:
    """The first moment after ``at`` in each of the ``columns``."""
    for column in columns:
        later = rows.filter(**{f"{column}__gt": at}).order_by(column)
        if moment := later.values_list(column, flat=True).first():
            yield moment
