"""Text in one byte a character, so that it is counted and changed as fast as bytes are.

256 characters write nearly everything in English, Urdu and Sindhi. Each has the number of its place
in :data:`CHARACTERS`; a text that holds any other one is not narrow, and is read the slow way.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable

_ARABIC = (
    "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي" "ٹپچڈڑژکگںھہۂۃیےۓ" "ٻڀٺٽٿڃڄڇڌڍڊڏڙڦڪڳڱڻ" "۽۾ـٴ"
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹" "،؛؟۔٫٬٪"
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0656\u0657\u0670"
)  # fmt: skip
_SIGNS = "\u00a0“”‘’–—…•«»°é\u200c\u200d\u200e"
CHARACTERS = "".join(map(chr, range(128))) + _ARABIC + _SIGNS
"""No two of them compose to a third, whatever normal form is asked for."""
_TABLE = codecs.charmap_build(CHARACTERS)


def narrow(text: str) -> bytes | None:
    """``text`` as the numbers of its characters, or None when there are others among them."""
    try:
        return codecs.charmap_encode(text, "strict", _TABLE)[0]
    except UnicodeEncodeError:
        return None


def widen(numbers: bytes) -> str:
    """The text that :func:`narrow` has made narrow."""
    return codecs.charmap_decode(numbers, "strict", CHARACTERS)[0]


def numbers_of(characters: Iterable[str]) -> bytes:
    """The numbers of those ``characters`` that narrow text may hold."""
    return bytes(CHARACTERS.index(one) for one in characters if one in CHARACTERS)
