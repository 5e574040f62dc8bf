"""Editors, each of whom saves an article of their own again and again, and notes what was kept."""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

import psycopg

from tests.admin.desk import sent_from_html
from tests.deploy.machine import Told, ask
from tests.deploy.stock import Stock

PAUSE_SECONDS = 0.1


@dataclass
class Writer:
    """``accepted`` are the texts for which the desk said that they are saved."""

    name: str
    site: str
    path: str
    cookies: dict[str, str]
    accepted: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    unlike: list[str] = field(default_factory=list)
    slowest: float = 0

    def save_once(self, connection: HTTPConnection) -> None:
        text = f"{self.name}, text {sum(self.statuses.values())}"
        begun = time.monotonic()
        told = self._post(connection, text)
        self.slowest = max(self.slowest, time.monotonic() - begun)
        self.statuses[told.status] += 1
        if told.status == 302:
            self.accepted.append(text)
        elif told.status != 503:
            self.unlike.append(f"{told.status}: {told.text[:1500]}")

    def _post(self, connection: HTTPConnection, text: str) -> Told:
        sent = {"Origin": self.site, "Referer": f"{self.site}/"}
        page = ask(connection, self.path, **sent, Cookie=self._cookies())
        if page.status != 200:
            return page
        given = page.headers.get("Set-Cookie", "").partition(";")[0]
        if given:
            name, _equals, value = given.partition("=")
            self.cookies[name] = value
        form = {**sent_from_html(page.text), "headline": text, "_save": "Save"}
        typed = {"Content_Type": "application/x-www-form-urlencoded", "Cookie": self._cookies()}
        return ask(connection, self.path, "POST", urlencode(form, doseq=True), **sent, **typed)

    def _cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def work(self, connect: Callable[[], HTTPConnection], is_over: Event) -> None:
        connection = connect()
        while not is_over.wait(PAUSE_SECONDS):
            try:
                self.save_once(connection)
            except (OSError, HTTPException):
                self.statuses[0] += 1
                connection.close()
                connection = connect()
        connection.close()


@dataclass
class Writers:
    """All that were at work."""

    writers: list[Writer]
    stock: Stock

    @property
    def statuses(self) -> Counter[int]:
        return sum((writer.statuses for writer in self.writers), Counter())

    @property
    def sent(self) -> int:
        return sum(self.statuses.values())

    @property
    def failed(self) -> int:
        return self.sent - self.statuses[302]

    @property
    def accepted(self) -> list[str]:
        return [text for writer in self.writers for text in writer.accepted]

    @property
    def unlike(self) -> list[str]:
        """Answers that are neither a save nor the page that says to try again."""
        return [told for writer in self.writers for told in writer.unlike]

    def lost(self) -> list[str]:
        """What the desk said is saved, and no history has."""
        kept = set(headlines(self.stock.url))
        return [text for text in self.accepted if text not in kept]


@contextmanager
def writers(
    connect: Callable[[], HTTPConnection], site: str, stock: Stock, count: int = 2
) -> Iterator[Writers]:
    """Have ``count`` editors write meanwhile."""
    people = [
        Writer(f"Writer {number}", site, each["form"], session_of(each["cookies"]))
        for number, each in enumerate(stock.editors[:count])
    ]
    is_over = Event()
    with ThreadPoolExecutor(count) as threads:
        work = [threads.submit(person.work, connect, is_over) for person in people]
        try:
            yield Writers(people, stock)
        finally:
            is_over.set()
        for done in work:
            done.result()


def session_of(cookies: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in cookies.items()}


def headlines(url: str) -> list[str]:
    """Every headline that any history holds."""
    question = "SELECT snapshot FROM articles_revision"
    rows: list[tuple[Any]]
    if url.startswith("sqlite"):
        connected = sqlite3.connect(unquote(urlsplit(url).path))
        rows = connected.execute(question).fetchall()
        connected.close()
    else:
        with psycopg.connect(url) as connection:
            rows = connection.execute(question).fetchall()
    told = (row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in rows)
    return [snapshot["headline"] for snapshot in told]
