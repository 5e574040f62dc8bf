"""A page as rows, with what is known before its stories are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from articles.text.dates import find_dates

from . import choosing, chrome, dating, flat, furniture, headings, labels, orders
from .choosing import Candidate
from .dating import DateRow
from .draft import Hints
from .ledger import Ledger
from .reading import Capture
from .rows import Row, rows
from .traits import Traits

_PREFIX = re.compile(r"[\s\ufeff]*date \d{4}-\d\d-\d\d(?=\s|\Z)")


@dataclass(slots=True)
class Page:
    """Rows that may be a story's, dates by row number, and the ledger of every byte.

    ``prefix`` is the date that a capturing tool put in front of the text and ``lead`` the number of
    the row that followed it on the same line. ``order`` is known or proven, ``clock`` suggested.
    ``menu`` is the number of the last row of a menu above the first prose, ``traits`` what kinds of
    furniture the page may carry at all. ``flat`` says that the page had lost its line ends.
    """

    ledger: Ledger
    hints: Hints
    rows: list[Row]
    traits: Traits
    dates: dict[int, tuple[DateRow, ...]] = field(default_factory=dict)
    prefix: Candidate | None = None
    lead: int = -1
    stamp: DateRow | None = None
    proven: str = ""
    clock: str = ""
    menu: int = -1
    crossings: tuple[str, ...] = ()
    flat: bool = False

    @property
    def order(self) -> str:
        """The order of numbers that is known for the source or proven by this page."""
        return self.hints.date_order or self.proven

    def date(self, row: Row, found: tuple[DateRow, ...]) -> None:
        """Note the dates that ``row`` gives; the first says what the row is."""
        self.dates[row.number] = found
        row.role = found[0].role


def open_page(capture: Capture, hints: Hints) -> Page:
    """Lay out ``capture``: dates found, prefix, stamp, sidebar, menu and scraps claimed."""
    text = capture.text
    page = Page(Ledger(capture), hints, list(rows(capture, text)), Traits(text))
    page.crossings = furniture.crossings(page.rows) if "://" in text else ()
    _take_prefix(page)
    _unroll(page)
    _find_dates(page)
    _take_menu(page)
    _take_scraps(page)
    return page


def _find_dates(page: Page) -> None:
    for row in page.rows:
        row.year = len(row.plain) <= dating.REACH and bool(dating.YEAR.search(row.plain))
        if row.year and (found := dating.date_rows(row)):
            page.date(row, found)
    roles = {found[0].role for found in page.dates.values()}
    if not roles:
        return
    if "bare" in roles:
        _label_bare_dates(page)
    _join_clocks(page)
    if "masthead" in roles:
        _sign_barred(page)
    if "stamp" in roles:
        _take_stamp(page)
    flat = [dated for found in page.dates.values() for dated in found]
    page.proven, page.clock = orders.proven_order(flat), orders.clock_order(flat)


def _take_prefix(page: Page) -> None:
    if not page.rows or page.rows[0].number != 0:
        return
    row = page.rows[0]
    match = _PREFIX.match(row.line.text)
    found = find_dates(row.line.text[: match.end()]) if match else []
    if not match or not found:
        return
    span = row.line.offset(row.start), row.line.offset(match.end())
    page.prefix = choosing.candidate("date.prefix", found[0], 0.93, [span])
    page.ledger.keep_part(row.line, row.start, match.end(), "published")
    rest = row.cut(match.end())
    page.rows[:1] = [rest] if rest.words else []
    page.lead = row.number if rest.words else -1


def _unroll(page: Page) -> None:
    rows = flat.unrolled(page.rows)
    page.flat = len(rows) > len(page.rows)
    while page.flat and len(rows) > 1 and flat.is_tail(rows[-1].plain):
        page.ledger.drop(rows.pop(), "tail")
    page.rows = rows


def _label_bare_dates(page: Page) -> None:
    """A label on one line and its date on the next belong together."""
    kept: list[Row] = []
    for row in page.rows:
        found = page.dates.get(row.number)
        above = kept[-1] if kept else None
        if found and found[0].role == "bare" and above and _is_date_label(above):
            page.ledger.drop(above, "date label")
            kept.pop()
            first = found[0]
            labelled = DateRow(row, first.found, "published", first.author, above.plain, True)
            page.date(row, (labelled, *found[1:]))
        kept.append(row)
    page.rows = kept


def _join_clocks(page: Page) -> None:
    """A time of day on the line below a date is that date's."""
    clocks = set()
    for above, below in pairwise(page.rows):
        found = page.dates[above.number] if above.role else ()
        told = dating.clock_alone(below) if found and found[0].found.time is None else None
        if found and told:
            first = found[0]._replace(found=found[0].found._replace(time=told))
            page.date(above, (first, *found[1:]))
            page.ledger.keep(below, "published")
            clocks.add(below.number)
    if clocks:
        page.rows = [row for row in page.rows if row.number not in clocks]


def _sign_barred(page: Page) -> None:
    """Right below a long line a name, a bar and a date sign a story; at the top they name a paper.

    So it is with the day by two calendars, which most often a masthead prints.
    """
    for above, below in pairwise(page.rows):
        if below.role == "masthead" and above.words >= 4:
            found = page.dates[below.number]
            author = dating.signed(found[0].before)
            if furniture.is_menu(above) or above.role:
                continue
            if author or (above.words >= 5 and dating.names_two_days(below)):
                role: dating.Role = "published" if author else "bare"
                first = found[0]._replace(role=role, author=author)
                page.date(below, (first, *found[1:]))


def _is_date_label(row: Row) -> bool:
    return row.words <= 4 and labels.same(row.plain, labels.PUBLISHED)


def _take_stamp(page: Page) -> None:
    """The page's own stamp; what follows it below a story is a sidebar."""
    place = next((n for n, row in enumerate(page.rows) if row.role == "stamp"), -1)
    if place < 0:
        return
    row = page.rows[place]
    page.stamp = page.dates[row.number][0]
    page.ledger.keep(row, "rendered_at")
    below = page.rows[place + 1 :]
    is_above = any(_is_prose(page, one) for one in below)
    is_above = is_above and not any(_is_prose(page, one) for one in page.rows[:place])
    if is_above:
        del page.rows[place]
        return
    for other in below:
        page.ledger.drop(other, "sidebar")
        page.dates.pop(other.number, None)
    del page.rows[place:]


def _take_menu(page: Page) -> None:
    limit = len(page.rows)
    for place, row in enumerate(page.rows):
        role = row.role
        if role not in {"", "masthead"} or (not role and _is_prose(page, row)):
            limit = place
            break
    if limit >= furniture.RUN:  # the author of a story stands below every menu
        names = (n for n in range(1, limit) if headings.byline_of(page.rows[n]))
        limit = next(names, limit)
    parted = limit < len(page.rows) and page.rows[limit].after_blank
    end = furniture.menu_end(page.rows[:limit], page.hints.furniture, parted=parted)
    for row in page.rows[:end]:
        page.ledger.drop(row, furniture.scrap(row) or "navigation")
    del page.rows[:end]


def _take_scraps(page: Page) -> None:
    known = page.hints.furniture
    kept = []
    above = True
    for row in page.rows:
        if row.role or (row.words > furniture.SCRAP and not (above or known)):
            kept.append(row)
            continue
        reason = furniture.scrap(row) if row.words <= furniture.SCRAP else ""
        if not reason and known and furniture.digest(row.text) in known:
            reason = "navigation"
        if above and not reason and chrome.is_site(row, page.traits):
            reason = "navigation"
        if reason:
            page.ledger.drop(row, reason)
            if above and (furniture.is_menu(row) or chrome.is_door(row)):
                page.menu = row.number
        else:
            kept.append(row)
            above = above and not row.prose
    page.rows = kept


def _is_prose(page: Page, row: Row) -> bool:
    if not row.prose or furniture.is_menu(row):
        return False
    return not (page.traits.consent and chrome.is_consent(row))
