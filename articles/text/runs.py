"""Left-to-right runs in right-to-left text: numbers, codes and Latin words (UAX #9).

The bidirectional algorithm keeps ``29/7/2023`` whole but turns ``021-99203271`` round, since a
hyphen, a plus sign or a space between digits takes the direction of the paragraph. Whoever shows
the text isolates these runs, which the algorithm then cannot tear.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LONGEST_UNBROKEN = 24
MOST = 4096
"""Characters whose kinds are kept."""


class Piece(NamedTuple):
    """A part of a text. ``is_left_to_right`` ones are to be isolated, each by itself.

    ``is_unbroken`` ones (numbers, codes) belong on one line where a line has room for them.
    """

    text: str
    is_left_to_right: bool = False
    is_unbroken: bool = False


# A text is matched by the kinds of its characters: L a letter written left to right, R one written
# right to left, r another sign of such a script, Z a zero, D another digit, s a space, n a line's
# end; all else stands for itself.
_SAME = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
    **dict.fromkeys("\u066b\u066c", ","),
    **dict.fromkeys("\n\r\v\f\u2028\u2029", "n"),
}
_INVISIBLE = "i"
_MARK = "\0"
_MARKS = "\u200e\u200f\u061c"

_START = "(?<![LRDZ])"
_DIGIT = "[DZ]"
_SIGN = rf"{_START}[-+±~#*$£€¥₹₨]{{1,2}}"
_AFTER = r"(?:[%‰°]|[+#*$£€¥₹₨](?![LRDZ]))"
# An international number (ITU-T E.123) has spaces, hyphens or brackets behind its plus sign.
_INTERNATIONAL = (
    rf"{_START}\+{_DIGIT}++"
    rf"(?:[-./s]{{1,2}}{_DIGIT}{{2,}}+|[-/]{_DIGIT}++|s?\({_DIGIT}++\)[-s]?{_DIGIT}++)*+"
)
_AREA = rf"{_START}\({_DIGIT}{{2,5}}+\)[-s]?{_DIGIT}{{3,}}+(?:[-./]{_DIGIT}++|s{_DIGIT}{{2,}}+)*+"
# Groups parted by spaces are one number if it begins with a zero or has three long groups.
_NATIONAL = rf"{_START}Z{_DIGIT}{{1,4}}+(?:[-s]{_DIGIT}{{2,}}+)++(?![-/.:,]?{_DIGIT})"
_GROUPED = rf"{_START}{_DIGIT}{{1,4}}+(?:s{_DIGIT}{{3,}}+){{2,}}+(?![-/.:,]?{_DIGIT})"
_JOINED = rf"(?:{_SIGN})?{_DIGIT}++(?:[-/.:,+*×']{{1,2}}{_DIGIT}++)*+{_AFTER}{{0,2}}"
_NUMBER = rf"(?:{_INTERNATIONAL}|{_AREA}|{_NATIONAL}|{_GROUPED}|{_JOINED})"

_GLUE = r"[-/.:,;+*'’&@_=?#%~\\×·°$|!^]"
_BEFORE = rf"{_START}(?:[@#$£€¥₹₨+~_/\\*&]{{1,3}}|(?<!\.)\.)"
_WORD = (
    rf"(?:{_BEFORE})?(?=[LDZ])(?=(?:{_DIGIT}|{_GLUE}){{0,99}}+L)[LDZ]++(?:{_GLUE}++[LDZ]++)*+"
    r"(?:(?<=\.L)\.|[+#%°™®©*_/=]{1,3}(?![LRDZ]))?"
)
_QUOTED = "|".join(
    rf"{_START}{opening}(?!s)(?=[^RrnL{pair}]{{0,99}}+L)[^Rrn{pair}]{{1,500}}+{closing}"
    r"(?<!s.)(?![LRDZ])"
    for opening, closing, pair in (
        ("“", "”", "“”"),
        ("‘", "’", "‘’"),
        ("«", "»", "«»"),
        ('"', '"', '"'),
        ("'", "'", "'"),
    )
)
_ITEM = rf"(?:{_QUOTED}|{_WORD})"
_BETWEEN = r"[.,:;!?…]{0,3}s{1,2}(?:[-—&+/|]s)?"
_PHRASE = (
    rf"(?:{_NUMBER}s)?{_ITEM}"
    rf"(?:{_BETWEEN}{_ITEM}|(?<=[LDZ])[.:]?s{_NUMBER}|(?<=[LDZ])s?\([^Rrn()]{{1,60}}+\))*+"
)
# None begins with a letter of the other script, a space or a line's end: most of a text.
_RUN = re.compile(rf"(?![Rrsni])(?:{_PHRASE}|{_NUMBER})")
_MAY_RUN = re.compile("[LDZ]")
_SENTENCE_END = re.compile("[.!?…]+(?![LRDZ])")
_BEFORE_SENTENCE = frozenset("rn.!?…:;—-“«\"'‘(")


def pieces(text: str) -> list[Piece]:
    """Return ``text`` cut into what runs with a right-to-left paragraph and what runs against it.

    Joined again, the pieces are the text. Runs that are to be isolated are numbers whose groups are
    joined (telephone numbers, dates, ranges, prices, percentages), and Latin words with their own
    numbers, signs and quotation marks. A Latin sentence keeps the stop at its end; after a Latin
    word that only ends another sentence the stop is that sentence's. Linear time.
    """
    kinds = _kinds_of(text)
    if not _MAY_RUN.search(kinds):
        return [Piece(text)] if text else []
    found, position = [], 0
    for match in _RUN.finditer(kinds):
        start, end = match.start(), _with_stop(kinds, match)
        if set(match[0]) <= {"D", "Z"}:
            continue
        if start > position:
            found.append(Piece(text[position:start]))
        found.append(Piece(text[start:end], True, _is_unbroken(kinds[start:end])))
        position = end
    if position < len(text):
        found.append(Piece(text[position:]))
    return found


def _with_stop(kinds: str, match: re.Match[str]) -> int:
    """Return the end of a run with the stop behind it, if the run is a sentence of its own."""
    stop = _SENTENCE_END.match(kinds, match.end())
    if stop is None or "L" not in match[0]:
        return match.end()
    before = kinds[: match.start()].rstrip("s" + _INVISIBLE)[-1:]
    return stop.end() if not before or before in _BEFORE_SENTENCE else match.end()


def _is_unbroken(kinds: str) -> bool:
    if "L" not in kinds:
        return True
    has_digit = "D" in kinds or "Z" in kinds
    return len(kinds) <= LONGEST_UNBROKEN and (has_digit or "s" not in kinds)


class _Kinds(dict[int, str]):
    """The kind of each character by its code point, as ``str.translate`` asks for it."""

    def __missing__(self, code: int) -> str:
        kind = _kind_of(chr(code))
        if len(self) < MOST:
            self[code] = kind
        return kind


_KINDS = _Kinds()
_MARKED = re.compile(f"([^{_MARK}]?){_MARK}+")


def _kinds_of(text: str) -> str:
    """The kinds of all characters; a mark has that of the character before it."""
    kinds = text.translate(_KINDS)
    if _MARK not in kinds:
        return kinds
    return _MARKED.sub(lambda found: (found[1] or _INVISIBLE) * len(found[0]), kinds)


def _kind_of(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    if character.isspace():
        return "s"
    direction = unicodedata.bidirectional(character)
    if direction in {"NSM", "BN"} or character in _MARKS:
        return _MARK
    if direction in {"EN", "AN"}:
        return "Z" if unicodedata.digit(character, 1) == 0 else "D"
    if direction in {"R", "AL"}:
        return "R" if character.isalpha() else "r"
    return "L" if direction == "L" else character
