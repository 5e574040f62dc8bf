"""A process of the site, as a web server runs it: Django behind a page cache of its own."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from articles.caching.wrapper import PageCache
from articles.views.due import do_due

ROOM = 8 * 1024 * 1024


class Told(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@contextmanager
def connections_left_open() -> Iterator[None]:
    """A test is one transaction, which the end of no request closes, as with Django's client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


class Process:
    """``made`` counts how often Django was asked; ``ask`` goes in by the door of a web server,
    which holds answers against PEP 3333.
    """

    def __init__(self, application: Callable[..., Any] | None = None, room: int = ROOM) -> None:
        self.made = 0
        self._django = application or get_wsgi_application()
        self.cache = PageCache(self._counted, room=room, do_due=do_due)
        self._door = validator(self.cache)  # type: ignore[arg-type]  # Looser in typeshed.

    def _counted(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.made += 1
        return self._django(environ, start_response)

    def ask(self, address: str, method: str = "GET", **headers: str) -> Told:
        """Ask for a path with its query; ``headers`` are named as ``Accept_Encoding``."""
        path, _mark, query = address.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "HTTP_HOST": "localhost",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        setup_testing_defaults(environ)
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, told: list[tuple[str, str]], *_error: Any) -> Any:
            begun.append((status, told))
            return lambda data: None

        with connections_left_open():
            body = self._door(environ, start)
            try:
                data = b"".join(body)
            finally:
                body.close()  # type: ignore[attr-defined]  # The validator's has one.
        status, told = begun[-1]
        return Told(int(status[:3]), dict(told), data)
