"""Bytes to lines: which character set, which line ends, what is damaged."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
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


@lru_cache(maxsize=4)
def _milestones(line: Line) -> Sequence[int]:
    """Bytes of ``line`` before each ``_STRIDE`` of its characters.

    Every character is stored by itself, so that the stretches of a line add up. Kept for the lines
    last asked about: a line of a million interruptions is then measured once and not a million
    times.
    """
    starts = range(0, len(line.text), _STRIDE)
    sizes = (len(line.stored(line.text[start : start + _STRIDE])) for start in starts)
    return array("Q", accumulate(sizes, initial=0))


_page, _text = attrgetter("page"), attrgetter("text")


class Capture(NamedTuple):
    """A capture as stored, and its lines.

    ``raw`` is never changed and ``sha256`` is its digest in hex. ``charset`` is the one that was
    used, with ``+cp1252`` or ``+cp1256`` when a misreading was undone. ``text`` joins the lines
    with newlines. ``mark`` is the number of bytes of a byte order mark.
    """

    raw: bytes
    sha256: str
    charset: str
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...] = ()
    filename: str = ""
    mark: int = 0

    @property
    def text(self) -> str:
        """The decoded and repaired text, one newline between lines."""
        return "\n".join(map(_text, self.lines))

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
    charset, mark = _charset(raw)
    problems = list(_unreadable(raw, charset))
    lines: tuple[Line, ...] = ()
    if not problems:
        split = _wide_lines if charset.startswith("utf-16") else _narrow_lines
        lines = tuple(split(raw, charset, mark))
        problems.extend(_damage(raw, lines, charset))
    page = next(filter(None, map(_page, lines)), "")
    return Capture(
        raw=raw,
        sha256=hashlib.sha256(raw).hexdigest(),
        charset=f"{charset}+{page}" if page else charset,
        lines=lines,
        problems=tuple(problems),
        filename=filename,
        mark=mark,
    )


def _charset(raw: bytes) -> tuple[str, int]:
    for mark, charset in _MARKS if raw[:1] >= b"\xef" else ():
        if raw.startswith(mark):
            return charset, len(mark)
    return _wide_charset(raw[:4096]) or _narrow_charset(raw), 0


def _narrow_charset(raw: bytes) -> str:
    return "utf-8" if _is_utf8(raw) else single_byte(raw) or "utf-8"


def _is_utf8(raw: bytes) -> bool:
    if raw.isascii():
        return True
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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


def _unreadable(raw: bytes, charset: str) -> Iterator[Problem]:
    if not raw.strip():
        yield Problem("empty", "The capture is empty: it holds no text at all.", fatal=True)
        return
    if raw.startswith(tuple(_SIGNATURES)):
        name = next(name for sign, name in _SIGNATURES.items() if raw.startswith(sign))
        text = f"The capture is a {name} file and not text. Unpack or convert it first."
        yield Problem("binary", text, fatal=True)
        return
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    if not charset.startswith("utf-16") and controls > 2 and controls * 20 > len(raw):
        text = f"The capture is binary: {controls} of its {len(raw)} bytes are control characters."
        yield Problem("binary", text, fatal=True)


def _narrow_lines(raw: bytes, charset: str, mark: int) -> Iterator[Line]:
    """The lines of ``raw``: decoded in one go, as no character has a line end's byte in it."""
    body = raw[mark:]
    text = decoded(body, charset) if charset in PAGES else body.decode("utf-8", "surrogateescape")
    if b"\r" in body:
        breaks = [found.span() for found in _BREAK.finditer(raw, mark)]
        starts, ends = (
            [mark, *(end for _, end in breaks)],
            [*(start for start, _ in breaks), len(raw)],
        )
        texts = _WIDE_BREAK.split(text)
    else:
        sizes = list(map(len, body.split(b"\n")))
        starts = list(accumulate([size + 1 for size in sizes[:-1]], initial=mark))
        ends = list(map(add, starts, sizes))
        texts = text.split("\n")
    if charset == "utf-8" and suspicious(text):
        return map(_mended, starts, ends, texts)
    return map(Line, starts, ends, texts, repeat(charset))


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


def _damage(raw: bytes, lines: tuple[Line, ...], charset: str) -> Iterator[Problem]:
    whole = charset in PAGES or (charset == "utf-8" and _is_utf8(raw))
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
    for page in sorted(set(map(_page, lines)) - {""}):
        yield Problem("misread", f"UTF-8 that had been read as {page} was restored.")


def _surrogates(text: str) -> int:
    if text.isascii():
        return 0
    return len(_LONE.findall(text))
