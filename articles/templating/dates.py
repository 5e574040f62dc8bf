"""Dates and numbers in the words and digits of the page's edition."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.timezone import get_current_timezone_name, localtime

from articles.models import Article, Capture, Language
from articles.models.period import Period
from articles.text import dates


def day(moment: date | datetime, language: Language) -> str:
    """Return ``<time>`` with the day, where the newsroom is: 29 July 2023."""
    local = localtime(moment).date() if isinstance(moment, datetime) else moment
    written = dates.format_day(local, language.code, language.digits)
    return _time(language, local.isoformat(), written)


def weekday(day: date, language: Language) -> str:
    """Return ``<time>`` with the day and its name: Saturday, 29 July 2023."""
    written = dates.format_weekday_day(day, language.code, language.digits)
    return _time(language, day.isoformat(), written)


def whole(period: Period, language: Language) -> str:
    """Return ``<time>`` with a year, month or day of the archive: 2023, July 2023, 29 July 2023."""
    return _time(language, str(period), period_name(period, language))


def part(period: Period, language: Language) -> str:
    """Return ``<time>`` with the last part of a period alone: 2023, July, 29."""
    if period.month and not period.day:
        return _time(language, str(period), dates.month_name(period.month, language.code))
    written = dates.digits(str(period.day or period.year), language.digits)
    return _time(language, str(period), written)


def period_name(period: Period, language: Language) -> str:
    """Return a year, month or day of the archive in plain text of ``language``."""
    if period.day:
        return dates.format_day(period.first_day, language.code, language.digits)
    if period.month:
        return dates.format_month(period.first_day, language.code, language.digits)
    return dates.digits(str(period.year), language.digits)


def moment(moment: datetime, language: Language) -> str:
    """Return ``<time>`` with the zone where the newsroom is: 29 July 2023, 14:30 (UTC+5)."""
    return _moment(language, localtime(moment), with_zone=True)


def printed_clock(capture: Capture, language: Language) -> str:
    """Return ``<time>`` with what a captured page's own clock said, where its source is.

    Of a source that nobody named, universal time was taken when the capture was loaded.
    """
    if capture.rendered_at is None:
        return ""
    zone = ZoneInfo(capture.source.timezone) if capture.source else UTC
    return _moment(language, localtime(capture.rendered_at, zone), with_zone=True)


def published(article: Article, language: Language, *, with_zone: bool = False) -> str:
    """Return when an article was published, as precisely as it is known; lists name no zone."""
    if article.published_at is None:
        return ""
    way = "day" if article.published_precision == Article.Precision.DAY else "moment"
    written_for = (language.code, language.digits, language.direction)
    zone = get_current_timezone_name()
    return _published(article.published_at, way, with_zone, *written_for, zone)


@lru_cache(maxsize=4096)  # What is newest stands on many pages, and is drawn anew at each change.
def _published(
    at: datetime, way: str, with_zone: bool, code: str, digits: str, direction: str, zone: str
) -> str:
    """The element of a moment; ``zone`` is the current one, in which it is told."""
    local = localtime(at)
    if way == "day":
        written, machine = dates.format_day(local.date(), code, digits), local.date().isoformat()
    else:
        written = dates.format_moment(local, code, digits, with_zone=with_zone)
        machine = local.isoformat(timespec="minutes")
    return _element(machine, written, direction)


def published_words(article: Article, language: Language) -> str:
    """Return in plain text when an article was published, with the zone where the time is known."""
    if article.published_at is None:
        return ""
    local = localtime(article.published_at)
    if article.published_precision == Article.Precision.DAY:
        return dates.format_day(local.date(), language.code, language.digits)
    return moment_words(local, language)


def day_words(moment: datetime, language: Language) -> str:
    """Return the day of a moment in plain text, where the newsroom is."""
    return dates.format_day(localtime(moment).date(), language.code, language.digits)


def moment_words(moment: datetime, language: Language) -> str:
    """Return a moment in plain text, where the newsroom is and with its zone."""
    local = localtime(moment)
    return dates.format_moment(local, language.code, language.digits, with_zone=True)


def number(count: int, language: Language) -> str:
    """Return a number in the edition's digits."""
    return dates.digits(str(count), language.digits)


def percent(share: int, language: Language) -> str:
    """Return a whole percentage in the edition's digits, with the sign that goes with them."""
    system = language.digits
    sign = "%" if system == "latn" else "٪"  # CLDR, symbols/percentSign.
    return format_html('<bdi dir="ltr">{}{}</bdi>', dates.digits(str(share), system), sign)


def _moment(language: Language, local: datetime, *, with_zone: bool) -> str:
    written = dates.format_moment(local, language.code, language.digits, with_zone=with_zone)
    return _time(language, local.isoformat(timespec="minutes"), written)


def _time(language: Language, machine: str, written: str) -> str:
    """An element with a direction is isolated: no name beside it takes a digit from the date."""
    return _element(machine, written, language.direction)


def _element(machine: str, written: str, direction: str) -> str:
    return format_html('<time datetime="{}" dir="{}">{}</time>', machine, direction, written)
