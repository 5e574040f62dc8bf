"""The schedule of Web TV: times on the newsroom's clock, which a script tells on the reader's."""

from __future__ import annotations

import json
from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.models import Broadcast, Language
from articles.text import dates
from articles.text.bidi import isolate
from articles.text.calendars import DIGITS, words_of


def span(broadcast: Broadcast, language: Language) -> str:
    """Return when a broadcast begins and ends as two ``<time>`` of the clock alone."""
    start, end = _clock(broadcast.starts_at, language), _clock(broadcast.ends_at, language)
    tag = '<span class="times">{}<span aria-hidden="true">–</span>{}</span>'
    spoken = '<span class="visually-hidden">{}</span>'
    return format_html(tag, start, format_html("{}{}", format_html(spoken, _("until")), end))


def local(moment: datetime, language: Language) -> str:
    """Return ``<time>`` with a day and a time: Sunday, 8 March 2026, 17:00."""
    here = localtime(moment)
    day = dates.format_weekday_day(here.date(), language.code, language.digits)
    time = isolate(dates.format_time(here, language.digits), "ltr")
    told = _("%(day)s, %(time)s") % {"day": day, "time": time}
    return _element(moment, "moment", language.direction, told)


def newsroom_zone() -> str:
    """Return how far the newsroom's clock is from universal time now: UTC+5."""
    return isolate(dates.format_zone(localtime(timezone.now())), "ltr")


def calendar_words(language: Language) -> str:
    """Return the attribute that holds what a script needs to write days as the page does."""
    words = words_of(language.code)
    told = {**words, "digits": DIGITS[language.digits]} if words else {}
    return format_html('data-words="{}"', json.dumps(told, ensure_ascii=False))


def _clock(moment: datetime, language: Language) -> str:
    return _element(moment, "clock", "ltr", dates.format_time(localtime(moment), language.digits))


def _element(moment: datetime, kind: str, direction: str, told: str) -> str:
    tag = '<time datetime="{}" dir="{}" data-local="{}">{}</time>'
    machine = localtime(moment).isoformat(timespec="minutes")
    return format_html(tag, machine, direction, kind, told)
