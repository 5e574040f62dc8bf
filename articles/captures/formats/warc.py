"""WARC files (ISO 28500), plain or gzipped record by record: the pages that a crawler kept.

Each page, feed or text that a ``response``, ``resource`` or ``conversion`` record holds is one
document: its payload as the reader's browser would have had it, without HTTP headers, transfer or
content encoding. ``WARC-Target-URI`` and ``WARC-Date`` go with it. Pictures, styles and scripts are
passed over, and so are records of other types.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from typing import Any, BinaryIO

from articles.captures.sentences import _
from articles.text.normal import drop_controls

from .archives import DAMAGE, Limits
from .extras import library
from .moments import moment

_TYPES = frozenset({"response", "resource", "conversion"})
_NO_TEXT = re.compile(
    r"(?:image|video|audio|font)/|text/(?:css|javascript)|application/(?:x-)?(?:javascript|font|pdf"
    r"|octet-stream|wasm|manifest)|application/(?:json\+oembed|vnd\.ms-fontobject)",
    re.IGNORECASE,
)
_STARTS = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]|(?<=\n)WARC/[01]\.")
_MOST_DAMAGE = 100
_CUT = {
    "length": _("The crawler cut this page short, because it was too long for it."),
    "time": _("The crawler cut this page short, because it took too long to come."),
    "disconnect": _("The crawler cut this page short, because the connection broke off."),
}
"""What WARC-Truncated means (ISO 28500, section 5.13)."""
_CUT_SHORT = _("The crawler cut this page short.")


@dataclass(frozen=True, slots=True)
class Record:
    """One record's payload and what the crawler noted of it, or a sentence why there is none."""

    number: int
    raw: bytes = b""
    target_uri: str = ""
    captured_at: dt.datetime | None = None
    content_type: str = ""
    doubts: tuple[str, ...] = ()
    problem: str = ""


def records(file: BinaryIO, limits: Limits) -> Iterator[Record]:
    """The pages of a WARC file in its order. After a broken record, the next that starts is read.

    Raises MissingExtra without warcio.
    """
    archive = library("warcio.archiveiterator", "a WARC file")
    size = file.seek(0, io.SEEK_END)
    position = number = unpacked = 0
    for _damage in range(_MOST_DAMAGE):
        file.seek(position)
        iterator = archive.ArchiveIterator(file)
        told = ""
        try:
            while (found := _next(iterator)) is not None:
                position = max(position, _offset(iterator))
                number += 1
                record = _record(found, number, limits)
                if record is not None:
                    unpacked += len(record.raw)
                    yield record
                if number > limits.members or unpacked > limits.allowed(size):
                    yield Record(
                        number, problem="The WARC file is not read further: it is too large."
                    )
                    return
        except DAMAGE as error:
            told = " ".join(str(error).split())[:100] or type(error).__name__
        except archive.ArchiveLoadFailed as error:
            told = " ".join(str(error).split())[:100]
        if not told:
            return
        number += 1
        yield Record(
            number, problem=f"Record {number} is broken ({told}); what follows it is read."
        )
        position = _next_start(file, position + 1)
        if position < 0:
            return
    yield Record(number, problem="The WARC file is not read further: too many records are broken.")


def _next(iterator: Any) -> Any:
    """The next record or None, without the library's remarks on the terminal."""
    with redirect_stderr(io.StringIO()):
        return next(iterator, None)


def _offset(iterator: Any) -> int:
    offset = iterator.offset
    return offset if isinstance(offset, int) else 0


def _next_start(file: BinaryIO, position: int) -> int:
    """Where a record may start at or after ``position``, or -1."""
    file.seek(position)
    overlap = b""
    while chunk := file.read(1 << 20):
        window = overlap + chunk
        if found := _STARTS.search(window):
            return position - len(overlap) + found.start()
        overlap, position = window[-16:], position + len(chunk)
    return -1


def _record(found: Any, number: int, limits: Limits) -> Record | None:
    if found.rec_type not in _TYPES:
        return None
    headers, answered = found.rec_headers, found.http_headers
    uri = (headers.get_header("WARC-Target-URI") or "").strip("<> ")
    kind = headers.get_header("Content-Type") or ""
    if found.rec_type == "response" and answered is not None:
        kind = answered.get_header("Content-Type") or ""
        if not str(answered.get_statuscode() or "").startswith("2"):
            return None  # A redirect or an error page is the server's word, not a story.
    if _NO_TEXT.match(kind.strip()) or uri.startswith(("dns:", "whois:", "metadata:", "urn:")):
        return None
    raw = found.content_stream().read(limits.member + 1)
    if len(raw) > limits.member:
        return Record(number, problem=f"{uri[:200]}: it is larger than any page.")
    if not raw.strip():
        return None
    cut = drop_controls(headers.get_header("WARC-Truncated") or "")
    doubts = (_CUT.get(cut.strip().lower(), _CUT_SHORT),) if cut else ()
    return Record(
        number,
        raw,
        drop_controls(uri)[:2000],
        _date(headers.get_header("WARC-Date")),
        kind[:200],
        doubts,
    )


def _date(text: str | None) -> dt.datetime | None:
    when = moment(text)
    if not isinstance(when, dt.datetime):
        return None
    return when if when.tzinfo else when.replace(tzinfo=dt.UTC)
