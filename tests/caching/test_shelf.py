"""Memory that is bounded, and right whatever many threads ask for at once."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from articles.caching.page import Answer, Page
from articles.caching.shelf import Shelf
from tests.caching.process import Process

STAMP = object()


def page(length: int = 1000, stamp: object = STAMP) -> Page:
    answer = Answer("200 OK", [("Content-Type", "image/png")], b"x" * length)
    return Page.of(answer, stamp=stamp, made_at=0.0, headers=())


def test_pages_never_take_more_than_their_room():
    shelf = Shelf(room=50_000)
    for number in range(200):
        shelf.put(number, page(1000 + 17 * number % 3000))
        assert shelf.size <= shelf.room
    kept = [found for key in range(200) if (found := shelf.find(key, STAMP))]
    assert shelf.size == sum(each.size for each in kept)
    assert len(kept) == len(shelf) > 5


def test_what_is_asked_for_stays_and_what_nobody_asks_for_goes():
    shelf = Shelf(room=20 * page().size)
    shelf.put("front", page())
    for number in range(100):
        shelf.put(number, page())
        assert shelf.find("front", STAMP)
    assert shelf.find(0, STAMP) is None


def test_a_page_that_would_crowd_out_the_others_is_not_kept():
    shelf = Shelf(room=100_000)
    shelf.put("small", page())
    shelf.put("large", page(20_000))
    assert shelf.find("large", STAMP) is None
    assert shelf.find("small", STAMP)


def test_a_page_of_another_state_of_the_site_is_let_go():
    shelf = Shelf(room=100_000)
    shelf.put("front", page())
    assert shelf.find("front", object()) is None
    assert (len(shelf), shelf.size) == (0, 0)


def text(length: int = 10_000, stamp: object = STAMP) -> Page:
    answer = Answer("200 OK", [("Content-Type", "text/html")], b"x" * length)
    return Page.of(answer, stamp=stamp, made_at=0.0, headers=())


def test_codings_that_two_readers_asked_for_are_both_kept_and_counted():
    shelf, plain = Shelf(room=200_000), text()
    shelf.put("front", plain)
    for coding in ("br", "gzip"):
        shelf.add("front", plain.coded(coding))
    kept = shelf.find("front", STAMP)
    assert kept is not None
    assert set(kept.codings) == {"", "br", "gzip"}
    assert plain.size < shelf.size == kept.size


@pytest.mark.parametrize("stamp", [STAMP, object()])
def test_a_coding_of_a_page_that_is_gone_is_not_kept(stamp):
    shelf, old = Shelf(room=200_000), text(stamp=stamp)
    shelf.add("front", old.coded("br"))
    assert len(shelf) == 0
    shelf.put("front", text())
    shelf.add("front", old.coded("br"))
    kept = shelf.find("front", STAMP)
    assert kept is not None
    assert set(kept.codings) == {""}


def test_what_no_coding_makes_smaller_is_given_as_it_is():
    small = page(100)
    assert small.coded("br").codings["br"] is small.codings[""]
    assert small.coded("br").size == small.size


def test_codings_leave_no_more_than_the_room():
    shelf = Shelf(room=9 * text().size)
    for number in range(9):
        shelf.put(number, text())
    for number in range(9):
        if kept := shelf.find(number, STAMP):
            shelf.add(number, kept.coded("gzip"))
            assert shelf.size <= shelf.room


def test_many_threads_leave_the_shelf_in_order():
    shelf = Shelf(room=30_000)

    def work(seed: int) -> None:
        for number in range(2000):
            key = (number * seed) % 40
            if shelf.find(key, STAMP) is None:
                shelf.put(key, page(key * 50))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(1, 9)))
    kept = [found for key in range(40) if (found := shelf.find(key, STAMP))]
    assert shelf.size == sum(each.size for each in kept) <= shelf.room


class Slow:
    """An application that takes its time and counts how many wait in it at once."""

    def __init__(self, status: str = "200 OK", headers: Any = ()) -> None:
        self.status, self.headers = status, [("Content-Type", "text/html"), *headers]
        self.lock, self.within, self.most, self.asked = threading.Lock(), 0, 0, 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        with self.lock:
            self.asked += 1
            self.within += 1
            self.most = max(self.most, self.within)
        time.sleep(0.2)
        with self.lock:
            self.within -= 1
        start_response(self.status, self.headers)
        return [environ["PATH_INFO"].encode("latin-1"), environ["QUERY_STRING"].encode()]


@pytest.fixture
def process_of(monkeypatch):
    def process_of(application: Slow) -> Process:
        process = Process(application)
        monkeypatch.setattr(process.cache.freshness, "stamp", lambda: STAMP)
        return process

    return process_of


def ask_at_once(process: Process, addresses: list[str]) -> list[Any]:
    with ThreadPoolExecutor(len(addresses)) as threads:
        return list(threads.map(process.ask, addresses))


def test_a_cold_start_makes_each_page_once_however_many_ask(process_of):
    slow = Slow()
    answers = ask_at_once(process_of(slow), ["/en/", "/ur/"] * 20)
    assert slow.asked == 2
    assert [answer.body for answer in answers] == [b"/en/", b"/ur/"] * 20


def test_those_who_waited_for_what_is_not_for_everybody_ask_for_themselves(process_of):
    slow = Slow(headers=[("Set-Cookie", "who=me")])
    answers = ask_at_once(process_of(slow), ["/en/"] * 5)
    assert {answer.status for answer in answers} == {200}
    assert slow.asked >= 5


def test_a_page_that_could_not_be_made_is_the_trouble_of_its_maker_only(process_of):
    class Failing(Slow):
        def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
            with self.lock:
                self.asked += 1
                first = self.asked == 1
            time.sleep(0.2)
            if first:
                raise MemoryError
            return super().__call__(environ, start_response)

    process = process_of(Failing())

    def ask(_number: int) -> int:
        try:
            return process.ask("/en/").status
        except MemoryError:
            return 0

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(ask, range(4))) == [0, 200, 200, 200]
    assert process.ask("/en/").status == 200
