"""Making a page once, however many ask for it at the same time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")

PATIENCE = 5.0
"""So many seconds somebody waits for what another makes; then they make it for themselves."""


class Workshop(Generic[Made]):
    """What is being made at this moment, by its key, for any number of threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._begun: dict[Hashable, Future[Made | None]] = {}

    def once(self, key: Hashable, make: Callable[[], Made | None]) -> Made | None:
        """Return what ``make`` returns, called by the first who comes while the others wait.

        Those are given None when it fails, and when it takes too long; the first gets the error.
        """
        with self._lock:
            begun = self._begun.get(key)
            if begun is None:
                mine = self._begun[key] = Future()
        if begun is not None:
            return _awaited(begun)
        made = None
        try:
            made = make()
        finally:
            with self._lock:
                del self._begun[key]
            mine.set_result(made)
        return made


def _awaited(begun: Future[Made | None]) -> Made | None:
    try:
        return begun.result(timeout=PATIENCE)
    except TimeoutError:
        return None
