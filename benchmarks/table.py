"""The one table in which every figure is printed and kept."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """One figure: what was measured, its floor in the same run, their ratio, and what is asked."""

    what: str
    measured: str
    floor: str
    ratio: str
    asked: str


def show(rows: Iterable[Row]) -> None:
    """Print ``rows`` as a table of Markdown, each as soon as it is there."""
    for row in (Row("what", "measured", "floor", "ratio", "asked"), Row(*["---"] * 5)):
        _write(row)
    for row in rows:
        _write(row)


def _write(row: Row) -> None:
    sys.stdout.write(f"| {' | '.join(row)} |\n")
    sys.stdout.flush()
