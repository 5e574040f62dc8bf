"""gunicorn's workers, who at a reload go on until one that was started in their place can serve.

gunicorn by itself sends the old ones away at once: nobody is refused then, but whoever asks waits
until the new ones have read the whole site, which takes a busy computer many seconds.
"""

from __future__ import annotations

import gc
import logging
import mmap
import threading
import time
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

from newsroom.metrics import take_row

PATIENCE = 20.0
"""So long an old worker waits for a new one: less than gunicorn waits for the old one."""
LEAVING, READY = 0, 1

_ages = memoryview(mmap.mmap(-1, 16)).cast("q")
"""Shared by all processes, since gunicorn imports this before it forks: the age (a number that
rises with each worker) of the youngest worker that is to leave, and of one that can serve."""


class Log(Logger):
    """gunicorn's log, which puts together no line about a request that nobody will read."""

    def access(self, *about: Any) -> None:
        if self.access_log.isEnabledFor(logging.INFO):
            super().access(*about)


class Worker(ThreadWorker):
    """A worker with threads that knows whether it is sent away for a younger one."""

    _is_leaving = False

    def load_wsgi(self) -> None:
        take_row(self.age)
        super().load_wsgi()
        # What the site is made of stays: the collector need not walk through it again and again.
        gc.collect()
        gc.freeze()
        _ages[READY] = max(_ages[READY], self.age)

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Leave on SIGTERM: at once when gunicorn stops, and in a while when it reloads."""
        if self.age > _ages[LEAVING]:
            super().handle_exit(sig, frame)
        elif not self._is_leaving:
            self._is_leaving = True
            threading.Thread(target=self._leave_later, args=(sig, frame), daemon=True).start()

    def _leave_later(self, sig: int, frame: Any) -> None:
        until = time.monotonic() + PATIENCE
        while _ages[READY] <= _ages[LEAVING] and time.monotonic() < until:
            time.sleep(0.1)
        super().handle_exit(sig, frame)


def let_go(age: int) -> None:
    """Note that every worker up to ``age`` is being replaced."""
    _ages[LEAVING] = age
