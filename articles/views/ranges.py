"""Files in parts, as players and broken downloads ask for them (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*")


class Part(NamedTuple):
    """The bytes from ``first`` on, before ``end``."""

    first: int
    end: int


class NoSuchPart(ValueError):
    """A part was asked for that begins past the end of the file."""


def part_of(request: HttpRequest, size: int, etag: str) -> Part | None:
    """Return the part that was asked for; None for the whole file.

    Several parts at once, and what is not understood, are answered with the whole; so is a part of
    a file that has changed since (``If-Range``). Raises NoSuchPart.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = asked.groups()
    if not first and not last:
        return None
    if not first:
        part = Part(max(0, size - int(last)), size) if int(last) else Part(size, size)
    else:
        part = Part(int(first), min(size, int(last) + 1) if last else size)
    if last and first and int(last) < int(first):
        return None
    if part.first >= size:
        raise NoSuchPart
    return part


def send(
    request: HttpRequest, opened: Callable[[], BinaryIO], size: int, etag: str
) -> HttpResponseBase:
    """Answer with a file, or the part of it that was asked for.

    It is ``opened`` when its first byte is sent, and closed when the last one is or nobody listens.
    """
    try:
        part = part_of(request, size, etag)
    except NoSuchPart:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    shown = part or Part(0, size)
    response: HttpResponseBase = HttpResponse()
    if request.method != "HEAD":
        response = StreamingHttpResponse(_chunks(opened, shown))
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = str(shown.end - shown.first)
    if part:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {part.first}-{part.end - 1}/{size}"
    return response


def _chunks(opened: Callable[[], BinaryIO], part: Part) -> Iterator[bytes]:
    with opened() as file:
        file.seek(part.first)
        left = part.end - part.first
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
