"""How far down a page its story reaches: past boxes set into it, not into the page's own lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from . import chrome, furniture, insets, labels
from .bidding import is_bidding, names_others
from .page import Page
from .rows import Row

BOX = 5
"""Rows of a box of other stories that is set into one, and the row below it."""
RUN = 4
"""Labels in a row, from which what follows a story is the page's."""


class Extent(NamedTuple):
    """How far a story reaches: the place of its last row that tells it (``last``).

    ``shown`` holds the numbers of rows that are set into it, ``prosy`` says that it is in prose.
    """

    last: int
    shown: frozenset[int]
    prosy: bool


def extent(page: Page, rows: Sequence[Row], tells: Callable[[Page, Row], bool]) -> Extent:
    """How far the story in ``rows`` reaches; ``tells`` says whether a row of prose is its own."""
    last = last_told(page, rows, tells)
    told = rows[: last + 1]
    prosy = sum(row.prose for row in told) * 2 > last
    return Extent(last, insets.boxed(told) | insets.pulled(told), prosy)


def last_told(page: Page, rows: Sequence[Row], tells: Callable[[Page, Row], bool]) -> int:
    """The place of the last row that tells the story: prose, or a short sentence below an inset.

    A paragraph alone below a run of labels is the page's own, not the story's.
    """
    told = [place for place, row in enumerate(rows) if row.prose]
    while told and not tells(page, rows[told[-1]]):
        told.pop()
    last, stop = told.pop() if told else 0, len(rows)
    while told and last - told[-1] > RUN:
        between = rows[told[-1] + 1 : last]
        if not (_is_parted(between) or _speaks(page, between, rows[last])):
            break
        last, stop = told.pop(), last + 1
    for place in range(last + 1, stop):
        row = rows[place]
        if is_bidding(row, last=True) or chrome.is_site(row, page.traits):
            continue
        if furniture.is_tail(row) or row.role or not tells(page, row):
            break
        if row.words < 5 or row.plain[-1] not in ".۔":
            break
        last = place
    return last


def _is_parted(between: Sequence[Row]) -> bool:
    """Whether rows between two paragraphs are a page's closing labels: a tail's or tags first."""
    if any(row.finished for row in between):
        return False
    first = between[0]
    return furniture.is_tail(first) or furniture.is_aside(first) or furniture.is_promotion(first)


def _speaks(page: Page, between: Sequence[Row], row: Row) -> bool:
    """Whether ``row`` speaks to the reader below a run of buttons."""
    return chrome.is_site(between[0], page.traits) and chrome.is_addressed(row)


def goes_on(row: Row, below: Sequence[Row]) -> bool:
    """Whether the story goes on below a box of other stories.

    After its few titles two paragraphs follow one another. Leads of other stories and readers'
    remarks do not: a title or a name parts those.
    """
    if not (labels.same(row.plain, labels.RELATED) or names_others(row.plain)):
        return False
    first = next((n for n, one in enumerate(below[:BOX]) if one.prose), -1)
    pair = below[first : first + 2] if first > 0 else []
    return len(pair) == 2 and all(one.prose and not furniture.trails_off(one) for one in pair)
