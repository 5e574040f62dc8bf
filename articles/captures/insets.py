"""What a page sets into a story: the story's own words once more, and notes on its author."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.text.fold import fold

from .rows import LONG, Row

_QUOTED = re.compile(r"[“”\"‘’«»'].*[“”\"‘’«»'][.,۔]?\Z")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?<!\w)@\w{3,}")
_PHONE = re.compile(r"(?<!\d)\+?\d[\d ()/-]{5,}\d(?!\d)")
_MARKS = "“”\"‘’«»'"
_ENDS = frozenset(".,!?۔؟،…:")
LENGTH = 30
"""Words of the longest pull quote; what is longer is told, not shown."""
MANY = 24
"""More rows than this that may be quotations are a list, and none is looked for."""
NOTE = 45
"""Words of the longest note on an author."""


def is_quoted(row: Row) -> bool:
    """Whether quotation marks hold all of ``row``."""
    return bool(_QUOTED.match(row.plain))


def pulled(rows: Sequence[Row]) -> frozenset[int]:
    """The numbers of the rows that a longer paragraph of ``rows`` holds word for word.

    Such a row is in quotation marks or no sentence; a paragraph may open with what it quotes later,
    and a verse may come back, so only prose that says clearly more can hold it.
    """
    shown = [row for row in rows if 3 <= row.words <= LENGTH and _may_be_pulled(row)]
    if not shown or len(shown) > MANY:
        return frozenset()
    told = [row for row in rows if row.prose]
    alone = len(told) * 2 > len(rows)
    return frozenset(
        row.number for row in shown if _holds(told, row) or (alone and _is_displayed(row))
    )


def _is_displayed(row: Row) -> bool:
    """Words in quotation marks that end no sentence: nobody says them in the story."""
    inner = row.plain.rstrip(_MARKS)
    return is_quoted(row) and inner[-1:] not in _ENDS and row.plain[-1] not in ".,۔،"


def _may_be_pulled(row: Row) -> bool:
    return is_quoted(row) or not (row.finished or row.words >= LONG)


def _holds(told: Sequence[Row], shown: Row) -> bool:
    key = f" {shown.key} "
    return any(
        row.words > shown.words + 3 and row.number != shown.number and key in f" {row.key} "
        for row in told
    )


def boxed(rows: Sequence[Row]) -> frozenset[int]:
    """The numbers of rows that make a box between two paragraphs: a heading and its few points.

    The heading has up to three words and none of them ends a sentence. One line alone is a heading
    of the story's own, and what a colon opens or a number leads is told.
    """
    found: list[int] = []
    run: list[Row] = []
    above: Row | None = None
    for row in rows:
        if row.finished or row.words >= LONG or row.prose:
            if above is not None and row.prose and _is_box(above, run):
                found += [one.number for one in run]
            above, run = row, []
        else:
            run.append(row)
    return frozenset(found)


def _is_box(above: Row, run: Sequence[Row]) -> bool:
    if not 2 <= len(run) <= 8 or run[0].words > 3 or not above.prose or above.plain[-1] in ":؛":
        return False
    return not any(row.plain[0].isdigit() or row.plain[0] in "•*–-" for row in run)


def is_contact(row: Row) -> bool:
    """Whether a short row gives a telephone number or an address on the network."""
    number = _PHONE.search(row.plain)
    if number and sum(map(str.isdigit, number[0])) > 6 and row.words <= 8:
        return True
    return bool(_ADDRESS.search(row.plain))


def presents(row: Row, author: str) -> bool:
    """Whether ``row`` says who ``author`` is: it opens with the name, or gives an address."""
    if not author or row.words > NOTE:
        return False
    name, text = fold(author), row.key
    opens = text == name or text.startswith(f"{name} ")
    return bool(name) and (opens or (name in text and bool(_ADDRESS.search(row.plain))))


def note_start(body: Sequence[Row], author: str) -> int:
    """The place in ``body`` from which it is a note on ``author``, or 0.

    That is the last row, or the name alone on a line among the last few, below the story.
    """
    name = fold(author)
    for place in range(max(2, len(body) - 5), len(body) - 1):
        alone = body[place].key == name and body[place - 1].finished
        if alone and sum(row.prose for row in body[place:]) <= 2:
            return place
    return len(body) - 1 if presents(body[-1], author) else 0
