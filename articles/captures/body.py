"""Rows to paragraphs: joined over lost links, cleaned, normalised, every byte claimed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from articles.text.normal import normalise

from . import gaps
from .draft import GAP
from .ledger import Ledger
from .rows import Row, without_repeated_space

Joint = Literal["start", "link", "wrap"]
_REASONS = {"markup": "markup", "control": "control character"}


class Body(NamedTuple):
    """A story's paragraphs as plain text, how many gaps they hold, and how many words."""

    paragraphs: tuple[str, ...]
    gaps: int
    words: int


def joints(rows: Sequence[Row]) -> Iterator[tuple[Row, Joint]]:
    """Each row with how it follows the one before: a new paragraph, a lost link, a wrapped line."""
    above: Row | None = None
    for row in rows:
        yield row, "start" if above is None or above.finished else _joint(rows, above, row)
        above = row


def _joint(rows: Sequence[Row], above: Row, below: Row) -> Joint:
    hanging = sum(one.hangs and other.indented for one, other in pairwise(rows))
    if gaps.link_lost(above, below, rare=hanging * 4 <= len(rows) + 2):
        return "link"
    return "wrap" if gaps.wrapped(above, below) else "start"


def assemble(rows: Sequence[Row], language: str, ledger: Ledger, draft: int) -> Body:
    """The body that ``rows`` make, with each byte of them claimed in ``ledger``."""
    printed: list[str] = []
    rough: set[int] = set()
    previous: Row | None = None
    read = _text if gaps.may_interrupt(rows) else _whole
    for row, joint in joints(rows):
        text = read(row, ledger, draft)
        if joint == "start" or previous is None:
            printed.append(text)
        elif joint == "wrap":
            printed[-1] += f" {text}"
        else:
            ledger.gap(previous.span[1], row.span[0], "link", draft)
            printed[-1] += f" {GAP}{'' if gaps.closes_up(text) else ' '}{text}"
        if joint != "start" or not row.neat or text is not row.text:
            rough.add(len(printed) - 1)
        previous = row
    for place in rough:
        printed[place] = without_repeated_space(printed[place])
    whole = normalise("\n".join(printed), language)
    kept = tuple([paragraph for paragraph in whole.split("\n") if paragraph.strip()])
    words = whole.count(" ") + len(kept) if not rough else len(whole.split())
    return Body(kept, whole.count(GAP), words)


def _whole(row: Row, ledger: Ledger, draft: int) -> str:
    ledger.keep(row, "body", draft)
    return row.text


def _text(row: Row, ledger: Ledger, draft: int) -> str:
    """The text of ``row`` with marks where some was lost and without what is none."""
    if not gaps.may_interrupt([row]):
        return _whole(row, ledger, draft)
    line, position = row.line, row.start
    parts: list[str] = []
    for event in gaps.events(row):
        ledger.keep_part(line, position, event.start, "body", draft)
        parts.append(line.text[position : event.start])
        start, end = line.offset(event.start), line.offset(event.stop)
        if event.lost:
            ledger.gap(start, end, event.kind, draft)
            parts.append(GAP)
        else:
            ledger.drop_span(start, end, _REASONS[event.kind])
        position = event.stop
    ledger.keep_part(line, position, row.stop, "body", draft)
    parts.append(line.text[position : row.stop])
    return "".join(parts)
