"""Bytes to lines: which character set, which line ends, what is damaged."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate, repeat
from operator import add, attrgetter
from typing import NamedTuple

from .repair import PAGES, decoded, misread, repaired, single_byte, suspicious

_BREAK = re.compile(rb"\r\n|\r|\n")
_LONE = re.compile("[\ud800-\udfff]")
_WIDE_BREAK = re.compile(r"\r\n|\r|\n")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f")) + b"\x7f"
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SIGNATURES = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"%PDF-": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
}
_SIGNS = tuple(_SIGNATURES)
_MISREAD = (b"\xc3", b"\xe2", b"\xc2", b"\xc5", b"\xc6", b"\xcb")
"""First bytes of the characters that UTF-8 becomes when it is misread; few pages hold any."""
_NEXT = (1).__add__


class Problem(NamedTuple):
    """Something wrong with a capture's bytes.

    ``code`` is a stable id, ``text`` a sentence, ``fatal`` says nothing can be loaded.
    """

    code: str
    text: str
    fatal: bool = False


class Line(NamedTuple):
    """One line without its line end; ``start`` and ``end`` are byte offsets into the capture.

    ``text`` keeps every character, controls included; a byte that does not decode is the lone
    surrogate U+DC80 to U+DCFF (PEP 383). ``page`` names the code page of a repaired misreading.
    """

    start: int
    end: int
    text: str
    charset: str = "utf-8"
    page: str = ""

    def offset(self, index: int) -> int:
        """Byte offset in the capture of character ``index`` of ``text``."""
        if index <= 0:
            return self.start
        if index >= len(self.text):
            return self.end
        if self.charset in PAGES or (self.charset == "utf-8" and self.text.isascii()):
            return self.start + index
        mark = index // _STRIDE
        before = _milestones(self)[mark] if mark else 0
        return self.start + before + len(self.stored(self.text[mark * _STRIDE : index]))

    def stored(self, text: str) -> bytes:
        """The bytes in which the capture holds ``text``, a piece of this line."""
        if self.page:
            text = misread(text.encode("utf-8"), self.page)
        errors = "surrogateescape" if self.charset == "utf-8" else "surrogatepass"
        return text.encode(self.charset, errors)


_STRIDE = 256
"""Characters from one known byte offset in a long line to the next."""


_KEPT = 4
_kept: dict[int, tuple[Line, Sequence[int]]] = {}
"""The lines last asked about and their milestones, by identity: to find that a line is equal to one
of an earlier capture would take as long as it is, each time.
"""


def _milestones(line: Line) -> Sequence[int]:
    """Bytes of ``line`` before each ``_STRIDE`` of its characters.

    Every character is stored by itself, so that the stretches of a line add up. Kept, so that a
    line of a million interruptions is measured once and not a million times.
    """
    known = _kept.get(id(line))  # No other line has its identity as long as it is kept.
    if known is None:
        starts = range(0, len(line.text), _STRIDE)
        sizes = (len(line.stored(line.text[start : start + _STRIDE])) for start in starts)
        known = line, array("Q", accumulate(sizes, initial=0))
        for old in list(_kept)[: 1 - _KEPT]:
            _kept.pop(old, None)
        _kept[id(line)] = known
    return known[1]


_page, _text = attrgetter("page"), attrgetter("text")
_line = partial(tuple.__new__, Line)
"""A line of its five values, made without a call of Python's: a page has hundreds."""


class Capture(NamedTuple):
    """A capture as stored, and its lines.

    ``raw`` is never changed and ``sha256`` is its digest in hex. ``charset`` is the one that was
    used, with ``+cp1252`` or ``+cp1256`` when a misreading was undone. ``text`` joins the lines
    with newlines: decoded and repaired. ``mark`` is the number of bytes of a byte order mark.
    """

    raw: bytes
    sha256: str
    charset: str
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...] = ()
    filename: str = ""
    mark: int = 0
    text: str = ""

    @property
    def fatal(self) -> Problem | None:
        """The problem that forbids loading, if there is one."""
        return next((problem for problem in self.problems if problem.fatal), None)


def read(raw: bytes, *, filename: str = "") -> Capture:
    """Decode ``raw`` into lines with byte spans. Any bytes are accepted; nothing is raised.

    The ladder: byte order mark; UTF-16 by the pattern of its high bytes; UTF-8; where most bytes
    past ASCII are not UTF-8, cp1256 or cp1252 if that gives clear Urdu or English; else UTF-8 with
    undecodable bytes kept as such. Then, line by line, UTF-8 that was misread as cp1252 or cp1256
    is restored.
    """
    sha256 = hashlib.sha256(raw).hexdigest()
    charset, mark = _marked(raw)
    text = None if charset.startswith("utf-16") else _utf8(raw[mark:])
    if not charset:
        charset = "utf-8" if text is not None else single_byte(raw) or "utf-8"
    if problem := _unreadable(raw, charset):
        return Capture(raw, sha256, charset, (), (problem,), filename, mark)
    if charset.startswith("utf-16"):
        lines = tuple(_wide_lines(raw, charset, mark))
    else:
        lines = tuple(_narrow_lines(raw, charset, mark, text))
    pages = tuple(dict.fromkeys(filter(None, map(_page, lines))))
    if text is not None and not pages and b"\x00" not in raw and b"\r" not in raw:
        return Capture(raw, sha256, charset, lines, (), filename, mark, text)
    problems = tuple(_damage(raw, lines, charset, pages, is_whole=text is not None))
    charset = f"{charset}+{pages[0]}" if pages else charset
    text = "\n".join(map(_text, lines))
    return Capture(raw, sha256, charset, lines, problems, filename, mark, text)


def _marked(raw: bytes) -> tuple[str, int]:
    """The character set that a mark names or that UTF-16 shows, and the length of the mark."""
    if raw[:1] >= b"\xef":
        for mark, charset in _MARKS:
            if raw.startswith(mark):
                return charset, len(mark)
    return (_wide_charset(raw[:4096]) if b"\x00" in raw else ""), 0


def _utf8(raw: bytes) -> str | None:
    """``raw`` as text, or None when it is not UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None


def _wide_charset(head: bytes) -> str:
    """UTF-16 without a mark: nearly every other byte is the high byte of Latin or Arabic.

    Arabic letters are in U+06xx, their presentation forms in U+FBxx and U+FExx.
    """
    pairs = len(head) // 2
    if pairs < 8 or b"\x00" not in head:
        return ""
    for offset, charset in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = head[offset : pairs * 2 : 2]
        known = sum(map(high.count, (0x00, 0x06, 0xFB, 0xFE)))
        if known * 10 >= pairs * 8 and head.count(0) < pairs * 1.1:
            return charset
    return ""


def _unreadable(raw: bytes, charset: str) -> Problem | None:
    if not raw or raw.isspace():
        return Problem("empty", "The capture is empty: it holds no text at all.", fatal=True)
    if raw.startswith(_SIGNS):
        name = next(name for sign, name in _SIGNATURES.items() if raw.startswith(sign))
        text = f"The capture is a {name} file and not text. Unpack or convert it first."
        return Problem("binary", text, fatal=True)
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    if controls > 2 and controls * 20 > len(raw) and not charset.startswith("utf-16"):
        text = f"The capture is binary: {controls} of its {len(raw)} bytes are control characters."
        return Problem("binary", text, fatal=True)
    return None


def _narrow_lines(raw: bytes, charset: str, mark: int, text: str | None) -> Iterator[Line]:
    """The lines of ``raw``: decoded in one go, as no character has a line end's byte in it.

    ``text`` is what the bytes are in UTF-8, if they are.
    """
    body = raw[mark:]
    if text is None:
        text = decoded(body, charset) if charset in PAGES else body.decode(errors="surrogateescape")
    if b"\r" in body:
        breaks = [found.span() for found in _BREAK.finditer(raw, mark)]
        starts = [mark, *(end for _, end in breaks)]
        ends = [*(start for start, _ in breaks), len(raw)]
        texts = _WIDE_BREAK.split(text)
    else:
        texts = text.split("\n")
        sizes = list(map(len, texts if len(text) == len(body) else body.split(b"\n")))
        starts = list(accumulate(map(_NEXT, sizes), initial=mark))
        ends = list(map(add, starts, sizes))
    if charset == "utf-8" and any(map(body.__contains__, _MISREAD)) and suspicious(text):
        return map(_mended, starts, ends, texts)
    return map(_line, zip(starts, ends, texts, repeat(charset), repeat(""), strict=False))


def _mended(start: int, end: int, text: str) -> Line:
    text, page = repaired(text)
    return Line(start, end, text, "utf-8", page)


def _wide_lines(raw: bytes, charset: str, mark: int) -> Iterator[Line]:
    whole = len(raw) - (len(raw) - mark) % 2
    text = raw[mark:whole].decode(charset, "surrogatepass")
    start = done = 0
    offset = mark
    for found in (*_WIDE_BREAK.finditer(text), None):
        stop, done = found.span() if found else (len(text), len(text))
        end = offset + len(text[start:stop].encode(charset, "surrogatepass"))
        yield Line(offset, end, text[start:stop], charset)
        offset, start = end + 2 * (done - stop), done


def _damage(
    raw: bytes, lines: Sequence[Line], charset: str, pages: Sequence[str], *, is_whole: bool
) -> Iterator[Problem]:
    whole = is_whole or charset in PAGES
    bad = 0 if whole else sum(_surrogates(line.text) for line in lines)
    if bad > max(3, len(raw) // 500):
        text = f"{bad} of {len(raw)} bytes are not {charset.upper()}. Save the page again as UTF-8."
        yield Problem("undecodable", text, fatal=True)
    elif bad:
        yield Problem("bytes", f"{bad} bytes do not decode and are marked as gaps.")
    if charset in PAGES:
        text = f"The capture is not UTF-8; it was read as {charset}, which gives clear words."
        yield Problem("charset", text)
    if b"\x00" in raw and not charset.startswith("utf-16"):
        yield Problem("nul", f"{raw.count(0)} NUL bytes were left out.")
    for page in sorted(pages):
        yield Problem("misread", f"UTF-8 that had been read as {page} was restored.")


def _surrogates(text: str) -> int:
    if text.isascii():
        return 0
    return len(_LONE.findall(text))
