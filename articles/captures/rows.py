"""A printed row: one line of a capture with the facts about its shape that all rules share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from articles.text.fold import fold
from articles.text.normal import is_settled, normalise

from . import labels
from .draft import Span
from .reading import Capture, Line

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\ufeff]"
)
"""Characters that print nothing and mean nothing here; the joiners ZWJ and ZWNJ are kept."""

_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_FINISHED = re.compile(r"""[.!?۔؟…:;؛][\])}"”“’‘»›']*\Z""")
_ENDS = frozenset(".!?۔؟…:;؛")
_CLOSING = frozenset("])}\"”“’‘»›'")
_LOWER = re.compile(r"[\W_]*[a-z]")
_BREAKING = "\u00a0"
SAMPLE = 2_000
"""Characters that are enough to tell a text's language."""
LONG = 20
"""Words from which a row is prose, whatever it ends with."""
SHORT = 140
"""Characters up to which a row that ends no sentence is no prose."""
KEPT = 4096
"""Texts of short rows of which a process keeps what rules say."""
Rule = TypeVar("Rule", bound=Callable[..., Any])


_Measured = tuple[int, str, str, int, bool, bool, bool, dict[Hashable, Any] | None]
"""What a row's characters say alone: how many white ones stand in front, then as in :class:`Row`:
``text``, ``plain``, ``words``, ``finished``, ``prose``, ``neat`` and ``told``.
"""


@dataclass(slots=True, eq=False)
class Row:
    """The printed part of a line, characters ``start`` to ``stop`` of ``line.text``.

    ``text`` is that part as decoded, with its own white space. ``plain`` is what a reader sees: no
        invisible characters, presentation forms as letters, marks composed (NFC), white space as
        single spaces; its words are counted in ``words``.
    ``finished`` says that it ends the way a sentence ends, ``prose`` that it reads as part of a
        story and not as a heading or a label, ``after_blank`` that nothing is printed right above.
    ``neat`` says that ``text`` holds single spaces and no character that is not printed.
    ``told`` keeps what rules say of its text (:func:`told_once`), for a row that is no prose
        together with all other printings of that text.
    ``year`` says that it may hold a year, ``role`` what its first date dates: both are told once
        the page's dates are read.
    """

    line: Line
    number: int
    after_blank: bool
    start: int
    stop: int
    text: str
    plain: str
    words: int
    finished: bool
    prose: bool
    neat: bool
    told: dict[Hashable, Any] | None
    role: str = ""
    year: bool = False
    _key: str | None = None

    @property
    def key(self) -> str:
        """Equal for two printings of one line, however spelt and spaced."""
        if self._key is None:
            self._key = labels.key(self.plain) if self.words < LONG else fold(self.plain)
        return self._key

    @property
    def span(self) -> Span:
        """The bytes of the printed part."""
        line = self.line
        if not self.start and self.stop == len(line.text):
            return line.start, line.end
        return line.offset(self.start), line.offset(self.stop)

    @property
    def opens_low(self) -> bool:
        """Whether it starts with a small Latin letter, as the middle of a sentence does."""
        return bool(_LOWER.match(self.plain))

    @property
    def joined_above(self) -> bool:
        """Whether the line starts with a no-break space, as text after a lost link does."""
        return self.line.text[: self.start].find(_BREAKING) >= 0

    @property
    def joined_below(self) -> bool:
        """Whether the line ends with a no-break space, as text before a lost link does."""
        return self.line.text[self.stop :].find(_BREAKING) >= 0

    @property
    def hangs(self) -> bool:
        """Whether white space follows on the line."""
        return self.stop < len(self.line.text)

    @property
    def indented(self) -> bool:
        """Whether white space stands in front on the line."""
        return self.start > 0

    def place_of(self, index: int) -> int:
        """The character of the line at which character ``index`` of ``plain`` is printed."""
        if self.plain == self.text:
            return self.start + index
        ahead = _bases(self.plain[:index])
        place, text = self.start, self.line.text
        while place < self.stop and (ahead > 0 or not _bases(text[place])):
            ahead -= _bases(text[place])
            place += 1
        return place

    def cut(self, start: int, stop: int | None = None) -> Row:
        """The part of this row from character ``start`` of the line, white space trimmed."""
        return row(self.line, self.number, self.after_blank, start, stop or self.stop)


def _bases(text: str) -> int:
    """How many printed letters ``text`` holds, marks on them not counted."""
    return sum(not char.isspace() and not unicodedata.combining(char) for char in _plain(text))


def _plain(part: str) -> str:
    if is_settled(part):
        return part
    part = INVISIBLE.sub("", part)
    if _FORMS.search(part) or not unicodedata.is_normalized("NFC", part):
        part = normalise(part, "und")
    return part


def row(line: Line, number: int, after_blank: bool, start: int, stop: int) -> Row:
    """Measure the printed part of ``line`` between two characters."""
    found = _measured(line.text[start:stop])
    first = start + found[0]
    return Row(line, number, after_blank, first, first + len(found[1]), *found[1:])


def _measured(part: str, clean: bool = False) -> _Measured:
    """``clean`` says that letters are known to be composed and no presentation forms."""
    text = plain = part.strip()
    neat = "  " not in text and text.isprintable()
    if not (neat and (clean or text.isascii() or is_settled(text))):
        plain = " ".join(_plain(plain).split())
    words = plain.count(" ") + 1 if plain else 0
    end = plain[-1:]
    finished = end in _ENDS or (end in _CLOSING and bool(_FINISHED.search(plain[-6:])))
    prose = words >= LONG or (finished and words >= 8) or len(plain) > SHORT
    lead = 0 if text == part else len(part) - len(part.lstrip())
    return lead, text, plain, words, finished, prose, neat, None if prose else {}


_measured_once = lru_cache(maxsize=KEPT)(_measured)


def told_once(rule: Rule) -> Rule:
    """``rule``, asked once of a row, and of a text that sites print again and again: of labels,
    names and dates.

    It must depend on nothing but the row's text and what else it is given, which is hashed, and
    give what nobody changes.
    """

    @wraps(rule)
    def told(row: Row, *given: Hashable) -> object:
        known = row.told
        if known is None:
            known = row.told = {}
        key = (rule, given) if given else rule
        if key in known:
            return known[key]
        known[key] = answer = rule(row, *given)
        return answer

    return cast(Rule, told)


def rows(capture: Capture, text: str) -> Iterator[Row]:
    """The rows of ``capture``, whose text is ``text``, that print something, in order."""
    after_blank = True
    clean = is_settled(text) or (not _FORMS.search(text) and unicodedata.is_normalized("NFC", text))
    for number, line in enumerate(capture.lines):
        text = line.text
        if not text or text.isspace():
            after_blank = True
            continue
        found = _measured_once(text) if len(text) <= SHORT else _measured(text, clean)
        if found[2]:
            lead = found[0]
            yield Row(line, number, after_blank, lead, lead + len(found[1]), *found[1:])
        after_blank = not found[2]


def without_repeated_space(text: str) -> str:
    """``text`` with each run of white space, no-break spaces included, as one space."""
    if "  " in text or text[:1] == " " or text[-1:] == " " or not text.isprintable():
        return " ".join(text.split())
    return text
