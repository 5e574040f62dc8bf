"""A printed row: one line of a capture with the facts about its shape that all rules share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from articles.text.fold import fold
from articles.text.normal import is_settled, normalise

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


@dataclass(slots=True)
class Row:
    """The printed part of a line, characters ``start`` to ``stop`` of ``line.text``.

    ``plain`` is what a reader sees: no invisible characters, presentation forms as letters, marks
        composed (NFC), white space as single spaces; its words are counted in ``words``.
    ``after_blank`` says that nothing is printed right above. ``finished`` says that it ends the way
    a sentence ends, ``prose`` that it reads as part of a story and not as a heading or a label.
    """

    line: Line
    number: int
    start: int
    stop: int
    plain: str
    words: int
    after_blank: bool
    finished: bool
    prose: bool
    _key: str | None = None

    @property
    def key(self) -> str:
        """Equal for two printings of one line, however spelt and spaced."""
        if self._key is None:
            self._key = fold(self.plain)
        return self._key

    @property
    def span(self) -> Span:
        """The bytes of the printed part."""
        line = self.line
        if not self.start and self.stop == len(line.text):
            return line.start, line.end
        return line.offset(self.start), line.offset(self.stop)

    @property
    def text(self) -> str:
        """The printed part as decoded, with its own white space."""
        return self.line.text[self.start : self.stop]

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


def row(
    line: Line, number: int, after_blank: bool, start: int = 0, stop: int = -1, clean: bool = False
) -> Row:
    """Measure the printed part of ``line`` between two characters.

    ``clean`` says that its letters are known to be composed and no presentation forms.
    """
    text = line.text if stop < 0 else line.text[:stop]
    part = text[start:]
    plain = part.strip()
    first, last = start, len(text)
    if plain != part:
        first += len(part) - len(part.lstrip())
        last = max(first, last - len(part) + len(part.rstrip()))
    if "  " in plain or not plain.isprintable() or not (clean or plain.isascii()):
        plain = " ".join(_plain(plain).split())
    count = plain.count(" ") + 1 if plain else 0
    end = plain[-1:]
    finished = end in _ENDS or (end in _CLOSING and bool(_FINISHED.search(plain[-6:])))
    prose = count >= LONG or (finished and count >= 8) or len(plain) > 140
    return Row(line, number, first, last, plain, count, after_blank, finished, prose)


def rows(capture: Capture) -> Iterator[Row]:
    """The rows of ``capture`` that print something, in order."""
    after_blank = True
    text = capture.text
    clean = is_settled(text) or (not _FORMS.search(text) and unicodedata.is_normalized("NFC", text))
    for number, line in enumerate(capture.lines):
        text = line.text
        if not text or text.isspace():
            after_blank = True
            continue
        found = row(line, number, after_blank, 0, -1, clean)
        after_blank = not found.words
        if found.words:
            yield found


def without_repeated_space(text: str) -> str:
    """``text`` with each run of white space, no-break spaces included, as one space."""
    if "  " in text or text[:1] == " " or text[-1:] == " " or not text.isprintable():
        return " ".join(text.split())
    return text
