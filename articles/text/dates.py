"""Finding every complete date in a text; writing one is in `calendars` and offered here too."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from articles.text.calendars import (
    CALENDARS,
    MONTHS,
    NEIGHBOURS,
    day_name,
    digits,
    format_day,
    format_moment,
    format_month,
    format_time,
    format_weekday_day,
    format_zone,
    month_name,
)
from articles.text.fold import fold

__all__ = [
    "MONTHS",
    "FoundDate",
    "Order",
    "day_name",
    "digits",
    "find_dates",
    "format_day",
    "format_moment",
    "format_month",
    "format_time",
    "format_weekday_day",
    "format_zone",
    "month_name",
]

Order = Literal["ymd", "dmy", "mdy", "named", "ambiguous"]

# The Gregorian calendar begins in October 1582; a year past 2199 in a news text is a number.
YEARS = range(1583, 2200)


class FoundDate(NamedTuple):
    """A complete date at `text[start:end]` of what was searched, with the time after it, if any.

    `order` says how the parts were told: "ymd", "dmy" and "mdy" are numbers that allow one order,
    "named" has the month in letters, "ambiguous" are two numbers that are both months; then `day`
    is the first number, and `readings` holds every day that can be meant. `zone` is what the text
    says ("GMT", "+05:00"), else "".
    """

    start: int
    end: int
    text: str
    year: int
    month: int
    day: int
    order: Order
    time: dt.time | None = None
    has_seconds: bool = False
    zone: str = ""

    @property
    def date(self) -> dt.date:
        """The day; of an ambiguous date, the one that is read day first."""
        return dt.date(self.year, self.month, self.day)

    @property
    def readings(self) -> tuple[dt.date, ...]:
        """Every day that can be meant: two when ambiguous, day first, unless they are the same."""
        if self.order != "ambiguous" or self.day == self.month:
            return (self.date,)
        return (self.date, dt.date(self.year, self.day, self.month))


class _Days(NamedTuple):
    start: int
    end: int
    year: int
    month: int
    day: int
    order: Order


class _Clock(NamedTuple):
    end: int
    time: dt.time
    has_seconds: bool
    zone: str


def _any_of(words: Iterator[str]) -> str:
    return "|".join(sorted(map(re.escape, set(words)), key=len, reverse=True))


_LINKS = _any_of(word for calendar in CALENDARS.values() for word in calendar.links)
_AT = _any_of(word for calendar in CALENDARS.values() for word in calendar.at)
_DAY_PARTS = {
    fold(word): hours
    for calendar in CALENDARS.values()
    for word, hours in (calendar.day_parts or {}).items()
}
_MONTH_NUMBERS = {
    fold(name): number
    for calendar in CALENDARS.values()
    for number, names in enumerate(zip(calendar.months, calendar.spellings, strict=True), 1)
    for name in " ".join(names).split()
}
_MONTH_NUMBERS = {
    fold(name): number for number, names in enumerate(NEIGHBOURS, 1) for name in names.split()
} | _MONTH_NUMBERS

# Every quantifier below is bounded and a search sees at most _REACH characters around a year, so
# a hostile text costs no more per character than a kind one.
_REACH = 48
_D = "[0-9٠-٩۰-۹]"
_SPACE = r"\t \xa0\u2000-\u200f\u202a-\u202f\u2066-\u2069"
_MARKS = r"\-–—/،؍…۔"
_WORD = rf"([^\s\d{_SPACE}.,:;|()\[\]\"'_@{_MARKS}]{{2,14}})"
# The first of a month has a word of its own in Urdu and Sindhi.
_FIRST = r"(?<!\w)(?:یکم|يڪم|پهرين)"
_ORDINAL = "(?:st|nd|rd|th)?"
_LINK = rf"(?:(?:{_LINKS})[{_SPACE}]{{1,3}})?"
# A full stop and a space end a sentence; only after a month may they stand for an abbreviation.
_DAY_TO_MONTH = rf"(?:[{_SPACE}{_MARKS}]{{0,6}}|\.)"
_DAY_TO_YEAR = rf"[{_SPACE},{_MARKS}]{{1,6}}"
_FROM_MONTH = rf"[{_SPACE}.,{_MARKS}]{{0,6}}"

# Written without a count and without a look behind, which `re` finds three times as fast.
_YEAR = re.compile(rf"{_D}{_D}{_D}{_D}(?!{_D})")
_NUMBERS = re.compile(
    rf"({_D}{{1,2}})[{_SPACE}]?([-/.؍۔])[{_SPACE}]?({_D}{{1,2}})[{_SPACE}]?\2[{_SPACE}]?\Z"
)
_DAY_MONTH = re.compile(
    rf"({_D}{{1,2}}|{_FIRST}){_ORDINAL}{_DAY_TO_MONTH}{_LINK}{_WORD}{_FROM_MONTH}{_LINK}\Z",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"{_WORD}{_FROM_MONTH}({_D}{{1,2}}){_ORDINAL}{_DAY_TO_YEAR}{_LINK}\Z", re.IGNORECASE
)
_THEN_NUMBERS = re.compile(rf"([-/.۔])({_D}{{1,2}})\1({_D}{{1,2}})(?!{_D}|[-/.]{_D})")
_THEN_MONTH_DAY = re.compile(
    rf"ء?[{_SPACE}/-]{{1,3}}{_WORD}[{_SPACE}/-]{{1,3}}({_D}{{1,2}})(?!{_D}|:{_D})"
    rf"(?!{_DAY_TO_YEAR}{_D}{{4}}(?!{_D}))"
)
_PART_OF_A_NUMBER = re.compile(rf"{_D}[.,:/]?\Z")
_MORE_NUMBERS = re.compile(rf"[-/.]{_D}")
# ء marks a year in Urdu; captures also hold ئ and ع for it.
_YEAR_MARK = re.compile(rf"[{_SPACE}]?(?:ء|[ئع](?![^\W\d_]))")
_CLOCK = re.compile(
    rf"[{_SPACE}]{{0,4}}[,،@|T/–-]?[{_SPACE}]{{0,4}}(?:(?:{_AT})[{_SPACE}]{{1,3}})?"
    rf"({_D}{{1,2}}):({_D}{{2}})(?::({_D}{{2}})(?:\.{_D}{{1,9}})?)?(?![:{_D[1:]})"
)
_DAY_PART = re.compile(rf"[{_SPACE}]{{0,2}}([AaPp]\.?[Mm](?:\.|(?![A-Za-z]))|{_WORD})")
# Page stamps, which count seconds, run into the next word: "11:42:09 PMKarachi".
_GLUED_DAY_PART = re.compile(rf"[{_SPACE}]{{0,2}}([AP]M)(?=[A-Z])")
_ZONE = re.compile(rf"[{_SPACE}]?(GMT|UTC|PKT|Z|[+-]{_D}{{2}}:{_D}{{2}})(?![A-Za-z{_D[1:]})")


def find_dates(text: str) -> list[FoundDate]:
    """Return every complete Gregorian date in `text`, in order, none overlapping.

    A date needs a day, a month and a four-digit year on one line: nothing is completed from the
    clock. Numbers may be ASCII, Arabic-Indic or Extended Arabic-Indic; months may be named in any
    language of `CALENDARS`. What is no day of the calendar (31/2/2020) is not returned. A time
    after the date is read with it. Takes time linear in the length of `text`.
    """
    found: list[FoundDate] = []
    for year in _YEAR.finditer(text):
        floor = found[-1].end if found else 0
        start = year.start()
        if start < floor or text[start - 1 : start].isdecimal():
            continue
        if int(year[0]) in YEARS:
            days = _days_before(text, floor, year) or _days_after(text, year)
            if days and _is_a_day(days):
                found.append(_found(text, days))
    return found


@lru_cache(maxsize=4096)
def _month_number(word: str) -> int:
    return _MONTH_NUMBERS.get(fold(word), 0)


def _days_before(text: str, floor: int, year: re.Match[str]) -> _Days | None:
    """Read the day and month that stand before `year`, in numbers or with the month named."""
    start, end = max(floor, year.start() - _REACH), year.start()
    if (match := _NUMBERS.search(text, start, end)) and not _MORE_NUMBERS.match(text, year.end()):
        return _from_numbers(text, match, year)
    for pattern, day, month in ((_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        match = pattern.search(text, start, end)
        if match and (number := _month_number(match[month])):
            if _continues_a_number(text, match.start()):
                return None
            whole = (match.start(), year.end(), int(year[0]))
            return _Days(*whole, number, _day_number(match[day]), "named")
    return None


def _day_number(told: str) -> int:
    return int(told) if told.isdecimal() else 1


def _from_numbers(text: str, match: re.Match[str], year: re.Match[str]) -> _Days | None:
    first, second = int(match[1]), int(match[3])
    before = text[max(0, match.start() - 2) : match.start()]
    if _PART_OF_A_NUMBER.search(before) or before[-1:] == match[2]:
        return None
    place = (match.start(), year.end(), int(year[0]))
    if second > 12:
        return _Days(*place, first, second, "mdy")
    return _Days(*place, second, first, "dmy" if first > 12 else "ambiguous")


def _days_after(text: str, year: re.Match[str]) -> _Days | None:
    """Read the month and day that stand after `year`."""
    if match := _THEN_NUMBERS.match(text, year.end()):
        if _continues_a_number(text, year.start()):
            return None
        month, day = int(match[2]), int(match[3])
        return _Days(year.start(), match.end(), int(year[0]), month, day, "ymd")
    match = _THEN_MONTH_DAY.match(text, year.end())
    if match and (month := _month_number(match[1])):
        return _Days(year.start(), match.end(), int(year[0]), month, int(match[2]), "named")
    return None


def _continues_a_number(text: str, start: int) -> bool:
    return bool(_PART_OF_A_NUMBER.search(text, max(0, start - 2), start))


def _is_a_day(days: _Days) -> bool:
    try:
        dt.date(days.year, days.month, days.day)
    except ValueError:
        return False
    return True


def _found(text: str, days: _Days) -> FoundDate:
    start, end, year, month, day, order = days
    mark = _YEAR_MARK.match(text, end)
    end = mark.end() if mark else end
    clock = _clock_after(text, end)
    if clock is None:
        return FoundDate(start, end, text[start:end], year, month, day, order)
    span = text[start : clock.end]
    return FoundDate(start, clock.end, span, year, month, day, order, *clock[1:])


def _clock_after(text: str, end: int) -> _Clock | None:
    match = _CLOCK.match(text, end)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    part = _DAY_PART.match(text, match.end())
    if match[3] and (glued := _GLUED_DAY_PART.match(text, match.end())):
        part = glued
    if part and (hours := _DAY_PARTS.get(fold(part[1]))):
        hour, end = _hour_of_day(hour, hours), part.end()
    else:
        end = match.end()
    if hour > 23 or minute > 59 or second > 59:
        return None
    zone = _ZONE.match(text, end)
    end = zone.end() if zone else end
    return _Clock(end, dt.time(hour, minute, second), match[3] is not None, zone[1] if zone else "")


def _hour_of_day(hour: int, hours: Container[int]) -> int:
    """Return `hour` of a twelve-hour clock on the 24-hour clock, as the one that `hours` holds."""
    if hour > 12:
        return hour
    return next((one for one in (hour % 12, hour % 12 + 12) if one in hours), hour)


def with_zone(moment: dt.datetime) -> str:
    """Return an aware `moment` to the second, as RFC 3339 and the W3C's note on dates write it.

    Before zones were agreed on, a place's own time was odd seconds away from UTC, which neither can
    write: such a moment is told in UTC.
    """
    offset = moment.utcoffset() or dt.timedelta(0)
    told = moment.astimezone(dt.UTC) if offset.seconds % 60 else moment
    return told.isoformat(timespec="seconds")
