"""Rows of captures and articles: made once, later changed only where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Model

from articles.caching import renew_pages
from articles.loader.history import History
from articles.models import Alias, Article, Capture, Sketch

TRUST: list[str] = ["derived", "slug", "captured", "manifest", "editor"]
"""Where a headline may come from, weakest first. A weaker one never replaces a stronger."""


class Encoded(NamedTuple):
    """JSON text as the value of a JSON column: an expression, which no field encodes again."""

    text: str

    def as_sql(self, _compiler: object, _connection: object) -> tuple[str, list[str]]:
        return "%s", [self.text]


class Rows:
    """Rows to be written, gathered by the decisions of one batch and stored together."""

    def __init__(self) -> None:
        self._captures: list[Capture] = []
        self._articles: list[Article] = []
        self._languages: list[tuple[Capture, str]] = []
        self._sketches: list[tuple[Article, Sketch]] = []
        self._resketched: list[int] = []
        self._aliases: list[Alias] = []
        self._history = History()
        self._changed: dict[int, tuple[Capture | Article, set[str]]] = {}

    def add_capture(self, capture: Capture) -> None:
        self._captures.append(capture)

    def note_language(self, capture: Capture, language: str) -> None:
        """A capture keeps the languages of what was made of it, whatever becomes of that."""
        self._languages.append((capture, language))

    def add_article(self, article: Article, sketch: Sketch) -> None:
        self._articles.append(article)
        self._sketches.append((article, sketch))

    def replace_sketch(self, article: Article, sketch: Sketch) -> None:
        self._resketched.append(article.pk)
        self._sketches.append((article, sketch))

    def add_aliases(self, aliases: Iterable[Alias]) -> None:
        self._aliases.extend(aliases)

    def propose(self, article: Article, told: Article, note: str) -> None:
        """Keep the texts of ``told`` as a proposal beside an article, for an editor to decide."""
        self._history.propose(article, told, note)

    def revise(self, article: Article, before: Mapping[str, Any]) -> list[str]:
        """Keep what an article said ``before`` and says now. Returns the names of fields that
        changed with that.
        """
        return self._history.revise(article, before)

    def touch(self, row: Capture | Article, names: Iterable[str]) -> bool:
        """Note that fields of ``row`` have changed. Returns whether any have."""
        known = self._changed.setdefault(id(row), (row, set()))[1]
        fields = set(names)
        known |= fields
        return bool(fields)

    def _store_captures(self) -> None:
        """One that tells the page of another otherwise may be as new as that one."""
        later = [(row, row.refers_to) for row in self._captures if row.refers_to]
        for row, _first in later:
            row.refers_to = None
        Capture.objects.bulk_create(self._captures)
        for row, first in later:
            row.refers_to = first
        Capture.objects.bulk_update([row for row, _first in later], ["refers_to"])

    def _store_languages(self) -> None:
        pairs = {(capture.pk, language) for capture, language in self._languages}
        link = Capture.languages.through
        link._default_manager.bulk_create(
            [link(capture_id=capture, language_id=language) for capture, language in sorted(pairs)],
            ignore_conflicts=True,
        )

    def store(self) -> None:
        """Write everything, in an order that every foreign key can follow."""
        self._store_captures()
        self._store_languages()
        Article.objects.bulk_create(self._articles)
        for article, sketch in self._sketches:
            sketch.article_id = article.pk
        Sketch.objects.filter(pk__in=self._resketched).delete()
        Sketch.objects.bulk_create(sketch for _article, sketch in self._sketches)
        Alias.objects.bulk_create(self._aliases)
        new = {id(row) for rows in (self._captures, self._articles) for row in rows}
        groups: dict[tuple[type, frozenset[str]], list[Any]] = defaultdict(list)
        for key, (row, names) in self._changed.items():
            if names and key not in new:
                groups[type(row), frozenset(names)].append(row)
        for (model, fields), rows in groups.items():
            model._default_manager.bulk_update(rows, sorted(fields))  # type: ignore[attr-defined]
        self._history.store()
        if self._articles or self._changed:
            renew_pages()


def change_capture(row: Capture, values: Mapping[str, Any]) -> list[str]:
    """Set what differs, but never an empty value over a known one. Returns the names."""
    return _differing(row, values)


def change_article(
    article: Article, wanted: Article, names: Iterable[str], kept: Iterable[str] = ()
) -> list[str]:
    """Set what the capture now says, except where an editor or a better origin has spoken, and but
    for fields that are ``kept``.

    ``wanted`` is an article as it would be made now, its texts derived; ``names`` are the fields
    that come from the capture. Returns the names of all fields that changed.
    """
    kept = {*kept, *article.edited_fields}
    if TRUST.index(wanted.headline_origin) < TRUST.index(article.headline_origin):
        kept |= {"headline", "hold_reason"}
    if "headline" in kept:
        kept.add("headline_origin")
    if not is_untouched(article):
        kept.add("hold_reason")
    proposed = {
        name: getattr(wanted, name) for name in names if name.removesuffix("_id") not in kept
    }
    changed = _differing(article, proposed, clearable={"hold_reason"})
    if changed:
        article.derive()
        follow = (Article.DERIVED_FROM.get(name, ()) for name in changed)
        changed = sorted(set(changed).union(*follow))
    return changed


def is_untouched(article: Article) -> bool:
    """Whether no editor has decided anything about the article yet."""
    return (
        article.status == Article.Status.DRAFT
        and article.first_published_at is None
        and not article.edited_fields
    )


def _differing(
    row: Article | Capture,
    values: Mapping[str, Any],
    clearable: frozenset[str] | set[str] = frozenset(),
) -> list[str]:
    """Set on ``row`` what differs and return the names. Emptiness changes only clearable fields."""
    changed = []
    for name, value in values.items():
        is_empty = value in ("", None) and name not in clearable
        if not is_empty and _stored(row, name, value) != value:
            setattr(row, name, value)
            changed.append(name)
    return changed


def _stored(row: Article | Capture, name: str, value: object) -> object:
    """What ``row`` holds; a row that it names already is not fetched to be compared."""
    if isinstance(value, Model) and getattr(row, f"{name}_id") == value.pk:
        return value
    return getattr(row, name)
