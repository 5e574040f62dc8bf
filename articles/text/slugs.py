"""Slugs: the readable, decorative part of an article's address."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from articles.text.fold import SIGN_WORDS
from articles.text.normal import MARKS, normalise
from articles.text.script import guess_language

_UNWRITTEN = re.compile(rf"[{MARKS}ـ'’‘ʼ]")


def slugify(text: str, *, limit: int = 80) -> str:
    """Return the words of `text` joined by "-", at most `limit` characters, cut at a word.

    The words hold letters of one script, the one that most letters belong to, and ASCII digits;
    words of other scripts are left out, and so are words that mix scripts, as their letters may
    be look-alikes. Lower case; vowel signs, diacritics, ZWNJ and bidi controls are dropped; the
    Sindhi words ۽ and ۾ stay; Urdu is spelt with Urdu letters. "" when nothing is left.
    """
    language = "en" if text.isascii() else guess_language(text).language
    written = normalise(text, language).translate(_WRITTEN)
    words = written.split()
    if len(_scripts(written)) > 1:
        words = _of_one_script(words)
    return _joined(words, limit)


def _of_one_script(words: list[str]) -> list[str]:
    """The words in the script that most letters belong to, and those without a letter."""
    counts: Counter[str] = Counter()
    for word in words:
        scripts = _scripts(word)
        if len(scripts) == 1:
            counts.update(dict.fromkeys(scripts, len(word)))
    main = {script for script, _ in counts.most_common(1)}
    return [word for word in words if _scripts(word) <= main]


class _Written(dict[int, str]):
    """What a slug holds for each character, worked out when the character is first met."""

    def __missing__(self, code: int) -> str:
        written = self[code] = _written(chr(code))
        return written


_WRITTEN = _Written()


def _written(character: str) -> str:
    """Return what a slug holds for `character`: letters, a digit, a space, or nothing."""
    category = unicodedata.category(character)
    if character in SIGN_WORDS:
        return f" {character} "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cf" or _UNWRITTEN.match(character):
        return ""
    plain = unicodedata.normalize("NFKC", character).casefold()
    # A sign for a whole phrase, such as U+FDFA, would fill the slug with words nobody wrote.
    if category[0] not in "LM" or " " in plain:
        return " "
    if _scripts(plain) == {"LATIN"}:
        plain = _UNWRITTEN.sub("", unicodedata.normalize("NFD", plain))
    return plain


def _scripts(word: str) -> set[str]:
    """Return the scripts of the letters of `word`, by the first word of their Unicode names."""
    return {script for script in map(_script, set(word)) if script is not None}


@lru_cache(maxsize=4096)
def _script(character: str) -> str | None:
    is_letter = character.isalpha() or character in SIGN_WORDS
    return unicodedata.name(character, "").split(" ")[0] if is_letter else None


def _joined(words: list[str], limit: int) -> str:
    slug = words[0][:limit] if words else ""
    for word in words[1:]:
        if len(slug) + 1 + len(word) > limit:
            break
        slug = f"{slug}-{word}"
    return slug
