"""What may stand in XML."""

from __future__ import annotations

import re

_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def valid(text: str) -> str:
    """Return `text` without the characters that no XML document may hold (XML 1.0, 2.2, Char)."""
    return _INVALID.sub("", text)
