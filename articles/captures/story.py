"""One story: its rows to a :class:`Draft`, each field with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from articles.text.normal import normalise
from articles.text.script import guess_language

from . import authors, choosing, dating, furniture, headings, orders
from .body import Body, assemble
from .choosing import Candidate, Choice
from .datelines import Dateline, dateline, place_before, stands_alone
from .draft import SURE, Draft, Evidence, Span
from .ending import Ending, find_ending
from .headings import Head
from .opening import body_start, dating_rows, is_broken
from .page import Page
from .pictures import is_caption
from .proof import body_evidence, lowest, said
from .rows import SAMPLE, Row
from .sentences import Filled, _

_KINDS = {
    "published": ("date.label", 0.9),
    "label": ("date.label", 0.85),
    "bare": ("date.line", 0.85),
    "updated": ("date.updated", 0.6),
}
UNTOLD = _("The letters do not tell English, Urdu or Sindhi; give the language.")
_DISPUTED = _("The manifest or source says %(language)s, but the letters say %(letters)s.")
_HEADING = _("The capture holds a heading and no story.")
_TEASER = _("Only a teaser was captured; the story is elsewhere.")
STUB = 60
"""Words under which a text that trails off is a teaser."""


class Story(NamedTuple):
    """A draft, and whether it is only the teaser of a story that is told elsewhere."""

    draft: Draft
    is_stub: bool


@dataclass(slots=True)
class Parts:
    """What was told of a story's rows before its fields are decided."""

    head: Head
    above: list[Row]
    ending: Ending
    dateline: Dateline | None
    located: Evidence | None
    language: Evidence
    language_reason: str


def read_story(page: Page, rows: Sequence[Row], number: int, reasons: tuple[str, ...]) -> Story:
    """Read the story in ``rows`` as draft ``number``; ``reasons`` already hold it for an editor."""
    mark = len(page.ledger.claims)
    parts = _part(page, rows, number)
    language = parts.language.value
    body = assemble(_below_dateline(page, parts, number), language, page.ledger, number)
    is_stub = _is_stub(parts.ending, body)
    choice = _date(page, parts)
    headline, origin, told, look = headings.headline(parts.head, page.hints, body.paragraphs)
    byline = _byline(page, parts)
    evidence = [told, *choice.evidence, parts.language, *body_evidence(page, mark, body)]
    evidence += _line_evidence(parts, byline)
    more = (look, *choice.reasons, parts.language_reason, _stub_reason(is_stub, body))
    confidence = lowest(evidence, choice)
    return Story(
        Draft(
            headline=normalise(headline, language),
            headline_origin=origin,
            published=page.hints.published or choice.day,
            date_ambiguous=choice.ambiguous,
            byline=normalise(authors.without_post(byline.value), language) if byline else "",
            dateline=normalise(_place(parts), language),
            language=language,
            paragraphs=body.paragraphs,
            gaps=body.gaps,
            confidence=confidence,
            held=confidence < SURE or bool(reasons) or any(more),
            reasons=said(reasons, more, evidence, confidence),
            evidence=tuple(evidence),
            decks=tuple(normalise(deck.plain, language) for deck in parts.head.decks),
            dateline_text=parts.dateline.text if parts.dateline else "",
        ),
        is_stub,
    )


def _part(page: Page, rows: Sequence[Row], number: int) -> Parts:
    start = body_start(page, rows)
    ending = find_ending(page, rows[start:])
    above = _without_scraps(page, list(rows[:start]))
    author = authors.presented(page, above, ending.body, headings.byline_of)
    dated = {row.number for row in above if row.role}
    leads = bool(above) and above[0].number == page.lead
    alone = stands_alone(above[-1]) if len(above) > 1 and not above[-1].role else None
    placed = [above.pop()] if alone else []
    head = headings.read_head(above, ending.body, dated, leads, page.menu)
    if page.flat and head.headline:
        head.rule, head.confidence = "headline.flat", 0.7
    authors.take_author(head, author, above, ending.body, noted=ending.noted)
    _claim_head(page, head, above, number)
    ending.body[:0] = placed
    line = alone or _dateline(ending.body, head.byline or _dated_author(page, above))
    located = None if line else _located(page, above)
    language, reason = _language(page, head, ending.body)
    return Parts(head, above, ending, line, located, language, reason)


def _dated_author(page: Page, above: Sequence[Row]) -> str:
    """The author whom a line above the story names beside its date."""
    for row in above:
        for dated in page.dates.get(row.number, ()):
            if dated.author:
                return dated.author
    return ""


def _located(page: Page, above: Sequence[Row]) -> Evidence | None:
    """The place that a line above the story gives with its date: ``London: 11 February 2014``."""
    for row in above:
        for dated in page.dates.get(row.number, ())[:1]:
            place = place_before(dated.before) if dated.role in {"bare", "label"} else ""
            if place:
                return Evidence("dateline", place, "dateline.date-line", 0.8, (row.span,))
    return None


def _dateline(body: Sequence[Row], author: str) -> Dateline | None:
    """The dateline of the first paragraph; a word that opens several is a speaker or a heading."""
    line = dateline(body[0], broken=_goes_on(body), author=author) if body else None
    if line is None or line.rule != "dateline.colon":
        return line
    others = (dateline(row, broken=True) for row in body[1:])
    return None if any(one and one.rule == line.rule for one in others) else line


def _goes_on(body: Sequence[Row]) -> bool:
    return body[0].words < 8 and is_broken(body[:2])


def _without_scraps(page: Page, above: list[Row]) -> list[Row]:
    """The head without counters, and without a masthead: all down to its date."""
    last = max([n for n, row in enumerate(above) if row.role == "masthead"], default=-1)
    for row in above[: last + 1]:
        page.ledger.drop(row, "masthead")
    kept: list[Row] = []
    for row in above[last + 1 :]:
        reason = "" if row.role else _scrap(row)
        if not reason and kept and is_caption(row):
            reason = "caption"
        if reason:
            page.ledger.drop(row, reason)
        else:
            kept.append(row)
    return kept


def _scrap(row: Row) -> str:
    """Why a row of the head tells nothing of the story, or ``""``."""
    if furniture.is_counter(row):
        return "counter"
    if furniture.is_elapsed(row):
        return "time since posting"
    return "date without a year" if dating.is_yearless(row) else ""


def _claim_head(page: Page, head: Head, above: Sequence[Row], number: int) -> None:
    if head.headline:
        page.ledger.keep(head.headline, "headline", number)
    for row in head.repeats:
        page.ledger.drop(row, "headline repeated")
    for row in (*head.mastheads, *head.labels):
        page.ledger.drop(row, "masthead")
    for row in head.decks:
        page.ledger.keep(row, "deck", number)
    if head.byline_row:
        page.ledger.keep(head.byline_row, "byline", number)
    for row in above:
        if row.role:
            page.ledger.keep(row, "published", number)


def _language(page: Page, head: Head, body: Sequence[Row]) -> tuple[Evidence, str]:
    text = "\n".join([row.plain for row in body])[:SAMPLE]
    guess = guess_language(text)
    if guess.language == "und" and head.headline:
        guess = guess_language(f"{head.headline.plain}\n{text}")
    spans = _around(body)
    given, told = page.hints.language, guess.language
    if told == "und" and given:
        return Evidence("language", given, "language.given", 0.9, spans), ""
    if told == "und":
        reason = UNTOLD
        return Evidence("language", "und", "language.letters", guess.confidence, spans), reason
    if given and given != told:
        reason = Filled(_DISPUTED, language=given, letters=told)
        others = (given,)
        return Evidence("language", told, "language.letters", 0.7, spans, others), reason
    rule = "language.letters+given" if given else "language.letters"
    confidence = 0.99 if given else guess.confidence
    return Evidence("language", told, rule, confidence, spans), ""


def _around(rows: Sequence[Row]) -> tuple[Span, ...]:
    return ((rows[0].span[0], rows[-1].span[1]),) if rows else ()


def _place(parts: Parts) -> str:
    if parts.dateline:
        return parts.dateline.place
    return parts.located.value if parts.located else ""


def _below_dateline(page: Page, parts: Parts, number: int) -> list[Row]:
    body = parts.ending.body
    if not parts.dateline:
        return body
    first = body[0]
    page.ledger.keep_part(first.line, first.start, parts.dateline.stop, "dateline", number)
    rest = first.cut(parts.dateline.stop)
    return [rest, *body[1:]] if rest.words else body[1:]


def _is_stub(ending: Ending, body: Body) -> bool:
    if body.words >= STUB:
        return False
    if not ending.body:
        return True
    return furniture.trails_off(ending.body[-1]) and (ending.leads_on or len(ending.body) == 1)


def _stub_reason(is_stub: bool, body: Body) -> str:
    if not body.paragraphs:
        return _HEADING
    return _TEASER if is_stub else ""


def _date(page: Page, parts: Parts) -> Choice:
    candidates = list(_candidates(page, parts))
    page.proven = page.proven or choosing.agreed_order(candidates)
    stamp = orders.moment(page.stamp, page.order or page.clock) if page.stamp else None
    return choosing.choose(
        candidates,
        given=page.hints.published,
        order=page.order,
        clock=page.clock,
        before=stamp.date() if stamp else None,
    )


def _candidates(page: Page, parts: Parts) -> list[Candidate]:
    found = [page.prefix] if page.prefix else []
    for row in dating_rows(page, parts.above, parts.head.headline):
        for dated in page.dates.get(row.number, ()):
            if dated.role in _KINDS:
                rule, confidence = _KINDS[dated.role]
                found.append(choosing.candidate(rule, dated.found, confidence, [row.span]))
    line, body = parts.dateline, parts.ending.body
    if line and line.found:
        first = body[0].line
        span = first.offset(body[0].start), first.offset(line.stop)
        if line.yearless:
            others = (dated.found for several in page.dates.values() for dated in several)
            found.extend(choosing.of_yearless(line.found, others, span))
        else:
            found.append(choosing.of_dateline(line.found, span))
    for dated in parts.ending.dates:
        rule = "date.signoff" if dated.role == "bare" else "date.printed"
        found.append(choosing.candidate(rule, dated.found, 0.85, [dated.row.span]))
    return [*found, *choosing.from_address(page.hints.target_uri)]


def _byline(page: Page, parts: Parts) -> Evidence | None:
    """The author: by the manifest, the head, the line of the date, the dateline, a signature."""
    if page.hints.byline:
        return Evidence("byline", page.hints.byline, "byline.manifest", 0.99)
    head, signature = parts.head, parts.ending.signature
    if head.byline and head.byline_row:
        return Evidence("byline", head.byline, "byline.line", 0.85, (head.byline_row.span,))
    for row in parts.above:
        if author := _dated_author(page, [row]):
            return Evidence("byline", author, "byline.date-line", 0.85, (row.span,))
    if parts.dateline and parts.dateline.byline:
        spans = (parts.ending.body[0].span,)
        return Evidence("byline", parts.dateline.byline, "byline.dateline", 0.85, spans)
    if signature:
        return Evidence("byline", signature.plain, "byline.signature", 0.8, (signature.span,))
    return None


def _line_evidence(parts: Parts, byline: Evidence | None) -> list[Evidence]:
    found = [one for one in (byline, parts.located) if one]
    if parts.dateline:
        line, first = parts.dateline, parts.ending.body[0]
        span = first.line.offset(first.start), first.line.offset(line.stop)
        found.append(Evidence("dateline", line.place, line.rule, line.confidence, (span,)))
    return found
