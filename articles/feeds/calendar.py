"""Events as iCalendar (RFC 5545), for calendar programs: one, or all of a section.

Moments are in universal time, which every program tells on its own owner's clock without knowing
the rules of the place; an event of whole days is told in days.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, vDuration
from icalendar import Event as Entry

from articles.models import Article, Event
from articles.models.event import ONE_DAY
from articles.templating.article import summary
from articles.views.edition import Edition
from articles.views.frame import absolute
from newsroom.routes import address_of

PRODUCT = "-//Newsroom//Events//EN"
REFRESH = timedelta(hours=6)
"""How often a program that follows a calendar should ask for it (RFC 7986, section 5.7)."""
SUMMARY_WORDS = 60


def calendar_of(edition: Edition, name: str, articles: Iterable[Article]) -> bytes:
    """Return a calendar called ``name`` of the events of ``articles``, which have one each."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name, {"language": edition.code})
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, {"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for article in articles:
        calendar.add_component(_entry(edition, article, article.event))
    return bytes(calendar.to_ical())


def _entry(edition: Edition, article: Article, event: Event) -> Entry:
    language = {"language": article.language_id}
    entry = Entry()
    entry.add("uid", identity_of(event))
    entry.add("dtstamp", event.changed_at.astimezone(UTC))
    entry.add("last-modified", changed_at(article).astimezone(UTC))
    entry.add("sequence", event.sequence)
    for name, moment in _moments(event).items():
        entry.add(name, moment)
    entry.add("summary", edition.plain(article.headline, article.language_id), language)
    told = edition.plain(summary(article, SUMMARY_WORDS), article.language_id)
    address = absolute(article.get_absolute_url())
    entry.add("description", "\n\n".join(filter(None, [told, short_address(article)])), language)
    if event.place:
        entry.add("location", edition.plain(event.place, article.language_id), language)
    entry.add("url", address, {"value": "URI"})
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    return entry


def short_address(article: Article) -> str:
    """Return an address that a person can read: without the headline, spelled out in percents."""
    return absolute(address_of("article", language=article.language_id, pk=article.pk, slug=""))


def _moments(event: Event) -> dict[str, Any]:
    """The start and, where it is known, the end; a last day is told by the one after it."""
    if event.all_day:
        return {"dtstart": event.first_day, "dtend": event.last_day + ONE_DAY}
    start = {"dtstart": event.starts_at.astimezone(UTC)}
    end = event.ends_at
    return {**start, "dtend": end.astimezone(UTC)} if end and end > event.starts_at else start


def identity_of(event: Event) -> str:
    """Return the event's name for good, by which programs know it again."""
    return f"event-{event.pk}@{urlsplit(settings.SITE_URL).hostname}"


def changed_at(article: Article) -> datetime:
    """Return when something was last changed of what a calendar tells of an article."""
    return max(article.modified_at, article.event.changed_at)
