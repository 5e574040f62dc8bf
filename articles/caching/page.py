"""A page that was made: its bytes in every coding that readers ask for, and how it is given."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

import brotli
from django.utils.http import http_date, parse_etags, parse_http_date_safe

Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]

SHORT = "public, max-age=0, s-maxage=1, stale-while-revalidate=3, stale-if-error=60"
"""What caches between us and readers may do with a page that says nothing else: ask once a second,
give the former page while they ask, and for a minute when they are told of an error (RFC 5861)."""
UNSHARED = re.compile(r"\b(?:private|no-store|no-cache)\b")
REFUSED = re.compile(r"q=0(?:\.0*)?")
OF_ONE_ANSWER = frozenset({"content-length", "date", "server", "etag", "vary", "cache-control"})
"""Headers that are not repeated as they are."""
SMALLEST = 200
"""Less than this many bytes are not worth compressing (as Django has it)."""
BROTLI_QUALITY = 5
OVERHEAD = 2_000
"""Bytes that a page takes beside its bodies: its headers, its key and its places in tables."""
STANDING = 2.0
"""A date tells whole seconds, and a page may be a second old: only what has stood for two is told
by a date from what came after it."""


class Answer(NamedTuple):
    """What the application answered: its status line, its headers, its body."""

    status: str
    headers: Headers
    body: bytes

    def may_be_shared(self, headers: Iterable[str]) -> bool:
        """Whether this is a page for everybody, as far as it tells, that varies by ``headers``."""
        told = {name.lower(): value for name, value in self.headers}
        varies = {name.strip().lower() for name in told.get("vary", "").split(",") if name.strip()}
        known = {"accept-encoding", *(name.lower() for name in headers)}
        return (
            self.status.startswith("200 ")
            and "set-cookie" not in told
            and "content-encoding" not in told
            and varies <= known
            and not UNSHARED.search(told.get("cache-control", "").lower())
        )


@dataclass(frozen=True, slots=True)
class Page:
    """``made_at`` is when its making began (seconds of the epoch), ``stamp`` the state of the site
    at that moment, and ``codings`` holds headers and body by content coding, "" for none: those
    that somebody asked for so far.
    """

    stamp: object
    made_at: float
    etag: str
    validated: Headers
    codings: Mapping[str, tuple[Headers, bytes]]

    @classmethod
    def of(cls, answer: Answer, *, stamp: object, made_at: float, headers: Iterable[str]) -> Page:
        """Return the page that ``answer`` is, in no coding."""
        told = {name.lower(): value for name, value in answer.headers}
        etag = told.get("etag") or f'W/"{hashlib.sha256(answer.body).hexdigest()[:32]}"'
        kept = [pair for pair in answer.headers if pair[0].lower() not in OF_ONE_ANSWER]
        validated = [
            ("ETag", etag),
            ("Cache-Control", told.get("cache-control", SHORT)),
            ("Vary", ", ".join(["Accept-Encoding", *headers])),
        ]
        length = ("Content-Length", str(len(answer.body)))
        plain = ([*kept, *validated, length], answer.body)
        return cls(stamp, made_at, etag, validated, {"": plain})

    def coded(self, coding: str) -> Page:
        """Return the same page with what readers of a coding are given: the body as it is, where
        the coding makes it no smaller.
        """
        plain, body = self.codings[""]
        small = _COMPRESS[coding](body) if coding and _is_worth_it(plain, body) else body
        if len(small) < len(body):
            told = [*plain[:-1], ("Content-Encoding", coding), ("Content-Length", str(len(small)))]
            made = (told, small)
        else:
            made = self.codings[""]
        return replace(self, codings={**self.codings, coding: made})

    @property
    def size(self) -> int:
        """How many bytes of memory the page takes, about."""
        bodies = {id(body): len(body) for _headers, body in self.codings.values()}
        return OVERHEAD + sum(bodies.values())

    def give(
        self, environ: Mapping[str, Any], start_response: StartResponse, coding: str, now: float
    ) -> Iterable[bytes]:
        """Answer a request for this page (RFC 9110: 9.3.2, 12.5.3 and 13), in a coding that it has
        unless who asks knows it already.
        """
        dated = [("Last-Modified", http_date(self.made_at))] if self._is_dated(now) else []
        if self.is_known(environ, now):
            start_response("304 Not Modified", [*self.validated, *dated])
            return []
        headers, body = self.codings[coding]
        start_response("200 OK", [*headers, *dated])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _is_dated(self, now: float) -> bool:
        return now - self.made_at >= STANDING

    def is_known(self, environ: Mapping[str, Any], now: float) -> bool:
        """Whether who asks has this very page: by its tag, or else by its date."""
        if tags := environ.get("HTTP_IF_NONE_MATCH"):
            known = {tag.removeprefix("W/") for tag in parse_etags(tags)}
            return not known.isdisjoint({"*", self.etag.removeprefix("W/")})
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        moment = parse_http_date_safe(since) if since and self._is_dated(now) else None
        return moment is not None and int(self.made_at) <= moment


@lru_cache(maxsize=256)
def coding_for(accepted: str) -> str:
    """Return the best content coding that Accept-Encoding names: "br", "gzip", or "" for none."""
    named = (part.partition(";") for part in accepted.lower().replace(" ", "").split(","))
    wanted = {coding for coding, _semicolon, weight in named if not REFUSED.fullmatch(weight)}
    return next((coding for coding in ("br", "gzip") if coding in wanted), "")


def _is_worth_it(headers: Headers, body: bytes) -> bool:
    """Whether a body may become smaller: it is no picture, sound or film, and not tiny."""
    media_type = next((told for name, told in headers if name.lower() == "content-type"), "")
    return len(body) >= SMALLEST and not media_type.startswith(("image/", "audio/", "video/"))


_COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=BROTLI_QUALITY),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
