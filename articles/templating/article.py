"""What templates ask about an article."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from html import unescape
from typing import Any, Protocol

from django.utils import translation
from django.utils.html import format_html, strip_tags
from django.utils.text import Truncator
from django.utils.translation import pgettext

from articles.models import Article, Language, Section
from articles.models.article import OPENING_LENGTH
from articles.text import verse
from articles.text.contents import with_names

# "</script>" and "<!--" inside a string would end or hide the element; JSON may escape any letter.
HARMLESS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


class HasPage(Protocol):
    """A row with a page of its own."""

    def get_absolute_url(self) -> str: ...


def address(row: HasPage) -> str:
    """The path of the page that a row has."""
    return row.get_absolute_url()


def summary(article: Article, words: int) -> str:
    """Return the standfirst, or else the first paragraph, in plain text of at most so many words.

    Where the text is cut, ``…`` says so. Empty when there is neither.
    """
    if article.standfirst:
        return Truncator(article.standfirst).words(words, truncate="…")
    return opening_words(article, words)


def opening_words(article: Article, words: int) -> str:
    """Return the first paragraph in plain text of at most so many words.

    A list fetches only the beginning of each body, as ``opening``.
    """
    return _first_words(_opening_of(article), words, " / " if _is_verse(article) else " ")


@lru_cache(maxsize=1024)  # What is newest stands on many pages, and is drawn anew at each change.
def _first_words(opening: str, words: int, between_lines: str) -> str:
    paragraph, end, _rest = opening.partition("</p>")
    if not end:
        paragraph = _without_ragged_end(paragraph)
    paragraph = paragraph.replace("<br>", between_lines)
    return Truncator(unescape(strip_tags(paragraph)).strip()).words(words, truncate="…")


def _opening_of(article: Article) -> str:
    fetched: str | None = getattr(article, "opening", None)
    return article.body[:OPENING_LENGTH] if fetched is None else fetched


def _is_verse(article: Article) -> bool:
    return article.section is not None and article.section.layout == Section.Layout.VERSE


def _without_ragged_end(html: str) -> str:
    """Drop what may be cut in two at the end: a word, an entity, or a tag that is left open."""
    whole, _space, _ragged = html.rpartition(" ")
    before, opened, tag = whole.rpartition("<")
    return before if opened and ">" not in tag else whole


def laid_out(body: str, section: Section | None) -> str:
    """Return a stored body as the layout of its section asks for: a page's parts have names, and
    the lines of verse are elements.
    """
    layout = section.layout if section else Section.Layout.STREAM
    if layout == Section.Layout.PAGES:
        return with_names(body)[0]
    return verse.as_verse(body) if layout == Section.Layout.VERSE else body


def opening_lines(article: Article) -> list[str]:
    """Return the first two lines of a poem in plain text; fewer where it begins with none."""
    html = _opening_of(article)
    return [unescape(strip_tags(line)).strip() for line in verse.opening_lines(html)]


def updated(article: Article) -> datetime | None:
    """Return when an editor last changed the text that readers knew; None when nobody did.

    Loading a capture, publishing, or moving an article to another section is no update of what it
    says, and neither is a change that an article of a later date brought along.
    """
    if article.updated_at is None or article.published_at is None:
        return None
    return article.updated_at if article.updated_at > article.published_at else None


def read_in(language: Language) -> str:
    """The invitation to read a story in a language, in that language's own words."""
    with translation.override(language.code):
        # Translators: Name your own language: this invites readers of other editions into yours.
        return pgettext("in your own language", "Read in English")


class Json:
    """A value that goes into a ``<script>`` element as JSON that cannot end it."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __html__(self) -> str:
        return json.dumps(self.value, ensure_ascii=False).translate(HARMLESS)


def linked_data(value: dict[str, Any]) -> str:
    """Return a ``<script>`` with JSON-LD, which browsers do not run."""
    return format_html('<script type="application/ld+json">{}</script>', Json(value))
