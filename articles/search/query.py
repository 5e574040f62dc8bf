"""What a reader asks for: folded words to look up, and the very letters that were typed."""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cached_property

from articles.text.fold import fold
from articles.text.normal import normalise

MOST_WORDS = 8
LONGEST_WORD = 60
MOST_LETTERS = 1000
MOST_WAYS = 40
SHORTEST_PART = 3
"""Letters of the shortest part of a word that trigrams can find."""

Way = tuple[str, ...]
"""Folded words that an article must hold, all of them, in any order."""


_AROUND = string.punctuation + "،؛؟۔«»“”‘’…"
"""What stands beside a word and is no part of its spelling."""


@dataclass(frozen=True)
class Query:
    """``words`` are the search keys of what was typed, at most eight; what follows is left out.

    ``typed`` are the same words in the reader's letters, marks and all, as the article's language
    stores them, in lower case.
    """

    words: Way = ()
    typed: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str, language: str) -> Query:
        """Read anything at all. A text without a letter or digit makes an empty query."""
        text = text[:MOST_LETTERS]
        words = [word[:LONGEST_WORD] for word in fold(text).split()]
        typed = (
            word.strip(_AROUND)
            for word in normalise(text, language).lower().split()
            if fold(word).strip()
        )
        return cls(tuple(dict.fromkeys(words[:MOST_WORDS])), tuple(typed)[:MOST_WORDS])

    def __bool__(self) -> bool:
        return bool(self.words)

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The words as they are, and with any two neighbours written as one."""
        joined = (
            (*self.words[:n], self.words[n] + self.words[n + 1], *self.words[n + 2 :])
            for n in range(len(self.words) - 1)
        )
        return (self.words, *joined)

    @cached_property
    def apart(self) -> tuple[tuple[Way, str], ...]:
        """The words with one of them written as two, each with the two as they must stand."""
        found = [
            (self.words[:n], (word[:cut], word[cut:]), self.words[n + 1 :])
            for n, word in enumerate(self.words)
            for cut in range(1, len(word))
        ]
        return tuple(
            ((*before, *parts, *after), " ".join(parts))
            for before, parts, after in found[:MOST_WAYS]
        )

    @property
    def is_short(self) -> bool:
        """Whether no word is long enough to be found by a part of it."""
        return all(len(word) < SHORTEST_PART for word in self.words)

    @property
    def long_words(self) -> Way:
        return tuple(word for word in self.words if len(word) >= SHORTEST_PART)
