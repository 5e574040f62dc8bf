"""Two readers that know nothing of captures, to compare with."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Sequence

from articles.captures import Draft, Parsed, read
from articles.text.dates import find_dates
from articles.text.script import guess_language

try:
    import trafilatura
except ImportError:  # The group "accuracy" is not installed.
    trafilatura = None  # type: ignore[assignment]


def first_line(raw: bytes, name: str) -> Parsed:
    """The first line is the headline, the first date the story's, and the rest is its body."""
    lines = [line.text.strip() for line in read(raw, filename=name).lines]
    lines = [line for line in lines if line]
    dates = find_dates("\n".join(lines))
    day = dates[0].date if dates else None
    return _parsed(lines[0] if lines else "", day, lines[1:])


def extractor(raw: bytes, name: str) -> Parsed:
    """trafilatura on the lines of the capture, each wrapped in ``<p>``."""
    lines = [line.text.strip() for line in read(raw, filename=name).lines]
    body = "".join(f"<p>{html.escape(_printable(line))}</p>" for line in lines if line)
    page = f"<html><body><article>{body}</article></body></html>"
    found = trafilatura.bare_extraction(page, favor_recall=True)
    if found is None:
        return _parsed("", None, ())
    day = dt.date.fromisoformat(found.date) if found.date else None
    return _parsed(found.title or "", day, (found.text or "").split("\n"))


def _printable(line: str) -> str:
    return "".join(char if char.isprintable() else " " for char in line)


def _parsed(headline: str, day: dt.date | None, paragraphs: Sequence[str]) -> Parsed:
    language = guess_language("\n".join([headline, *paragraphs])).language
    told = tuple(paragraphs)
    draft = Draft(headline, "captured", day, False, "", "", language, told, 0, 1, False, (), ())
    return Parsed("article", (draft,), None, language, ())
