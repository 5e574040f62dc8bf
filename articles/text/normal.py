"""Stored text: one spelling for what is the same text, everything else as written."""

from __future__ import annotations

import re
import unicodedata

# UAX #9 embeddings, overrides and isolates. LRM, RLM and ALM stay: they are needed beside digits.
BIDI_CONTROLS = r"\u202a-\u202e\u2066-\u2069"
# Characters that stack on a letter. Vowel signs of Indic scripts are not among them.
MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    r"\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08ca-\u08e1"
    r"\u08e3-\u08ff\u1ab0-\u1ace\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
)
MOST_MARKS = 8
MOST_SORTED = 30

# A BOM before a variation selector opens a C2PA text wrapper (C2PA 2.4, A.8), which is content.
_BYTE_ORDER_MARK = r"\ufeff(?![\ufe00-\ufe0f\U000e0100-\U000e01ef])"
_NONCHARACTERS = r"\ufdd0-\ufdef" + "".join(
    rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(0x11)
)
_DROPPED = re.compile(
    rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad{BIDI_CONTROLS}{_NONCHARACTERS}]|{_BYTE_ORDER_MARK}"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_NEWLINES = re.compile("\r\n?")
# Letters only: U+FD3E and U+FD3F are brackets, U+FDF0 to U+FDFF are signs that stand for words.
_PRESENTATION_FORMS = re.compile(r"[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufe70-\ufefc]")
_STACKED = re.compile(rf"([{MARKS}]{{{MOST_MARKS}}})[{MARKS}]+")
_NO_WORD = re.compile(rf"[^\w\s\x00-\x7f]{{{MOST_SORTED + 1},}}")
_PAIR = re.compile(rf"[{MARKS}][{MARKS}]")
# Characters that are stored as they are, whatever stands beside them: no mark, no control, no form.
_SETTLED = re.compile(
    r"[\t\n\x20-\x7e\xa0-\xac\xae-\u02ff\u0600-\u060f\u061b-\u064a\u0660-\u066f\u0671-\u06d5\u06dd"
    r"\u06de\u06e5\u06e6\u06e9\u06ee-\u06ff\u0750-\u077f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*\Z"
)
_URDU_LETTERS = re.compile("[يىكه]")
_URDU = dict(zip("يىكه", "ییکہ", strict=True))


def normalise(text: str, language: str) -> str:
    """Return `text` as it is stored, in the spelling of `language` (a BCP 47 tag).

    The result is NFC; presentation forms are plain letters (signs such as ﷺ and ﷲ stay); controls
    are gone but for newline and tab, and so are soft hyphens, stray byte order marks and
    noncharacters; a lone surrogate is U+FFFD; ZWNJ and ZWJ are spelling and stay. Urdu alone has
    Arabic ي ى ك ه replaced by ی ی ک ہ: in Sindhi those letters are right. Idempotent.
    """
    if text.isascii() and text.isprintable():
        return text
    settled = is_settled(text)
    if not settled:
        text = composed(_PRESENTATION_FORMS.sub(_plain_letters, drop_controls(text)))
    if language.split("-")[0].lower() == "ur" and _URDU_LETTERS.search(text):
        for letter, urdu in _URDU.items():
            text = text.replace(letter, urdu)
        text = composed(text)
    return text if settled else limit_marks(text)


def is_settled(text: str) -> bool:
    """Whether every character of `text` is one that is stored as it is, Urdu letters apart."""
    return bool(_SETTLED.match(text))


def composed(text: str) -> str:
    """Return `text` in NFC, in time that grows with its length and no faster.

    Marks that are out of order are sorted, which takes the square of their number, so that more
    than 30 in a row are cut first (UAX #15, Stream-Safe Text). Composed text stays as it is.
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", _NO_WORD.sub(_without_excess, text))


def _without_excess(match: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in match[0]:
        marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
        if marks <= MOST_SORTED:
            kept.append(character)
    return "".join(kept)


def drop_controls(text: str) -> str:
    """Return `text` without controls, soft hyphens and noncharacters; lines end in a newline."""
    if text.replace("\n", "").isprintable():
        return text
    text = _DROPPED.sub("", _NEWLINES.sub("\n", text))
    return _SURROGATES.sub("\ufffd", text)


def limit_marks(text: str) -> str:
    """Return `text` with at most 8 combining marks in a row; real spelling needs four."""
    return _STACKED.sub(r"\1", text) if _PAIR.search(text) else text


def _plain_letters(match: re.Match[str]) -> str:
    # A mark's own form decomposes to a space or a tatweel that carries it; neither was written.
    return unicodedata.normalize("NFKC", match[0]).lstrip(" ـ")
