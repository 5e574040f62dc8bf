"""Where pages are kept in a process: bounded by bytes, what was asked for longest ago out first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import replace
from threading import Lock

from articles.caching.page import Page

LARGEST_PART = 8
"""A page that would fill more than this part of the shelf is not kept."""


class Shelf:
    """Pages by their keys, for any number of threads. ``room`` is how many bytes they may take."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.size = 0
        self._lock = Lock()
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, key: Hashable, stamp: object) -> Page | None:
        """Return the page ``key`` of the state ``stamp``; one of another state is let go."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.stamp is stamp:
                self._pages.move_to_end(key)
                return page
            self._take_out(key)
            return None

    def put(self, key: Hashable, page: Page) -> None:
        """Keep a page, in place of the former one and of what nobody asked for lately."""
        if page.size * LARGEST_PART > self.room:
            return
        with self._lock:
            if key in self._pages:
                self._take_out(key)
            self._pages[key] = page
            self.size += page.size
            self._make_room()

    def add(self, key: Hashable, page: Page) -> None:
        """Keep the codings that a kept page was given, beside those that it has; where another page
        or none is kept by now, nothing. One state of the site may have two pages of a key: who
        lost patience with the other made theirs.
        """
        with self._lock:
            kept = self._pages.get(key)
            if kept is None or kept.codings[""] is not page.codings[""]:
                return
            self._pages[key] = replace(page, codings={**kept.codings, **page.codings})
            self.size += self._pages[key].size - kept.size
            self._make_room()

    def _make_room(self) -> None:
        while self.size > self.room:
            self._take_out(next(iter(self._pages)))

    def _take_out(self, key: Hashable) -> None:
        self.size -= self._pages.pop(key).size
