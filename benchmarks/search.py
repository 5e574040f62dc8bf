"""Searching at several sizes of archive, beside the list of latest articles of the same run.

Each size is filled and measured in a process of its own: ``python -m benchmarks.search 100000``
prints seconds for each page as JSON, on the database that DATABASE_URL names.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.filling import begin, fill
from benchmarks.table import Row

ROOT = Path(__file__).parent.parent
FLOOR = "the latest list"
TYPED_TIMES = 30


def measure(folder: Path, few: int, many: int) -> Iterator[Row]:
    """Rows of the table: each page among many articles, against the list, and against few."""
    small, large = (_in_its_own_process(folder, size) for size in (few, many))
    for name, seconds in large.items():
        yield Row(
            f"{name}, {many:,} articles",
            f"{seconds * 1000:.1f} ms",
            f"{FLOOR}: {large[FLOOR] * 1000:.1f} ms; at {few:,}: {small[name] * 1000:.1f} ms",
            f"{seconds / large[FLOOR]:.2f}; {seconds / small[name]:.2f}",
            "none; 3",
        )


def _in_its_own_process(folder: Path, size: int) -> dict[str, float]:
    address = os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder / f'search-{size}.sqlite3'}")
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "benchmarks-sign-nothing",
    }
    command = [sys.executable, "-m", "benchmarks.search", str(size)]
    done = subprocess.run(  # noqa: S603  Its own interpreter.
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def main(size: int) -> None:
    import django

    django.setup()
    begin()
    fill(size)
    sys.stdout.write(json.dumps(dict(_pages(size))) + "\n")


def _pages(size: int) -> Iterator[tuple[str, float]]:
    from django.test import Client

    get = Client(HTTP_HOST="127.0.0.1").get
    deep = _deep(get)
    addresses = {
        FLOOR: "/en/latest/",
        "a common word (English)": "/en/search/?q=the",
        "a common word (Urdu)": "/ur/search/?q=کے",
        "a common word (Sindhi)": "/sd/search/?q=جي",
        "a rare word": "/en/search/?q=rareword",
        "no such word": "/en/search/?q=nothinglikethis",
        "a part of no word": "/en/search/?q=ingthe",
        "two letters of no word": "/en/search/?q=zq",
        "two words never together": "/en/search/?q=odd+even",
        "a word of the oldest tenth": "/en/search/?q=lately",
        "eight common words": "/en/search/?q=the+of+in+and+to+a+for+that",
        "the tenth page and beyond": f"/en/search/{deep}",
        "a common word of one year": "/en/search/?q=the&since=2010-01-01&until=2010-12-31",
    }
    for name, address in addresses.items():
        yield name, median(_seconds(get, address) for _time in range(TYPED_TIMES))


def _deep(get: Any) -> str:
    """The query string of the eleventh page, or of the last."""
    query = "?q=the"
    for _page in range(10):
        link = re.search(r'rel="next" href="([^"]+)"', get(f"/en/search/{query}").content.decode())
        query = unescape(link[1]) if link else query
    return query


def _seconds(get: Any, address: str) -> float:
    """Processor time; with another database, which spends its own, time by the clock."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    began = clock()
    assert get(address).status_code == 200  # noqa: S101  A fault would look quick.
    return clock() - began


if __name__ == "__main__":
    main(int(sys.argv[1]))
