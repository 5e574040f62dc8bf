"""An edition: the site in one language, with its sections and its sisters in other languages."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model
from django.http import Http404

from articles.caching import remembered
from articles.models import Article, Contact, Language, Section
from articles.models.article import ArticleQuerySet
from articles.text.bidi import isolate, isolate_runs

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Edition:
    """``languages`` are all that are published, in their order, each with its sections fetched."""

    language: Language
    languages: tuple[Language, ...]

    @property
    def code(self) -> str:
        return self.language.code

    @cached_property
    def sections(self) -> list[Section]:
        return list(self.language.sections.all())

    @cached_property
    def menu(self) -> list[Section]:
        return [section for section in self.sections if section.in_menu]

    @property
    def beyond_menu(self) -> list[Section]:
        """The sections that are named at the foot of each page, where they do not crowd it."""
        return [section for section in self.sections if not section.in_menu]

    @cached_property
    def contacts(self) -> list[Contact]:
        """The press contacts of the edition, in their order. One query."""
        own = self.language.contacts.in_order()
        return remembered(("contacts", self.code), lambda: list(own.all()))

    @property
    def contacts_above(self) -> list[Contact]:
        """The press contacts that stand at the head of every page."""
        return [contact for contact in self.contacts if contact.in_header]

    def news(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        """Return ``articles`` without the edition's undated pages."""
        return articles.exclude(section__in=self.undated) if self.undated else articles

    @cached_property
    def undated(self) -> tuple[int, ...]:
        """The keys of the sections whose articles are pages and no news."""
        return tuple(section.pk for section in self.sections if section.is_undated)

    def section(self, slug: str) -> Section:
        """Return the edition's section of that slug. Raises Http404 when it has none."""
        for section in self.sections:
            if section.slug == slug:
                return section
        raise Http404

    def section_paths(self, slug: str) -> dict[str, str]:
        """Return the addresses of the section in every edition that has it, by language code."""
        return {
            section.language_id: section.get_absolute_url()
            for language in self.languages
            for section in language.sections.all()
            if section.slug == slug
        }

    def join(self, articles: list[Article]) -> list[Article]:
        """Give articles that were fetched ``alone`` their language, section and source's language.

        They are those of the editions: only what no edition has costs a query.
        """
        languages = {each.code: each for each in self.languages}
        sections = {each.pk: each for own in self.languages for each in own.sections.all()}
        sources = [article.source for article in articles if article.source]
        spoken = {each.language_id for each in articles} | {each.language_id for each in sources}
        languages |= _missing(Language, languages, spoken)
        sections |= _missing(Section, sections, {each.section_id for each in articles} - {None})
        for article in articles:
            _put(article, "language", languages.get(article.language_id))
            if article.section_id is not None:
                _put(article, "section", sections.get(article.section_id))
        for source in sources:
            _put(source, "language", languages.get(source.language_id))
        return articles

    def language_of(self, article: Article) -> Language | None:
        """Return an article's language, without a query; None when it is not published."""
        known = (each for each in self.languages if each.code == article.language_id)
        return next(known, None)

    def plain(self, text: str, language: str) -> str:
        """Return a text for where no markup can be, isolated when it is not in our language.

        In an edition that is written right to left, so are the numbers and codes of our own texts.
        """
        if language != self.code:
            return isolate(text)
        return isolate_runs(text) if self.language.direction == "rtl" else text


def _missing(model: type[Row], known: Mapping[Any, Row], wanted: Set[Any]) -> dict[Any, Row]:
    absent = wanted - known.keys()
    return model._default_manager.in_bulk(absent) if absent else {}


def _put(row: Model, name: str, related: Model | None) -> None:
    """Set what a foreign key leads to; what was deleted a moment ago is left to be asked for."""
    if related is None:
        return
    row._meta.get_field(name).set_cached_value(row, related)  # type: ignore[union-attr]


def open_edition(code: str) -> Edition:
    """Return the edition ``code`` in two queries. Raises Http404 when it is not published."""
    languages = published_languages()
    for language in languages:
        if language.code == code:
            return Edition(language, languages)
    raise Http404


def open_any_edition(code: str) -> Edition:
    """Return the edition ``code`` or else the first. Raises Http404 when nothing is published."""
    languages = published_languages()
    if not languages:
        raise Http404
    named = (language for language in languages if language.code == code)
    return Edition(next(named, languages[0]), languages)


def published_languages() -> tuple[Language, ...]:
    """Return the languages that readers may see, each with its sections fetched. Two queries."""

    def read() -> tuple[Language, ...]:
        return tuple(Language.objects.published().prefetch_related("sections"))

    return remembered("languages", read)
