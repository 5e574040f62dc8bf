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


def measure(runs: int) -> Iterator[Row]:
    """One row of the table: reading and segmenting FILES captures against the floor."""
    with tempfile.TemporaryDirectory() as name:
        make(Path(name), FILES)
        paths = sorted(Path(name).rglob("*.txt"))
        floor = median(_seconds(_floor, paths) for _ in range(runs))
        parse = median(_seconds(_parse, paths) for _ in range(runs))
    yield Row(
        f"parsing {FILES:,} captures",
        f"{parse / FILES * 1e6:,.0f} µs each",
        f"read, sha256, decode, NFC, split: {floor / FILES * 1e6:,.0f} µs each",
        f"1/{parse / floor:.0f}",
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
