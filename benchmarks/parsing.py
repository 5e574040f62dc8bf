"""Reading a capture against the least that any reading of text must do."""

from __future__ import annotations

import hashlib
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from articles.captures import read, segment
from benchmarks.synthetic import make
from benchmarks.table import Row

FILES = 1000
PORTIONS = 7


def measure() -> Iterator[Row]:
    """One row of the table: reading and segmenting FILES captures against the floor.

    The middle of PORTIONS, by turns with the floor. Each portion has captures of its own, because
    the reader keeps what it has found of short lines, and an archive repeats lines but no capture.
    """
    with tempfile.TemporaryDirectory() as name:
        make(Path(name), FILES * PORTIONS)
        paths = sorted(Path(name).rglob("*.txt"))
        portions = [paths[start : start + FILES] for start in range(0, len(paths), FILES)]
        times = [(_seconds(_floor, portion), _seconds(_parse, portion)) for portion in portions]
    floor, parse = (median(column) for column in zip(*times, strict=True))
    yield Row(
        f"parsing {FILES:,} captures",
        f"{parse / FILES * 1e6:,.0f} µs each",
        f"read, sha256, decode, NFC, split: {floor / FILES * 1e6:,.0f} µs each",
        f"1/{median(parse / floor for floor, parse in times):.0f}",
        "1/20",
    )


def _seconds(work: Callable[[Path], object], paths: Sequence[Path]) -> float:
    began = time.process_time()
    for path in paths:
        work(path)
    return time.process_time() - began


def _floor(path: Path) -> object:
    raw = path.read_bytes()
    hashlib.sha256(raw).hexdigest()
    return unicodedata.normalize("NFC", raw.decode("utf-8", "replace")).split("\n")


def _parse(path: Path) -> object:
    return segment(read(path.read_bytes(), filename=path.name))
