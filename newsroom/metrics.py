"""How many requests were answered, how and how quickly, as Prometheus reads it.

The format is https://prometheus.io/docs/instrumenting/exposition_formats/ (version 0.0.4). Counts
are of all workers of one gunicorn together, and of those that are gone: they lie in memory that is
made before the workers are, where each has a row of its own.
"""

from __future__ import annotations

import mmap
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from threading import Lock
from typing import Any

from newsroom.logs import begin_request

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
ROWS = 64
"""More than workers that live at one time; the next takes over the row of one that is long gone."""
CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
BOUNDS = (0.001, 0.005, 0.025, 0.1, 0.5, 1.0, 2.5, 10.0)
"""Seconds: from a page out of memory to one that somebody gives up on."""
COLUMNS = len(CLASSES) + len(BOUNDS) + 2  # What took longer than all of them, and microseconds.

_counts = memoryview(mmap.mmap(-1, ROWS * COLUMNS * 8)).cast("Q")
_lock = Lock()
_first = 0


def take_row(number: int) -> None:
    """Count in a row of its own from now on: ``number`` rises with each worker."""
    global _first
    _first = number % ROWS * COLUMNS


def count(status: int, seconds: float) -> None:
    """Count an answer."""
    slower = bisect_left(BOUNDS, seconds)
    with _lock:
        _counts[_first + status // 100 - 1] += 1
        _counts[_first + len(CLASSES) + slower] += 1
        _counts[_first + COLUMNS - 1] += int(seconds * 1_000_000)


def exposition() -> str:
    """Return all counts, as Prometheus reads them."""
    return "\n".join(_lines(_sums())) + "\n"


def _sums() -> list[int]:
    return [sum(_counts[column::COLUMNS]) for column in range(COLUMNS)]


def _lines(sums: list[int]) -> Iterator[str]:
    yield "# HELP newsroom_requests_total Requests that were answered, by class of status."
    yield "# TYPE newsroom_requests_total counter"
    for name, number in zip(CLASSES, sums, strict=False):
        yield f'newsroom_requests_total{{status="{name}"}} {number}'
    yield "# HELP newsroom_request_seconds Seconds until an answer began."
    yield "# TYPE newsroom_request_seconds histogram"
    total = 0
    for bound, number in zip([*BOUNDS, "+Inf"], sums[len(CLASSES) : -1], strict=True):
        total += number
        yield f'newsroom_request_seconds_bucket{{le="{bound}"}} {total}'
    yield f"newsroom_request_seconds_sum {sums[-1] / 1_000_000}"
    yield f"newsroom_request_seconds_count {total}"


Application = Callable[..., Iterable[bytes]]


def observed(application: Application, *, counting: bool) -> Application:
    """Return a WSGI application (PEP 3333) that notes the id of each request, and counts it."""

    def identified(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        begin_request(environ)
        return application(environ, start_response)

    def counted(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        begin_request(environ)
        begun = time.perf_counter()

        def start(status: str, headers: Any, *exc_info: Any) -> Any:
            count(int(status[:3]), time.perf_counter() - begun)
            return start_response(status, headers, *exc_info)

        return application(environ, start)

    return counted if counting else identified
