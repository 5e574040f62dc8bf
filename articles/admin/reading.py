"""An article as somebody reads it at the desk who may not change it: as text, in its own face."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from articles.admin.base import DeskAdmin, in_language
from articles.models import Article

READ = (
    *("language", "section", "source"),
    *("headline", "standfirst", "body", "figures", "byline", "author", "dateline"),
)
"""Fields that are read in the article's language: Django would show markup, and link to rows that
the person may not open."""

UNREAD = {"story", "base_version"}
"""Fields that only a form sends."""


class ReadingAdmin(DeskAdmin[Article]):
    """The part of the article's screen that shows its fields to who only reads them."""

    def as_read(self, fieldsets: Iterable[Any]) -> list[Any]:
        """The ``fieldsets`` of the form, for reading."""
        return [
            (title, {**parts, "fields": [_read(name) for name in _told(parts["fields"])]})
            for title, parts in fieldsets
        ]

    def _text(self, article: Article, text: str) -> str:
        return in_language(text, article.language) if text else self.get_empty_value_display()

    @admin.display(description=_("language"))
    def read_language(self, article: Article) -> str:
        return in_language(article.language.endonym, article.language)

    @admin.display(description=_("section"))
    def read_section(self, article: Article) -> str:
        return self._text(article, article.section.title if article.section else "")

    @admin.display(description=_("source"))
    def read_source(self, article: Article) -> str:
        source = article.source
        return in_language(source.name, source.language) if source else self._text(article, "")

    @admin.display(description=_("headline"))
    def read_headline(self, article: Article) -> str:
        return self._text(article, article.headline)

    @admin.display(description=_("standfirst"))
    def read_standfirst(self, article: Article) -> str:
        return self._text(article, article.standfirst)

    @admin.display(description=_("body"))
    def read_body(self, article: Article) -> str:
        """The text as readers see it."""
        if not article.body:
            return self.get_empty_value_display()
        return render_to_string("admin/articles/article/body_read.html", {"article": article})

    @admin.display(description=_("pictures"))
    def read_figures(self, article: Article) -> str:
        """The pictures, each with what is said of it."""
        figures = article.figures.in_order().with_image()
        told = {"figures": figures, "language": article.language}
        read = render_to_string("admin/articles/article/figures_read.html", told).strip()
        return read or self.get_empty_value_display()

    @admin.display(description=_("byline"))
    def read_byline(self, article: Article) -> str:
        return self._text(article, article.byline)

    @admin.display(description=_("author"))
    def read_author(self, article: Article) -> str:
        return self._text(article, article.author.name if article.author else "")

    @admin.display(description=_("dateline"))
    def read_dateline(self, article: Article) -> str:
        return self._text(article, article.dateline)


def _told(rows: Iterable[str | tuple[str, ...]]) -> Iterator[str]:
    """The names of the fields to be read, also of those that share a row of the form."""
    for row in rows:
        names = (row,) if isinstance(row, str) else row
        yield from (name for name in names if name not in UNREAD)


def _read(name: str) -> str:
    return f"read_{name}" if name in READ else name
