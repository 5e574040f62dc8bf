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
    if rows:
        yield rows[0], "start"
    hanging = sum(above.hangs and below.indented for above, below in pairwise(rows))
    for above, below in pairwise(rows):
        if above.finished:
            yield below, "start"
        elif gaps.link_lost(above, below, rare=hanging * 4 <= len(rows) + 2):
            yield below, "link"
        elif gaps.wrapped(above, below):
            yield below, "wrap"
        else:
            yield below, "start"


def assemble(rows: Sequence[Row], language: str, ledger: Ledger, draft: int) -> Body:
    """The body that ``rows`` make, with each byte of them claimed in ``ledger``."""
    printed: list[list[str]] = []
    previous: Row | None = None
    for row, joint in joints(rows):
        text = _text(row, ledger, draft)
        if joint == "start" or previous is None:
            printed.append([text])
        elif joint == "wrap":
            printed[-1] += [" ", text]
        else:
            ledger.gap(previous.span[1], row.span[0], "link", draft)
            printed[-1] += [f" {GAP}", "" if gaps.closes_up(text) else " ", text]
        previous = row
    lines = "\n".join([without_repeated_space("".join(parts)) for parts in printed])
    whole = normalise(lines, language)
    kept = tuple(paragraph for paragraph in whole.split("\n") if paragraph.strip())
    return Body(kept, whole.count(GAP), _words(kept))


def _words(paragraphs: Sequence[str]) -> int:
    """How many words ``paragraphs`` hold, in which most often one space parts two."""
    whole = " ".join(paragraphs)
    if "  " in whole or whole[:1] == " " or whole[-1:] == " ":
        return len(whole.split())
    return whole.count(" ") + 1 if whole else 0


def _text(row: Row, ledger: Ledger, draft: int) -> str:
    whole = row.text
    if not gaps.is_interrupted(whole):
        ledger.keep(row, "body", draft)
        return whole
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
