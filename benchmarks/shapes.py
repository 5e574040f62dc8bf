"""Shapes of hostile text, each in any size: a name, and a function from bytes wanted to bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Shape = Callable[[int], bytes]


def again(unit: str | bytes, before: str = "", after: str = "") -> Shape:
    """``unit`` as often as it fits, between ``before`` and ``after``."""
    piece = unit if isinstance(unit, bytes) else unit.encode("utf-8", "surrogatepass")
    return lambda size: before.encode() + piece * max(1, size // len(piece)) + after.encode()


def halves(first: Shape, second: Shape) -> Shape:
    return lambda size: first(size // 2) + second(size // 2)


def _numbered(form: str) -> Shape:
    """Lines by a form with one number in it, no two of them equal."""

    def shape(size: int) -> bytes:
        line = form % 1_000_000
        lines = max(1, size // len(line.encode()))
        return "".join(form % number for number in range(1_000_000, 1_000_000 + lines)).encode()

    return shape


def _wide(shape: Shape, charset: str) -> Shape:
    return lambda size: shape(size // 2).decode("utf-8", "replace").encode(charset)


SENTENCE = "It rained all day long in the old town of the river people.\n"
_STORY = SENTENCE * 5
_URDU = "شہر میں دن بھر بارش ہوتی رہی اور لوگ گھروں سے باہر نہیں نکل سکے۔"
_SINDHI = "شهر ۾ سڄو ڏينهن مينهن پوندو رهيو ۽ ماڻهو گهرن مان ٻاهر نه نڪري سگهيا."

LONG_LINES: Mapping[str, str | bytes] = {
    "words": "word ",
    "one letter": "A",
    "Urdu": _URDU + " ",
    "Sindhi": _SINDHI + " ",
    "capitals": "KARACHI ",
    "digits": "1",
    "Urdu digits": "۱",
    "years": "2023 ",
    "dates": "7/29/2023 ",
    "dates in words": "29 July 2023 ",
    "Urdu dates": "29 جولائی 2023ء ",
    "stamps": "7/17/2024 7:20:44 PM ",
    "addresses": "https://example.org/2023/07/29/a-b-c ",
    "no-break spaces": "\u00a0",
    "labels": "Home\u00a0",
    "Urdu labels": "صفحہ\u00a0",
    "bars": "| ",
    "dots": ".",
    "Urdu stops": "۔",
    "opening brackets": "(",
    "square brackets": "[",
    "deep brackets": "[[({",
    "quotes": "”",
    "spaces": " ",
    "comments": "<!--x-->",
    "comments in Urdu": "<!--x-->ش",
    "opened comments": "<!--",
    "code": "[IMG]x[/IMG]",
    "opened code": "[IMG]",
    "coloured code": "[COLOR=ش",
    "images": "![",
    "images with addresses": "![x](",
    "hidden addresses": "[email protected]",
    "hidden addresses in Urdu": "[email protected] ش ",
    "broken hidden addresses": "[email" + " " * 50,
    "spambots": "This email address is being protected from spambots. ش",
    "bidi controls": "\u202b\u2067\u202e\u2069",
    "bidi controls in Urdu": "ش\u202bہر\u202c ",
    "zero-width joiners": "ب\u200cا\u200d",
    "object replacements": "\ufffc",
    "object replacements in Urdu": "ش\ufffc",
    "lone surrogates": "\ud800",
    "undecodable": b"\xff",
    "undecodable in words": b"ab\xff ",
    "undecodable in Urdu": "ش".encode() + b"\xff ",
    "misread Urdu": "شہر میں ".encode().decode("cp1252", "replace").replace("\ufffd", "x"),
    "presentation forms": "\ufeb7\ufeec\ufeae ",
    "marks": "\u0301",
    "marks out of order": "\u0301\u0316",
    "Urdu marks out of order": "\u0651\u064e",
    "marks that take two": "\u0344",
    "ligatures": "\ufdfa",
    "Hangul": "\u1100\u1161\u11a8",
    "emoji": "\U0001f600",
    "control characters": "a\x01bcdefghijklmnopqrstuvwxyz",
    "rules": "= ",
    "colons": "Place: ",
    "hyphens": "A-",
    "names": "Xa'",
    "lost letters": "شہ?? ",
}
LINES: Mapping[str, str | bytes] = {
    "short lines": "short line\n",
    "one-letter lines": "A\n",
    "sentences": SENTENCE,
    "Urdu sentences": _URDU + "\n",
    "Sindhi sentences": _SINDHI + "\n",
    "blank lines": "\n",
    "carriage returns": "a\r",
    "dates": "7/29/2023\n",
    "Urdu dates": "29 جولائی 2023ء\n",
    "titles and dates": "A title here\n7/29/2023\n",
    "titles beside dates": "A title of four words | 29 July 2023\n",
    "titled stories": "A title here\n7/29/2023\n" + SENTENCE * 6,
    "ruled stories": "=======\n" + SENTENCE,
    "datelines": "A heading here\nKARACHI: " + SENTENCE,
    "Urdu datelines": "ایک سرخی\nلندن ۔۔۔3 جنوری 2013ء " + _URDU + "\n",
    "spoken lines": "سوال: " + _URDU + "\n",
    "menus": "Home  News  Sport  Weather\n",
    "labels": "Home\n",
    "lost links": "the honest pupils of\u00a0\n\u00a0",
    "wrapped lines": "and so it went on and on\n",
    "tails": "Comments\nRead more\n",
    "promotions": "Also read: another story\n",
    "teasers": "Fares on the ring road are frozen until...\n",
    "stamps": "7/17/2024 7:20:44 PM\n",
    "label above date": "Posted on\n7/29/2023\n",
    "bylines": "By Some Name\n",
    "counters": "12\n",
    "phones": "+92 21 1234567\n",
    "prefixes": " date 2023-07-29 \n",
    "mastheads": "Daily News\n",
    "numbered": "1. A title\n29 July 2023\n",
}
TEXTS: dict[str, Shape] = {
    **{f"a line of {name}": again(unit) for name, unit in LONG_LINES.items()},
    **{
        f"sentences, then a line of {name}": again(unit, SENTENCE * 5)
        for name, unit in LONG_LINES.items()
    },
    **{f"lines: {name}": again(unit) for name, unit in LINES.items()},
    **{f"lines below a story: {name}": again(unit, SENTENCE * 5) for name, unit in LINES.items()},
    "different titles and dates": _numbered("Title %d\n7/29/2023\n"),
    "different titles beside dates": _numbered("A title of %d | 29 July 2023\n"),
    "different datelines": _numbered("A heading %d\nKARACHI: It rained all day in the old town.\n"),
    "different dates": _numbered("1/%d\n"),
    "two titles beside dates, then lines": again(
        "short line\n", "One title of words | 29 July 2023\nAnother title of words | 30 July 2023\n"
    ),
    "labels, then a story": again("Home\n", "", SENTENCE * 5),
    "menus, then a story": again("Home  News  Sport\n", "", SENTENCE * 5),
    "a letter between spaces": halves(again(" ", "a"), again(" ", "b", "c")),
    "UTF-16 Urdu": _wide(again(_URDU + " "), "utf-16"),
    "UTF-16 comments": _wide(again("<!--x-->ش"), "utf-16"),
    "UTF-16 lines": _wide(again("short line\n"), "utf-16"),
    "misread comments": _wide(again("<!--x-->"), "utf-8"),
}
