"""What is asked for: the key of a page, and a request that can lead to no other page."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import get_path_info
from django.http import QueryDict

from articles.caching.dependence import Dependence, dependence_of

Environ = dict[str, Any]
Pairs = tuple[tuple[str, str], ...]


class Sent(NamedTuple):
    """Of a query what a page depends on: ``pairs`` sorted by their names, and ``query`` made of
    them.
    """

    pairs: Pairs
    query: str


NOTHING_SENT = Sent((), "")


class Asked(NamedTuple):
    """``key`` tells a page from every other, ``sent`` and ``read`` are what its query and its
    headers say of it. ``headers`` are the names of those that it varies by.
    """

    key: tuple[object, ...]
    sent: Sent
    read: Mapping[str, str]
    headers: tuple[str, ...]

    def is_whole(self, environ: Environ) -> bool:
        """Whether the query of the request was taken over as it is."""
        return bool(self.sent.query == environ.get("QUERY_STRING", ""))

    def request(self, environ: Environ) -> Environ:
        """Return the request that makes the page.

        It is made of what the key holds and of nothing else that a reader sends: no page can be
        bent by a header, a cookie or a parameter that is not part of its key.
        """
        host = _host(environ)
        return {
            **{name: value for name, value in environ.items() if not _is_sent(name)},
            **self.read,
            **({"HTTP_HOST": host} if host else {}),
            "REQUEST_METHOD": "GET",
            "QUERY_STRING": self.sent.query,
            "wsgi.input": io.BytesIO(),
        }


def asked_in(environ: Environ) -> Asked | None:
    """Return what a request asks for, or None for one that no page for everybody answers.

    Only GET and HEAD of who shows neither a session nor a password, to a view that declares what it
    depends on.
    """
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or shows_who_asks(environ):
        return None
    dependence = dependence_of(get_path_info(environ))
    if dependence is None:
        return None
    query = environ.get("QUERY_STRING", "")
    sent = _sent(query, dependence) if query else NOTHING_SENT
    return None if sent is None else _asked(environ, dependence, sent)


def shows_who_asks(environ: Environ) -> bool:
    """Whether a request brings a session or a password."""
    cookies = environ.get("HTTP_COOKIE", "")
    return "HTTP_AUTHORIZATION" in environ or f"{settings.SESSION_COOKIE_NAME}=" in cookies


@lru_cache(maxsize=1024)
def _sent(query: str, dependence: Dependence) -> Sent | None:
    """What a page depends on in a query; None for a query that is none of ours."""
    if not query.isascii():
        return None
    try:
        named = QueryDict(query)
    except SuspiciousOperation:  # Too many fields.
        return None
    pairs = tuple(dependence.of_query(named).items())
    return Sent(pairs, urlencode(pairs))


def _asked(environ: Environ, dependence: Dependence, sent: Sent) -> Asked:
    read = {
        _header(name): reduced
        for name, reduce in dependence.headers.items()
        if (reduced := reduce(environ.get(_header(name), "")))
    }
    if settings.SECURE_PROXY_SSL_HEADER is not None:
        read |= _proxied(environ, *settings.SECURE_PROXY_SSL_HEADER)
    place = (environ["wsgi.url_scheme"], _host(environ), environ.get("SCRIPT_NAME", ""))
    key = (*place, environ["PATH_INFO"], sent.pairs, *read.items())
    return Asked(key, sent, read, tuple(dependence.headers))


def _host(environ: Environ) -> str:
    host: str = environ.get("HTTP_HOST", "").lower()
    return host


@cache
def _header(name: str) -> str:
    return f"HTTP_{name.upper().replace('-', '_')}"


def _is_sent(name: str) -> bool:
    """Whether a reader decides what stands in a variable of the request."""
    return name.startswith("HTTP_") or name in {"CONTENT_TYPE", "CONTENT_LENGTH", "RAW_URI"}


def _proxied(environ: Environ, name: str, secure: str) -> dict[str, str]:
    """What the proxy says of TLS, which the settings trust."""
    said = environ.get(name, "").partition(",")[0].strip()
    return {name: secure} if said == secure else {}
