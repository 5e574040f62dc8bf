"""The part of an article's form that merges: what others saved meanwhile, and what was decided.

A form that clashes is answered with a page of questions (``articles.admin.conflict``). That page
sends the form once more as it was first sent, with the answers beside it; so nothing that was typed
depends on the answers, and whoever saves in between is merged in like the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.actions import merge_edit, said_at
from articles.admin.figures import FigureRows
from articles.models import Article
from articles.models.placed import FIGURES, placed_in
from articles.models.revision import RECORDED, as_json
from articles.text.merging import Clash, Merge

if TYPE_CHECKING:
    _ArticleModelForm = forms.ModelForm[Article]
else:
    _ArticleModelForm = forms.ModelForm

MINE, THEIRS, EDIT, ON = "mine", "theirs", "edit", "on"
CHOICES = dict.fromkeys(RECORDED, (MINE, THEIRS, EDIT)) | {
    FIGURES: (MINE, THEIRS),
    "status": (ON,),
}
"""What may be answered for a field that clashes; a status that moved is only taken note of."""

ASKED, SEEN, CHOICE, EDITED = "_asked", "_seen", "_choice_", "edited-"
"""Names and beginnings of names in what the page of questions sends."""

MOST_DIGITS = 10
"""Of a version's number that can be in the history."""

STALE = _("This article was changed while you were writing. Nothing is saved yet.")
UNDECIDED = _("Choose what the article is to say here.")
TWO_ANSWERS = _("You changed the text in the box and chose another one. Choose once more.")


class Answer(NamedTuple):
    """What was chosen for a field; no choice where there is none that counts, and then why."""

    choice: str = ""
    fault: str | Promise = ""


class MergingForm(_ArticleModelForm):
    """A form of an article that is never saved over what others saved while it was open.

    ``refused`` are the reasons why an action refused what the form held, when it is shown again.
    After cleaning, ``current`` is the row as it is now, locked until the transaction ends,
    ``merge`` what came of the fields, and ``chosen`` the answers that counted for it.
    """

    refused: tuple[str, ...] = ()
    base_version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.merge: Merge | None = None
        self.current: Article | None = None
        self.answers: dict[str, Answer] = {}
        self.chosen: dict[str, str] = {}
        if self.instance.pk:
            self.fields["base_version"].required = True
            self.initial.setdefault("base_version", self.instance.version)
            if self.is_bound:
                self._read_answers()

    def _read_answers(self) -> None:
        """Take the answers out of what was sent, and an edited text in place of the first one."""
        self.data: QueryDict = self.data.copy()
        asked = [name for name in self.data.getlist(ASKED) if name in CHOICES]
        self.answers = {name: self._answer(name) for name in asked}
        for name, answer in self.answers.items():
            for box in self.boxes_of(name) if answer.choice == EDIT else ():
                self.data[box] = self.data.get(EDITED + box, self.data.get(box, ""))

    def _answer(self, name: str) -> Answer:
        choice = self.data.get(CHOICE + name, "")
        if choice not in CHOICES[name]:
            return Answer(fault=UNDECIDED)
        if choice in {MINE, THEIRS} and any(self._is_edited(box) for box in self.boxes_of(name)):
            return Answer(fault=TWO_ANSWERS)
        return Answer(choice)

    def _is_edited(self, box: str) -> bool:
        """Whether another text stands in the box for edits; lines end in either way."""
        first = self.data.get(box, "")
        edited = self.data.get(EDITED + box, first)
        return edited.splitlines() != first.splitlines()

    def boxes_of(self, name: str) -> list[str]:
        """The names under which the field's value is sent: that of a moment has two."""
        widgets = getattr(self.fields[name].widget, "widgets", None) if name in self.fields else []
        return [name] if widgets is None else [f"{name}_{i}" for i in range(len(widgets))]

    def full_clean(self) -> None:
        """Clean the form. One that was merged and breaks a rule now is shown as it was merged."""
        super().full_clean()
        if self.errors and self.current is not None and not self.clashes:
            self._show_merged(self.current)

    @property
    def taken(self) -> tuple[str, ...]:
        """The fields whose value was merged in from others."""
        return self.merge.taken if self.merge else ()

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """The fields that are still to be decided."""
        return self.merge.clashes if self.merge else ()

    def merge_with_others(self, cleaned: dict[str, Any]) -> None:
        """Take over what others saved since the form was opened. Locks the row until it is saved.

        The instance becomes the row as it is now, on which what was typed is then written.
        """
        values = {name: _stored(cleaned[name]) for name in RECORDED if name in cleaned}
        current, merged = merge_edit(
            article=self.instance, base_version=cleaned["base_version"], values=values
        )
        self.current, self.merge = current, self._decided(merged, current)
        for column in Article._meta.concrete_fields:
            if column.name not in values:
                setattr(self.instance, column.attname, getattr(current, column.attname))
        for name in (*self.taken, *self._theirs):
            cleaned[name] = self._taken(name, current)
        if self.clashes:
            self.add_error(None, forms.ValidationError(STALE, code="stale"))

    def _decided(self, merged: Merge, current: Article) -> Merge:
        """The merge with the answers over it, but for those about a text that has moved on since.

        What was answered is neither merged in silently nor asked again.
        """
        if not self.answers:
            return merged
        now = said_at(current, current.version)
        seen = said_at(current, self._seen())
        self.chosen = {
            name: answer.choice
            for name, answer in self.answers.items()
            if answer.choice and seen[name] == now[name]
        }
        return Merge(
            values=merged.values,
            taken=tuple(name for name in merged.taken if name not in self.chosen),
            clashes=tuple(clash for clash in merged.clashes if clash.name not in self.chosen),
        )

    def _taken(self, name: str, current: Article) -> Any:
        """The value that the article is to have in a field of others'."""
        if name != FIGURES:
            return getattr(current, name)
        merged = self.merge.values.get(FIGURES) if self.merge else None
        return placed_in(current) if merged is None else merged

    @property
    def _theirs(self) -> list[str]:
        """The fields for which the other's value was chosen."""
        return [name for name, choice in self.chosen.items() if choice == THEIRS]

    def _seen(self) -> int:
        """The version that the person saw beside the own text when answering."""
        seen = self.data.get(SEEN, "")
        return int(seen) if seen.isdecimal() and len(seen) <= MOST_DIGITS else 0

    def _show_merged(self, current: Article) -> None:
        """Write into the boxes what was taken from others, over the version that says it."""
        for name in (*self.taken, *self._theirs):
            for box, text in self._typed(name, self._taken(name, current)):
                self.data[box] = text
        self.data["base_version"] = str(current.version)

    def _typed(self, name: str, value: Any) -> Iterator[tuple[str, str]]:
        """A value as a person would have typed it, box by box."""
        widget = self.fields[name].widget
        if isinstance(widget, FigureRows):
            for box in [box for box in self.data if box.startswith(f"{name}-")]:
                del self.data[box]
            yield from widget.typed(name, value).items()
            return
        if isinstance(widget, forms.MultiWidget):
            parts = zip(widget.widgets, widget.decompress(value) or [], strict=True)
            texts = [box.format_value(part) for box, part in parts]
        else:
            texts = [self.fields[name].prepare_value(value)]
        for box, text in zip(self.boxes_of(name), texts, strict=True):
            yield box, "" if text is None else str(text)


def _stored(value: Any) -> Any:
    """A cleaned value as a snapshot holds it."""
    return value.pk if isinstance(value, Model) else as_json(value)
