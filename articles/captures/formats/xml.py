"""XML that strangers wrote: one character set, and no document type declaration."""

from __future__ import annotations

import re

from articles.text.xml import valid

from .charset import decode
from .document import Unreadable

_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]*\?>")
_PROLOG = re.compile(rb"\A(?:\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)


def utf8(raw: bytes) -> bytes:
    """``raw`` as UTF-8 without byte order mark, XML declaration or characters that XML forbids."""
    text = valid(decode(raw).text.removeprefix("\ufeff"))
    return _DECLARATION.sub(b"", text.encode("utf-8"))


def refuse_declarations(raw: bytes) -> bytes:
    """``raw`` itself. Raises Unreadable when it declares a document type, and with that entities.

    Entities can multiply without end and name files and addresses (CWE-776, CWE-611); no feed and
    no export needs them.
    """
    start = _PROLOG.match(raw)
    head = raw[start.end() if start else 0 :][:16].lstrip()
    if (
        head[:9].upper() == b"<!DOCTYPE"
        or b"<!ENTITY" in raw[:65536].upper().partition(b"<![CDATA[")[0]
    ):
        raise Unreadable(
            "The file declares a document type, which may hide entities; take the lines "
            "“<!DOCTYPE …>” out if you trust it."
        )
    return raw
