"""The values that reading a capture yields: drafts, evidence and an account of every byte.

Field names follow IPTC ninjs 3.1 and WARC where those have one. A span is a pair of byte offsets
``(start, end)``, end exclusive, into the capture as it was stored. Because bytes never move,
neither repairing an encoding nor normalising text can make a span point at the wrong place.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

Span = tuple[int, int]
Kind = Literal["article", "listing", "multi", "stub", "reject"]
Origin = Literal["captured", "manifest", "slug", "derived"]
PubStatus = Literal["usable", "withheld", "canceled"]

GAP = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a paragraph where text was lost: a link's words, an address, undecodable bytes."""

SURE = 0.8
"""A draft less sure than this waits for an editor."""


class Hints(NamedTuple):
    """What a manifest or a source already knows about a capture; every field may be missing.

    ``date_order`` is ``"mdy"``, ``"dmy"`` or ``""``; ``furniture`` holds digests, made by
    :func:`articles.captures.furniture.digest`, of lines that the source repeats on its pages.
    """

    headline: str = ""
    date_order: str = ""
    published: dt.date | dt.datetime | None = None
    target_uri: str = ""
    byline: str = ""
    language: str = ""
    furniture: frozenset[str] = frozenset()


class Evidence(NamedTuple):
    """Why one field has its value.

    ``value`` and ``alternatives`` are text (dates in ISO 8601), ``rule`` is a stable id such as
    ``"date.label"``, ``confidence`` runs from 0 to 1, and ``spans`` are the bytes it was read from
    (empty when the value came from a manifest).
    """

    field: str
    value: str
    rule: str
    confidence: float
    spans: tuple[Span, ...] = ()
    alternatives: tuple[str, ...] = ()


class Dropped(NamedTuple):
    """Bytes that reach no field, and the reason in a few words."""

    start: int
    end: int
    reason: str


class Kept(NamedTuple):
    """Bytes that a field was read from; ``draft`` is the index of the draft, -1 for the capture."""

    start: int
    end: int
    field: str
    draft: int


class Gap(NamedTuple):
    """Bytes that stand where text was lost; ``kind`` is ``link``, ``address``, ``bytes``."""

    start: int
    end: int
    kind: str
    draft: int


class Draft(NamedTuple):
    """One story as the capture tells it, before any row is stored.

    ``paragraphs`` are plain text, normalised for ``language``, with :data:`GAP` where text was
    lost; ``gaps`` counts those. ``published`` is null when no full date was found, and a moment
    only when the line that dates the story prints a time of day: naive, in the site's own zone,
    unless the line names a zone. ``language`` is ``"und"`` when the letters do not decide. ``held``
    is true below :data:`SURE`, and ``reasons`` then says why, in sentences for an editor.

    What a document says of its own publication: ``pub_status`` as in ninjs 3.1 (anything but
    ``"usable"`` is held), ``embargoed_until`` (aware; ``published`` is never before it),
    ``usage_terms`` as written, and ``target_uri``, the story's own address where several stories
    share a document. ``translations`` are addresses where it says that the story stands in other
    languages, and ``story_key`` is what all of them share
    (:func:`articles.captures.translations.story_key`), or ``""``.
    """

    headline: str
    headline_origin: Origin
    published: dt.date | dt.datetime | None
    date_ambiguous: bool
    byline: str
    dateline: str
    language: str
    paragraphs: tuple[str, ...]
    gaps: int
    confidence: float
    held: bool
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    decks: tuple[str, ...] = ()
    dateline_text: str = ""
    pub_status: PubStatus = "usable"
    embargoed_until: dt.datetime | None = None
    usage_terms: str = ""
    target_uri: str = ""
    translations: tuple[str, ...] = ()
    story_key: str = ""


class Parsed(NamedTuple):
    """All that one capture holds.

    ``kept``, ``dropped`` and ``gaps`` together are the whole file, each byte once
    (:func:`articles.captures.ledger.account` proves it). ``rendered_at`` is when the page was
    generated, in the site's own unstated time zone, and is never a story's date. ``reason`` is a
    sentence when ``kind`` is ``"reject"``. ``date_order`` is the order of numbers that this capture
    proves by itself, or ``""``; a source may learn from it. ``notes`` are sentences about stories
    of the capture that are not among the drafts.
    """

    kind: Kind
    drafts: tuple[Draft, ...]
    rendered_at: dt.datetime | None
    language: str
    dropped: tuple[Dropped, ...]
    reason: str = ""
    kept: tuple[Kept, ...] = ()
    gaps: tuple[Gap, ...] = ()
    date_order: str = ""
    notes: tuple[str, ...] = ()
