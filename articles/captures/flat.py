"""Pages that lost all their line ends: one long line, parted again where its parts must begin.

Only marks that a story's own sentence cannot hold part a line: a date that is labelled, follows a
weekday or stands between no words of a sentence; a dateline; a stamp to the second at the end; a
page's label behind the last sentence. What is parted so is held for an editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.text.dates import FoundDate, find_dates

from . import dating, labels
from .rows import Row, row

_END = re.compile(r"[.!?۔؟…][\"”’)]*\s")
_CAPITALS = re.compile(
    r"(?<=\s)[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]+){0,2}(?: \([^)]{2,40}\))?\s?[:–—-]\s"
)
_ROLE = re.compile(r"(?<=\s)\w+ \((?P<paren>[^()\d]{2,40})\)\s")
_CLOCK = re.compile(
    r"[\s,|@–-]*\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\b\.?)?(?:\s[A-Z]{3}\b)?", re.I
)
LONG = 25
"""Words from which a line may be a whole page."""
HEAD = 400
"""Characters among which a story begins."""


def unrolled(rows: list[Row]) -> list[Row]:
    """``rows`` with a page's only long line parted into headline, date, story and tail."""
    if len(rows) > 2 or not any(one.words >= LONG for one in rows):
        return rows
    parts = [part for one in rows for part in _parts(one)]
    if len(parts) == len(rows):
        return rows
    first = rows[0].number
    return [
        row(one.line, first + number, one.after_blank and not number, one.start, one.stop)
        for number, one in enumerate(parts)
    ]


def _parts(whole: Row) -> Iterator[Row]:
    if whole.words < LONG:
        yield whole
        return
    places = sorted({whole.place_of(place) for place in _cuts(whole.plain)})
    for start, stop in zip([whole.start, *places], [*places, whole.stop], strict=True):
        part = whole.cut(start, stop)
        if part.words:
            yield part


def _cuts(text: str) -> Iterator[int]:
    """The characters of ``text`` at which a part begins."""
    match = _END.search(text, 0, HEAD)
    head = text[: match.start() if match else HEAD]
    dated = next((one for one in find_dates(head) if _dates_page(head, one)), None)
    if dated:
        yield _label_start(head, dated)
        clock = _CLOCK.match(text, dated.end)
        yield clock.end() if clock else dated.end
    elif (place := _dateline(head)) > 0:
        yield place
    yield from _tails(text)


def _dates_page(head: str, found: FoundDate) -> bool:
    """Whether a date parts a headline from its story and belongs to no sentence."""
    before, after = head[: found.start].split(), head[found.end :].split()
    if not 3 <= len(before) <= LONG or found.has_seconds:
        return False
    if _label_start(head, found) < found.start:
        return True
    last, following = labels.key(before[-1]), after[0] if after else ""
    inside = last in labels.common() or labels.key(following) in labels.common()
    return not inside and not following[:1].islower() and following[:1] not in ",،"


def _label_start(head: str, found: FoundDate) -> int:
    """Where the label or the weekday in front of a date begins, else the date."""
    before = head[: found.start].rstrip()
    last = before.rpartition(" ")[2]
    if dating.is_weekday(last.strip(" ،,")):
        return len(before) - len(last)
    label = labels.ends_with(before, labels.PUBLISHED)
    words = before.split(" ")[-len(label.split()) :] if label and before[-1] == ":" else []
    return len(before) - len(" ".join(words)) if words else found.start


def _dateline(head: str) -> int:
    """Where a dateline stands behind a headline of three words or more, or 0."""
    match = _CAPITALS.search(head)
    if not match:
        match = next((one for one in _ROLE.finditer(head) if labels.names_role(one["paren"])), None)
    return match.start() if match and len(head[: match.start()].split()) >= 3 else 0


def is_tail(text: str) -> bool:
    """Whether ``text`` opens with a page's label, whatever follows on the line."""
    tables = (labels.MORE, labels.TAIL, labels.PROMOTED, labels.OPENERS)
    return any(labels.starts_with(text, table) for table in tables)


def _tails(text: str) -> Iterator[int]:
    """Where a stamp, or what a page prints behind the last sentences, begins."""
    stamps = [one for one in find_dates(text[-40:]) if one.has_seconds]
    stop = len(text)
    if stamps and not text[len(text) - len(text[-40:]) + stamps[-1].end :].strip(" APMapm."):
        stop = len(text) - len(text[-40:]) + stamps[-1].start
        yield stop
    for match in reversed(list(_END.finditer(text))[-4:]):
        if not is_tail(text[match.end() : stop]):
            return
        yield match.end()
        stop = match.end()
