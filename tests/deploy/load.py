"""Readers, who ask for one page after another and note what they are given."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from threading import Event
from typing import NamedTuple

from tests.deploy.machine import ask

PAUSE_SECONDS = 0.03
"""Between two pages of one reader: two processors serve, ask and count, and nginx allows 200 a
second from one address."""


class Answer(NamedTuple):
    """``status`` is 0 for a request that was not answered; ``text`` then says why."""

    began: float
    seconds: float
    status: int
    path: str
    text: str


@dataclass
class Load:
    """What readers were told so far."""

    answers: list[Answer] = field(default_factory=list)
    is_over: Event = field(default_factory=Event)

    @property
    def statuses(self) -> Counter[int]:
        return Counter(answer.status for answer in self.answers)

    @property
    def sent(self) -> int:
        return len(self.answers)

    @property
    def failed(self) -> list[Answer]:
        """What was not answered as it is when all is well."""
        return [answer for answer in self.answers if answer.status != 200]

    @property
    def slowest(self) -> float:
        return max(answer.seconds for answer in self.answers)

    def read(self, connect: Callable[[], HTTPConnection], paths: Iterator[str]) -> None:
        """Ask for one of ``paths`` after another until it is over, on connections kept open."""
        connection = connect()
        while not self.is_over.wait(PAUSE_SECONDS):
            path, began = next(paths), time.monotonic()
            try:
                told = ask(connection, path)
                status, text = told.status, told.text[:2000] if told.status != 200 else ""
            except (OSError, HTTPException) as error:
                status, text = 0, repr(error)
                connection.close()
                connection = connect()
            self.answers.append(Answer(began, time.monotonic() - began, status, path, text))
        connection.close()


@contextmanager
def readers(
    connect: Callable[[], HTTPConnection], paths: Sequence[str], count: int = 4
) -> Iterator[Load]:
    """Have ``count`` readers read meanwhile."""
    load = Load()
    with ThreadPoolExecutor(count) as threads:
        reading = [
            threads.submit(load.read, connect, cycle([*paths[n:], *paths[:n]]))
            for n in range(count)
        ]
        try:
            yield load
        finally:
            load.is_over.set()
        for done in reading:
            done.result()


def uncached(path: str) -> Iterator[str]:
    """Addresses that no cache before the site has seen, though the site knows them for one page."""
    number = 0
    while True:
        number += 1
        yield f"{path}?seen={number}"
