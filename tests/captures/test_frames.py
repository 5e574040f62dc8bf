"""A story is read alike in whatever frame a site puts it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from articles.captures import Parsed, read, segment
from tests.captures import scoring
from tests.captures.scoring import plain

FRAMES = Path(__file__).parent / "frames"
DAY = "2023-03-18"
DATES = {
    "en": ["March 18, 2023", "18 Mar 2023", DAY, "Saturday, 18 March 2023", "18/03/2023"],
    "ur": ["18 مارچ 2023", "ہفتہ 18 مارچ 2023", "18 مارچ، 2023ء", "۱۸ مارچ ۲۰۲۳", "18/03/2023"],
    "sd": ["18 مارچ 2023", "ڇنڇر 18 مارچ 2023ع", "18 مارچ، 2023", "مارچ 18, 2023", "18/03/2023"],
}
NAMES = {
    "en": ["Rida Sample", "Hamid Q. Tester", "Staff Report"],
    "ur": ["ریحان مثال", "صبا نمونہ", "اسٹاف رپورٹر"],
    "sd": ["نبي بخش مثالي", "سارنگ نموني", "رپورٽر"],
}
FLOORS = {"en": 0.89, "ur": 0.92, "sd": 0.94}
"""The share of pages of which every field is right, as last measured."""


class Page(NamedTuple):
    """A story in a frame: the page's text and what is to be read from it."""

    text: str
    title: str
    body: list[str]
    day: str | None
    author: str


def stories(language: str) -> list[tuple[str, list[str]]]:
    """Headlines and paragraphs of labelled stories that rules may be written against."""
    found = []
    for folder in (scoring.WIDER, scoring.VARIED):
        for label, bodies, _ in scoring.labelled(folder, "develop"):
            if label["kind"] != "article" or label["language"] != language:
                continue
            title, body = label["articles"][0]["title"], bodies[0]
            if title and len(body) >= 3 and len(body[0].split()) >= 9:
                found.append((title, body))
    return found


def pages(language: str) -> Iterator[Page]:
    """Each frame with three stories, each with another date and author."""
    told = stories(language)
    frames = (FRAMES / f"{language}.txt").read_text(encoding="utf-8").split("\n%%\n")
    for number, frame in enumerate(frames):
        for turn in range(3):
            title, body = told[(number * 3 + turn) % len(told)]
            date, name = DATES[language][(number + turn) % 5], NAMES[language][turn]
            text = frame.replace("{T}", title).replace("{D}", date).replace("{N}", name)
            for mark, part in (("{P}", body), ("{P1}", body[:1]), ("{P2}", body[1:])):
                text = text.replace(mark, "\n".join(part))
            day = DAY if "{D}" in frame else None
            yield Page(text, title, body, day, name if "{N}" in frame else "")


def faults(page: Page, parsed: Parsed, language: str) -> list[str]:
    """The fields that were read otherwise than the page tells."""
    if parsed.kind != "article" or len(parsed.drafts) != 1:
        return [f"kind: {parsed.kind}"]
    (draft,) = parsed.drafts
    day = draft.published.isoformat()[:10] if draft.published else None
    wrong = {
        "headline": plain(draft.headline, language) != plain(page.title, language),
        "date": day != page.day,
        "byline": plain(draft.byline, language) != plain(page.author, language),
        "body": [plain(one, language) for one in draft.paragraphs]
        != [plain(one, language) for one in page.body],
    }
    return [name for name, is_wrong in wrong.items() if is_wrong]


@pytest.mark.parametrize("language", FLOORS)
def test_a_story_is_read_alike_in_the_frames_of_many_sites(language):
    told = list(pages(language))
    wrong = [
        (page.text[:60], found)
        for page in told
        if (found := faults(page, segment(read(page.text.encode(), filename="a.txt")), language))
    ]
    assert 1 - len(wrong) / len(told) >= FLOORS[language], wrong


@pytest.mark.parametrize("language", FLOORS)
def test_no_frame_gives_a_story_a_day_that_is_not_its_own(language):
    for page in pages(language):
        for draft in segment(read(page.text.encode(), filename="a.txt")).drafts[:1]:
            told = draft.published.isoformat()[:10] if draft.published else None
            assert told in {page.day, None}, page.text[:200]
