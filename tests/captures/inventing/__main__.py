"""Write ``unseen/``: the captures, ``gold.jsonl`` and ``gold_bodies.jsonl``."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from typing import Any

from . import lists, noise
from .pages import Page, story_page
from .sites import Site, site
from .wording import Tale, tales

UNSEEN = Path(__file__).parents[1] / "unseen"
SITES = 32
STORIES = 5


def pages(number: int) -> list[tuple[Page, bytes]]:
    """The pages of site ``number``, each with its bytes."""
    one, rng = site(number), random.Random(f"pages {number}")  # noqa: S311
    told = tales(one.language)
    made = [story_of(rng, one, told) for _ in range(STORIES)]
    shape = lists.SHAPES[number // 2 % len(lists.SHAPES)]
    made.append(lists.listing(rng, one, told, shape))
    special = number // 2 % 4
    if special == 0:
        made.append(lists.several(rng, one, told, rng.choice(("rule", "datelines"))))
    elif special == 1:
        made.append(lists.teaser(rng, one, rng.choice(told)))
    elif special == 2:
        made.append(lists.foreign(number // 8 * 2 + number % 2))
    captures = [(page, spoiled(page, rng)) for page in made]
    if special == 3:
        captures.append(lists.reject(rng, rng.choice(told), number // 8 + number % 2))
    return captures


def story_of(rng: random.Random, one: Site, told: list[Tale]) -> Page:
    tale = rng.choice(told)
    return story_page(rng, one, tale, [other for other in told if other is not tale])


def spoiled(page: Page, rng: random.Random) -> bytes:
    """The page's bytes; only a story's page is damaged, so that each kind of damage is counted."""
    kind = rng.choice(noise.KINDS) if page.kind == "article" and page.language != "und" else "plain"
    return noise.spoil(page, rng, kind)


def label(name: str, half: str, number: int, page: Page, raw: bytes) -> dict[str, Any]:
    """One object of ``gold.jsonl``."""
    stories = []
    for place, told in enumerate(page.articles):
        body = page.bodies[place] if place < len(page.bodies) else []
        words = " ".join(body).split()
        stories.append(
            told
            | {
                "body_first_words": " ".join(words[:6]),
                "body_last_words": " ".join(words[-6:]),
                "body_paragraphs": len(body),
            }
        )
    return {
        "file": name,
        "half": half,
        "site": number,
        "kind": page.kind,
        "language": page.language,
        "bytes": len(raw),
        "articles": stories,
        "rendered_at": page.rendered_at,
        "notes": ",".join(page.notes),
    }


def main() -> None:
    made = [(number, page, raw) for number in range(SITES) for page, raw in pages(number)]
    UNSEEN.mkdir(exist_ok=True)
    for old in UNSEEN.glob("*.txt"):
        old.unlink()
    labels, bodies = [], []
    for count, (number, page, raw) in enumerate(made):
        name = f"{count:03}_{hashlib.sha256(raw).hexdigest()[:16]}.txt"
        (UNSEEN / name).write_bytes(raw)
        labels.append(label(name, ("develop", "held")[number % 2], number, page, raw))
        bodies.append({"file": name, "bodies": page.bodies})
    for path, values in (("gold.jsonl", labels), ("gold_bodies.jsonl", bodies)):
        lines = (json.dumps(value, ensure_ascii=False) + "\n" for value in values)
        (UNSEEN / path).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
