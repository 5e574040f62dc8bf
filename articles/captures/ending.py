"""Where a story ends: sign-off, signature, and what a page prints below its last paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import authors, chrome, furniture, insets, labels, notes, pictures, reach, remarks
from .bidding import is_bidding, is_mark
from .dating import DateRow
from .page import Page
from .rows import LONG, Row, told_once

_NUMBERED = re.compile(r"\W*(?:\d{1,2}|[a-z]|[ivx]{1,4})\s?[.)۔-]\s|[•*–-]\s")
_TITLED = re.compile(
    r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Engr|Eng|Capt|Col|Maj|Justice|Barrister|Adv|Hafiz|Maulana)\b\.?\s"
    r"|(?:ڈاکٹر|پروفیسر|انجینئر|ايڊووڪيٽ|ڊاڪٽر|پروفيسر|انجنيئر)\s"
)
_CLOSING = frozenset({"published", "updated", "printed", "joined", "label"})

_BOXED = frozenset({"promotion", "inset", "link to the rest"})
"""Reasons after which labels go on up to the next prose."""

LENGTHY = 30
"""More words than this on a line tell something."""
LITTLE = 12
"""Rows that may be printed from a letter's signature to the end of the page."""


@dataclass(slots=True)
class Ending:
    """The rows that are the story, and what was told by the rows below them.

    ``dates`` are sign-off and "Published in" dates, ``signature`` a name beside the sign-off, and
    ``leads_on`` says that a label such as "Read more" sends the reader elsewhere, ``noted`` that a
    note says who wrote the story.
    """

    body: list[Row]
    dates: list[DateRow] = field(default_factory=list)
    signature: Row | None = None
    leads_on: bool = False
    noted: bool = False


def find_ending(page: Page, rows: Sequence[Row]) -> Ending:
    """Part the story from its tail in ``rows``, which begin with the first paragraph."""
    ending = Ending([])
    cut = remarks.first(page, rows)
    extent = reach.extent(page, rows[:cut], _tells)
    promoted = False
    told = chrome.NOTICE if page.traits.consent else pictures.LENGTH
    for place, row in enumerate(rows[:cut]):
        if row.words > told and place < extent.last and row.number not in extent.shown:
            promoted = False
            ending.body.append(row)  # A paragraph: no row so long is any of what follows.
            continue
        promoted = promoted and not row.prose
        reason = _why_aside(page, rows, place, extent)
        if reason == "tail":
            cut = place
            break
        if place > 1 and len(rows) - place <= LITTLE and _signs_off(rows[place:]):
            ending.signature = row
            page.ledger.keep(row, "byline")
            cut = place + 1
            break
        if reason or (promoted and not row.finished):
            _set_aside(page, ending, row, reason or "promotion")
            promoted = promoted or reason in _BOXED
        else:
            ending.body.append(row)
    _cut(page, ending, rows[cut:])
    _trim(page, ending, is_cut=cut < len(rows))
    return ending


def _why_aside(page: Page, rows: Sequence[Row], place: int, extent: reach.Extent) -> str:
    """Why the row at ``place`` is not story text, or ``""``; ``"tail"`` ends the story."""
    row = rows[place]
    last = extent.last <= place
    reason = _aside(page, row, last=last)
    if reason == "tail":
        return "promotion" if not place or reach.goes_on(row, rows[place + 1 :]) else "tail"
    if reason or not place:
        return reason
    if extent.prosy and is_bidding(row, last=last):
        return "tail" if last else "inset"
    return "inset" if row.number in extent.shown else ""


def _signs_off(rows: Sequence[Row]) -> bool:
    """Whether a titled name is printed here as a letter's signature: little follows it."""
    if rows[0].finished or not _is_titled(rows[0]):
        return False
    return not any(row.prose and row.words >= LONG for row in rows)


def _tells(page: Page, row: Row) -> bool:
    if row.words > (chrome.NOTICE if page.traits.consent else notes.LENGTH):
        return True
    return not (
        furniture.is_tail(row)
        or furniture.is_teaser(row)
        or notes.is_note(row)
        or pictures.is_caption(row)
        or chrome.is_form(row)
        or chrome.is_site(row, page.traits)
    )


def _aside(page: Page, row: Row, *, last: bool) -> str:
    """Why ``row`` is not story text: ``"tail"`` ends the story, other reasons only skip the row."""
    offered = chrome.is_offer(row, page.traits)
    return _reason(row, row.role, last, page.traits.consent, offered)


@told_once
def _reason(row: Row, role: str, last: bool, consent: bool, offered: bool) -> str:
    if pictures.is_caption(row):
        return "caption"
    if last and (notes.is_initials(row) or notes.is_note(row)):
        return "tail"
    if row.words > LENGTHY:
        return "navigation" if consent and chrome.is_consent(row) else ""
    if role in _CLOSING:
        return "tail" if last or role == "printed" else ("" if role == "label" else "date label")
    if furniture.is_more(row):
        return "link to the rest"
    if furniture.is_tail(row) and not furniture.is_promotion(row):
        return "tail"
    if offered or furniture.is_promotion(row) or furniture.is_aside(row):
        return "tail" if last else "promotion"
    if last and chrome.is_form(row):
        return "tail"
    return _inset(row, last=last, consent=consent)


def _inset(row: Row, *, last: bool, consent: bool) -> str:
    """Why a short row that stands in a story is none of it, or ``""``."""
    if row.words <= chrome.PLACEHOLDER:
        if chrome.is_clock(row):
            return "time since posting"
        if is_mark(row) or chrome.is_placeholder(row):
            return "separator"
        if chrome.is_advert(row):
            return "navigation"
    return "" if not chrome.is_fixture(row, consent) else "tail" if last else "navigation"


def _take_back(page: Page, ending: Ending, reason: str) -> None:
    """Set aside what a link or a credit on its own line belongs to: the short row above it."""
    above = ending.body[-1] if len(ending.body) > 1 else None
    if above is None or above.words > LITTLE or (above.finished and reason != "caption"):
        return
    page.ledger.drop(ending.body.pop(), "caption" if reason == "caption" else "promotion")


def _set_aside(page: Page, ending: Ending, row: Row, reason: str) -> None:
    if reason in {"link to the rest", "caption"}:
        _take_back(page, ending, reason)
    ending.leads_on = ending.leads_on or reason == "link to the rest"
    page.ledger.drop(row, reason)


def _cut(page: Page, ending: Ending, rows: Sequence[Row]) -> None:
    """The closing date is read; every row from there on is dropped."""
    ending.noted = bool(rows) and notes.is_presentation(rows[0])
    for place, row in enumerate(rows):
        found = page.dates.get(row.number)
        closing = {"published", "printed"} if place == 0 else {"printed"}
        if place < 4 and found and found[0].role in closing:
            ending.dates.extend(found[:1])
            page.ledger.keep(row, "published")
        else:
            page.ledger.drop(row, "tail")


def _trim(page: Page, ending: Ending, *, is_cut: bool) -> None:
    """Take counters, sign-off, signature and other stories' teasers off the end."""
    body = ending.body
    if body and _closes(body[-1]):
        return
    _trim_counters(page, body)
    _trim_address(page, body)
    _trim_labels(page, ending)
    _trim_teasers(page, body, is_cut=is_cut)
    _trim_labels(page, ending)
    _trim_counters(page, body)
    if len(body) > 1 and body[-1].role == "bare":
        ending.dates.append(page.dates[body[-1].number][0])
        page.ledger.keep(body.pop(), "published")
        _trim_signature(page, ending)
    elif len(body) > 2 and body[-2].role == "bare" and _is_name(body[-1]):
        _trim_signature(page, ending)
        ending.dates.append(page.dates[body[-1].number][0])
        page.ledger.keep(body.pop(), "published")


def _closes(row: Row) -> bool:
    """Whether ``row`` can only be the story's last sentence, behind which nothing is left."""
    is_sentence = row.prose and row.finished and row.plain[0].isalnum()
    return is_sentence and not row.role and not furniture.trails_off(row)


def _trim_counters(page: Page, body: list[Row]) -> None:
    while len(body) > 1 and furniture.is_counter(body[-1]):
        page.ledger.drop(body.pop(), "counter")


def _trim_address(page: Page, body: list[Row]) -> None:
    """Take off short lines below the last prose, of which one gives a number or an address."""
    last = max((n for n, row in enumerate(body) if _is_told(row)), default=len(body))
    block = [row for row in body[last + 1 :] if row.words <= LITTLE and not row.role]
    if not any(map(insets.is_contact, block)):
        return
    for row in block:
        page.ledger.drop(row, "tail")
    numbers = {row.number for row in block}
    body[:] = [row for row in body if row.number not in numbers]


def _is_told(row: Row) -> bool:
    """Whether ``row`` is prose or a short sentence without numbers, which an address has."""
    sentence = row.words >= 5 and row.plain[-1] in ".۔"
    return row.prose or (sentence and not any(map(str.isdigit, row.plain)))


def _trim_labels(page: Page, ending: Ending) -> None:
    """Take off what stands in no sentence below the last one, where the story is told in sentences.

    A list that the last sentence opens with a colon is the story's, and so is verse.
    """
    body = ending.body
    if len(body) < 2:
        return
    count = _closing_block(page, body)
    while count < len(body) - 1 and _is_fragment(page, body[-1 - count]):
        count += 1
    above = body[: len(body) - count]
    ends = above[-1].finished and above[-1].plain[-1] not in ":؛"
    if not count or not (ends or above[-1].role == "bare"):
        return
    if sum(row.prose for row in above) * 2 < len(above):
        return
    signed = _is_titled(body[-count]) or _is_printed_letter(ending, body[-count])
    if not ending.signature and count <= 2 and signed:
        ending.signature = body.pop(-count)
        page.ledger.keep(ending.signature, "byline")
        count -= 1
    for _ in range(count):
        page.ledger.drop(body.pop(), "tail")


def _closing_block(page: Page, body: Sequence[Row]) -> int:
    """How many rows follow the last sentence, where a label opens them and none gives a date.

    An office and a list of those who get a copy stand so below a notice.
    """
    last = max((n for n, row in enumerate(body) if _is_told(row)), default=len(body))
    block = body[last + 1 :]
    opens = block and _is_fragment(page, block[0]) and body[last].plain[-1] not in ":؛"
    told = any(row.role or row.plain[-1] in ".!?۔؟" for row in block)
    return len(block) if opens and not told else 0


def _is_printed_letter(ending: Ending, row: Row) -> bool:
    """A name below a letter of which the paper says when it printed it."""
    printed = any(dated.role == "printed" for dated in ending.dates)
    return printed and authors.is_name(row) and row.plain.istitle()


def _is_fragment(page: Page, row: Row) -> bool:
    if row.role:
        return False
    if not any(map(str.isalnum, row.plain)):
        return True
    return row.words <= 12 and not row.finished and not row.prose and not _NUMBERED.match(row.plain)


def _is_titled(row: Row) -> bool:
    """A person's name behind a title, as one signs a letter."""
    return 2 <= row.words <= 5 and bool(_TITLED.match(row.plain))


def _trim_teasers(page: Page, body: list[Row], *, is_cut: bool) -> None:
    """Two rows that trail off, or one above a tail, are the leads of other stories."""
    count = 0
    while count < len(body) - 1 and furniture.is_teaser(body[-1 - count]):
        count += 1
    if count >= 2 or (count == 1 and is_cut and body[-1].words <= 16):
        for _ in range(count):
            page.ledger.drop(body.pop(), "teaser")


def _trim_signature(page: Page, ending: Ending) -> None:
    if len(ending.body) > 1 and _is_name(ending.body[-1]):
        ending.signature = ending.body.pop()
        page.ledger.keep(ending.signature, "byline")


def _is_name(row: Row) -> bool:
    if not furniture.is_label(row) or any(char.isdigit() for char in row.plain):
        return False
    return (
        row.plain[:1].isupper()
        or not row.plain.isascii()
        or bool(labels.same(row.plain, labels.DESK))
    )
