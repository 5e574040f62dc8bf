"""Where readers' remarks begin below a story: a name, a moment, what was said, again and again."""

from __future__ import annotations

from collections.abc import Sequence

from . import furniture
from .page import Page
from .rows import Row

_MOMENTS = frozenset({"bare", "published", "label"})
BELOW = 3
"""Rows from a remark's date down to its words."""


def first(page: Page, rows: Sequence[Row]) -> int:
    """The place in ``rows`` of the name over the first remark, or their number if there is none.

    A date stands below a short label and above a sentence, and prose above both. A story that goes
    on has two paragraphs one after the other; a remark stands alone.
    """
    if not page.dates:
        return len(rows)
    told = next((place for place, row in enumerate(rows) if row.prose), len(rows))
    for place in range(told + 2, len(rows)):
        if rows[place].role in _MOMENTS and _is_remark(page, rows, place):
            return place - 1
    return len(rows)


def _is_remark(page: Page, rows: Sequence[Row], place: int) -> bool:
    name, below = rows[place - 1], rows[place + 1 : place + 1 + BELOW]
    if name.words > 5 or name.role or furniture.is_tail(name):
        return False
    if name.finished and name.plain[-1] != ":" and not furniture.trails_off(name):
        return False  # a sentence; "name says:" and "name said..." open a remark
    said = next((n for n, row in enumerate(below) if row.finished or row.prose), -1)
    if said < 0:
        return False
    after = rows[place + 2 + said : place + 3 + said]
    return not (below[said].prose and after and after[0].prose)
