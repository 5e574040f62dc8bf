"""From a capture to its stories: rejected, listed, told apart, read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from articles.text.script import guess_language

from . import furniture, listing, orders
from .datelines import dateline
from .draft import Draft, Dropped, Hints, Kind, Parsed
from .errors import is_error_page
from .opening import body_start
from .page import Page, open_page
from .reading import Capture
from .rows import SAMPLE, Row
from .sentences import _
from .story import Story, read_story
from .translations import story_key

_LETTERS_LOST = re.compile("[\u0600-\u06ff]\\?{2,}(?=[\u0600-\u06ff\\s]|\\Z)")
_NO_HINTS = Hints()
HEADED = 6
"""Rows below a drawn rule among which a story's prose begins."""
_SHARED = _("Several stories share this capture; check where each begins and ends.")


def segment(capture: Capture, *, hints: Hints | None = None) -> Parsed:
    """Read every story of ``capture``. Never raises: what cannot be read is a reject.

    ``hints`` hold what a manifest or the source knows. The result accounts for every byte.
    """
    problem = capture.fatal if capture.problems else None
    if problem:
        return _reject(capture, problem.text)
    if b"?" in capture.raw and _lost_letters(capture.text[:SAMPLE]):
        return _reject(capture, "Letters were lost before the capture was saved: words hold “??”.")
    page = open_page(capture, hints or _NO_HINTS)
    if not page.rows:
        return _close(page, "reject", [], "The capture holds no text besides page furniture.")
    if not page.dates and is_error_page(page.rows):
        return _reject(capture, "The capture is a server's error message, not a story.")
    found = listing.items(page)
    if found:
        return _close(page, "listing", listing.read_items(page, found))
    return _stories(page)


def _lost_letters(text: str) -> bool:
    """Whether question marks stand inside three words of Arabic script."""
    return "??" in text and len(_LETTERS_LOST.findall(text)) >= 3


def _stories(page: Page) -> Parsed:
    parts = split(page)
    reasons = (_SHARED,) if len(parts) > 1 else ()
    stories = [read_story(page, rows, number, reasons) for number, rows in enumerate(parts)]
    drafts = [story.draft for story in stories]
    if page.crossings and len(drafts) == 1:
        key = story_key(page.hints.target_uri, page.crossings)
        drafts = [drafts[0]._replace(translations=page.crossings, story_key=key)]
    return _close(page, _kind(stories), drafts)


def _kind(stories: Sequence[Story]) -> Kind:
    if len(stories) > 1:
        return "multi"
    return "stub" if stories[0].is_stub else "article"


def _close(page: Page, kind: Kind, drafts: Sequence[Draft], reason: str = "") -> Parsed:
    kept, dropped, gaps = page.ledger.close()
    rendered = orders.moment(page.stamp, page.order or page.clock) if page.stamp else None
    return Parsed(
        kind=kind,
        drafts=tuple(drafts),
        rendered_at=rendered,
        language=_language(drafts),
        dropped=dropped,
        reason=reason,
        kept=kept,
        gaps=gaps,
        date_order=page.proven,
    )


def _language(drafts: Sequence[Draft]) -> str:
    """The language of all drafts together, which short items alone may not show."""
    told = {draft.language for draft in drafts}
    if len(told) == 1:
        return told.pop()
    lines = (line for draft in drafts for line in (draft.headline, *draft.paragraphs))
    return guess_language("\n".join(lines)[:SAMPLE]).language if drafts else "und"


def _reject(capture: Capture, reason: str) -> Parsed:
    whole = (Dropped(0, len(capture.raw), "rejected"),) if capture.raw else ()
    return Parsed("reject", (), None, "und", whole, reason)


def split(page: Page) -> list[list[Row]]:
    """The rows of each story: parted by a drawn rule, by dated titles, or by a fresh dateline."""
    parts = [part for ruled in _at_rules(page) for part in _at_datelines(page, ruled)]
    return _at_dates(page, parts[0]) if len(parts) == 1 else parts


def _at_rules(page: Page) -> list[list[Row]]:
    if furniture.DRAWN.isdisjoint([row.plain[0] for row in page.rows]):
        return [page.rows]
    parts: list[list[Row]] = [[]]
    for row in page.rows:
        if not furniture.is_rule(row):
            parts[-1].append(row)
            continue
        page.ledger.drop(row, "rule")
        if any(other.prose for other in parts[-1]):
            parts.append([])
    if len(parts) > 1 and not any(row.prose for row in parts[-1][:HEADED]):
        last = parts.pop()
        if any(row.prose for row in last):
            _drop(page, last)
        else:
            parts[-1].extend(last)
    return parts


def _drop(page: Page, rows: Sequence[Row]) -> None:
    for row in rows:
        page.ledger.drop(row, "tail")


def _at_datelines(page: Page, rows: list[Row]) -> list[list[Row]]:
    """A heading in the midst, with a dateline below it of the same form as the first story's."""
    heads = [
        below
        for above, below in pairwise(rows)
        if below.prose and not (above.prose or above.finished)
    ]
    if len(heads) < 2:
        return [rows]
    start = body_start(page, rows)
    first = dateline(rows[start]) if start < len(rows) else None
    if first is None or first.rule == "dateline.colon":
        return [rows]
    cuts = [0]
    for place in range(start + 2, len(rows)):
        above, below = rows[place - 1], rows[place]
        if not below.prose or above.prose or above.finished or above.role:
            continue
        fresh = dateline(below)
        if fresh is not None and fresh.rule == first.rule and place - 1 > cuts[-1] + 1:
            cuts.append(place - 1)
    return [rows[a:b] for a, b in zip(cuts, [*cuts[1:], len(rows)], strict=True)]


def _at_dates(page: Page, rows: list[Row]) -> list[list[Row]]:
    """Titles with a date below each, where at least two of them have a story told in full."""
    full = [item for item in listing.entries(page) if item.words >= listing.STORY]
    titles = {item.title.number for item in full}
    if len(titles) < 2:
        return [rows]
    parts: list[list[Row]] = [[]]
    begun = False
    for row in rows:
        if row.number in titles and begun:
            parts.append([])
        begun = begun or row.number in titles
        parts[-1].append(row)
    return parts
