"""In which order a page prints the numbers of its dates, and what they mean in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache

from articles.text.dates import FoundDate

from .dating import DateRow


def readings(found: FoundDate) -> dict[str, dt.date]:
    """The days that a found date can mean, by order: one, or two for numbers such as 5/6/2022."""
    return dict(_readings(found.order, found.year, found.month, found.day))


@lru_cache(maxsize=4096)
def _readings(order: str, year: int, month: int, day: int) -> Mapping[str, dt.date]:
    """As :func:`readings`, kept: the stories of an archive share their days."""
    if order not in {"mdy", "dmy", "ambiguous"}:
        return reading(order, year, month, day)
    first, second = (month, day) if order == "mdy" else (day, month)
    return reading("mdy", year, first, second) | reading("dmy", year, second, first)


def reading(order: str, year: int, month: int, day: int) -> dict[str, dt.date]:
    """One reading of a date's numbers, or none when the calendar has no such day."""
    if month > 12:
        return {}
    try:
        return {order: dt.date(year, month, day)}
    except ValueError:
        return {}


def proven_order(dates: Iterable[DateRow]) -> str:
    """The order of numbers that labelled dates and stamps prove together, else ``""``."""
    proofs = set()
    for dated in dates:
        if dated.found.order in {"mdy", "dmy", "ambiguous"}:
            days = readings(dated.found)
            proofs |= set(days) if len(days) == 1 else set()
    return proofs.pop() if len(proofs) == 1 else ""


def clock_order(dates: Iterable[DateRow]) -> str:
    """``"mdy"`` when a stamp is unpadded with slashes and a twelve-hour clock, else ``""``.

    That is how software set to American English prints a moment, and CLDR has no other locale
    that prints it so; it is a sign, not a proof.
    """
    for dated in dates:
        if dated.role == "stamp" and dated.twelve and "/" in dated.found.text:
            return "mdy"
    return ""


def moment(stamp: DateRow, order: str) -> dt.datetime | None:
    """When a page was generated, by its stamp and the page's order of numbers."""
    days = readings(stamp.found)
    day = days.get(order) or next(iter(days.values()), None)
    return dt.datetime.combine(day, stamp.found.time) if day and stamp.found.time else None
