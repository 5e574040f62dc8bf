"""The floor of a page that is given: an application that says the same to everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

BODY = b"<!doctype html>\n" + b"<p>The same for everybody, whatever was asked for.</p>\n" * 60
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer everything with the same page (PEP 3333)."""
    start_response("200 OK", HEADERS)
    return [BODY]
