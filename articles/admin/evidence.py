"""A capture's report as an editor reads it: what each byte became, and why each field says so.

The report is the JSON of ``articles.captures.report``; one written by an older version, or none at
all, still shows the raw text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from articles.admin.evidence_words import COLUMNS, DROPPED, FIELDS, LOST
from articles.models import Article

SHOWN_BYTES = 200_000
"""A page shows no more of a capture than this; the download has all of it."""

WRITTEN = {"headline", "byline", "dateline", "deck"}
"""Fields whose values are in the story's language; the others are dates, codes and counts."""

# A NUL ends a page's parsing and other controls are invisible: each gets its picture (U+2400 on).
_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\r\t"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring bytes of one fate; ``kind`` is ``kept``, ``dropped``, ``gap`` or ``plain``.

    ``note`` names the field that was read from them, or the reason for which they were dropped, in
    the desk's language where ``is_told``, and else as the report has it.
    """

    text: str
    kind: str
    note: str = ""
    is_told: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One field of one story: its value, the rule that found it and how sure that is (per cent).

    ``language`` is the language of the values, or empty where they are in the desk's own.
    """

    field: str
    value: str
    language: str
    rule: str
    percent: int
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """One story that was found in the capture, as it was read."""

    headline: str
    language: str
    reasons: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the capture's page shows beside its fields.

    ``language`` is what the capture is in, or empty where that is not known: Nastaliq, for one,
    lacks letters of Sindhi.
    """

    pieces: tuple[Piece, ...]
    is_cut: bool
    language: str = ""
    dropped: tuple[Piece, ...] = field(default=())
    tellings: tuple[Telling, ...] = field(default=())


def gather(raw: bytes, charset: str, report: Mapping[str, Any]) -> Evidence:
    """Lay out a capture's ``raw`` bytes and ``report``; ``charset`` is the one it was read with."""
    shown = raw[:SHOWN_BYTES]
    pieces = tuple(_joined(_pieces(shown, _codec(charset), report)))
    return Evidence(
        pieces=pieces,
        is_cut=len(raw) > len(shown),
        language="" if (code := report.get("language", "")) == "und" else code,
        dropped=tuple(p for p in pieces if p.kind == "dropped" and p.text.strip()),
        tellings=tuple(_telling(story) for story in report.get("articles", ())),
    )


def _codec(charset: str) -> str:
    """The codec of the stored bytes: ``utf-8+cp1252`` means UTF-8 that was misread once."""
    codec = charset.partition("+")[0] or "utf-8"
    try:
        b"-".decode(codec, "replace")
    except LookupError:
        return "utf-8"
    return codec


def _pieces(raw: bytes, codec: str, report: Mapping[str, Any]) -> Iterator[Piece]:
    end = 0
    for start, stop, kind, name in _spans(report):
        if start > end:
            yield Piece(_decode(raw[end:start], codec), "plain")
        note = _note(kind, name)
        yield Piece(_decode(raw[max(start, end) : stop], codec), kind, note or name, bool(note))
        end = max(end, stop)
    yield Piece(_decode(raw[end:], codec), "plain")


def _spans(report: Mapping[str, Any]) -> list[tuple[int, int, str, str]]:
    kinds = (("kept", "kept"), ("dropped", "dropped"), ("gaps", "gap"))
    return sorted(
        (start, stop, kind, name)
        for listed, kind in kinds
        for start, stop, name, *_rest in report.get(listed, ())
    )


def _note(kind: str, name: str) -> str:
    """What the desk calls a span of the report, or ``""`` when it has no word for it."""
    if kind == "kept":
        return _label(name)
    return str((DROPPED if kind == "dropped" else LOST).get(name, ""))


def _decode(raw: bytes, codec: str) -> str:
    return raw.decode(codec, "replace").translate(_PICTURES)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Join neighbours with the same fate, so that a page of ten thousand spans stays light."""
    for fate, run in groupby(pieces, key=lambda piece: (piece.kind, piece.note, piece.is_told)):
        if text := "".join(piece.text for piece in run):
            yield Piece(text, *fate)


def _telling(story: Mapping[str, Any]) -> Telling:
    language = story.get("language", "")
    return Telling(
        headline=story.get("headline", ""),
        language=language,
        reasons=tuple(story.get("reasons", ())),
        findings=tuple(_finding(row, language) for row in story.get("evidence", ())),
    )


def _finding(row: Mapping[str, Any], language: str) -> Finding:
    alternatives: Sequence[object] = row.get("alternatives", ())
    name, value = row.get("field", ""), str(row.get("value", ""))
    lost = LOST.get(value) if name == "gap" else None
    return Finding(
        field=_label(name) or name,
        value=str(lost or value),
        language="" if lost else language if name in WRITTEN else "en",
        rule=row.get("rule", ""),
        percent=round(100 * row.get("confidence", 0)),
        alternatives=tuple(str(value) for value in alternatives),
    )


def _label(name: str) -> str:
    """The field's name as the desk writes it, or ``""`` when no article has such a field."""
    if name in FIELDS:
        return str(FIELDS[name])
    try:
        return str(Article._meta.get_field(COLUMNS.get(name, name)).verbose_name)  # type: ignore[union-attr]
    except (FieldDoesNotExist, AttributeError):
        return ""
