"""Pages that list stories: a title, a date, perhaps a lead, again and again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from articles.text.normal import normalise
from articles.text.script import Guess, guess_language

from . import choosing, furniture, headings, labels
from .body import assemble
from .dating import DateRow
from .draft import Draft, Evidence
from .inline import titled_rows
from .page import Page
from .rows import LONG, SAMPLE, Row
from .sentences import _

_HELD = _("This is an item of a list: the story itself is not in the capture.")
_DATING = frozenset({"bare", "published", "label"})
_NUMBER = re.compile(r"[\d۰-۹٠-٩]{1,3}[.)۔]\s+")
STORY = 60
"""Words below one date from which an item is a story told in full."""


class Item(NamedTuple):
    """One entry: its title, the date below the title, and the rows down to the next title."""

    title: Row
    dated: DateRow
    lead: tuple[Row, ...]

    @property
    def words(self) -> int:
        """Words of the lead."""
        return sum(row.words for row in self.lead)


def items(page: Page) -> list[Item]:
    """The entries of a list, or none when the page is not one.

    An item is a short line with a date right below it. Two of them with different titles make a
    list, unless one has a whole story below it, or the second is only a signature and a sign-off.
    """
    found = _inline(page) or entries(page)
    if not found:
        return []
    if len({headings.row_key(item.title) for item in found}) < 2:
        return []
    if any(item.words >= STORY or len(item.lead) > 6 or _tells(item) for item in found):
        return []
    return [] if len(found) == 2 and _is_signed(found) else _unnumbered(page, found)


def _tells(item: Item) -> bool:
    """Whether three paragraphs follow one another below a date: no list gives so much."""
    run = 0
    for row in item.lead:
        run = run + 1 if row.prose and not furniture.trails_off(row) else 0
        if run > 2:
            return True
    return False


def _inline(page: Page) -> list[Item]:
    """Titles that share a line with their dates, where nothing else on the page is told at length.

    Rows between two titles are the lead of the first.
    """
    pairs = titled_rows(page)
    if (
        not pairs
        or sum(row.words for row in page.rows if row.prose and row.number not in pairs) >= STORY
    ):
        return []
    leads: list[list[Row]] = []
    for row in page.rows:
        if row.number in pairs:
            leads.append([])
        elif leads and not (furniture.is_counter(row) or furniture.is_more(row)):
            leads[-1].append(row)
    return [Item(*pair, tuple(lead)) for pair, lead in zip(pairs.values(), leads, strict=True)]


def _unnumbered(page: Page, found: list[Item]) -> list[Item]:
    """The items without the numbers that a list puts in front of all its titles."""
    marks = [_NUMBER.match(item.title.plain) for item in found]
    if not all(marks):
        return found
    return [
        _without_number(page, item, mark.end())
        for item, mark in zip(found, marks, strict=True)
        if mark
    ]


def _without_number(page: Page, item: Item, stop: int) -> Item:
    title = item.title.cut(item.title.place_of(stop))
    page.ledger.drop_span(item.title.span[0], title.span[0], "number of an item")
    return item._replace(title=title)


def _is_signed(found: Sequence[Item]) -> bool:
    first, last = found
    plain = last.dated.role == "bare" and not last.dated.counted
    return plain and not last.lead and any(row.prose for row in first.lead)


def entries(page: Page) -> list[Item]:
    """Every title with a date right below it, whatever follows."""
    if sum([found[0].role in _DATING for found in page.dates.values()]) < 2:
        return []
    rows = _listed(page)
    dated = [place for place, row in enumerate(rows) if row.role in _DATING]
    if not dated:
        return []
    if _closes(page, rows[dated[-1]]):
        return _above_dates(page, rows, dated)
    if len(dated) > 1 and (dated[0] == 0 or _dates_lead(rows, dated)):
        return _below_dates(page, rows, dated)
    places = [place for place in dated if place and _dates_a_title(page, rows, place)]
    found = []
    for number, place in enumerate(places):
        stop = places[number + 1] - 1 if number + 1 < len(places) else len(rows)
        found.append(_item(page, rows[place - 1], rows[place], rows[place + 1 : stop]))
    return found


def _listed(page: Page) -> list[Row]:
    """Rows without counters and "read more"; below a story, a tail's rows are not the page's."""
    told, listed = False, []
    for row in page.rows:
        if told and (furniture.is_tail(row) or furniture.is_aside(row)):
            break
        told = told or (row.prose and row.words >= LONG)
        if row.role or not (furniture.is_counter(row) or furniture.is_more(row)):
            listed.append(row)
    return listed


def _closes(page: Page, row: Row) -> bool:
    """Whether the date stands behind "Read more" and so below its item."""
    return bool(labels.starts_with(page.dates[row.number][0].before, labels.MORE))


def _dates_lead(rows: list[Row], dated: list[int]) -> bool:
    """Whether each date stands above its title, below the heading of the list.

    The heading is a label; a title follows each date, and what stands above a later date is that
    title or reads as its lead.
    """
    heading = rows[: dated[0]]
    if len(heading) > 2 or not all(furniture.is_label(row) and row.words <= 3 for row in heading):
        return False
    titles = [rows[place + 1] for place in dated if place + 1 < len(rows)]
    if len(titles) < len(dated) or any(map(_is_lead, titles)):
        return False
    return all(below == above + 2 or _is_lead(rows[below - 1]) for above, below in pairwise(dated))


def _is_lead(row: Row) -> bool:
    return row.prose or row.finished or furniture.trails_off(row)


def _above_dates(page: Page, rows: list[Row], dated: list[int]) -> list[Item]:
    """Items that end at their date. The first is as long as the second; above it is a heading."""
    starts = [max(0, 2 * dated[0] - dated[1] + 1) if len(dated) > 1 else 0]
    starts += [place + 1 for place in dated]
    return [
        _item(page, rows[start], rows[place], rows[start + 1 : place])
        for start, place in zip(starts, dated, strict=False)
        if start < place
    ]


def _below_dates(page: Page, rows: list[Row], dated: list[int]) -> list[Item]:
    """Items that begin with their date."""
    stops = [*dated[1:], len(rows)]
    return [
        _item(page, rows[place + 1], rows[place], rows[place + 2 : stop])
        for place, stop in zip(dated, stops, strict=True)
        if place + 1 < stop and not rows[place + 1].prose
    ]


def _item(page: Page, title: Row, dated: Row, lead: Sequence[Row]) -> Item:
    return Item(title, page.dates[dated.number][0], tuple(lead))


def _dates_a_title(page: Page, rows: Sequence[Row], place: int) -> bool:
    title = rows[place - 1]
    return (
        not title.role
        and any(map(str.isalpha, title.plain))
        and not title.prose
        and not (furniture.is_tail(title) or furniture.is_aside(title))
        and not headings.byline_of(title)
    )


def read_items(page: Page, found: Sequence[Item]) -> list[Draft]:
    """One draft per item, each held; rows above the first title are the list's heading."""
    for item in found:
        page.ledger.keep(item.dated.row, "published")
    lines = (row.plain for item in found for row in (item.title, *item.lead))
    whole = guess_language("\n".join(lines)[:SAMPLE])
    drafts = [_draft(page, item, number, whole) for number, item in enumerate(found)]
    rows = (row for item in found for row in (item.title, item.dated.row, *item.lead))
    shown = {row.number for row in rows}
    for row in page.rows:
        if row.number < min(found[0].title.number, found[0].dated.row.number):
            page.ledger.drop(row, "heading of a list")
        elif furniture.is_more(row):
            page.ledger.drop(row, "link to the rest")
        elif furniture.is_counter(row):
            page.ledger.drop(row, "counter")
        elif row.number not in shown:
            page.ledger.drop(row, "tail")
    return drafts


def _draft(page: Page, item: Item, number: int, whole: Guess) -> Draft:
    text = "\n".join(row.plain for row in (item.title, *item.lead))
    guess = guess_language(text)
    rule = "language.letters"
    if guess.language == "und":
        guess, rule = whole, "language.page"
    page.ledger.keep(item.title, "headline", number)
    body = assemble(item.lead, guess.language, page.ledger, number)
    spot = choosing.candidate("date.item", item.dated.found, 0.88, [item.dated.row.span])
    choice = choosing.choose([spot], order=page.order, clock=page.clock)
    title, author = item.title.plain, item.dated.author
    evidence = [
        Evidence("headline", title, "headline.item", 0.88, (item.title.span,)),
        *choice.evidence,
        Evidence("language", guess.language, rule, guess.confidence),
    ]
    if author:
        evidence.append(
            Evidence("byline", author, "byline.date-line", 0.85, (item.dated.row.span,))
        )
    return Draft(
        headline=normalise(title, guess.language),
        headline_origin="captured",
        published=choice.day,
        date_ambiguous=choice.ambiguous,
        byline=normalise(author, guess.language),
        dateline="",
        language=guess.language,
        paragraphs=body.paragraphs,
        gaps=body.gaps,
        confidence=min(one.confidence for one in evidence),
        held=True,
        reasons=(_HELD, *choice.reasons),
        evidence=tuple(evidence),
    )
