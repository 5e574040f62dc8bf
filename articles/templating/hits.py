"""Text of search results with what was sought marked in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.html import format_html, format_html_join

from articles.models import Language
from articles.templating.runs import isolated
from articles.text.hits import Span
from articles.text.runs import Piece, pieces


def marked(text: str, spans: Sequence[Span], language: Language) -> str:
    """Return text of ``language`` escaped and directed, with ``<mark>`` round each span of it.

    A span that reaches over the edge of an isolated run is marked on both sides of it.
    """
    parts = [Piece(text)] if language.direction == "ltr" else pieces(text)
    made, place = [], 0
    for part in parts:
        here = [Span(start - place, end - place) for start, end in spans]
        made.append(isolated(part, format_html_join("", "{}", _marked(part.text, here))))
        place += len(part.text)
    return format_html_join("", "{}", ((each,) for each in made))


def _marked(text: str, spans: Sequence[Span]) -> Iterator[tuple[str]]:
    """The parts of a text, marked or not; spans may begin before it or end after it."""
    place = 0
    for span in spans:
        start, end = max(span.start, 0), min(span.end, len(text))
        if start < end:
            yield (text[place:start],)
            yield (format_html("<mark>{}</mark>", text[start:end]),)
            place = end
    yield (text[place:],)
