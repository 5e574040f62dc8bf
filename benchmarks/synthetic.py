"""Invented captures in any number, each a text of its own: ``make(folder, count)``.

Half are the labelled captures of ``tests/captures/gold`` with every sentence written anew from the
words of their language, so that menus, labels, stamps and damage stay as they are; half are plain
pages of a headline, a date line and three to six paragraphs. The same seed gives the same bytes.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

GOLD = Path(__file__).parent.parent / "tests" / "captures" / "gold"
FOLDER = 1000
"""Files in one folder, as archives are laid out."""

_WORD = re.compile(rb"\S+")
_LETTERS = re.compile("[^\\W\\d_]+")
_PROSE = 8
"""Words from which a line of a labelled capture is a sentence and is written anew."""
_LABELS = {
    "en": ("Posted on: {month}/{day}/{year}", ". "),
    "ur": ("شائع ہوا: {day}-{month}-{year}", "۔ "),
    "sd": ("ڇپيل: {day}-{month}-{year}", ". "),
}

Vocabulary = Mapping[str, Sequence[str]]


def make(folder: Path, count: int, seed: int = 1) -> None:
    """Write ``count`` captures below ``folder``, a thousand to a folder."""
    chance = random.Random(seed)  # noqa: S311  Nothing here is a secret.
    words, labelled = vocabulary(), _labelled()
    for number in range(count):
        place = folder / f"{number // FOLDER:03}"
        place.mkdir(parents=True, exist_ok=True)
        if number % 2:
            language, raw = labelled[number // 2 % len(labelled)]
            raw = _rewritten(raw, words[language], chance)
        else:
            raw = _page(chance, words)
        (place / f"{number:06}.txt").write_bytes(raw)


def _labelled() -> list[tuple[str, bytes]]:
    """Language and bytes of each labelled capture with a story in a language of the newsroom."""
    lines = (GOLD / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    labels = [json.loads(line) for line in lines]
    return [
        (label["language"], (GOLD / label["file"]).read_bytes())
        for label in labels
        if label["articles"] and label["language"] in _LABELS and _is_long(GOLD / label["file"])
    ]


def _is_long(file: Path) -> bool:
    """Whether enough of its sentences are written anew to make each capture a text of its own."""
    lines = file.read_bytes().splitlines()
    return sum(max(0, len(line.split()) - _PROSE) for line in lines if b"\0" not in line) >= 20


def vocabulary() -> Vocabulary:
    """The words of the labelled bodies by language, each as often as it is used."""
    languages = {
        label["file"]: label["language"]
        for label in map(json.loads, (GOLD / "gold.jsonl").read_text(encoding="utf-8").splitlines())
    }
    words: dict[str, list[str]] = {}
    for line in (GOLD / "gold_bodies.jsonl").read_text(encoding="utf-8").splitlines():
        capture = json.loads(line)
        text = " ".join(paragraph for body in capture["bodies"] for paragraph in body)
        words.setdefault(languages[capture["file"]], []).extend(_LETTERS.findall(text))
    return words


def _rewritten(raw: bytes, words: Sequence[str], chance: random.Random) -> bytes:
    """``raw`` with other words in its sentences but for their openings, where datelines stand;
    marks, digits and damaged words stay.
    """

    def other(match: re.Match[bytes]) -> bytes:
        try:
            word = match[0].decode()
        except UnicodeDecodeError:
            return match[0]
        return _LETTERS.sub(lambda _: chance.choice(words), word).encode()

    lines = raw.splitlines(keepends=True)
    parts = (line.split(b" ", _PROSE) for line in lines)
    return b"".join(
        b" ".join([*part[:_PROSE], *(_WORD.sub(other, rest) for rest in part[_PROSE:])])
        for part in parts
    )


def _page(chance: random.Random, vocabulary: Vocabulary) -> bytes:
    language = chance.choice(sorted(_LABELS))
    label, stop = _LABELS[language]
    words = vocabulary[language]
    dated = label.format(
        day=chance.randint(13, 28), month=chance.randint(1, 12), year=chance.randint(2005, 2024)
    )
    headline = " ".join(chance.choices(words, k=7)).capitalize()
    paragraphs = [
        "".join(
            " ".join(chance.choices(words, k=chance.randint(9, 20))).capitalize() + stop
            for _ in range(chance.randint(2, 4))
        ).strip()
        for _ in range(chance.randint(3, 6))
    ]
    return "\n\n".join([headline, dated, *paragraphs, ""]).encode()
