"""Measure reading and loading captures, searching, pictures, and the lists of the desk: ``python
-m benchmarks``, or ``make bench``.

Every figure is a ratio to a floor that is measured in the same run on the same machine, and the
median of several runs. Sizes come from the environment: CAPTURES, RUNS, and MEMORY, SEARCH and
DESK (two counts each).
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import desk, loading, parsing, pictures, search
from benchmarks.table import Row, show


def main() -> int:
    """Print the table. It is kept, as measured, in ``benchmarks/README.md``."""
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        show(measure(Path(folder)))
    return 0


def measure(folder: Path) -> Iterator[Row]:
    """The rows of the table, each as soon as it is measured."""
    captures = int(os.environ.get("CAPTURES", "20000"))
    runs = int(os.environ.get("RUNS", "3"))
    small, large = map(int, os.environ.get("MEMORY", "10000,100000").split(","))
    few, many = map(int, os.environ.get("SEARCH", "1000,100000").split(","))
    yield from parsing.measure()
    yield from loading.measure(folder, captures, runs)
    yield from loading.measure_memory(folder, small, large)
    yield from search.measure(folder, few, many)
    yield from pictures.measure(folder)
    few, many = map(int, os.environ.get("DESK", "1000,100000").split(","))
    yield from desk.measure(folder, few, many)


if __name__ == "__main__":
    sys.exit(main())
