"""The floor of a page that is given: an application that says the same to everybody.

By itself that is a short page with two headers; where ANSWER names a file, it is what the file
holds: an answer of the site's own, headers and all.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

BODY = b"<!doctype html>\n" + b"<p>The same for everybody, whatever was asked for.</p>\n" * 60
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]
if file := os.environ.get("ANSWER"):
    told = json.loads(Path(file).read_text(encoding="utf-8"))
    HEADERS, BODY = [(name, value) for name, value in told["headers"]], bytes(told["body"])


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer everything with the same page (PEP 3333)."""
    start_response("200 OK", HEADERS)
    return [BODY]
