"""Captions and credits of pictures, which a capture keeps after it has lost the pictures."""

from __future__ import annotations

import re

from .rows import Row, told_once

_NOUN = (
    r"(?:file |stock |representational |representative )?(?:photos?|photographs?|pictures?|images?"
    r"|pics?|courtesy|screengrab|screenshot|illustration|graphic)"
)
_NOUNS = ("photo", "pictur", "image", "pic", "courtesy", "screen", "illustration", "graphic")
"""One of them stands in whatever the patterns for Latin letters match."""
_CREDIT = rf"{_NOUN}(?: credits?| by| courtesy| source)?"
_OPENS = re.compile(
    r"[\[(]?\s*(?:(?:file|stock|representational) (?:photo|image|picture)s?\b"
    rf"|{_CREDIT}\s*[:/—–|]|{_NOUN} (?:source|caption|credit),"
    r"|(?:photo|photograph|picture|image)s?\s+(?:by|courtesy)\s+\S)",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    rf"(?:[—–|]|\s-|[.!?]\s*\(?|\()\s*{_CREDIT}(?:\s*[:/]\s*[^.:]{{2,40}}|(?:\s+\w{{1,20}}){{0,3}})\)?\.?\Z"
    rf"|\([^()]{{0,30}}\b(?:photos?|pictures?|images?)\)\.?\Z"
    rf"|(?<!\bin\s)\b{_CREDIT}\s*[:/]\s*[^.:]{{2,40}}\Z",
    re.IGNORECASE,
)
_ARABIC_NOUN = (
    r"(?:فائل\s+)?(?:فوٹوز?|تصاویر|تصویر(?:\s+کا\s+(?:ذریعہ|کیپشن))?|عکس|فوٽو|تصوير|تصويرون)"
)
_ARABIC_NOUNS = ("فوٹو", "تصاویر", "تصویر", "عکس", "فوٽو", "تصوير")
_ARABIC_OPENS = re.compile(rf"[\[(،,\s]*{_ARABIC_NOUN}\s*[:/؛—–]|[،,]\s*{_ARABIC_NOUN}\s+\S")
_ARABIC_CLOSES = re.compile(
    rf"(?:[—–|/۔.]\s*|\(\s*|[،,]\s*(?=\w+\s?:)){_ARABIC_NOUN}(?:\s*[:/]\s*[^۔:]{{2,40}})?\s*\)?\Z"
)

LENGTH = 40
"""Words of the longest caption; what is longer tells a story."""


@told_once
def is_caption(row: Row) -> bool:
    """A line that exists to describe or credit a picture: it opens or ends with the credit."""
    if row.words > LENGTH:
        return False
    text = row.plain
    if text[0].isascii() and any(map(text.lower().__contains__, _NOUNS)):
        return bool(_OPENS.match(text) or _CLOSES.search(text[-70:]) or _arabic(text))
    return not text.isascii() and _arabic(text)


def _arabic(text: str) -> bool:
    if not any(map(text.__contains__, _ARABIC_NOUNS)):
        return False
    return bool(_ARABIC_OPENS.match(text) or _ARABIC_CLOSES.search(text[-60:]))
