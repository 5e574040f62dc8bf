"""The page cache: a WSGI application (PEP 3333) that stands before Django."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from typing import Any

from articles.caching.asking import Asked, Environ, asked_in
from articles.caching.freshness import Freshness
from articles.caching.making import Workshop
from articles.caching.memory import making_a_page
from articles.caching.page import Answer, Headers, Page, StartResponse, coding_for
from articles.caching.shelf import Shelf
from newsroom.replica import for_readers

Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class PageCache:
    """Gives pages for everybody from memory, and has them made by ``application``.

    ``room`` is how many bytes of memory they may take. ``do_due`` is called once a second, and at
    each moment at which something is due, with the moment: it does what is due by then.
    """

    def __init__(
        self, application: Application, *, room: int, do_due: Callable[[datetime], None]
    ) -> None:
        self.application = application
        self.shelf = Shelf(room)
        self.freshness = Freshness(do_due)
        self._workshop: Workshop[Answer | Page] = Workshop()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        asked = asked_in(environ)
        if asked is None:
            return self.application(environ, start_response)
        stamp = self.freshness.stamp()
        page = self.shelf.find(asked.key, stamp) or self._made(asked, environ, stamp)
        if isinstance(page, Page):
            return self._given(page, asked, environ, start_response)
        if page is not None and _may_be_passed_on(page, asked.is_whole(environ)):
            start_response(page.status, page.headers)
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]
        return self.application(environ, start_response)

    def _given(
        self, page: Page, asked: Asked, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Give a page in the best coding that is asked for, made small when somebody needs it."""
        coding, now = coding_for(environ.get("HTTP_ACCEPT_ENCODING", "")), time.time()
        if coding not in page.codings and not page.is_known(environ, now):
            page = page.coded(coding)
            self.shelf.add(asked.key, page)
        return page.give(environ, start_response, coding, now)

    def _made(self, asked: Asked, environ: Environ, stamp: object) -> Answer | Page | None:
        """What the application answers; the page that it is, where it is one for everybody."""

        def make() -> Answer | Page:
            began = time.time()
            with making_a_page(stamp), for_readers():
                answer = answer_of(self.application, asked.request(environ))
            if not answer.may_be_shared(asked.headers):
                return answer
            page = Page.of(answer, stamp=stamp, made_at=began, headers=asked.headers)
            self.shelf.put(asked.key, page)
            return page

        key: Hashable = (asked.key, stamp)
        return self._workshop.once(key, make)


def answer_of(application: Application, environ: Environ) -> Answer:
    """Return what ``application`` answers to a request, read to its end."""
    begun: list[tuple[str, Headers]] = []

    def start(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
        begun.append((status, headers))
        return parts.append

    parts: list[bytes] = []
    body = application(environ, start)
    try:
        parts.extend(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    status, headers = begun[-1]
    return Answer(status, headers, b"".join(parts))


def _may_be_passed_on(answer: Answer, is_whole: bool) -> bool:
    """Whether an answer that is no page for everybody is the one to what was really asked.

    What redirects repeats the query, of which it was told a part; and a page that proves not to be
    for everybody may be another for who asks with cookies.
    """
    return is_whole and not answer.status.startswith("200 ")
