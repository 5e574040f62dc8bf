"""What tests of the page cache share: editions with an article, and a clock that tests move."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from articles.caching import freshness
from articles.models import Article
from tests.factories import load_languages, make_article, make_section

NOON = datetime(2026, 3, 4, 7, 0, tzinfo=UTC)
"""Noon where the newsroom is."""


class Clock:
    """The time on the wall, and the ticks that go on whatever happens to it."""

    def __init__(self, traveller: Any) -> None:
        self._traveller, self._set = traveller, 0.0

    def shift(self, seconds: float) -> None:
        self._traveller.shift(seconds)

    def set_wrong(self, seconds: float) -> None:
        """Set the clock on the wall while no time goes by."""
        self._traveller.shift(seconds)
        self._set += seconds

    def ticks(self) -> float:
        return time.time() - self._set


@pytest.fixture
def clock(monkeypatch) -> Iterator[Clock]:
    with time_machine.travel(NOON, tick=False) as traveller:
        clock = Clock(traveller)
        told = SimpleNamespace(monotonic=clock.ticks, time=lambda: time.time())
        monkeypatch.setattr(freshness, "time", told)
        yield clock


@pytest.fixture(autouse=True)
def _one_transaction(monkeypatch) -> None:
    """A test is one transaction, which no look at the database may close."""
    monkeypatch.setattr(freshness, "close_old_connections", lambda: None)


@pytest.fixture
def article(db) -> Article:
    load_languages()
    return make_article(section=make_section(slug="water"))
