"""When an event takes place, on the clock of its place and in the words of a language."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.models import Event, Language
from articles.text import dates
from articles.text.bidi import isolate


def starts(event: Event, language: Language) -> str:
    """Return ``<time>`` with the start, where the event is: Sunday, 8 March 2026, 17:00."""
    return _time(event, event.starts_at, start_words(event, language), language)


def ends(event: Event, language: Language) -> str:
    """Return ``<time>`` with the end: 19:30 (UTC+5); nothing where it is not known."""
    words = end_words(event, language)
    return _time(event, event.ends_at, words, language) if event.ends_at and words else ""


def is_over(event: Event) -> bool:
    """Whether nobody can go there any more."""
    return event.is_over(timezone.now())


def when_words(event: Event, language: Language) -> str:
    """Return when an event is in plain text: Sunday, 8 March 2026, 17:00 to 19:30 (UTC+5)."""
    start, end = start_words(event, language), end_words(event, language)
    return _("%(start)s to %(end)s") % {"start": start, "end": end} if end else start


def start_words(event: Event, language: Language) -> str:
    """Return the start in plain text, with the zone where no end follows that names it."""
    start = event.starts_at.astimezone(event.zone)
    return _moment(event, start, language, with_zone=not end_words(event, language))


def end_words(event: Event, language: Language) -> str:
    """Return the end in plain text, no more than its time on the day of the start, or nothing."""
    if event.ends_at is None or event.ends_at == event.starts_at:
        return ""
    end = event.ends_at.astimezone(event.zone)
    if event.first_day == event.last_day:
        return _clock(end, language, with_zone=True)
    return _moment(event, end, language, with_zone=True)


def _moment(event: Event, local: datetime, language: Language, *, with_zone: bool) -> str:
    day = dates.format_weekday_day(local.date(), language.code, language.digits)
    if event.all_day:
        return day
    clock = _clock(local, language, with_zone=with_zone)
    return _("%(day)s, %(time)s") % {"day": day, "time": clock}


def _clock(local: datetime, language: Language, *, with_zone: bool) -> str:
    time = dates.format_time(local, language.digits)
    zone = f"\N{NO-BREAK SPACE}({dates.format_zone(local, language.digits)})" if with_zone else ""
    return isolate(time + zone, "ltr")


def machine_moment(event: Event, moment: datetime) -> str:
    """Return a moment of the event in ISO 8601: its day where no time is known."""
    local = moment.astimezone(event.zone)
    return local.date().isoformat() if event.all_day else local.isoformat(timespec="minutes")


def _time(event: Event, moment: datetime, words: str, language: Language) -> str:
    tag = '<time datetime="{}" dir="{}">{}</time>'
    return format_html(tag, machine_moment(event, moment), language.direction, words)
