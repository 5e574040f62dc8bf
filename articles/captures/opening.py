"""Where a story begins: its first paragraph, below headline, decks, byline and date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import chrome, gaps, headings, labels, notes
from .datelines import dateline
from .page import Page
from .pictures import is_caption
from .rows import LONG, Row

_INNER = re.compile(r"[.!?۔؟]\s")
_DATING = frozenset({"published", "label", "bare", "updated"})


def body_start(page: Page, rows: Sequence[Row]) -> int:
    """The place in ``rows`` of the story's first paragraph.

    That is the first prose below the line that dates the story, if one stands near the top, else
    the first prose at all; where nothing is prose, the row below the heading.
    """
    anchor = _anchor(page, rows)
    twice = headings.repeated(rows[: anchor + 3])
    for place in range(anchor + 1, len(rows)):
        told = _is_told(rows[place]) or is_broken(rows[place : place + 2])
        if told and not _is_heading(page, rows, place, twice):
            return place + (anchor >= 0 and _is_long_deck(rows[place : place + 3]))
        if place > anchor + 40:
            break
    place = max(anchor + 1, 1)
    while place < len(rows) and headings.byline_of(rows[place]):
        place += 1
    return min(len(rows), place)


def _is_told(row: Row) -> bool:
    """Whether ``row`` is a story's prose and not a long date line, a caption or a notice."""
    if not row.prose or row.words >= LONG:
        return row.prose
    return not (row.role or is_caption(row) or notes.is_revision(row) or chrome.is_form(row))


def _is_long_deck(rows: Sequence[Row]) -> bool:
    """Whether a long line below the date ends no sentence where those below it do: a summary."""
    if len(rows) < 3 or rows[0].finished or not all(row.finished for row in rows[1:]):
        return False
    first = rows[0]
    if gaps.link_lost(*rows[:2], rare=True) or rows[1].indented or dateline(first):
        return False
    whole = rows[1].prose and not (first.hangs or rows[1].opens_low)
    last = first.plain.rpartition(" ")[2].casefold()
    return whole and last not in labels.UNFINISHED and not _INNER.search(first.plain)


def is_broken(pair: Sequence[Row]) -> bool:
    """A sentence that a lost link cut short, too short to be prose by itself."""
    if len(pair) < 2 or pair[0].words < 3 or not gaps.link_lost(*pair, rare=True):
        return False
    if dateline(pair[0], broken=True):
        return True
    above, below = pair
    if above.joined_below and below.prose:
        return True
    return (above.hangs and below.indented) or (below.opens_low and not above.opens_low)


def _anchor(page: Page, rows: Sequence[Row]) -> int:
    prose = 0
    for place, row in enumerate(rows[:40]):
        role = row.role
        labelled = role in {"published", "updated", "label"}
        if labelled and (not prose or any(later.prose for later in rows[place + 1 : place + 8])):
            return place
        if role == "bare" and not prose:
            return place
        if prose == 1 and _closes_head(page, rows, place):
            return place
        if row.prose and not _is_heading(page, rows, place, set()):
            prose += 1
        if prose > 2 or (prose and place and rows[0].prose):
            break
    return -1


def _closes_head(page: Page, rows: Sequence[Row], place: int) -> bool:
    """Whether a date or a byline stands below one sentence: that is a deck, and the story follows.

    A headline stands above the deck, nothing long between them and this row, and prose right below.
    """
    row = rows[place]
    if row.prose or not (row.role == "bare" or headings.byline_of(row)):
        return False
    above = rows[max(0, place - 4) : place]
    deck = next((n for n, one in enumerate(above) if one.prose), -1)
    titled = place - len(above) + deck > 0
    told = [one for one in rows[place + 1 : place + 8] if one.prose and not one.role]
    return titled and deck >= 0 and above[deck].words <= 2 * LONG and len(told) > 1


def _is_heading(page: Page, rows: Sequence[Row], place: int, twice: set[str]) -> bool:
    """A long headline: it ends like a sentence but is repeated, or stands right above a date."""
    row = rows[place]
    if row.words >= LONG:
        return bool(twice) and headings.row_key(row) in twice
    below = rows[place + 1] if place + 1 < len(rows) else None
    if below is not None and below.role in {"published", "label"}:
        return True
    if place == 0 and below is not None and below.prose and headings.is_question(row):
        return True
    return bool(twice) and headings.row_key(row) in twice


def dating_rows(page: Page, above: Sequence[Row], title: Row | None) -> list[Row]:
    """The rows above the story whose dates may be its own.

    A bare date above the headline is the page's where another stands below, or where several rows
    part it from the headline. ``title`` is the headline's row, if any.
    """
    number = title.number if title else -1
    rows = [row for row in above if row.role]
    if not rows or rows[0].number > number:
        return rows
    below = any(row.number > number and row.role in _DATING for row in rows)
    floating = {
        row.number
        for row in rows
        if row.number < number
        and row.role == "bare"
        and (below or sum(row.number < other.number < number for other in above) > 3)
    }
    return [row for row in rows if row.number not in floating]
