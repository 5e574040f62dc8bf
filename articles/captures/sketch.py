"""How alike two texts are, from a few numbers kept of each: a bottom-k sketch of word 5-grams.

The share of equal numbers among the 64 lowest hashes of two texts together estimates the Jaccard
similarity of their shingles (Broder 1997; Cohen and Kaplan 2007) within about 0.06.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, repeat

Sketch = tuple[int, ...]
"""At most SIZE distinct numbers below 2**63, lowest first; empty for a text without words."""

SIZE = 64
SHINGLE = 5
BANDS = 6
"""Numbers by which a sketch is looked up. Texts alike by s share one with 1 - (1 - s)**6: 0.95 of
those alike by 0.4, 0.99994 of those alike by 0.8."""
DUPLICATE, VARIANT, UNRELATED = 0.8, 0.4, 0.1
"""Measured on texts of 300 words: 1 % of the words changed leaves 0.91, 5 % 0.65, 10 % 0.44; two
reports of one event, written apart, share less than 0.05."""

_LIMIT = 2**63 - 1  # A signed column holds it.
_FACTOR = 0x5851F42D4C957F2D  # Knuth's MMIX multiplier: odd, so that no bit of a word is lost.
_HIGHEST = pow(_FACTOR, SHINGLE, _LIMIT + 1)


def sketch(words: Sequence[str], language: str) -> Sketch:
    """The sketch of a text's folded ``words``. Texts of two languages share no number by rule."""
    numbers = list(map(_number, words))
    salt = _number(f"\n{language}")  # A word holds no newline.
    values = []
    value = 0
    for number, left in zip(numbers, chain(repeat(0, SHINGLE), numbers), strict=False):
        value = (value * _FACTOR + number - left * _HIGHEST) & _LIMIT
        values.append(value)
    shingles = values[SHINGLE - 1 :] or values[-1:]
    return tuple(sorted({(value + salt) & _LIMIT for value in shingles})[:SIZE])


def similarity(one: Sketch, other: Sketch) -> float:
    """An estimate of the Jaccard similarity of two texts, from 0 to 1."""
    both = set(one).intersection(other)
    lowest = list(dict.fromkeys(sorted(one + other)))[:SIZE]  # Two sorted runs are merged.
    return len(both.intersection(lowest)) / len(lowest) if both else 0.0


def bands(numbers: Sketch) -> tuple[int | None, ...]:
    """The lowest number of each of BANDS classes, None for an empty class: keys of a lookup."""
    lowest = {number % BANDS: number for number in reversed(numbers)}
    return tuple(map(lowest.get, range(BANDS)))


def pack(numbers: Sketch) -> bytes:
    """A sketch as bytes: 8 for each number, little-endian."""
    return struct.pack(f"<{len(numbers)}Q", *numbers)


def unpack(data: bytes) -> Sketch:
    """The sketch that ``pack`` has packed."""
    return struct.unpack(f"<{len(data) // 8}Q", data)


@lru_cache(maxsize=16_384)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest()) & _LIMIT
