"""Who wrote a story, where no line says so by itself: posts, members, notes on authors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from articles.text.fold import fold

from . import chrome, insets, labels
from .mastheads import Told, shared
from .rows import Row

if TYPE_CHECKING:
    from .headings import Head
    from .page import Page

_WRITERS = "by|author|written by|posted by|reported by|تحریر|مصنف|از|ليکڪ|تحرير|پاران|لکندڙ".split(
    "|"
)
"""Labels that can only stand in front of an author's name."""
_PARTICLES = frozenset("of the and de da van von bin bint al ul ur e in for with".split())
_NAME_MARKS = " \t\u00a0۔.…،,:;؍|–—-"


def member_of(above: Sequence[Row]) -> Row | None:
    """The row among ``above`` that opens a member's profile, as a forum prints it by his words.

    The profile is a run of labels down to one that says when he joined.
    """
    place = next(iter([n for n, row in enumerate(above) if _joined(row)]), 0)
    start = place
    while start and above[start - 1].number == above[start].number - 1 and _fits(above[start - 1]):
        start -= 1
    return above[start] if start < place else None


def _joined(row: Row) -> bool:
    if row.words > 5 or ":" not in row.plain:
        return False
    return labels.same(row.plain.partition(":")[0], labels.JOINED)


def _fits(row: Row) -> bool:
    return row.words <= 3 and not row.finished and not any(map(str.isdigit, row.plain))


def take_author(
    head: Head, author: Row | None, rows: Sequence[Row], body: Sequence[Row], *, noted: bool
) -> None:
    """Make ``author`` the byline: the row whose name a note at the end of the story explains.

    Where a note explains no name (``noted``), a name of two to four words stands next to the
    headline: the story uses none of its words.
    """
    if head.byline or not head.headline or not (author or noted):
        return
    near = [*head.mastheads[-1:], *head.decks[:1], *head.labels[:1]]
    told = Told(body)
    for row in rows:
        fits = row is author or (noted and row in near and is_name(row) and not shared(row, told))
        if fits and row is not head.headline:
            head.byline, head.byline_row = row.plain.strip(_NAME_MARKS), row
            head.mastheads = [one for one in head.mastheads if one is not row]
            head.decks = [one for one in head.decks if one is not row]
            head.labels = [one for one in head.labels if one is not row]
            return


def take_name(head: Head, told: Told) -> None:
    """A person's name right above a post is the byline, and the post is only his."""
    post = head.byline_row
    if post is None or not labels.names_role(post.plain):
        return
    found = [*head.decks, *head.labels]
    name = next((row for row in found if row.number == post.number - 1), None)
    if name and name.words <= 3 and is_name(name) and not shared(name, told):
        head.mastheads.append(post)
        head.byline, head.byline_row = name.plain, name
        head.decks = [row for row in head.decks if row is not name]
        head.labels = [row for row in head.labels if row is not name]


def labelled(rows: Sequence[Row], dated: set[int]) -> tuple[Row, Row] | None:
    """A label for the author on a line of its own, and the row below with the name."""
    for label, name in pairwise(rows):
        if label.words <= 2 and label.key in _writers() and name.number not in dated:
            return (label, name) if name.words <= 4 and not name.finished else None
    return None


@lru_cache(maxsize=1)
def _writers() -> frozenset[str]:
    return frozenset(map(labels.key, _WRITERS))


def alone(row: Row) -> str:
    """The name that ``row`` holds beside marks, a bar with the site, or a button behind it."""
    text = row.plain.partition("|")[0].strip(_NAME_MARKS)
    while text and (button := labels.ends_with(text, chrome.CONTROLS)):
        text = " ".join(text.split()[: -len(button.split())])
    return text if names_one(text) else ""


def opens_large(text: str) -> bool:
    """Whether the words of a Latin name open large, particles within it apart."""
    words = text.split()
    outer = words[:1] + words[-1:]
    return all(not word[0].islower() for word in outer) and all(
        not word[0].islower() or word in _PARTICLES for word in words
    )


def is_name(row: Row) -> bool:
    """Whether ``row`` is two to four words of letters, as a person's name is."""
    return row.words <= 4 and names_one(row.plain)


def names_one(text: str) -> bool:
    """Whether ``text`` is two to four words of letters."""
    words = text.replace(".", " ").replace("'", "").split()
    return 2 <= len(words) <= 4 and all(fold(word).replace(" ", "").isalpha() for word in words)


def without_post(author: str) -> str:
    """A person's name without the post that a comma sets behind it."""
    name, _, post = author.replace("،", ",").partition(",")
    return name.strip() if " " in name and labels.names_role(post) else author


def presented(
    page: Page, above: Sequence[Row], body: list[Row], byline_of: Callable[[Row], str]
) -> Row | None:
    """The row above the story that names who wrote it, as told by a profile or a note on him.

    The note stands below the story and opens with the name; it is taken off ``body``.
    """
    if member := member_of(above):
        return member
    if len(body) < 3 or not above:
        return None
    below = " ".join([row.plain for row in body[-5:] if row.words <= insets.NOTE])
    for row in above if below else ():
        if row.words > 9 or row.plain.rpartition(" ")[2] not in below:
            continue
        name = byline_of(row) or row.plain
        if not 2 <= len(name.split()) <= 4:
            continue
        start = insets.note_start(body, name)
        if start:
            for note in body[start:]:
                page.ledger.drop(note, "note on the author")
            del body[start:]
            return row
    return None


def without_label(head: Head, rows: Sequence[Row], dated: set[int]) -> Sequence[Row]:
    """``rows`` without an author who stands below a label of his own."""
    pair = labelled(rows, dated)
    if not pair:
        return rows
    head.mastheads.append(pair[0])
    head.byline, head.byline_row = pair[1].plain.strip(_NAME_MARKS), pair[1]
    return [row for row in rows if row not in pair]
