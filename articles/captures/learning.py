"""What a source's captures teach about reading it: the order of its dates, its page furniture.

A source is learnt from a sample of its captures: those with the lowest SHA-256. Which ones these
are depends on nothing but the captures themselves, so their order cannot change what is learnt,
and a sample of bounded size keeps memory flat however many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from . import dating, furniture
from .draft import Hints, Parsed
from .reading import read
from .rows import rows
from .segment import segment

SAMPLE = 256
"""Captures that teach what a source does: a habit of one page in ten shows in about 25 of them."""
RECURS = 3
"""Different stories beside which a line must stand before it can be furniture."""
PROOFS = 3
"""A page proves an order when a number past 12 leaves no other reading. One such page may quote
another site and two may quote the same one; three, with at most one in ten against them, are the
habit of the software that prints the dates."""

_TOLD = frozenset({"byline", "dateline", "published", "rendered_at"})
_TITLES = frozenset({"headline", "deck"})
_STORY = frozenset({"headline repeated", "date label"})


@dataclass(frozen=True, slots=True)
class Observation:
    """What one capture shows: the order that its dates prove, digests of lines that may be
    furniture (``titles``: those that were read as its headline or deck), and a digest of its story.
    """

    date_order: str = ""
    lines: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    story: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a source's sample teaches: proofs by order of dates, and stories by furniture line."""

    date_orders: Mapping[str, int] = field(default_factory=dict)
    furniture: Mapping[str, int] = field(default_factory=dict)


def observe(raw: bytes) -> Observation:
    """Return what the capture ``raw`` shows of its source's habits, read without any hint."""
    capture = read(raw)
    if capture.fatal:
        return Observation()
    parsed = segment(capture, hints=Hints())
    printed = list(rows(capture, capture.text))
    fields = _fields(parsed)
    lines: set[str] = set()
    titles: set[str] = set()
    for row in printed:
        name = fields.get(row.span[0], "")
        if name not in _TOLD and not row.prose and not dating.date_rows(row):
            (titles if name in _TITLES else lines).add(furniture.digest(row.text))
    story = max((row.plain for row in printed), key=len, default="")
    return Observation(
        parsed.date_order, frozenset(lines), frozenset(titles), furniture.digest(story)
    )


def learn(observations: Iterable[Observation]) -> Lesson:
    """Return what a sample teaches.

    A line is furniture when it stands beside at least RECURS different stories and a tenth of all:
    a subheading that writers like recurs too, but not that often. What was read as a headline or
    deck must stand beside half of all stories, as only a site's own name does.
    """
    seen = list(observations)
    stories = len({one.story for one in seen})
    told = {(line, one.story) for one in seen for line in one.lines}
    titled = {(line, one.story) for one in seen for line in one.titles}
    counts = Counter(line for line, _story in told | titled)
    as_line = Counter(line for line, _story in told)
    return Lesson(
        date_orders=dict(sorted(Counter(o.date_order for o in seen if o.date_order).items())),
        furniture={
            line: count
            for line, count in sorted(counts.items())
            if count >= RECURS and (as_line[line] * 10 >= stories or count * 2 >= stories)
        },
    )


def settled_order(proofs: Mapping[str, int]) -> str:
    """``"mdy"`` or ``"dmy"`` when enough proofs are on one side (see PROOFS), else ``""``."""
    order, count = max(proofs.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return order if count >= PROOFS and count * 10 >= sum(proofs.values()) * 9 else ""


def _fields(parsed: Parsed) -> dict[int, str]:
    """What the line that starts at a byte was read as, where that belongs to a story."""
    kept = {span.start: span.field for span in parsed.kept if span.field != "body"}
    dropped = {span.start: "published" for span in parsed.dropped if span.reason in _STORY}
    return kept | dropped
