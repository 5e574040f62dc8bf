"""What happens to the bytes of a page on its way into an archive."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

from .pages import Page

PLAIN = ("plain",) * 11
KINDS = (
    *PLAIN, "bom", "crlf", "cr", "nul", "utf-16", "utf-16-be", "cp1252", "cp1256", "forms", "nfd",
    "controls", "zero-width", "arabic letters", "bad", "single",
)  # fmt: skip


CARRIED: dict[str, Callable[[str], bytes]] = {
    "plain": str.encode,
    "bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cr": lambda text: text.replace("\n", "\r").encode(),
    "nul": lambda text: text.replace("\n", "\x00\n", 2).encode(),
    "utf-16": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "utf-16-be": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
}


def plain(page: Page) -> str:
    """The page's lines as text."""
    return "\n".join(page.lines)


def spoil(page: Page, rng: random.Random, kind: str) -> bytes:
    """The page as bytes, damaged in the way of ``kind``; its labels follow where they must."""
    page.notes.append(kind)
    text = plain(page)
    if kind in CARRIED:
        return CARRIED[kind](text)
    if kind in {"cp1252", "cp1256"}:
        return misread(text, kind).encode()
    if kind == "bad":
        return with_bad_bytes(page, rng)
    if kind == "single":
        return single(page)
    return written_otherwise(text, rng, kind).encode()


def misread(text: str, page: str) -> str:
    """``text`` as UTF-8 that was read in a Windows code page (bytes it lacks as in browsers)."""
    table = [bytes([n]).decode(page, "ignore") or chr(n) for n in range(256)]
    return "".join(table[byte] for byte in text.encode())


def with_bad_bytes(page: Page, rng: random.Random) -> bytes:
    """One byte in the middle of the last long paragraph that is not UTF-8."""
    parts = page.bodies[-1]
    place = max(range(len(parts)), key=lambda n: len(parts[n]))
    words = parts[place].split()
    word = words[len(words) // 2]
    line = next((line for line in page.lines if line.endswith(parts[place])), "")
    if not line:
        return plain(page).encode()
    half = len(" ".join(words[: len(words) // 2])) + 1 + len(word) // 2
    spoilt = parts[place][:half] + "\ufffd" + parts[place][half:]
    page.articles[-1]["gaps"] += 1
    raw = plain(page).replace(parts[place], spoilt, 1).encode()
    parts[place] = spoilt
    return raw.replace("\ufffd".encode(), rng.choice((b"\xff", b"\xfe", b"\xc0")), 1)


def single(page: Page) -> bytes:
    """The page in a one-byte character set: cp1252 for English, cp1256 for Urdu."""
    text = plain(page)
    if page.language == "sd" or (page.language == "en" and not text.replace("–", "").isascii()):
        return text.encode()
    charset = "cp1252" if page.language == "en" else "cp1256"
    change = str.maketrans("ی۔ۓۂ", "ي.يه") if charset == "cp1256" else str.maketrans("'", "’")
    for story in page.articles:
        for name in ("title", "byline", "dateline_place", "dateline_text"):
            story[name] = story[name].translate(change) if story.get(name) else story.get(name)
        for name in ("decks", "must_not_contain"):
            story[name] = [text.translate(change) for text in story[name]]
    page.bodies[:] = [[text.translate(change) for text in body] for body in page.bodies]
    return plain(page).translate(change).encode(charset, "replace")


def written_otherwise(text: str, rng: random.Random, kind: str) -> str:
    """The same text in other characters: decomposed, presentation forms, controls, look-alikes."""
    if kind == "nfd":
        return unicodedata.normalize("NFD", text)
    if kind == "forms":
        return "".join(_form(char, rng) for char in text)
    if kind == "arabic letters":
        return text.translate(str.maketrans("یکہ", "يكه")) if "ے" in text else text
    marks = "\u202b\u202c\u200f" if kind == "controls" else "\u200b\u00ad\u200e"
    words = text.split(" ")
    for place in range(2, len(words), 9):
        words[place] = rng.choice(marks) + words[place]
    return " ".join(words)


def _form(char: str, rng: random.Random) -> str:
    forms = FORMS.get(char)
    return rng.choice(forms) if forms and rng.random() < 0.5 else char


FORMS: dict[str, list[str]] = {}
for _code in (*range(0xFB50, 0xFBB2), *range(0xFE80, 0xFEFD)):
    _letter = unicodedata.normalize("NFKC", chr(_code))
    if len(_letter) == 1 and _letter not in "ہھه":
        FORMS.setdefault(_letter, []).append(chr(_code))
