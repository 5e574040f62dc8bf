"""Dates and moments that a format gives as text: read to the letter or not at all."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from articles.text.dates import YEARS, find_dates

When = dt.date | dt.datetime

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s?(Z|[+-]\d\d:?(?:\d\d)?)?\Z",
    re.ASCII | re.IGNORECASE,
)
_RFC = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4}\s+\d\d?:\d\d(?::\d\d)?"
    r"(?:\s+(?:[+-]\d{4}|[A-Za-z]{1,5}))?\Z",
    re.ASCII,
)
_LONGEST = 100
_UNSET = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def moment(value: object) -> When | None:
    """The date or moment that ``value`` writes out in full, else None. Never raises.

    ISO 8601 (RFC 3339 and its day alone), the date of mail and RSS (RFC 5322), or one date in words
    whose order is not in doubt. "2 hours ago", a bare year, a zero date and the Unix epoch, which
    is a clock that nobody set, are None. A moment is aware where the text names a zone.
    """
    if not isinstance(value, str) or not 8 <= len(value.strip()) <= _LONGEST:
        return None
    found = _read(value.strip())
    if found is None or found.year not in YEARS:
        return None
    return None if isinstance(found, dt.datetime) and _is_unfit(found) else found


def _read(text: str) -> When | None:
    try:
        if _DAY.match(text):
            return dt.date.fromisoformat(text)
        if iso := _ISO.match(text):
            return dt.datetime.fromisoformat(f"{iso[1]}T{iso[2]}{(iso[3] or '').upper()}")
        if _RFC.match(text):
            return parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return _in_words(text)


def _in_words(text: str) -> When | None:
    dates = find_dates(text)
    if len(dates) != 1 or dates[0].order not in {"named", "ymd"}:
        return None
    return dates[0].date


def _is_unfit(found: dt.datetime) -> bool:
    """Whether nobody set the clock, or no calendar has the moment in every time zone."""
    moment = found.replace(tzinfo=found.tzinfo or dt.UTC).astimezone(dt.UTC)
    return moment == _UNSET or not YEARS[0] < moment.year < YEARS[-1]
