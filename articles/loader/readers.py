"""Reading is most of the work of a load and needs no database: let every processor do some."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import articles
from articles.captures.work import Job, Work, work

ROOT = Path(articles.__file__).parent.parent
WORTH = 1000
"""New captures from which starting other processes takes less time than they save."""

ENDED = "a process that reads captures has ended before its work was done"

Answer = Callable[[], list[Work]]


class Readers:
    """Processes that read captures, ``count`` of them; with none, this one reads.

    A reader knows no database. It ends when this process closes its input or is no more, so that a
    load that was killed leaves none behind.
    """

    def __init__(self, count: int) -> None:
        command = [sys.executable, "-m", "articles.captures.worker"]
        self._processes = [
            subprocess.Popen(  # noqa: S603  Our own interpreter and module.
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            for _number in range(count)
        ]

    def submit(self, jobs: Sequence[Job]) -> Answer:
        """Begin to read ``jobs``; the answer, to be asked for before the next call, waits."""
        if not self._processes:
            return lambda: [work(job) for job in jobs]
        share = -(-len(jobs) // len(self._processes))
        for number, process in enumerate(self._processes):
            _dump(process, list(jobs[number * share : (number + 1) * share]))
        return lambda: [one for process in self._processes for one in _load(process)]

    def close(self) -> None:
        """Let the processes end."""
        for process in self._processes:
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    with suppress(BrokenPipeError):  # It has ended already.
                        pipe.close()
            process.wait()


def worthwhile(new: int) -> int:
    """How many processes should read ``new`` captures."""
    processors = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    )
    return (processors or 1) if new >= WORTH and (processors or 1) > 1 else 0


def _dump(process: subprocess.Popen[bytes], jobs: list[Job]) -> None:
    if process.stdin:
        try:
            pickle.dump(jobs, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
        except BrokenPipeError as error:
            raise OSError(ENDED) from error


def _load(process: subprocess.Popen[bytes]) -> Any:
    try:
        return pickle.load(process.stdout)  # type: ignore[arg-type]  # noqa: S301  Our own child.
    except EOFError as error:
        raise OSError(ENDED) from error
