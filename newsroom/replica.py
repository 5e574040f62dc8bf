"""A second database that follows the first, from which pages for everybody are made.

Whoever has a session, and whatever writes, asks the first: editors see what they have just saved.
A page for everybody is made of what the second knows, and it is asked whether such pages have
changed: the answer comes by the same way, after the change itself, so that no page is kept as new
that was made of old rows.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from typing import Any

from django.conf import settings
from django.db import OperationalError, connections

ALIAS = "replica"
REST_SECONDS = 5.0
"""So long a replica that did not answer is left alone; its readers ask the first meanwhile."""

logger = logging.getLogger(__name__)


class _Reading(local):
    alias: str | None = None


_reading = _Reading()


class Router:
    """Django's router: reads in ``for_readers`` go to the replica, all else to the first."""

    def db_for_read(self, model: object, **hints: Any) -> str:
        return _reading.alias or "default"

    def db_for_write(self, model: object, **hints: Any) -> str:
        return "default"

    def allow_relation(self, one: object, other: object, **hints: Any) -> bool:
        return True

    def allow_migrate(self, alias: str, app_label: str, **hints: Any) -> bool:
        return alias != ALIAS


@contextmanager
def for_readers() -> Iterator[None]:
    """Read from the replica in this thread, where there is one that answers."""
    with _reading_from(ALIAS if ALIAS in settings.DATABASES and replica.answers() else None):
        yield


@contextmanager
def for_writers() -> Iterator[None]:
    """Read from where is written, also while a page is made."""
    with _reading_from(None):
        yield


@contextmanager
def _reading_from(alias: str | None) -> Iterator[None]:
    former, _reading.alias = _reading.alias, alias
    try:
        yield
    finally:
        _reading.alias = former


class Replica:
    """Whether the replica answers, as this process has seen it."""

    def __init__(self) -> None:
        self._resting_until = 0.0

    def answers(self) -> bool:
        """Connect to it, unless that was in vain a moment ago."""
        if time.monotonic() < self._resting_until:
            return False
        try:
            connections[ALIAS].ensure_connection()
        except OperationalError as error:
            self._resting_until = time.monotonic() + REST_SECONDS
            logger.warning("The replica does not answer (%s); the first is asked.", error)
            return False
        return True


replica = Replica()
