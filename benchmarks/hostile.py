"""What it costs to read text that was made to be slow: ``python -m benchmarks.hostile``.

Each shape is read at a size and at four times that size. The cost of a byte must stay the same: the
ratio is near 1 where time grows with length and no faster, and near 4 where it grows with the
square. Timing is processor time, so that a busy machine does not look like a slow rule.
Arguments are names, or parts of names, of the shapes to measure; SIZE is the smaller size in bytes.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from statistics import median
from typing import NamedTuple

from articles.captures import account, read, segment
from articles.captures.formats import documents
from benchmarks.markup import DOCUMENTS
from benchmarks.shapes import TEXTS, Shape
from benchmarks.table import Row, show

SIZE = 250_000
GROWTH = 4
RUNS = 3
FASTEST = 0.05
"""Processor seconds under which a measurement is repeated, since the clock is coarse."""


class Growth(NamedTuple):
    """Processor seconds for a byte of a shape, at a size and at ``GROWTH`` times as many bytes."""

    name: str
    small: float
    large: float

    @property
    def ratio(self) -> float:
        """How much dearer a byte is in the larger text."""
        return self.large / self.small


def main(arguments: Sequence[str]) -> int:
    """Print a row for each shape, the worst first."""
    size = int(os.environ.get("SIZE", SIZE))
    show(measure(size, int(os.environ.get("RUNS", RUNS)), arguments))
    return 0


def measure(size: int, runs: int, wanted: Sequence[str] = ()) -> list[Row]:
    """Rows of the table, the worst growth first: a byte's cost at ``size`` and at four times it."""
    grown = [
        Growth(name, *(_cost(shape(size * times), runs, work) for times in (1, GROWTH)))
        for shapes, work in ((TEXTS, _read_text), (DOCUMENTS, _read_document))
        for name, shape in _chosen(shapes, wanted)
    ]
    return [_row(one) for one in sorted(grown, key=lambda one: one.ratio, reverse=True)]


def _row(one: Growth) -> Row:
    return Row(
        f"hostile: {one.name}",
        f"{one.large * 1e9:,.0f} ns a byte",
        f"at a quarter of the size: {one.small * 1e9:,.0f} ns a byte",
        f"{one.ratio:.2f}",
        "1",
    )


def _chosen(shapes: Mapping[str, Shape], wanted: Sequence[str]) -> Iterator[tuple[str, Shape]]:
    for name, shape in shapes.items():
        if not wanted or any(part in name for part in wanted):
            yield name, shape


def _cost(raw: bytes, runs: int, work: Callable[[bytes], object]) -> float:
    return median(_seconds(raw, work) for _run in range(runs)) / len(raw)


def _seconds(raw: bytes, work: Callable[[bytes], object]) -> float:
    gc.collect()
    began = time.process_time()
    for done in count(1):
        work(raw)
        spent = time.process_time() - began
        if spent >= FASTEST:
            return spent / done
    raise AssertionError


def _read_text(raw: bytes) -> None:
    capture = read(raw)
    account(segment(capture), capture)


def _read_document(raw: bytes) -> None:
    for document in documents(raw, name="hostile"):
        document.parse()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
