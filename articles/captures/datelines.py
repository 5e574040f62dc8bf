"""Where and when a story says it was written: the dateline at the start of its first paragraph."""

from __future__ import annotations

import re
from typing import NamedTuple

from articles.text.calendars import WEEKDAYS
from articles.text.dates import FoundDate, find_dates
from articles.text.fold import fold

from . import labels
from .rows import Row

_SEPARATORS = " \t\u00a0۔.…،,:;؍|–—-"
_STRONG = re.compile(r"۔{2,}|\.{2,}|…|[:|–—]|(?<=\s)-(?=\s|\Z)|(?<=\w)-(?=\s)")
_AFTER = re.compile(r"\s?[ءئع]?(?!\w)[\s۔.…،,:;؍|–—-]*")
_CAPITALS = re.compile(
    r"(?P<place>[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]*){0,3}(?:, [A-Z][A-Za-z.]+)?)"
    r"\s*(?:\((?P<paren>[^)]{2,40})\))?\s*(?:[:–—]|(?<=[\s)])-)\s+"
)
_NAME = (
    r"[A-Za-z\u00c0-\u024f\u0300-\u036f\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef"
    r"\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\u200c\u200d]+"
)
_CREDITED = re.compile(
    rf"(?P<place>{_NAME}(?:[ '’-]{_NAME}){{0,3}})\s*\((?P<paren>[^)]{{2,40}})\)\s*[:–—|۔.…-]*\s+"
)
_COLON = re.compile(
    rf"(?P<place>{_NAME}(?: {_NAME}){{0,2}})(?:\s?(?::|۔{{2,}}|…|\.{{3,}})|\s[۔–—-]+\s)\s*"
)
_YEARLESS = re.compile(
    rf"(?P<place>{_NAME}(?:[ '’-]{_NAME}){{0,3}})\s*[,،۔:.…–—-]+\s*"
    rf"(?P<day>\d{{1,2}}\s?[-–]?\s?{_NAME}|[A-Z][a-z]{{2,8}}\.? \d{{1,2}})"
    r"\s*(?:[,،]?\s*\((?P<paren>[^)]{2,40})\))?\s*[:–—|۔.…-]*(?:\s+|\Z)"
)
_ALONE = re.compile(
    r"(?P<place>[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]*){0,3})"
    r"\s*(?:\((?P<paren>[^)]{2,40})\))?\s*[:–—-]\Z"
)
_BRACKET = re.compile(r"\s*\([^()]*\)[\s:،,]*\Z")
# Each branch opens with one character, so that the search skips to the next of them.
_MARKED = re.compile(r":|\(|–|—|\||…|۔۔|۔(?<=\s۔)\s|\.\.|-\s")
_DIGIT = re.compile("[0-9٠-٩۰-۹]")
WEEKDAY_KEYS = frozenset(map(fold, WEEKDAYS))
_ARABIC = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefe]")


class Dateline(NamedTuple):
    """A dateline: ``stop`` is the character of the line at which the story itself begins."""

    place: str
    stop: int
    text: str
    rule: str
    confidence: float
    found: FoundDate | None = None
    byline: str = ""
    yearless: bool = False


def dateline(row: Row, *, broken: bool = False, author: str = "") -> Dateline | None:
    """The dateline that ``row``, the first paragraph of a story, opens with, if there is one.

    ``broken`` says that the paragraph runs on in the next row; ``author`` is the story's author as
    the page gives it elsewhere, who may stand in the dateline's bracket. A date without a year is
    found with the leap year 2000 in its place, and ``yearless`` says so.

    Forms: ``KARACHI, 12-02-2015:``, ``Dallas: March 12th, 2012 |``, ``LAHORE (Agency) -``,
    ``لندن ۔۔۔3 جنوری 2013ء``, ``سبی:``, ``place (role)``.
    """
    if row.words < 8 and not broken:
        return None
    text = row.plain
    numbered = _DIGIT.search(text, 0, 90)
    dated = (_dated(row, text) or _without_year(row, text)) if numbered else None
    return dated or _placed(row, text, author)


def stands_alone(row: Row) -> Dateline | None:
    """The dateline that is all of ``row``: a place, perhaps a day and an agency, a closing mark."""
    if row.words > 8:
        return None
    numbered = _DIGIT.search(row.plain, 0, 90)
    line = (_dated(row, row.plain) or _without_year(row, row.plain)) if numbered else None
    if line is not None:
        return line if line.stop == row.stop and row.plain[-1] in ":–—-|" else None
    match = _ALONE.match(row.plain)
    if not match:
        return None
    byline = _author(match["paren"] or "")
    return Dateline(
        match["place"].strip(), row.stop, row.plain, "dateline.line", 0.88, None, byline
    )


def _without_year(row: Row, text: str) -> Dateline | None:
    """A place, a day and a month, as agencies open a story: ``GENEVA, May 3 (Agency) -``."""
    if not _DIGIT.search(text, 0, 60):
        return None
    match = _YEARLESS.match(text)
    if not match or not _is_place(match["place"]):
        return None
    closed = match["paren"] or match[0].rstrip()[-1] in ":–—|۔…-"
    found = find_dates(f"{match['day']}, 2000") or find_dates(f"{match['day']} 2000")
    if not closed or not found:
        return None
    return Dateline(
        match["place"].strip(),
        row.place_of(match.end()),
        match[0].strip(),
        "dateline.yearless",
        0.92,
        found[0],
        _author(match["paren"] or ""),
        yearless=True,
    )


def _dated(row: Row, text: str) -> Dateline | None:
    head = text[:130]
    found = next(iter(find_dates(head)), None)
    if found is None or not 2 <= found.start <= 60:
        return None
    front = head[: found.start]
    place = front.strip(_SEPARATORS)
    after = _AFTER.match(text, found.end)
    stop = after.end() if after else found.end
    strong = _STRONG.search(front[len(place) :]) or _STRONG.search(text[found.end : stop])
    paren = re.search(r"\(([^)]{2,40})\)\Z", place)
    place = place[: paren.start()].strip(_SEPARATORS) if paren else place
    if not strong or not _is_place(place):
        return None
    rule, byline = "dateline.dated", _author(paren[1]) if paren else ""
    return Dateline(place, row.place_of(stop), text[:stop].strip(), rule, 0.95, found, byline)


def _placed(row: Row, text: str, author: str) -> Dateline | None:
    if not _MARKED.search(text, 0, 90):
        return None
    forms = (
        ("dateline.capitals", _CAPITALS, 0.9),
        ("dateline.credited", _CREDITED, 0.88),
        ("dateline.colon", _COLON, 0.82),
    )
    for rule, form, confidence in forms:
        match = form.match(text)
        if not match or not _is_place(match["place"]) or _too_weak(rule, match, author):
            continue
        paren = match.groupdict().get("paren") or ""
        byline, stop = _author(paren), match.end()
        return Dateline(
            match["place"].strip(),
            row.place_of(stop),
            text[:stop].strip(),
            rule,
            confidence,
            byline=byline,
        )
    return None


def _too_weak(rule: str, match: re.Match[str], author: str) -> bool:
    """A Latin word and a colon is not yet a place; a bracket must hold a role or an agency."""
    arabic = bool(_ARABIC.match(match["place"]))
    if rule == "dateline.colon":
        return not arabic or labels.same(match["place"], labels.ASIDE)
    if rule == "dateline.credited":
        marked = bool(set(match[0].rstrip()[-1:]) & set(":–—|-"))
        paren = match["paren"]
        named = bool(author) and labels.key(paren) == labels.key(author)
        return not (marked or named or (arabic and (_role(paren) or _is_initials(paren))))
    return False


def _role(paren: str) -> bool:
    return labels.names_role(paren) or bool(labels.starts_with(paren, labels.AUTHOR))


def _is_initials(paren: str) -> bool:
    """Letters that stand for an agency, a reporter or a statement: ``(پ ر)``."""
    return all(len(word) == 1 for word in paren.replace(".", " ").split())


def place_before(before: str) -> str:
    """The place in front of the date on a line of its own, or ``""``.

    What was done on that day stands there as well ("Released:"): English says it in a participle.
    """
    place = _BRACKET.sub("", before).strip(_SEPARATORS)
    if (
        not _is_place(place)
        or fold(place) in WEEKDAY_KEYS
        or place.casefold().endswith("ed")
        or before[-1:] == "|"
        or (" " in place and before.rstrip()[-1:] not in set(",،:"))
    ):
        return ""
    named = any(
        labels.same(place, table)
        for table in (labels.ASIDE, labels.AUTHOR, labels.PUBLISHED, labels.DESK, labels.VIEWS)
    )
    return "" if named or len(place.split()) > 3 else place


def _author(paren: str) -> str:
    """The name in ``(رپورٹ: name)``; a bare role or an agency is not a name."""
    label, colon, name = paren.partition(":")
    return name.strip(_SEPARATORS) if colon and labels.same(label, labels.AUTHOR) else ""


def _is_place(place: str) -> bool:
    words = place.replace(",", " ").split()
    if not 1 <= len(words) <= 4 or any(char.isdigit() for char in place):
        return False
    return bool(_ARABIC.match(place)) or all(word[:1].isupper() for word in words)
