"""Undoing UTF-8 that was once read as a Windows code page, without guessing.

The damage is a function with an inverse: encode the text in the code page, decode it as UTF-8.
A line is repaired only when that succeeds for the whole line and yields nothing but letters and
punctuation that this archive can hold; an honest line fails at the first of these steps.
"""

from __future__ import annotations

import re

from articles.text.script import guess_language

PAGES = ("cp1252", "cp1256")

_PLAUSIBLE = re.compile(
    r"[\t\n\r\x20-\x7e\u00a0-\u00ff\u2000-\u206f\u20ac\u2122\u0600-\u06ff\u0750-\u077f"
    r"\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff\ufffd]*\Z"
)
# What UTF-8 of Arabic script and of typeset punctuation looks like in each page. Letters of cp1256
# count only before a sign that no writer puts behind them.
_SIGNS = re.compile(r"[ÂÃâØÙÚÛï€ƒ„†‡ˆ‰‹Œ•™›œ\u00a2-\u00a9\u00ac-\u00b9\u00bc-\u00be]")
_SUSPECT = re.compile(
    r"[ÂÃâØÙÚÛï][^\x00-\x7f]|[طظعغآأ][€ƒ„†‡ˆ‰‹Œ•™›œ\u00a2-\u00a9\u00ac-\u00b9\u00bc-\u00be]|[آأ]\u00a0"
)


def page_bytes(page: str) -> list[str]:
    """The 256 characters of code page ``page`` in byte order.

    A byte that the page leaves undefined stands for the control character of the same number,
    which is how browsers read it (WHATWG Encoding, section 9).
    """
    undefined_as_itself = (bytes([number]).decode(page, "ignore") for number in range(256))
    return [char or chr(number) for number, char in enumerate(undefined_as_itself)]


_DECODE = {page: page_bytes(page) for page in PAGES}
_FROM_LATIN = {page: dict(enumerate(chars)) for page, chars in _DECODE.items()}
_ASCII = bytes(range(128))
# Quotation marks, dashes and signs of cp1252, and small letters with accents.
_TYPESET = bytes(
    [0x85, *range(0x91, 0x98), 0xA0, 0xA3, 0xA9, 0xAB, 0xAE, 0xB0, 0xB7, 0xBB]
) + bytes(set(range(0xE0, 0xFE)) - {0xF0, 0xF7})
_LOST = re.compile("[\udc80-\udcff]")
CLEAR = 0.5
SAMPLE = 4000
_ENCODE = {page: {char: number for number, char in enumerate(_DECODE[page])} for page in PAGES}


def single_byte(raw: bytes) -> str:
    """The code page that ``raw``, which is not UTF-8, was written in, or ``""``.

    Urdu is told by its letters once it is decoded; English by its words, with no other bytes than
    the quotation marks, dashes and accented letters that it prints. A page that decodes to neither
    is not guessed at.
    """
    high = raw.translate(None, _ASCII)
    lost = len(_LOST.findall(raw.decode("utf-8", "surrogateescape")))
    if not lost or lost * 2 < len(high):
        return ""
    guess = guess_language(decoded(raw, "cp1256")[:SAMPLE])
    letters = guess.letters["Arab"] * 2 >= min(len(high), SAMPLE)
    if guess.language == "ur" and guess.confidence >= CLEAR and letters:
        return "cp1256"
    if high.translate(None, _TYPESET):
        return ""
    guess = guess_language(decoded(raw, "cp1252")[:SAMPLE])
    return "cp1252" if guess.language == "en" and guess.confidence >= CLEAR else ""


def decoded(raw: bytes, page: str) -> str:
    """``raw`` as text of code page ``page``, one character a byte."""
    return raw.decode("latin-1").translate(_FROM_LATIN[page])


def misread(raw: bytes, page: str) -> str:
    """UTF-8 bytes ``raw`` as the damage shows them: each byte a character of ``page``."""
    try:
        return raw.decode(page)
    except UnicodeDecodeError:
        return decoded(raw, page)


def suspicious(text: str) -> bool:
    """Whether ``text`` holds a pair of characters that a misreading leaves behind."""
    if text.isascii() or not (_SIGNS.search(text) or "آ\u00a0" in text or "أ\u00a0" in text):
        return False
    return bool(_SUSPECT.search(text))


def repaired(text: str) -> tuple[str, str]:
    """``text`` with its misreading undone and the code page's name, or ``text`` and ``""``."""
    if not _SUSPECT.search(text):
        return text, ""
    for page in PAGES:
        restored = _undo(text, page)
        if restored is not None:
            return restored, page
    return text, ""


def _undo(text: str, page: str) -> str | None:
    try:
        restored = _bytes(text, page).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
    return restored if len(restored) < len(text) and _PLAUSIBLE.match(restored) else None


def _bytes(text: str, page: str) -> bytes:
    try:
        return text.encode(page)
    except UnicodeEncodeError:
        table = _ENCODE[page]
        return bytes([table[char] for char in text])
