"""Where the words that a reader asked for stand in a text, as it is written."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from articles.text.fold import fold
from articles.text.normal import MARKS

SHORTEST_PART = 3
"""Letters from which a part of a word is sought anywhere in it; a shorter one only begins words."""
BEFORE, AFTER = 8, 22
"""Words of a snippet before its first hit and from it on."""

# An endless word is looked at in parts: what is remembered of it stays small.
_CHUNK = re.compile(r"\S{1,200}")
_IN_WORD = rf"[\w{MARKS}]"


@dataclass(frozen=True)
class Sought:
    """Search keys: ``phrases`` are words that stand together, ``parts`` parts of one word."""

    phrases: frozenset[tuple[str, ...]] = frozenset()
    parts: tuple[str, ...] = ()


class Span(NamedTuple):
    """A part ``text[start:end]`` of a text."""

    start: int
    end: int


class Word(NamedTuple):
    """A word with its search key; its span ends with the marks that belong to its last letter."""

    start: int
    end: int
    key: str


def holds(word: str, part: str) -> bool:
    """Whether a folded word holds a part of a word; a short part must be its beginning."""
    return part in word if len(part) >= SHORTEST_PART else word.startswith(part)


def stands_in(text: str, words: Sequence[str]) -> bool:
    """Whether every word stands in the text by itself, letter for letter and mark for mark."""
    return all(
        word in text and re.search(rf"(?<!{_IN_WORD}){re.escape(word)}(?!{_IN_WORD})", text)
        for word in words
    )


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text in the order of ``fold``, each with its place in the original.

    A word that ``fold`` takes apart at a sign (a hyphen, a Sindhi ۽) is several.
    """
    for chunk in _CHUNK.finditer(text):
        for start, end, key in _words_in(chunk[0]):
            yield Word(chunk.start() + start, chunk.start() + end, key)


def spans(text: str, sought: Sought) -> Iterator[Span]:
    """Yield the places of what is sought, in order and apart from one another.

    Only whole words are marked, with all their marks: a mark that begins between two letters that
    are joined would part them.
    """
    firsts: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sought.phrases:
        firsts.setdefault(phrase[0], []).append(phrase)
    reach = max(map(len, sought.phrases), default=1)
    words, ahead = words_of(text), list[Word]()
    for word in words:
        ahead += [word, *islice(words, reach - len(ahead) - 1)]
        while len(ahead) >= reach:
            yield from _first_hit(ahead, firsts, sought.parts)
    while ahead:
        yield from _first_hit(ahead, firsts, sought.parts)


def _first_hit(
    ahead: list[Word], firsts: Mapping[str, Sequence[tuple[str, ...]]], parts: Sequence[str]
) -> Iterator[Span]:
    """Yield the hit that begins with the first of the words, if one does, and drop its words."""
    first = ahead[0]
    length = _longest(ahead, firsts[first.key]) if first.key in firsts else 0
    if not length and any(holds(first.key, part) for part in parts):
        length = 1
    if length:
        yield Span(first.start, ahead[length - 1].end)
    del ahead[: length or 1]


def snippet(text: str, sought: Sought) -> tuple[str, list[Span]]:
    """Return the words around the first hit in a text, and the places of all hits in them.

    ``…`` says at either end that the text goes on. Without a hit, the text's beginning. What comes
    after the snippet is not looked at.
    """
    first = next(spans(text, sought), Span(0, 0)).start
    before: deque[re.Match[str]] = deque(maxlen=BEFORE)
    chunks = _CHUNK.finditer(text)
    for chunk in chunks:
        if chunk.end() > first:
            kept = [*before, chunk, *islice(chunks, AFTER - 1)]
            return _cut(text, kept[0].start(), kept[-1].end(), sought)
        before.append(chunk)
    return "", []


def _cut(text: str, start: int, end: int, sought: Sought) -> tuple[str, list[Span]]:
    opening = "…" if text[:start].strip() else ""
    closing = "…" if text[end:].strip() else ""
    words = f"{opening}{text[start:end]}{closing}"
    return words, list(spans(words, sought))


def _longest(words: Sequence[Word], phrases: Sequence[tuple[str, ...]]) -> int:
    """How many of the words are the longest phrase that they begin with, or 0."""
    here = [
        len(phrase)
        for phrase in phrases
        if phrase == tuple(word.key for word in words[: len(phrase)])
    ]
    return max(here, default=0)


@lru_cache(maxsize=20_000)
def _words_in(chunk: str) -> tuple[Word, ...]:
    """The words of a text without spaces, each character folded by itself to know its place."""
    found: list[Word] = []
    is_open = False
    for place, character in enumerate(chunk):
        for letter in _key(character):
            if letter == " ":
                is_open = False
            elif is_open:
                found[-1] = found[-1]._replace(end=place + 1, key=found[-1].key + letter)
            else:
                found.append(Word(place, place + 1, letter))
                is_open = True
        if not _key(character) and found and found[-1].end == place:
            found[-1] = found[-1]._replace(end=place + 1)
    return tuple(word._replace(key=fold(word.key)) for word in found)


@lru_cache(maxsize=4096)
def _key(character: str) -> str:
    """What ``fold`` makes of a character within a word: letters, spaces, or nothing for a mark."""
    return fold(f"a{character}a")[1:-1]
