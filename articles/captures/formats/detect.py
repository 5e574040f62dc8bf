"""Which format bytes are in. A name is a hint where bytes leave a doubt, and never more."""

from __future__ import annotations

import codecs
import json
import re
from typing import Literal

from .ninjs import is_item

Format = Literal[
    "text", "html", "feed", "wxr", "jsonfeed", "ninjs", "json", "xml", "warc", "gzip", "tar", "zip"
]

HEAD = 65_536
"""Bytes from the start of a file that are enough to tell its format."""

MEDIA_TYPES: dict[str, str] = {
    "text": "text/plain",
    "html": "text/html",
    "feed": "application/rss+xml",
    "wxr": "application/rss+xml",
    "jsonfeed": "application/feed+json",
    "ninjs": "application/json",
    "json": "application/json",
    "xml": "application/xml",
    "warc": "application/warc",
    "gzip": "application/gzip",
    "tar": "application/x-tar",
    "zip": "application/zip",
}

_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (codecs.BOM_UTF8, "utf-8"))
_PROLOG = re.compile(
    r"\A(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^>\[]*>)*+", re.DOTALL | re.IGNORECASE
)
_DOCTYPE = re.compile(r"<!DOCTYPE\s+(?:[\w.-]+:)?([\w.-]+)", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_PAGE = frozenset("html head body title meta link article main script style base".split())
_CLOSING = re.compile(
    r"</(?:p|div|h[1-6]|a|b|span|strong|table|td|tr|ul|ol|li|font|center|section)>", re.I
)
_NAMED_HTML = (".html", ".htm", ".xhtml", ".shtml")
_JSON = re.compile(r'\A\s*(?:\[\s*)?\{\s*"')
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?://jsonfeed\.org/version/')
_NINJS_WORDS = ('"uri"', '"headlines"', '"bodies"', '"body_', '"versioncreated"')


def detect(head: bytes, *, name: str = "") -> Format:
    """The format of a file that starts with ``head`` (:data:`HEAD` bytes, or all of a shorter one).

    What is none of the others is "text", bytes that no text holds included: reading text says so.
    JSON and XML of no known kind are "json" and "xml".
    """
    packed = _packed(head)
    if packed:
        return packed
    if b"<" not in head and b"{" not in head:
        return "text"  # In every character set, so that plain captures cost no more than before.
    text = _text(head)
    if _JSON.match(text):
        return _json(head, text)
    start = _PROLOG.match(text)
    opening = text[start.end() if start else 0 :]
    kind = _DOCTYPE.search(text[: len(text) - len(opening)]) or _DOCTYPE.match(opening)
    root = _ROOT.match(opening)
    if kind and kind[1].casefold() == "html":
        return "html"
    if text.lstrip().startswith("<?xml") or kind or (root and root[1] in ("rss", "feed", "RDF")):
        return _xml(text, (root[1] if root else kind[1] if kind else ""))
    return _html_or_text(root[1].casefold() if root else "", text, name.casefold())


def _packed(head: bytes) -> Format | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith((b"WARC/0.", b"WARC/1.")):
        return "warc"
    return "tar" if head[257:262] == b"ustar" else None


def _text(head: bytes) -> str:
    for mark, charset in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(charset, "replace")
    if head[:2] == b"<\x00":
        return head.decode("utf-16-le", "replace")
    return head.decode("utf-8", "replace")


def _json(head: bytes, text: str) -> Format:
    """A text capture may open with a bracket; only what goes on as JSON does is JSON."""
    if _JSON_FEED.search(text[:4096]):
        return "jsonfeed"
    if any(word in text for word in _NINJS_WORDS):
        return "ninjs" if len(head) >= HEAD or _has_item(text) or not _loads(text) else "json"
    return "json"


def _loads(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _has_item(text: str) -> bool:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return any(is_item(one) for one in (value if isinstance(value, list) else [value]))


def _xml(text: str, root: str) -> Format:
    if root == "html":
        return "html"
    if root in ("rss", "feed", "RDF"):
        is_export = "http://wordpress.org/export/" in text or "<wp:wxr_version>" in text
        return "wxr" if is_export else "feed"
    return "xml"


def _html_or_text(root: str, text: str, name: str) -> Format:
    if root in _PAGE:
        return "html"
    tags = len(_CLOSING.findall(text))
    if tags >= 3 and (root or name.endswith(_NAMED_HTML)):
        return "html"
    return "html" if tags and name.endswith(_NAMED_HTML) else "text"
