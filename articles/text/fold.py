"""The search key: the form in which two spellings of one word are equal."""

from __future__ import annotations

import unicodedata

from .narrow import CHARACTERS, narrow, numbers_of, widen
from .normal import composed

# Letters that writers and keyboards use for one another. Each family folds to its first letter,
# which is the Urdu one, so that well-spelt Urdu passes almost unchanged.
FAMILIES = (
    "یيىېۍێۑؠ",
    "کكڪ",
    "ہهھةۃەۿ",
    "اٱٲٳ",
    "گګ",
)
# Sindhi "and" and "in". Unicode calls them symbols, but they are words.
SIGN_WORDS = "۽۾"

_SPELT = {
    "ۓ": "یے",  # گۓ is written for گئے
    # A lone hamza comes and goes: علماء and علما, 2023ء and 2023.
    "ء": "",
    "ٴ": "",
    "ـ": "",
    # Latin letters whose stroke is not a combining mark to Unicode.
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
}  # fmt: skip
_SPELT |= {letter: family[0] for family in FAMILIES for letter in family}
_SPELT |= {sign: f" {sign} " for sign in SIGN_WORDS}


def fold(text: str) -> str:
    """Return the search key of `text`: lower-case words of letters and digits, single spaces.

    Compatibility forms become letters; marks (Mn), tatweel and zero-width characters go; the yeh,
    kaf, heh and alef families become one letter each, and hamza seats the letter that carries
    them; digits are ASCII; Latin letters lose diacritics and case; all else is a space. Kaf is
    folded though ک and ڪ differ in Sindhi: exact spelling is ranked elsewhere. Idempotent, and
    meant for stored text and query alike.
    """
    if text.isascii():
        return " ".join(text.encode().translate(_ASCII).decode().split())
    numbers = narrow(text)
    if numbers is not None:
        for number, key in _LONG.items():
            numbers = numbers.replace(number, key)
        return " ".join(widen(numbers.translate(_NARROW, _LEFT_OUT)).split())
    folded = composed(text).translate(_KEYS)
    return composed(" ".join(folded.split()))


class _Keys(dict[int, str]):
    """The key of each character, worked out when the character is first met."""

    def __missing__(self, code: int) -> str:
        key = self[code] = _key(chr(code))
        return key


def _key(character: str) -> str:
    if character in _SPELT:
        return _SPELT[character]
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in ("Mn", "Me", "Cf"):
        return ""
    if category[0] not in "LNM":
        return " "
    plain = unicodedata.normalize("NFKD", character).casefold()
    if plain == character:
        return character
    # U+FDFA is a letter to Unicode, yet it stands for a phrase that nobody types.
    if " " in plain.strip():
        return " "
    return unicodedata.normalize("NFC", "".join(map(_key, plain.strip())))


_KEYS = _Keys()
_ASCII = "".join(map(_key, map(chr, range(128)))).encode().ljust(256)
_LONG = {numbers_of(one): numbers_of(_key(one)) for one in CHARACTERS if len(_key(one)) > 1}
_LEFT_OUT = numbers_of(one for one in CHARACTERS if not _key(one))
_NARROW = bytes(
    numbers_of(_key(one))[0] if len(_key(one)) == 1 else place
    for place, one in enumerate(CHARACTERS)
)
"""The same for narrow text, by the numbers of characters."""
