"""The rows above a headline that name the site, and how the headline is told from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from articles.text.fold import fold

from . import bidding, chrome, insets, labels
from .rows import Row

if TYPE_CHECKING:
    from .headings import Head

_SCORE = re.compile(r"(?<![\d/])\d{1,3}/\d{1,2}(?![\d/])|\(\d{1,2}(?:\.\d)?\s?ov")
_JOINED = re.compile(r"[:|»·–—-](?:(?<=[:|»])|(?<=\s.)\s)")
_WORD = re.compile(r"\w{3,}")


class Told:
    """What the first ``rows`` of a story tell: whether it uses the words of others."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._shared: dict[int, int] = {}

    @cached_property
    def _words(self) -> str:
        """The words with which the first five rows open, a space on both sides of each."""
        return f" {fold(' '.join([row.plain[:400] for row in self._rows[:5]]))} "

    def shared(self, row: Row) -> int:
        """How many words of ``row`` the story uses."""
        if row.number not in self._shared:
            common = labels.common()
            words = [word for word in _WORD.findall(row.key) if word not in common]
            self._shared[row.number] = sum(map(self._uses, words)) if words else 0
        return self._shared[row.number]

    def _uses(self, word: str) -> bool:
        """Whether the story has the word or an inflection of it, near enough.

        English adds to a stem of five letters, Urdu and Sindhi bend what follows the fourth.
        """
        length = 5 if word.isascii() else 4
        stem = f" {word[:length]}" if len(word) >= length else f" {word} "
        return stem in self._words


def parted(rows: Sequence[Row], told: Told, menu: int = -1) -> tuple[list[Row], list[Row]]:
    """The leading ``rows`` that name a site, a periodical or a place on the site, and the rest.

    ``menu`` is the number of the last row of a menu among them, or -1.
    """
    left = list(rows)
    while len(left) > 1 and _names_site(left, told, menu):
        left.pop(0)
    return list(rows[: len(rows) - len(left)]), left


def _names_site(rows: Sequence[Row], told: Told, menu: int) -> bool:
    if rows[1].key.startswith(f"{rows[0].key} ") and rows[0].words <= 4:
        return True
    if rows[0].words <= 4 and (_periodical(rows[0]) or _is_section(rows, told)):
        return True
    if labels.same(rows[0].plain, labels.MASTHEAD):
        return True
    if bidding.names_others(rows[0].plain) or _is_imprint(rows, told) or _is_motto(rows, told):
        return True
    return _outdone(rows, told, menu) or chrome.is_reading(rows[0])


def _outdone(rows: Sequence[Row], told: Told, menu: int) -> bool:
    """Whether a line below tells the story and the first one does not, or stands above the menu.

    A headline says what its story says: their words are shared. A first line that shares none or
    one gives way to one with two more and twice as many, unless that is a sentence: then it may be
    the deck of a headline that plays with words. A first line in quotation marks is a headline.
    Nothing but a site's name stands above a menu.
    """
    if insets.is_quoted(rows[0]):
        return False
    rivals = [row for row in rows[1:9] if row.words > 2 and (not row.finished or headlike(row))]
    if not rivals:
        return False
    own = shared(rows[0], told)
    above_menu = rows[0].number < menu
    for row in rivals:
        if above_menu and row.number > menu and (own == 0 or shared(row, told)):
            return True
        if own < 2 and _weight(row, told) >= 2 * own + 2:
            return True
    return _labels_between(rows, rivals, told, own)


def _labels_between(rows: Sequence[Row], rivals: Sequence[Row], told: Told, own: int) -> bool:
    """Whether two labels or more part the first row from one that tells more of the story.

    An institution's name stands in its own stories: up to four words, in English with large
    letters, give way to a longer line.
    """
    parting = 0
    for row in rows[1:6]:
        if row.words <= 3 and not row.finished and shared(row, told) < 2:
            parting += 1
            continue
        large = not rows[0].plain.isascii() or not any(w.islower() for w in rows[0].plain.split())
        named = large and rows[0].words <= 4 < row.words and shared(row, told) > 0
        return parting > 1 and row in rivals and (named or shared(row, told) > own)
    return False


def entitled(rows: Sequence[Row]) -> tuple[Row, Row] | None:
    """The page's own title among ``rows`` and the headline that it joins to the site's name."""
    for page in rows[:6]:
        if not _JOINED.search(page.plain):
            continue
        for row in rows:
            if row is page or row.words < 3 or row.words >= page.words:
                continue
            if page.key.startswith(f"{row.key} ") or page.key.endswith(f" {row.key}"):
                return page, row
    return None


def _is_motto(rows: Sequence[Row], told: Told) -> bool:
    """A line that speaks to the reader or of itself, above one that tells the story."""
    if rows[0].words > 9 or not chrome.is_addressed(rows[0]) or shared(rows[0], told):
        return False
    return any(shared(row, told) for row in rows[1:4])


def _is_imprint(rows: Sequence[Row], told: Told) -> bool:
    """A word, a colon and up to three words, "Editor: name", above a row that tells the story.

    Or a rubric with its number, "Statement No. 14", or the score of a side.
    """
    if rows[0].words <= 8 and _SCORE.search(rows[0].plain) and not rows[0].finished:
        return any(row.words >= 3 for row in rows[1:6])
    if rows[0].words <= 5 and rows[0].plain[-1].isdigit() and not shared(rows[0], told):
        return any(row.words >= 4 and not row.finished for row in rows[1:4])
    label, colon, value = rows[0].plain.partition(":")
    if not colon or not value or rows[0].words > 4 or len(label.split()) > 2:
        return False
    return not shared(rows[0], told) and any(shared(row, told) > 1 for row in rows[1:4])


def headlike(row: Row) -> bool:
    """Whether a row that ends like a sentence may be a headline: it asks or calls out."""
    return row.plain[-1] in "?؟!’”»'\""


def _is_section(rows: Sequence[Row], told: Told) -> bool:
    """Whether the first row names a place on the site: a headline that the story repeats follows.

    The name has up to three words. The story uses none of them, or one where it uses two or more
    of a longer line right below.
    """
    first, own = rows[0], shared(rows[0], told)
    if first.words > 3 or own > 1:
        return False
    if own:
        return rows[1].words >= 5 and shared(rows[1], told) >= 2
    return any(shared(row, told) for row in rows[1:4])


def _periodical(row: Row) -> str:
    first = labels.starts_with(row.plain, labels.PERIODICAL)
    return first or labels.ends_with(row.plain, labels.PERIODICAL)


def only_labels(above: Sequence[Row], left: Sequence[Row], told: Told, menu: int) -> bool:
    """Whether nothing above the story is a headline: short labels of which it uses no word.

    Three of them, or what is left of a menu after its doors were told, are a list of places on the
    site; which of them would be a headline nothing tells.
    """
    if len(left) < 2 or (len(above) < 3 and menu < 0):
        return False
    if len(left) > 2 and max(row.words for row in left) < 3:
        return all(shared(row, told) < 2 and not row.finished for row in left)
    return not any(row.words > 3 or row.finished or shared(row, told) for row in left)


def stands_for_lost(row: Row, rows: Sequence[Row], told: Told) -> bool:
    """Whether ``row`` names the site above the place where the headline was lost.

    That place is blank: more lines are, than between the paragraphs of the page. The story uses no
    word of the name, or it is the name of a periodical.
    """
    if row.words > 4 or shared(row, told):
        return False
    if _periodical(row):
        return True
    spaces = [below.number - above.number for above, below in pairwise(rows)]
    below = next((one.number for one in rows if one.number > row.number), row.number)
    return below - row.number >= 3 and min(spaces[1:], default=9) < 3


def shared(row: Row, told: Told) -> int:
    """How many words of ``row`` the story uses."""
    return told.shared(row)


def _weight(row: Row, told: Told) -> int:
    """How much ``row`` looks like the headline of what is told; words in quotation marks do."""
    return shared(row, told) + (2 if row.words > 3 and insets.is_quoted(row) else 0)


def nearest(head: Head, rows: Sequence[Row], left: list[Row], dated: set[int]) -> list[Row]:
    """Where no line tells the story: from the first of the long lines right above date or byline.

    Site, section and rubric stand above a headline; that guess is held for an editor.
    """
    marks = [row.number for row in rows if row.number in dated or row is head.byline_row]
    place = sum(row.number < min(marks, default=-1) for row in left) - 1
    if place < 1 or left[place].words < 3:
        return left
    while place and left[place - 1].words >= 4:
        place -= 1
    head.mastheads.extend(left[:place])
    head.unsure = head.unsure or place > 0
    return left[place:]


def below_title(head: Head, rows: Sequence[Row], page: Row, title: Row) -> list[Row]:
    """``rows`` from the headline, which is printed in the page's title as well, beside its site."""
    head.mastheads += [row for row in rows if row is page or row.number < title.number]
    return [row for row in rows if row is not page and row.number >= title.number]


def below_site(
    head: Head, rows: Sequence[Row], left: list[Row], told: Told, dated: set[int], menu: int
) -> list[Row]:
    """``left`` from the headline: without what names the site or lists places on it."""
    above, left = parted(left, told, menu)
    head.mastheads.extend(above)
    if len(left) > 1 and not any(shared(row, told) for row in left):
        left = nearest(head, rows, left, dated)
    if left and only_labels(rows, left, told, menu):
        head.mastheads.extend(left)
        return []
    return left
