"""The head of a story: headline, decks and byline among the rows above its first paragraph."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from articles.text.fold import fold

from . import authors, chrome, labels, notes
from .bidding import is_bidding
from .draft import Evidence, Hints, Origin
from .mastheads import (
    Told,
    below_site,
    below_title,
    entitled,
    shared,
    stands_for_lost,
)
from .rows import LONG, Row, told_once
from .sentences import _

T = TypeVar("T")
LENGTH = 90
"""The most characters that a headline made of a lead sentence may have."""

_NAME_MARKS = " \t\u00a0۔.…،,:;؍|–—-"
_BY = re.compile(
    r"(?:(?:written|posted|reported|published|interview|report|story|words|text|submitted) )?"
    r"by:?\s+(?P<name>\S.{1,60})\Z",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:از|پاران|بذریعہ|بقلم)\s+(?P<name>\S.{1,40})\Z")
_LABELLED = re.compile(
    r"(?P<label>[^:۔.…–—]{2,20}?)\s*(?:[:,،۔]|\.{2,}|…|\s[–—-]\s)[\s:۔.…–—-]*(?P<name>\S.{1,60})\Z"
)
_PLACED = re.compile(
    r"(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,2}) in (?:[A-Z][\w.'’-]*,? ?){1,3}\Z"
)
_INNER = re.compile(r"[.!?۔؟]\s")
_SENTENCE = re.compile(r".+?[.!?۔؟](?=\s|\Z)")


@dataclass(slots=True)
class Head:
    """What the head holds: rows by role. ``rule`` and ``confidence`` are those of the headline."""

    headline: Row | None = None
    rule: str = ""
    confidence: float = 0.0
    repeats: list[Row] = field(default_factory=list)
    mastheads: list[Row] = field(default_factory=list)
    decks: list[Row] = field(default_factory=list)
    labels: list[Row] = field(default_factory=list)
    byline: str = ""
    byline_row: Row | None = None
    unsure: bool = False
    entitled: bool = False


def row_key(row: Row) -> str:
    """Equal for two printings of one line, however spaced."""
    return row.key


@told_once
def byline_of(row: Row) -> str:
    """The author that ``row`` exists to name, without its label, or ``""``."""
    text = row.plain
    if row.words > 9 or len(text) > 80:
        return ""
    if labels.same(text, labels.DESK):
        return text.strip(_NAME_MARKS)
    if name := _in_front_of_from(row):
        return name if labels.names_role(name) else ""
    name, _, place = text.partition(" in ")
    if place[:1].isupper() and (labels.same(name, labels.DESK) or _names_post(name)):
        return name.strip(_NAME_MARKS)
    match = _BY.match(text)
    if match and labels.same(match["name"], labels.DESK):
        return match["name"].strip(_NAME_MARKS)
    if match and authors.opens_large(match["name"]):
        return match["name"].strip(_NAME_MARKS)
    if row.words <= 5 and (match := _FROM.match(text)) and not row.finished:
        return match["name"].strip(_NAME_MARKS)
    match = _LABELLED.match(text)
    if match and labels.same(match["label"], labels.AUTHOR):
        return match["name"].strip(_NAME_MARKS)
    if row.words <= 5 and not row.finished and _names_post(text):
        return text.strip(_NAME_MARKS)
    return ""


def _names_post(text: str) -> bool:
    """Whether the line ends with a post of a newsroom, each word of it with a capital letter."""
    words = text.split()
    return labels.key(words[-1]) in labels.posts() and not any(word[0].islower() for word in words)


def _in_front_of_from(row: Row) -> str:
    """The name before the word that means "from" in Urdu or Sindhi, on a line of up to six words.

    Such a line may as well be a deck; a newsroom's own name for its people decides, or its place.
    """
    name, _, last = row.plain.rstrip(_NAME_MARKS).rpartition(" ")
    return name.strip(_NAME_MARKS) if last in labels.FROM and row.words <= 6 else ""


def is_question(row: Row) -> bool:
    """One sentence that asks or calls out, short enough for a headline."""
    return row.words < LONG and row.plain[-1:] in set("?؟!") and not _INNER.search(row.plain)


def repeated(rows: Iterable[Row]) -> set[str]:
    """The keys of the rows that occur twice or more."""
    pool = list(rows)
    sizes = _repeated([row.words for row in pool])
    return _repeated([row.key for row in pool if row.words in sizes]) - {""} if sizes else set()


def _repeated(values: Sequence[T]) -> set[T]:
    """The values that occur twice or more."""
    once: set[T] = set()
    if len(set(values)) == len(values):
        return once
    twice: set[T] = set()
    for value in values:
        (twice if value in once else once).add(value)
    return twice


def read_head(
    rows: Sequence[Row], body: Sequence[Row], dated: set[int], leads: bool, menu: int = -1
) -> Head:
    """Tell the roles of ``rows``, which stand above ``body``.

    ``dated`` holds the numbers of rows that give a date; ``leads`` says that the first row followed
    the mark of a capturing tool on the same line, and so is the headline; ``menu`` is the number of
    the last row of a menu above the story.
    """
    head = Head()
    rows = authors.without_label(head, rows, dated)
    left = [row for row in rows if row.number not in dated and not _takes_byline(head, row)]
    if pair := entitled(left):
        left, head.entitled = below_title(head, left, *pair), True
    twice = repeated(left)
    if twice:
        _take_repeated(head, left, twice)
        return head
    told = Told(body)
    if not (leads or head.entitled):
        left = below_site(head, rows, left, told, dated, menu)
        if len(left) == 1 and stands_for_lost(left[0], [*rows, *body], told):
            head.mastheads.append(left.pop())
    if not left:
        return head
    head.headline = left[0]
    head.rule, head.confidence = _trust(head, leads, dated, left)
    _take_decks(head, rows, left, told, dated, is_verse=_is_verse(body))
    authors.take_name(head, told)
    return head


def _take_decks(
    head: Head,
    rows: Sequence[Row],
    left: Sequence[Row],
    told: Told,
    dated: set[int],
    *,
    is_verse: bool,
) -> None:
    """Tell the author's name from the decks below a headline: next to the date, or over a poem."""
    printed = [row.number for row in rows]
    for row in left[1:]:
        below = next((one for one in printed if one > row.number), -1)
        above = max((one for one in printed if one < row.number), default=-1)
        is_last = row is left[-1]
        near = below in dated or (is_last and (is_verse or above in dated))
        name = _name_alone(row, told, is_dated=near) if is_last or near else ""
        if name and not head.byline:
            head.byline, head.byline_row = name, row
        else:
            (head.decks if _is_deck(row) else head.labels).append(row)


def _takes_byline(head: Head, row: Row) -> bool:
    name = byline_of(row)
    if not name:
        return False
    if head.byline:
        head.mastheads.append(row)
    else:
        head.byline, head.byline_row = name, row
    return True


def _take_repeated(head: Head, rows: Sequence[Row], twice: set[str]) -> None:
    first = next(row for row in rows if row_key(row) in twice)
    key = row_key(first)
    head.headline, head.rule, head.confidence = first, "headline.repeated", 0.98
    for row in rows:
        if row is first:
            continue
        if row_key(row) == key:
            head.repeats.append(row)
        elif row.number < first.number:
            head.mastheads.append(row)
        else:
            (head.decks if _is_deck(row) else head.labels).append(row)


def _trust(head: Head, leads: bool, dated: set[int], rows: Sequence[Row]) -> tuple[str, float]:
    if head.entitled:
        return "headline.in-title", 0.97
    if leads:
        return "headline.after-prefix", 0.92
    if head.unsure:
        return "headline.nearest", 0.75
    if head.mastheads:
        return "headline.below-masthead", 0.82
    above = any(number > rows[0].number for number in dated)
    return ("headline.above-date", 0.93) if above else ("headline.first", 0.88)


def _is_deck(row: Row) -> bool:
    """Whether ``row`` says something: four words or a sentence, not of the page or the author."""
    if row.words < 4 and not (row.finished and row.words > 1):
        return False
    page = is_bidding(row) or chrome.is_control(row) or chrome.is_placeholder(row)
    return not (page or notes.is_presentation(row))


def _is_verse(body: Sequence[Row]) -> bool:
    """Whether what follows is no prose, as a poem below its poet's name."""
    return len(body) > 3 and not any(row.prose for row in body[:4])


def _name_alone(row: Row, told: Told, *, is_dated: bool) -> str:
    """Two or three words of which the story uses none, next to its date or before "from"."""
    name = "" if row.finished else _in_front_of_from(row)
    text = authors.alone(row) if is_dated else ""
    if is_dated and (match := _PLACED.match(row.plain)):
        return match["name"]
    if not 2 <= len(name.split()) <= 4:
        name = text if 2 <= len(text.split()) <= 3 and not text[0].islower() else ""
    return "" if not name or shared(row, told) or labels.is_furnished(name) else name


def headline(
    head: Head, hints: Hints, paragraphs: Sequence[str]
) -> tuple[str, Origin, Evidence, str]:
    """The headline, where it came from, its evidence, and a sentence when an editor must look.

    A manifest's word wins; then what the capture prints; then the address's slug; then the lead
    sentence cut at a word.
    """
    printed = head.headline.plain if head.headline else ""
    spans = (head.headline.span,) if head.headline else ()
    if hints.headline and fold(hints.headline) != fold(printed):
        others = (printed,) if printed else ()
        found = Evidence("headline", hints.headline, "headline.manifest", 0.99, spans, others)
        return hints.headline, "manifest", found, ""
    if printed:
        found = Evidence("headline", printed, head.rule, head.confidence, spans)
        return printed, "captured", found, ""
    lead = from_lead(paragraphs)
    slug = from_slug(hints.target_uri)
    if slug:
        found = Evidence("headline", slug, "headline.slug", 0.5, (), (lead,) if lead else ())
        reason = _("The capture holds no headline; this one is read from the page's address.")
        return slug, "slug", found, reason
    reason = _("The capture holds no headline; this one is cut from the lead sentence.")
    return lead, "derived", Evidence("headline", lead, "headline.lead", 0.3), reason


def from_lead(paragraphs: Sequence[str]) -> str:
    """The first sentence, cut at a word with an ellipsis to at most 90 characters."""
    first = paragraphs[0] if paragraphs else ""
    match = _SENTENCE.match(first[:400])
    sentence = (match[0] if match else first[:400]).strip()
    if len(sentence) <= LENGTH:
        return sentence.rstrip(".۔").strip()
    cut = sentence[: LENGTH - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(_NAME_MARKS) + "…"


def from_slug(uri: str) -> str:
    """The words of the longest hyphenated part of an address, or ``""`` when it has under three."""
    path = urllib.parse.unquote(re.sub(r"^[a-z]+://[^/]*", "", uri)).partition("?")[0]
    parts = (re.sub(r"\.\w{2,5}\Z", "", part) for part in path.split("/"))
    words = max((re.findall(r"[^\W_]+", part) for part in parts), key=len, default=[])
    words = [word for word in words if not (word.isdigit() and len(word) > 4)]
    text = " ".join(words)
    return text[:1].upper() + text[1:] if len(words) >= 3 else ""
