"""What differs between two states of an article, field by field and word by word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from django.db.models import Model
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.admin.moment import in_two_zones_as_text
from articles.admin.sentences import label_of
from articles.models import Article, Author, Image, Language, Section, Source
from articles.models.placed import FIGURES, Placed
from articles.models.revision import MOMENTS, RECORDED, TEXTS, differing
from articles.text.bidi import isolate
from articles.text.differences import differences, html_differences

Kind = Literal["kept", "removed", "added", "folded"]

ROWS: dict[str, type[Model]] = {
    "language": Language,
    "section": Section,
    "source": Source,
    "author": Author,
}
OF_LANGUAGE = ("section", "source", "author")
"""Those that have a language of their own."""
CHOICES = {
    "status": dict(Article.Status.choices),
    "published_precision": dict(Article.Precision.choices),
}


LEAST_FOLDED = 2
"""Paragraphs without a change that are worth folding."""


class Run(NamedTuple):
    """A stretch that both states have (kept), or only the earlier (removed) or later (added) one.

    What is folded both have too, too far from any change to be read. ``language`` is that of a
    value that is not in the article's own; None for words of the desk.
    """

    kind: Kind
    text: str
    language: Language | None = None


@dataclass(frozen=True)
class Compared:
    """One field in two states. ``language`` is that of the article, for what it says itself."""

    name: str
    label: str
    runs: list[Run]
    language: Language | None = None

    @property
    def is_changed(self) -> bool:
        return any(run.kind != "kept" for run in self.runs)


class Comparison:
    """Two or more snapshots (see ``articles.models.revision``) of one article, told apart.

    Rows that they point at are fetched once, whatever their number; one that is gone has no name.
    """

    def __init__(self, *snapshots: Mapping[str, Any]) -> None:
        self._rows: dict[str, dict[Any, Model]] = {}
        for name, model in ROWS.items():
            keys = {snapshot.get(name) for snapshot in snapshots} - {None}
            self._rows[name] = dict(model._default_manager.in_bulk(keys)) if keys else {}
        placed = [each for snapshot in snapshots for each in snapshot.get(FIGURES) or ()]
        self._images = Image.objects.in_bulk([each["image"] for each in placed]) if placed else {}
        if missing := self._languages_of_rows():
            self._rows["language"] |= Language.objects.in_bulk(missing)

    def _languages_of_rows(self) -> set[str]:
        rows = [row for name in OF_LANGUAGE for row in self._rows[name].values()]
        return {row.language_id for row in rows} - self._rows["language"].keys()  # type: ignore[attr-defined]

    def language(self, snapshot: Mapping[str, Any]) -> Language | None:
        """The language that the article had in that state."""
        return self._language(snapshot.get("language"))

    def _language(self, code: str | None) -> Language | None:
        found = self._rows["language"].get(code)
        return found if isinstance(found, Language) else None

    def all(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Compared]:
        """Every recorded field that one of the two states has, in the article's order."""
        known = (name for name in RECORDED if before.get(name) or after.get(name))
        return [self.field(name, before, after) for name in known]

    def changed(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Compared]:
        """The fields in which the two states differ."""
        return [self.field(name, before, after) for name in differing(before, after)]

    def field(self, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Compared:
        """What became of one field between two states."""
        if name == FIGURES:
            runs = list(self._figures(before.get(name) or (), after.get(name) or ()))
            return Compared(name, label_of(name), runs, self.language(after))
        if name in TEXTS:
            told = html_differences if name == "body" else differences
            runs = [Run(*each) for each in told(before.get(name) or "", after.get(name) or "")]
            runs = list(_folded(runs))
            return Compared(name, label_of(name), runs, self.language(after))
        old, new = before.get(name), after.get(name)
        runs = [self._run(name, "removed", old), self._run(name, "added", new)]
        return Compared(
            name, label_of(name), runs if old != new else [self._run(name, "kept", new)]
        )

    def _figures(self, before: Sequence[Placed], after: Sequence[Placed]) -> Iterator[Run]:
        """Picture by picture: those of the later state in its order, then those taken out."""
        old, new = (
            {each["image"]: text for each, text in self._told(every)} for every in (before, after)
        )
        for number, image in enumerate(dict.fromkeys([*new, *old])):
            if number:
                yield Run("kept", "\n\n")
            yield from (Run(*each) for each in differences(old.get(image, ""), new.get(image, "")))

    def _told(self, placed: Sequence[Placed]) -> Iterator[tuple[Placed, str]]:
        """Each figure as text: its place, the name of its file, and what is said of it."""
        for place, each in enumerate(placed, 1):
            image = self._images.get(each["image"])
            name = isolate(str(image)) if image else _("a picture that the library no longer has")
            lines = (f"{place}. {name}", each["alt_text"], each["caption"])
            yield each, "\n".join(filter(None, lines))

    def _run(self, name: str, kind: Kind, value: Any) -> Run:
        row = self._rows.get(name, {}).get(value)
        if isinstance(row, Language):
            return Run(kind, row.endonym, row)
        if isinstance(row, Section | Source):
            return Run(kind, str(row), self._language(row.language_id))
        return Run(kind, told_value(name, value))


def told_value(name: str, value: Any) -> str:
    """A stored value that is no text of the article's, in words of the desk."""
    if value in (None, ""):
        return pgettext("no value", "none")
    moment = parse_datetime(value) if name in MOMENTS else None
    if moment is not None:
        return in_two_zones_as_text(moment)
    return str(CHOICES.get(name, {}).get(value, value))


def _folded(runs: list[Run]) -> Iterator[Run]:
    """Of what is kept, the paragraphs that no change touches or stands beside as one folded run."""
    for at, run in enumerate(runs):
        parts = run.text.split("\n\n")
        start = 1 if at > 0 else 0
        end = len(parts) - (1 if at < len(runs) - 1 else 0)
        if run.kind != "kept" or len(runs) == 1 or end - start < LEAST_FOLDED:
            yield run
            continue
        near, far, next_ = parts[:start], parts[start:end], parts[end:]
        if near:
            yield Run("kept", near[0])
        yield Run("folded", "\n\n".join(far))
        if next_:
            yield Run("kept", next_[0])
