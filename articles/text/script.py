"""Which script and which language a text is written in, told by its letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice
from math import ceil
from typing import NamedTuple

from .narrow import CHARACTERS, narrow, numbers_of

# Letters that one language of the newsroom uses and the others do not. A language of the Arabic
# script is told by them: no language library knows Sindhi.
DISTINCTIVE_LETTERS = {
    "sd": frozenset("ٻڀٺٽٿڃڄڇڌڍڊڏڙڦڪڳڱڻ۽۾"),
    "ur": frozenset("ٹڈڑںےۓہۂۃ"),
}
# Words that English cannot do without and that its neighbours in Latin letters seldom share.
_ENGLISH = """
the of and to in is was for that with by are were from this has have had his their they he she it at
be been will not who which would after over into as an its on more than when where what there while
could should about during between before against under
"""
FUNCTION_WORDS = {"en": frozenset(_ENGLISH.split())}
# Share of distinctive letters under which a text stays undetermined: Arabic, Persian and Pashto
# must not pass for Urdu because they quote a name.
FLOOR = 0.03
WORD_FLOOR = 0.10

# ISO 15924 codes of the scripts whose letters have bidirectional class R or AL.
_RIGHT_TO_LEFT = """
Adlm Arab Aran Hebr Hung Mand Mani Mend Narb Nkoo Ougr Phnx Rohg Samr Sogd Syrc Syre Syrj Syrn Thaa
Yezi
"""
RIGHT_TO_LEFT = frozenset(_RIGHT_TO_LEFT.split())
_SCRIPTS = {"ARABIC": "Arab", "LATIN": "Latn"}
_KINDS = ("Arab", "Latn", "Zyyy")
_COUNTED = (*_KINDS, *DISTINCTIVE_LETTERS)
_WORD = re.compile(r"[^\W\d_]+")
# Signs that are Sindhi words, which Unicode does not count among letters.
_SIGNS = "۽۾"
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
# The letters of Arabic script, the signs between them and common signs beside them: no letter
# stands outside of these and of ASCII in a text of the newsroom's languages.
_ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff"
_PUNCTUATION = "\x80-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\u2000-\u206f"
_FOREIGN = re.compile(f"[^\x00-\x7f{_PUNCTUATION}{_ARABIC}]")
_IN_ARABIC = re.compile(f"[{_ARABIC}]")
_UNLETTERED = re.compile(
    f"[{_PUNCTUATION}\u0600-\u061f\u064b-\u066d\u0670\u06d4\u06d6-\u06e4\u06e7-\u06ed"
    "\u06f0-\u06f9\u06fd\u06fe\u08ca-\u08ff]"
)
_SMALL = bytes(code | 32 if chr(code).isalpha() else 32 for code in range(128)).ljust(256)
_LATIN = bytes(code for code in range(128) if chr(code).isalpha())
# The same for narrow text, by the numbers of characters.
_FOREIGN_NUMBERS = numbers_of(_FOREIGN.findall(CHARACTERS))
_ARABIC_NUMBERS = numbers_of(
    one for one in CHARACTERS if _IN_ARABIC.match(one) and not _UNLETTERED.match(one)
)
_TATWEEL_NUMBER, _SIGN_NUMBERS = numbers_of("ـ"), numbers_of(_SIGNS)
_DISTINCTIVE_NUMBERS = {code: numbers_of(known) for code, known in DISTINCTIVE_LETTERS.items()}


class Guess(NamedTuple):
    """A language, how sure that is, and the letters it was told by.

    `language` is "en", "ur", "sd" or "und"; `confidence` runs from 0 (always for "und") to 1;
    `letters` counts letters by script ("Arab", "Latn", "Zyyy" for the rest) and the distinctive
    letters by language ("sd", "ur").
    """

    language: str
    confidence: float
    letters: dict[str, int]


def guess_language(text: str) -> Guess:
    """Return the language of `text`, judged by its letters; "und" where they do not decide.

    Only the script that most letters belong to is judged, so Arabic script quoted in an English
    text does not flip it. In Arabic script, Sindhi and Urdu are told by letters that the other
    lacks; under 3 % of such letters the text is undetermined. Punjabi and Balochi in Arabic script
    share Urdu's letters and are taken for it. In Latin script a text is English only when common
    English function words appear, so a short headline without one is "und".
    """
    letters = _count_narrow(text)
    if letters is None:
        foreign = _FOREIGN.findall(text)
        if foreign:
            text = _FORMS.sub(_plain_letters, text).casefold()
            foreign = _FOREIGN.findall(text)
        letters = _count_letters(text, foreign)
    if letters["Arab"] > letters["Latn"]:
        return _guess_by_letters(letters)
    return _guess_by_words(_words(text, letters), letters)


def script_of(text: str) -> str:
    """Return the ISO 15924 code of most letters in `text`: "Latn", "Arab", else "Zyyy"."""
    text = _FORMS.sub(_plain_letters, text)
    letters = _count_letters(text, _FOREIGN.findall(text))
    script = max(("Latn", "Arab", "Zyyy"), key=lambda code: letters[code])
    return script if letters[script] else "Zyyy"


def direction_of(script: str) -> str:
    """Return "rtl" or "ltr", the direction of lines in `script` (an ISO 15924 code)."""
    return "rtl" if script.title() in RIGHT_TO_LEFT else "ltr"


def _plain_letters(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])[:1]


def _guess_by_letters(letters: dict[str, int]) -> Guess:
    best = max(DISTINCTIVE_LETTERS, key=letters.__getitem__)
    rest = sum(map(letters.__getitem__, DISTINCTIVE_LETTERS)) - letters[best]
    share = letters[best] / letters["Arab"]
    if share < FLOOR or letters[best] == rest:
        return Guess("und", 0.0, letters)
    margin = (letters[best] - rest) / (letters[best] + rest)
    strength = min(1.0, share / (2 * FLOOR))
    return Guess(best, _confidence(margin * strength, letters["Arab"], letters), letters)


def _guess_by_words(words: list[str], letters: dict[str, int]) -> Guess:
    total = len(words)
    if letters["Arab"] or letters["Zyyy"]:
        total = sum(word[0] < "\u0250" for word in words)
    for language, known in FUNCTION_WORDS.items():
        found = filter(known.__contains__, words)
        # So many are as good as all; only where they are few different ones are more looked for.
        seen = list(islice(found, ceil(2 * WORD_FLOOR * total)))
        if len(set(seen)) < min(4, 1 + total // 10):
            seen += found
        enough = len(seen) >= WORD_FLOOR * total and len(set(seen)) >= min(4, 1 + total // 10)
        if seen and enough:
            strength = min(1.0, len(seen) / (2 * WORD_FLOOR * total))
            return Guess(language, _confidence(strength, letters["Latn"], letters), letters)
    return Guess("und", 0.0, letters)


def _confidence(margin: float, length: int, letters: dict[str, int]) -> float:
    # Ten letters decide half as well as many; a text in two scripts is as sure as its larger part.
    whole = letters["Arab"] + letters["Latn"] + letters["Zyyy"]
    return round(margin * length / (length + 10) * min(1.0, 1.25 * length / whole), 3)


def _words(text: str, letters: dict[str, int]) -> list[str]:
    """The words of a text, in small letters."""
    plain = text.encode("ascii", "replace").translate(_SMALL)
    if "ـ" in text or len(plain) - plain.count(b" ") < sum(map(letters.__getitem__, _KINDS)):
        return _WORD.findall(text.casefold())
    return plain.decode().split()


def _count_narrow(text: str) -> dict[str, int] | None:
    """What :func:`_count_letters` counts, or None for a text that is not narrow or holds foreign
    letters. Most texts are, and are counted here in a quarter of the time.
    """
    counts = dict.fromkeys(_COUNTED, 0)
    if text.isascii():
        counts["Latn"] = _held(text.encode(), _LATIN)
        return counts
    numbers = narrow(text)
    if numbers is None or any(map(numbers.__contains__, _FOREIGN_NUMBERS)):
        return None
    counts["Latn"] = _held(numbers, _LATIN)
    if not (arabic := _held(numbers, _ARABIC_NUMBERS)):
        return counts
    signs = sum(map(numbers.count, _SIGN_NUMBERS))
    counts["Arab"] = arabic - numbers.count(_TATWEEL_NUMBER) + signs
    for language, known in _DISTINCTIVE_NUMBERS.items():
        counts[language] = _held(numbers, known)
    return counts


def _held(numbers: bytes, some: bytes) -> int:
    """How many of ``numbers`` are among ``some``."""
    return len(numbers) - len(numbers.translate(None, some))


def _count_letters(text: str, foreign: list[str]) -> dict[str, int]:
    """Count by taking away: few signs stand among the letters of a text.

    ``foreign`` are its characters that are neither ASCII, nor Arabic script, nor common signs.
    """
    counts = dict.fromkeys(_COUNTED, 0)
    latin = text.encode("ascii", "ignore")
    counts["Latn"] = len(latin) - len(latin.translate(None, _LATIN))
    if len(latin) == len(text):
        return counts
    arabic = len(text) - len(latin) - len(foreign) - len(_UNLETTERED.findall(text))
    letters = list(filter(_WORD.match, foreign))
    if not arabic and not letters:
        return counts
    for letter in letters:
        counts[_script(letter)] += 1
    counts["Arab"] += arabic - text.count("ـ") + sum(map(text.count, _SIGNS))
    for language, known in DISTINCTIVE_LETTERS.items():
        counts[language] = sum(map(text.count, known))
    return counts


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """ISO 15924 code of one letter: "Arab", "Latn", or "Zyyy" for all others."""
    return _SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "Zyyy")
