"""Rows that hold a title and its date side by side, as lists print them."""

from __future__ import annotations

import re

from articles.text.dates import FoundDate, find_dates

from . import labels
from .dating import REACH, DateRow, is_weekday
from .page import Page
from .rows import Row

_PARTING = re.compile(r"\s*[|–—·•:،,(\[-]+\s*\Z")
_OPENING = re.compile(r"[)\]ءئ]?\s*[|–—·•:-]+\s*")
_MARKS = " \t\u00a0۔.…،,:;؍|–—-()[]"


def titled(row: Row) -> tuple[Row, DateRow] | None:
    """The title and the date that share ``row``: ``Title | 3 May 2019``, ``3 May 2019 - Title``.

    None when the row holds no date, several, or other text than a title beside it.
    """
    text = row.plain
    if len(text) > REACH or row.finished:
        return None
    dates = find_dates(text)
    if len(dates) != 1 or dates[0].has_seconds:
        return None
    place = _behind(text, dates[0]) or _before(text, dates[0])
    if place is None or len(text[slice(*place)].split()) < 3:
        return None
    found = dates[0]
    title = row.cut(row.place_of(place[0]), row.place_of(place[1]))
    day = row.cut(row.place_of(found.start), row.place_of(found.end))
    return title, DateRow(day, found._replace(start=0, end=len(found.text)), "bare")


def _behind(text: str, found: FoundDate) -> tuple[int, int] | None:
    """Where the title stands when the date follows it."""
    if text[found.end :].strip(_MARKS):
        return None
    head = text[: found.start]
    last = head.rstrip(_MARKS).rpartition(" ")[2]
    head = head.rstrip(_MARKS)[: -len(last)] if is_weekday(last) else head
    parting = _PARTING.search(head)
    labelled = labels.ends_with(head, labels.PUBLISHED) or labels.ends_with(head, labels.UPDATED)
    return (0, parting.start()) if parting and not labelled else None


def _before(text: str, found: FoundDate) -> tuple[int, int] | None:
    """Where the title stands when the date leads."""
    opening = _OPENING.match(text, found.end)
    if found.start or not opening or labels.starts_with(text[opening.end() :], labels.VIEWS):
        return None
    return opening.end(), len(text)


def titled_rows(page: Page) -> dict[int, tuple[Row, DateRow]]:
    """The rows of ``page`` that hold a title and its date, by number, if there are two or more."""
    dated = [row for row in page.rows if row.year and not row.finished]
    if len(dated) < 2:
        return {}
    found = {row.number: pair for row in dated if (pair := titled(row))}
    titles = {title.plain for title, _ in found.values()}
    return found if len(titles) > 1 else {}
