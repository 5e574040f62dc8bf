"""Dates on a page: what each one dates, and which can be the story's.

A page carries many dates. Only one that is labelled as the story's, stands in its dateline, signs
it off, was put in front by the capturing tool, or lies in the page's address can be the story's. A
page stamp (to the second), a masthead's date and a member's joining date never are.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Literal, NamedTuple

from articles.text.calendars import WEEKDAYS
from articles.text.dates import FoundDate, find_dates
from articles.text.fold import fold

from . import labels, particulars
from .rows import Row, told_once

Role = Literal["stamp", "masthead", "published", "updated", "printed", "joined", "bare", "label"]

_MARKS = " \t\u00a0۔.…،,:;؍|–—-()[]@"
_CLOCK = re.compile(
    r"[\s@,T]*\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|\b(?:[ap]\.?m\.?|GMT|UTC|PST|PKT)\b",
    re.IGNORECASE,
)
_TWELVE = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
_YEAR_SIGN = re.compile(r"\s?[ءئع](?!\w)")
_BY = re.compile(r"\s*(?:by|از)\s+(.+)", re.IGNORECASE)
_HIJRI = re.compile(
    r"1[2-5]\d\d\s*(?:A\.?\s?H\b|[ھهہ](?!\w)|هه(?!\w)|ہجری|هجري)|[۱١][۰-۹٠-٩]{3}\s*(?:[ھهہ](?!\w)|ہجری|هجري)"
)
_CLOCK_BEFORE = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})[:.](?P<minute>\d{2})\s*(?P<half>[ap])?\.?(?:m\b\.?)?(?:\s?[A-Z]{3})?"
    r"[\s,|@–-]*\Z",
    re.IGNORECASE,
)
_CREDITED = re.compile(r"[^\W\d][^()\d:|]{1,30}\((?P<author>[^()\d]{3,30})\)[\s،,:]*\Z")
_COUNT = re.compile(r":\s*\d*\s*\Z")
_NUMBERS = re.compile(r"\d+")
YEAR = re.compile("[0-9٠-٩۰-۹]" * 4)  # Without a count it is found three times as fast.
"""What may be a year."""
REST = 40
"""More characters than this behind a date are the sentence that it opens."""
_WEEKDAYS = frozenset(fold(name) for name in WEEKDAYS)
REACH = 200
"""A longer line gives no date, and is no title with a date beside it."""
LENGTH = 160
"""A line longer than this is text: a date in it belongs to the story it tells."""


class DateRow(NamedTuple):
    """A date on a line of its own or behind a label, and what it dates (``role``).

    ``author`` is a name that shares the line; ``before`` is the text in front of the date.
    """

    row: Row
    found: FoundDate
    role: Role
    author: str = ""
    before: str = ""
    counted: bool = False
    twelve: bool = False


Told = tuple[FoundDate, Role, str, str, bool, bool]
"""The fields of a :class:`DateRow` but for its row."""


def is_yearless(row: Row) -> bool:
    """Whether ``row`` is only a day and a month, which date nothing: "May 23", "23 مئی"."""
    if row.words > 5 or not _NUMBERS.search(row.plain) or len(row.plain) > 40:
        return False
    text = " ".join(word for word in row.plain.split() if not is_weekday(word.strip(_MARKS)))
    leap = f"{text.strip(_MARKS)}, 2000"
    return any(one.start == 0 and one.end == len(leap) for one in find_dates(leap))


def is_weekday(word: str) -> bool:
    """Whether ``word`` names a day of the week in any language that dates are read in."""
    return fold(word) in _WEEKDAYS


def date_rows(row: Row) -> tuple[DateRow, ...]:
    """The dates that ``row`` exists to give; empty when a date merely occurs in it."""
    return tuple(DateRow(row, *told) for told in _dates_told(row))


@told_once
def _dates_told(row: Row) -> tuple[Told, ...]:
    text = row.plain
    if len(text) > LENGTH or not (dates := find_dates(text)):
        return ()
    result: list[Told] = []
    position = 0
    for number, found in enumerate(dates):
        stop = dates[number + 1].start if number + 1 < len(dates) else len(text)
        before, after = text[position : found.start], _after(text[found.end : stop])
        dated = _date(found, before, after, bool(_TWELVE.search(text[found.start : stop])))
        if dated is None:
            return tuple(result)
        result.append(dated)
        position = stop if stop < len(text) and not after.strip(_MARKS) else found.end
    return tuple(result)


def _after(text: str) -> str:
    """What follows a date once its clock time and year sign are taken away."""
    return _CLOCK.sub(" ", _YEAR_SIGN.sub("", text, count=1)) if text else ""


def _date(found: FoundDate, before: str, after: str, twelve: bool) -> Told | None:
    before, found = _with_clock(before.strip(), found)
    front, before = particulars.last_part(before)
    rest = after.strip(_MARKS)
    if found.time is None and rest and (match := _CLOCK_BEFORE.match(rest)) and clock(match):
        found, rest = found._replace(time=clock(match)), ""
    if len(rest) > REST:
        return None
    rest = "" if not before and particulars.set_behind(after) else rest
    role, label = _role(before, rest, found.has_seconds, found.time is not None)
    if role is None:
        return None
    author, counted = _author(before, label, after, rest)
    if role == "bare" and not author and particulars.set_behind(after):
        author = (
            "" if labels.is_furnished(particulars.parts(after)[0]) else particulars.parts(after)[0]
        )
    author = author or particulars.credited_in(front)
    return found, role, author, before, counted, twelve


@lru_cache(maxsize=1024)
def _author(before: str, label: str, after: str, rest: str) -> tuple[str, bool]:
    """The name that shares a line with a date, and whether a name or a counter follows the date."""
    by, credited = _BY.match(after), _CREDITED.match(before)
    author = _without_count(by[1]) if by else _in_front(before, label)
    author = credited["author"].strip() if credited and not author else author
    return author, bool(by or (rest and labels.starts_with(rest, labels.VIEWS)))


def _with_clock(before: str, found: FoundDate) -> tuple[str, FoundDate]:
    """A time of day that is printed in front of its date: ``01:40 PM, 5 Sep 2022``."""
    match = _CLOCK_BEFORE.search(before[-24:]) if found.time is None and before else None
    told = clock(match) if match else None
    if match is None or told is None:
        return before, found
    return before[: len(before) - len(match[0])].rstrip(), found._replace(time=told)


def clock(match: re.Match[str]) -> dt.time | None:
    """The time of day that a match of hours, minutes and half of the day tells, if there is one."""
    hour, minute, half = int(match["hour"]), int(match["minute"]), (match["half"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def clock_alone(row: Row) -> dt.time | None:
    """The time of day that ``row`` gives and nothing else."""
    if row.words > 3 or len(row.plain) > 16 or row.plain.strip("0") == ":":
        return None  # 00:00 is where a player of sound stands
    match = _CLOCK_BEFORE.match(row.plain)
    return clock(match) if match else None


def _without_weekday(before: str) -> str:
    last = before.rpartition(" ")[2]
    return before[: -len(last)].rstrip(" ،,") if last and is_weekday(last.strip(_MARKS)) else before


@lru_cache(maxsize=1024)
def _role(before: str, rest: str, to_second: bool, timed: bool) -> tuple[Role | None, str]:
    """What a date is by the words around it, which a site repeats on all its pages."""
    if _HIJRI.search(before) or _HIJRI.search(rest):
        label = labels.ends_with(before, labels.PUBLISHED)
        return ("published", label) if label else ("masthead", "")
    return _gregorian_role(before, rest, to_second, timed)


def _gregorian_role(
    before: str, rest: str, to_second: bool, timed: bool
) -> tuple[Role | None, str]:
    weekly, before = before, _without_weekday(before)
    words = before.split()
    if not before.strip(_MARKS):
        if to_second and not rest:
            return "stamp", ""
        return ("bare", "") if _trifling(rest) or _is_name(rest) else (None, "")
    if len(words) > 10:
        return None, ""
    if labels.starts_with(before, labels.AUTHOR) and _trifling(rest):
        return "published", labels.AUTHOR
    if len(words) <= 6 and words[-1] == "پاران" and _trifling(rest):
        return "published", labels.AUTHOR
    if len(words) <= 5 and (before.endswith("|") or labels.same(before, labels.MASTHEAD)):
        return "masthead", ""
    tables: tuple[tuple[Role, str], ...] = (
        ("joined", labels.JOINED),
        ("updated", labels.UPDATED),
        ("published", labels.PUBLISHED),
    )
    if labels.starts_with(before, labels.PRINTED) or labels.ends_with(before, labels.PRINTED):
        return "printed", ""
    for role, table in tables:
        if label := labels.ends_with(before, table):
            return role, label
    return _unlabelled_role(before, rest, parted=weekly != before or timed)


def _unlabelled_role(before: str, rest: str, *, parted: bool) -> tuple[Role | None, str]:
    """What a date is that no known label names, by the words in front of it."""
    words = before.split()
    if before.endswith(":") and len(words) <= 4:
        return "label", ""
    if _trifling(rest) and _signs(before, parted=parted):
        return "published", labels.AUTHOR
    placed = (
        _is_place(before)
        or bool(_CREDITED.match(before))
        or (len(words) == 1 and not before.isascii())
    )
    if before.casefold() == "on" and not rest:
        return "published", ""
    named = (
        particulars.NAMES.match(before) and len(words) <= 3 and not any(map(str.islower, before[0]))
    )
    return ("bare", "") if (placed or named) and not rest else (None, "")


def _signs(before: str, *, parted: bool) -> bool:
    """Whether the words in front of a date name its author: a post, or a name set apart from it.

    A bar, a bracket, a weekday or a time of day (``parted``) sets a name apart.
    """
    names = before.strip(_MARKS).split()
    if not 1 <= len(names) <= 5 or any(name[0].islower() or name[0].isdigit() for name in names):
        return False
    if labels.same(before, labels.DESK) or labels.key(names[-1]) in labels.posts():
        return True
    return 2 <= len(names) <= 3 and (before[-1] in "|•·" or parted) and not _is_place(before)


def names_two_days(row: Row) -> bool:
    """Whether ``row`` gives its day by the Islamic calendar as well."""
    return bool(_HIJRI.search(row.plain))


def _is_name(rest: str) -> bool:
    """Two or three words that open large, and no sentence."""
    words = rest.split()
    named = 2 <= len(words) <= 3 and bool(particulars.NAMES.match(rest))
    return named and not any(word[0].islower() for word in words)


def signed(before: str) -> str:
    """The author's name that a bar sets apart from the date behind it, or ``""``."""
    before = _without_weekday(before)
    name = before.strip(_MARKS)
    barred = before.endswith("|") and not labels.same(before, labels.MASTHEAD)
    return name if barred and _signs(before, parted=True) else ""


def _is_place(before: str) -> bool:
    """A place's name and a comma or dash, as in "London, May 3, 2019"."""
    names = before.rstrip(_MARKS).split()
    return (
        len(names) <= 4
        and before[-1:] in set(",،-–—")
        and all(name[0].isupper() or not name.isascii() for name in names)
    )


def _trifling(rest: str) -> bool:
    """Whether what follows a date is only a counter, an author or a few marks."""
    if not rest or particulars.COUNTED.match(rest) or labels.starts_with(rest, labels.VIEWS):
        return True
    if len(rest.split()) <= 5 and labels.starts_with(rest, labels.UPDATED):
        return True
    return bool(_BY.match(rest)) and len(rest.split()) <= 8


def _without_count(text: str) -> str:
    """A name without the counter that follows it on the line, such as "Views: 88"."""
    counted = _COUNT.search(text)
    name = text[: counted.start()] if counted else text
    label = labels.ends_with(name, labels.VIEWS) if counted else ""
    words = name.split()
    return " ".join(words[: len(words) - len(label.split())]).strip(_MARKS)


def _in_front(before: str, label: str) -> str:
    """The words in front of a label, which in a published line are the author's."""
    words = before.split()
    if label == labels.AUTHOR:
        told = labels.starts_with(before, labels.AUTHOR)
        told = told or labels.starts_with(before, labels.PUBLISHED)
        name = " ".join(words[len(told.split()) :]).removesuffix(" on").removesuffix(" پاران")
        name = _without_weekday(name).strip(_MARKS)
        closing = labels.ends_with(name, labels.PUBLISHED)
        return " ".join(name.split()[: -len(closing.split())]) if closing else name
    for start in range(len(words)):
        if label and labels.key(" ".join(words[start:])) == label:
            name = " ".join(words[:start]).strip(_MARKS)
            return "" if labels.same(name, labels.MORE) else name
    return ""
