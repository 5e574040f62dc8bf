"""Whether what was made before still holds: asked of the database once a second, and when due."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

from django.db import Error, close_old_connections

from articles.caching.moments import next_moment
from articles.models import Generation
from articles.models.generation import State
from newsroom.replica import for_readers

INTERVAL = 1.0
"""Seconds between two looks at the database."""
JUMP = 0.5
"""A clock that is so many seconds from where it should be was set."""
PATIENCE = 60.0
"""So long pages are given while the database does not answer; who could change them cannot either,
unless it answers elsewhere."""

logger = logging.getLogger(__name__)


class Freshness:
    """The state of the site in this process, for any number of threads.

    ``do_due`` is called with the moment before each look: it does what is due by then.
    """

    def __init__(self, do_due: Callable[[datetime], None]) -> None:
        self._do_due = do_due
        self._looking = Lock()
        self._stamp: object | None = None
        self._generation: State | None = None
        self._looks_at = self._answered_at = float("-inf")
        self._due_at = float("inf")
        self._offset = 0.0

    def stamp(self) -> object:
        """Return what stands for the state of the site: the same object as long as it holds.

        It is a second old at most. While one thread looks, the others go on with what they know.
        """
        if self._may_have_changed() and self._looking.acquire(blocking=self._stamp is None):
            try:
                if self._may_have_changed():  # Who waited finds that another has looked.
                    self._look()
            finally:
                self._looking.release()
        return self._stamp or object()

    def _may_have_changed(self) -> bool:
        """Whether a second is over, something is due, or the clock was set."""
        ticks, now = time.monotonic(), time.time()
        return ticks >= self._looks_at or now >= self._due_at or self._was_set(ticks, now)

    def _was_set(self, ticks: float, now: float) -> bool:
        return abs(now - ticks - self._offset) > JUMP

    def _look(self) -> None:
        ticks, now = time.monotonic(), time.time()
        self._looks_at = ticks + INTERVAL
        is_due = now >= self._due_at or self._was_set(ticks, now)
        self._offset = now - ticks
        try:
            self._compare(now, is_due=is_due)
            self._answered_at = ticks
        except Error:
            logger.exception("What readers see could not be looked at.")
            self._generation, self._due_at = None, now + INTERVAL
            if ticks - self._answered_at > PATIENCE:
                self._stamp = None
        finally:
            close_old_connections()  # This is no request, after which Django would do it.

    def _compare(self, now: float, *, is_due: bool) -> None:
        at = datetime.fromtimestamp(now, UTC)
        self._do_due(at)
        with for_readers():  # Pages are made of what is there, so it is that which changes them.
            generation = Generation.objects.state()
            if is_due or generation != self._generation or self._stamp is None:
                self._due_at = next_moment(at).timestamp()
                self._generation = generation
                self._stamp = object()
