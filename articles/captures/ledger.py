"""An account of every byte: which field it went to, why it was dropped, or what was lost there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from .draft import Dropped, Gap, Kept, Parsed
from .reading import Capture, Line
from .rows import Row

Claim = tuple[int, int, int, str, str, int]
"""start, end, order of claiming, what ("kept", "dropped", "gap"), field or reason, draft."""


# Spans of their values, made without a call of Python's: a capture has dozens.
_kept, _dropped = partial(tuple.__new__, Kept), partial(tuple.__new__, Dropped)


class Unaccounted(AssertionError):
    """Some byte of a capture is in no span or in two."""


@dataclass(slots=True)
class Ledger:
    """Collects claims on a capture's bytes; the first to claim a byte has it."""

    capture: Capture
    claims: list[Claim] = field(default_factory=list)

    def keep(self, row: Row, name: str, draft: int = -1) -> None:
        """The printed part of ``row`` was read into the field ``name``."""
        start, end = row.span
        if start < end:
            self.claims.append((start, end, len(self.claims), "kept", name, draft))

    def keep_part(self, line: Line, start: int, end: int, name: str, draft: int = -1) -> None:
        """Characters ``start`` to ``end`` of ``line`` were read into the field ``name``."""
        self._claim(line.offset(start), line.offset(end), "kept", name, draft)

    def drop(self, row: Row, reason: str) -> None:
        """The printed part of ``row`` reaches no field, for ``reason``."""
        start, end = row.span
        if start < end:
            self.claims.append((start, end, len(self.claims), "dropped", reason, -1))

    def drop_span(self, start: int, end: int, reason: str) -> None:
        """Bytes ``start`` to ``end`` reach no field, for ``reason``."""
        self._claim(start, end, "dropped", reason, -1)

    def gap(self, start: int, end: int, kind: str, draft: int) -> None:
        """Bytes ``start`` to ``end`` stand where text was lost."""
        self._claim(start, end, "gap", kind, draft)

    def _claim(self, start: int, end: int, what: str, name: str, draft: int) -> None:
        if start < end:
            self.claims.append((start, end, len(self.claims), what, name, draft))

    def close(self) -> tuple[tuple[Kept, ...], tuple[Dropped, ...], tuple[Gap, ...]]:
        """The whole capture as kept, dropped and gap spans, each byte once, in order."""
        kept: list[Kept] = []
        dropped: list[Dropped] = []
        gaps: list[Gap] = []
        position, raw = 0, self.capture.raw
        for start, end, _, what, name, draft in sorted(self.claims):
            if start < position:
                start = position
            if start >= end:
                continue
            if position < start:
                if raw[position:start].isspace():
                    dropped.append(_dropped((position, start, "white space")))
                else:
                    dropped.extend(self._between(position, start))
            if what == "kept":
                kept.append(_kept((start, end, name, draft)))
            elif what == "gap":
                gaps.append(Gap(start, end, name, draft))
            else:
                dropped.append(_dropped((start, end, name)))
            position = end
        dropped.extend(self._between(position, len(self.capture.raw)))
        return tuple(kept), tuple(dropped), tuple(gaps)

    def _between(self, start: int, end: int) -> list[Dropped]:
        if start >= end:
            return []
        mark = self.capture.mark
        if start < mark:
            return [Dropped(start, mark, "byte order mark"), *self._between(mark, end)]
        return [Dropped(start, end, between(self.capture, start, end))]


def between(capture: Capture, start: int, end: int) -> str:
    """The reason to give for bytes that nobody claimed."""
    if capture.raw[start:end].isspace():
        return "white space"
    charset = capture.charset.partition("+")[0]
    text = capture.raw[start:end].decode(charset, "replace")
    if not text.strip():
        return "white space"
    if not any(char.isprintable() for char in text):
        return "control character"
    return "unplaced" if any(char.isalnum() for char in text) else "separator"


def account(parsed: Parsed, capture: Capture) -> list[tuple[int, int, str]]:
    """Every span of ``capture`` in order as ``(start, end, "kept: body")`` and the like.

    Raises :class:`Unaccounted` with a sentence when a byte is in no span, or in two.
    """
    spans = [(kept.start, kept.end, f"kept: {kept.field}") for kept in parsed.kept]
    spans += [(drop.start, drop.end, f"dropped: {drop.reason}") for drop in parsed.dropped]
    spans += [(gap.start, gap.end, f"gap: {gap.kind}") for gap in parsed.gaps]
    spans.sort()
    position = 0
    for start, end, what in spans:
        if start != position or end <= start:
            raise Unaccounted(_complaint(capture, position, start, what))
        position = end
    if position != len(capture.raw):
        raise Unaccounted(_complaint(capture, position, len(capture.raw), "the end of the file"))
    return spans


def _complaint(capture: Capture, position: int, start: int, what: str) -> str:
    name = capture.filename or capture.sha256[:16]
    fault = "in two spans" if start < position else "in no span"
    return f"{name}: bytes {min(start, position)} to {max(start, position)} are {fault} ({what})."
