"""Comparing what was read of captures with their labels, field by field.

Each figure is a share of right answers or a mean over the stories that the labels name. Text is
compared after the folding that ``gold/README.md`` prescribes. A capture that was taken for another
kind, or parted into another number of stories, has every field of every story wrong.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from articles.captures import GAP, Draft, Parsed, read, segment

HERE = Path(__file__).parent
GOLD = HERE / "gold"
UNSEEN = HERE / "unseen"
VARIED = HERE / "varied"
WIDER = HERE / "wider"

Score = dict[str, list[float]]
Reader = Callable[[bytes, str], Parsed]


@dataclass
class Tally:
    """Scores by field, and a line for each wrong answer."""

    scores: Score = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, name: str, value: float, fault: str = "") -> None:
        self.scores.setdefault(name, []).append(value)
        if value < 0.999 and fault:
            self.faults.append(fault)

    def share(self, name: str) -> float:
        return sum(self.scores[name]) / len(self.scores[name])


def plain(text: str, language: str) -> str:
    """Fold a text as the gold's README says, so that only its words are compared."""
    text = "".join(
        unicodedata.normalize("NFKC", char) if "\ufb50" <= char <= "\ufefc" else char
        for char in unicodedata.normalize("NFC", text).replace(GAP, "\ufffd")
    )
    text = "".join(
        char
        for char in text
        if char != "\u0640" and (char.isspace() or unicodedata.category(char) not in {"Cf", "Cc"})
    )
    if language == "ur":
        text = text.translate(str.maketrans("يىكه", "ییکہ"))
    return " ".join(text.split())


def words(text: str, language: str) -> Counter[str]:
    return Counter(re.findall(r"\S+", plain(text, language).replace(" \ufffd", " ")))


def labelled(
    folder: Path, half: str = ""
) -> Iterator[tuple[dict[str, Any], list[list[str]], bytes]]:
    """Each labelled capture of ``folder``: its labels, the full bodies, its bytes."""
    with (folder / "gold_bodies.jsonl").open(encoding="utf-8") as file:
        bodies = {line["file"]: line["bodies"] for line in map(json.loads, file)}
    with (folder / "gold.jsonl").open(encoding="utf-8") as file:
        for label in map(json.loads, file):
            if not half or label["half"] == half:
                raw = (folder / label["file"]).read_bytes()
                yield label, bodies.get(label["file"], []), raw


def gold() -> Iterator[tuple[dict[str, Any], list[list[str]], bytes]]:
    """The forty captures with their labels and bodies."""
    return labelled(GOLD)


def own(raw: bytes, name: str) -> Parsed:
    """The reader under test, without any hint."""
    return segment(read(raw, filename=name))


def measure(folder: Path = GOLD, half: str = "", reader: Reader = own) -> Tally:
    """Read the labelled captures of ``folder`` with ``reader`` and compare."""
    tally = Tally()
    for label, bodies, raw in labelled(folder, half):
        parsed = reader(raw, label["file"])
        _compare_capture(tally, label, parsed)
        if label["kind"] == "reject":
            continue
        drafts: list[Draft | None] = list(parsed.drafts)
        if parsed.kind != label["kind"] or len(drafts) != len(label["articles"]):
            drafts = [None] * len(label["articles"])
        for number, (want, draft) in enumerate(zip(label["articles"], drafts, strict=True)):
            body = bodies[number] if number < len(bodies) else None
            _compare_story(tally, label, want, draft or NOTHING, body)
    return tally


NOTHING = Draft("\0", "captured", dt.date.min, False, "\0", "\0", "", (), -1, 0, False, (), ())
"""What a story is told as that was not told: wrong in every field."""


def _compare_capture(tally: Tally, label: dict[str, Any], parsed: Parsed) -> None:
    name = label["file"][:3]
    tally.add("kind", parsed.kind == label["kind"], f"{name} kind: {parsed.kind}")
    right = len(parsed.drafts) == len(label["articles"])
    tally.add("number of stories", right, f"{name} stories: {len(parsed.drafts)}")
    if label["kind"] != "reject":
        fault = f"{name} language: {parsed.language}"
        tally.add("language", parsed.language == label["language"], fault)
    stamp = parsed.rendered_at.isoformat() if parsed.rendered_at else None
    tally.add("page stamp", stamp == label["rendered_at"], f"{name} stamp: {stamp}")


def _compare_story(
    tally: Tally,
    label: dict[str, Any],
    want: dict[str, Any],
    draft: Draft,
    body: list[str] | None,
) -> None:
    name, language = label["file"][:3], label["language"]
    _compare_headline(tally, name, language, want, draft)
    _compare_date(tally, name, want, draft)
    for one in ("byline", "dateline_place"):
        told = draft.byline if one == "byline" else draft.dateline
        right = plain(told, language) == plain(want.get(one) or "", language)
        tally.add(one, right, f"{name} {one}: {told!r}, not {want.get(one)!r}")
    _compare_clock(tally, name, want, draft)
    if label["kind"] == "listing" or body is None:
        return
    tally.add("gaps", draft.gaps == want["gaps"], f"{name} gaps: {draft.gaps}")
    count = len(draft.paragraphs)
    tally.add("paragraphs", count == len(body), f"{name} paragraphs: {count}, not {len(body)}")
    _compare_words(tally, name, language, "\n".join(body), "\n".join(draft.paragraphs))
    text = plain(f"{draft.headline}\n{' '.join(draft.paragraphs)}", language)
    left = [noise for noise in want["must_not_contain"] if plain(noise, language) in text]
    left += ["nothing was told"] if draft is NOTHING else []
    tally.add("free of furniture", not left, f"{name} furniture: {left}")


def _compare_headline(
    tally: Tally, name: str, language: str, want: dict[str, Any], draft: Draft
) -> None:
    if want["title"] is None:
        honest = draft.headline_origin != "captured" and draft.held
        tally.add("none invented", honest, f"{name} invented: {draft.headline}")
        return
    right = draft.headline_origin == "captured"
    right = right and plain(draft.headline, language) == plain(want["title"], language)
    tally.add("headline", right, f"{name} headline: {draft.headline}")


def _compare_date(tally: Tally, name: str, want: dict[str, Any], draft: Draft) -> None:
    told = draft.published.isoformat()[:10] if draft.published else None
    others = want.get("published_alternatives", [])
    right = told == want["published"] or (told in others and draft.date_ambiguous)
    tally.add("date", right, f"{name} date: {told}, not {want['published']}")


def _compare_clock(tally: Tally, name: str, want: dict[str, Any], draft: Draft) -> None:
    """A time of day printed with the date is told, and none is told where none is printed."""
    if "published_time" in want:
        told = draft.published
        clock = told.time().isoformat() if isinstance(told, dt.datetime) else None
        right = clock == want["published_time"] and draft is not NOTHING
        tally.add("time of day", right, f"{name} time: {clock}, not {want['published_time']}")


def _compare_words(tally: Tally, name: str, language: str, want: str, told: str) -> None:
    gold_words, told_words = words(want, language), words(told, language)
    common = sum((gold_words & told_words).values())
    recall = common / max(1, sum(gold_words.values()))
    precision = common / max(1, sum(told_words.values()))
    score = 2 * recall * precision / (recall + precision) if common else 0.0
    tally.add("body words, F1", score, f"{name} body: F1 {score:.3f}, recall {recall:.3f}")
    tally.add("body words, recall", recall)
