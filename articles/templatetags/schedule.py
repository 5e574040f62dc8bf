"""The schedule of Web TV: times on the newsroom's clock, which a script tells on the reader's."""

from __future__ import annotations

import json
from datetime import datetime

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.models import Broadcast, Language
from articles.text import dates
from articles.text.bidi import isolate
from articles.text.calendars import DIGITS, words_of

register = template.Library()


@register.simple_tag(takes_context=True)
def span(context: Context, broadcast: Broadcast) -> str:
    """Return when a broadcast begins and ends as two ``<time>`` of the clock alone."""
    start, end = _clock(context, broadcast.starts_at), _clock(context, broadcast.ends_at)
    tag = '<span class="times">{}<span aria-hidden="true">–</span>{}</span>'
    spoken = '<span class="visually-hidden">{}</span>'
    return format_html(tag, start, format_html("{}{}", format_html(spoken, _("until")), end))


@register.simple_tag(takes_context=True)
def local(context: Context, moment: datetime) -> str:
    """Return ``<time>`` with a day and a time: Sunday, 8 March 2026, 17:00."""
    language: Language = context["edition"].language
    here = localtime(moment)
    day = dates.format_weekday_day(here.date(), language.code, language.digits)
    time = isolate(dates.format_time(here, language.digits), "ltr")
    told = _("%(day)s, %(time)s") % {"day": day, "time": time}
    return _element(moment, "moment", language.direction, told)


@register.simple_tag
def newsroom_zone() -> str:
    """Return how far the newsroom's clock is from universal time now: UTC+5."""
    return isolate(dates.format_zone(localtime(timezone.now())), "ltr")


@register.simple_tag(takes_context=True)
def calendar_words(context: Context) -> str:
    """Return the attribute that holds what a script needs to write days as the page does."""
    language: Language = context["edition"].language
    words = words_of(language.code)
    told = {**words, "digits": DIGITS[language.digits]} if words else {}
    return format_html('data-words="{}"', json.dumps(told, ensure_ascii=False))


def _clock(context: Context, moment: datetime) -> str:
    language: Language = context["edition"].language
    return _element(moment, "clock", "ltr", dates.format_time(localtime(moment), language.digits))


def _element(moment: datetime, kind: str, direction: str, told: str) -> str:
    tag = '<time datetime="{}" dir="{}" data-local="{}">{}</time>'
    machine = localtime(moment).isoformat(timespec="minutes")
    return format_html(tag, machine, direction, kind, told)
