"""What differs between two texts, told word by word.

A word is what stands between spaces and punctuation (Unicode category P). Letters keep their marks
and joiners, and the Sindhi words ۽ and ۾, which Unicode counts among symbols, are words: nothing of
any script is torn. Of HTML, tags are compared too, so that no change of a link goes unseen.
"""

from __future__ import annotations

import html as entities
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

Kind = Literal["kept", "removed", "added"]

LARGEST_BLOCK = 4_000_000
"""Comparisons of two words that one stretch may cost; a larger one is replaced whole."""

_TAG = re.compile(r"(<[^<>]+>)")
_BLOCK = re.compile(r"</?(?:p|h[2-4]|ul|ol|blockquote|hr|pre|br|li)(?:\s[^<>]*)?/?>")
_WORD = re.compile(r"\s+|\S+")


class Difference(NamedTuple):
    """A stretch of text that both have, or that only the earlier or only the later one has."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> list[Difference]:
    """What became of the plain text ``before`` in ``after``, in reading order.

    The kept and removed stretches together are ``before``, the kept and added ones ``after``.
    """
    return _joined(_compared(list(_words(before)), list(_words(after))))


def html_differences(before: str, after: str) -> list[Difference]:
    """The same for HTML as ``articles.text.html.clean`` returns it, told as text.

    The edges of blocks are blank lines and line breaks are newlines. A tag inside a paragraph is
    shown, as it is written, only where it changed.
    """
    changes = _compared(list(_html_words(before)), list(_html_words(after)))
    shown = (change for change in changes if change.kind != "kept" or not _is_tag(change.text))
    return _joined(shown)


def _words(text: str) -> Iterator[str]:
    for run in _WORD.findall(text):
        if run.isspace():
            yield run
        else:
            yield from ("".join(part) for _key, part in groupby(run, key=_piece_of))


def _piece_of(character: str) -> str:
    """Letters belong together; each sign of punctuation stands by itself or beside its like."""
    return character if unicodedata.category(character)[0] == "P" else ""


def _html_words(html: str) -> Iterator[str]:
    for piece in _TAG.split(_line_of_blocks(html)):
        if _is_tag(piece):
            yield piece
        elif piece:
            yield from _never_tags(_words(entities.unescape(piece)))


def _never_tags(words: Iterable[str]) -> Iterator[str]:
    """Words that only look like a tag are told in two."""
    for word in words:
        yield from (word[:1], word[1:]) if _is_tag(word) else (word,)


def _line_of_blocks(html: str) -> str:
    """Blank lines in place of the tags of blocks, and newlines in place of breaks."""
    spaced = re.sub(r"<br\s*/?>|<li(?:\s[^<>]*)?>", "\n", html)
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", _BLOCK.sub("\n\n", spaced)).strip()


def _is_tag(piece: str) -> bool:
    return piece.startswith("<") and piece.endswith(">") and len(piece) > 2


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    """First what begins and ends alike, then whole lines, then words: long texts stay quick."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    yield from _as("kept", before[:start])
    middle = (before[start : len(before) - end], after[start : len(after) - end])
    for old, new in _by_lines(*middle):
        yield from _by_words(old, new)
    yield from _as("kept", before[len(before) - end :] if end else ())


def _alike(before: Sequence[str], after: Sequence[str]) -> int:
    shortest = min(len(before), len(after))
    return next((i for i in range(shortest) if before[i] != after[i]), shortest)


def _by_lines(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Pairs of stretches to be compared, parted at lines that both texts have."""
    old, new = _lines(before), _lines(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield _flat(old[i1:i2]), _flat(new[j1:j2])


def _lines(words: Sequence[str]) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = []
    line: list[str] = []
    for word in words:
        line.append(word)
        if "\n" in word:
            lines.append(tuple(line))
            line = []
    return [*lines, tuple(line)] if line else lines


def _flat(lines: Iterable[tuple[str, ...]]) -> list[str]:
    return [word for line in lines for word in line]


def _by_words(before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    if len(before) * len(after) > LARGEST_BLOCK and before != after:
        yield from _as("removed", before)
        yield from _as("added", after)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from _as("kept", before[i1:i2])
        else:
            yield from _as("removed", before[i1:i2])
            yield from _as("added", after[j1:j2])


def _as(kind: Kind, words: Iterable[str]) -> Iterator[Difference]:
    return (Difference(kind, word) for word in words)


def _joined(changes: Iterable[Difference]) -> list[Difference]:
    return [
        Difference(kind, "".join(change.text for change in run))
        for kind, run in groupby(changes, key=lambda change: change.kind)
    ]
