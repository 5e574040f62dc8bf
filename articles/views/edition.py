"""An edition: the site in one language, with its sections and its sisters in other languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from articles.models import Article, Language, Section
from articles.text.bidi import isolate, isolate_runs


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
    return tuple(Language.objects.published().prefetch_related("sections"))
