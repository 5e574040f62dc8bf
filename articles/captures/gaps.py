"""Where text was lost: a link's words, a hidden address, bytes that do not decode.

A saving tool that skips links leaves the words of each one out and breaks the line there, beside a
no-break space. Nothing tells which words they were, so a gap is marked and never filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import furniture, labels
from .furniture import LEFTOVER
from .rows import Row

_EVENT = re.compile(
    r"(?P<address>\[email[\s\u00a0]+protected\]"
    r"|This e-?mail address is being protected from spambots\.[^.\n]{0,80}\.)"
    "|(?P<bytes>[\ud800-\udfff\ufffc\ufffd]+)"
    f"|(?P<markup>{LEFTOVER.pattern})"
    "|(?P<control>[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e"
    "\u2060-\u2064\u2066-\u2069\ufeff]+)",
    re.IGNORECASE,
)
_SIGN = re.compile(
    "[\\[<>\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ud800-\udfff"
    "\ufeff\ufffc\ufffd]"
)
_OPENS_MARK = re.compile(r"[.,;:!?،؛؟۔)\]”’]")


class Event(NamedTuple):
    """Characters ``start`` to ``stop`` of a line that are not text; ``kind`` says what they are.

    ``address`` and ``bytes`` are gaps; ``markup`` and ``control`` are dropped.
    """

    start: int
    stop: int
    kind: str

    @property
    def lost(self) -> bool:
        """Whether a reader must be told that text is missing here."""
        return self.kind in {"address", "bytes"}


def events(row: Row) -> Iterator[Event]:
    """What interrupts the text of ``row``, in order."""
    for match in _EVENT.finditer(row.line.text, row.start, row.stop):
        yield Event(match.start(), match.end(), match.lastgroup or "")


def may_interrupt(rows: Sequence[Row]) -> bool:
    """Whether one of the events may be in ``rows``: a quick look before the slow one."""
    text = "\n".join([row.text for row in rows])
    if "[" in text or "<" in text or ">" in text or "his e" in text or _is_damaged(text):
        return True
    return not all(row.neat for row in rows) and bool(_SIGN.search(text))


def _is_damaged(text: str) -> bool:
    return not text.isascii() and ("\ufffd" in text or "\ufffc" in text)


def link_lost(above: Row, below: Row, *, rare: bool = False) -> bool:
    """Whether the break between two rows stands inside a sentence where a link's words were.

    The row above does not end a sentence, and a no-break space stands at the break; or a space is
    left hanging on both sides of it; or on one side, behind a word that no sentence stops at.
    ``rare`` says that the page seldom leaves spaces hanging, so that even a short row counts.
    """
    if above.finished or above.line is below.line or furniture.is_rule(above):
        return False
    if above.joined_below or below.joined_above:
        return True
    if below.number != above.number + 1:
        return False
    if above.hangs and below.indented and (rare or above.words >= 8 or below.opens_low):
        return True
    last = above.plain.rpartition(" ")[2].casefold()
    return (above.hangs or below.indented) and last in labels.UNFINISHED


def wrapped(above: Row, below: Row) -> bool:
    """Whether a sentence merely runs on in the next line: no space hangs, no letter is large."""
    return not above.finished and below.opens_low and below.number == above.number + 1


def closes_up(text: str) -> bool:
    """Whether ``text`` starts with a mark that stands close to what is before it."""
    return bool(_OPENS_MARK.match(text.lstrip()))
