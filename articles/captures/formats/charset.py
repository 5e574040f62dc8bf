"""Bytes of a page to text: by mark, by what the page or its server says, by trying."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from articles.captures.repair import page_bytes
from articles.text.script import script_of

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,20})"""
    rb"""|\A\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{2,20})""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,20})""", re.IGNORECASE)
# WHATWG Encoding: pages that claim these are read as the Windows page that holds them.
_AS_WINDOWS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "cp1252": "cp1252"}
_KNOWN = frozenset(
    "utf-8 utf-16 utf-16-le utf-16-be big5 gb18030 gbk".split()
    + "euc_jp euc_kr shift_jis koi8-r koi8-u".split()
) | {f"cp{number}" for number in (866, 874, *range(1250, 1259))}
_KNOWN |= {f"iso8859-{number}" for number in range(2, 17) if number not in (9, 12)}
HEAD = 4096


class Decoded(NamedTuple):
    """Text, the name of the character set used, and what told it: mark, header, meta, bytes."""

    text: str
    charset: str
    rule: str


def decode(raw: bytes, *, content_type: str = "") -> Decoded:
    """Decode a page. Nothing is raised; a byte that the set lacks is U+FFFD.

    A byte order mark wins (WHATWG Encoding 6); then UTF-8 that proves itself by decoding; then what
    the page's own ``<meta>`` says, then the server's ``content_type``. Bytes that nobody names are
    Arabic when the Arabic Windows page makes them so.
    """
    for mark, charset in _MARKS:
        if raw.startswith(mark):
            return Decoded(raw[len(mark) :].decode(charset, "replace"), charset, "mark")
    told = _told(raw, content_type)
    if not any(charset.startswith("utf-16") for charset, _rule in told):
        try:
            return Decoded(raw.decode("utf-8"), "utf-8", _agrees("utf-8", told))
        except UnicodeDecodeError:
            pass
    for charset, rule in told:
        if charset != "utf-8" and not charset.startswith("utf-16"):
            return Decoded(_page(raw, charset), charset, rule)
    if told:
        return Decoded(raw.decode(told[0][0], "replace"), *told[0])
    return _tried(raw)


def _told(raw: bytes, content_type: str) -> list[tuple[str, str]]:
    inside = _DECLARED.search(raw[:HEAD])
    outside = _HEADER.search(content_type)
    named = [
        ((inside[1] or inside[2]).decode("ascii", "replace") if inside else "", "meta"),
        (outside[1] if outside else "", "header"),
    ]
    return [(known, rule) for name, rule in named if (known := _known(name))]


def _known(name: str) -> str:
    """The codec of a declared name, or ``""``: Python has codecs that are no character sets."""
    try:
        found = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
    found = _AS_WINDOWS.get(found, found)
    return found if found in _KNOWN else ""


def _agrees(charset: str, told: list[tuple[str, str]]) -> str:
    return next((rule for name, rule in told if name == charset), "bytes")


def _tried(raw: bytes) -> Decoded:
    odd = raw[: HEAD * 16].translate(None, bytes(range(128)))
    if len(odd) * 50 < len(raw[: HEAD * 16]):
        # Broken UTF-8 keeps its sense; a few odd bytes decide nothing.
        return Decoded(raw.decode("utf-8", "replace"), "utf-8", "bytes")
    arabic = _page(raw, "cp1256")
    charset = "cp1256" if script_of(arabic[: HEAD * 16]) == "Arab" else "cp1252"
    valid = raw.decode("utf-8", "replace")
    if valid.count("\ufffd") * 20 < len(valid) - len(valid.encode("ascii", "ignore")):
        return Decoded(valid, "utf-8", "bytes")
    return Decoded(arabic if charset == "cp1256" else _page(raw, charset), charset, "bytes")


def _page(raw: bytes, charset: str) -> str:
    if charset in ("cp1252", "cp1256"):
        return codecs.charmap_decode(raw, "strict", "".join(page_bytes(charset)))[0]
    return raw.decode(charset, "replace")
