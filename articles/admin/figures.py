"""The figures of an article as one field of its form: rows of a picture and what is said of it.

They are sent as ``figures-0-image``, ``figures-0-alt_text`` and so on, in whatever order;
``figures-0-position`` says where each belongs, and ``figures`` itself that the form had them at
all: where it is missing, nothing is said of them and nothing changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.given import keys_of
from articles.models import Figure, Image
from articles.models.media import LONGEST_ALT_TEXT, LONGEST_CAPTION
from articles.models.placed import PARTS, Placed

TEMPLATE = "admin/articles/article/figures.html"
LONGEST = {"alt_text": LONGEST_ALT_TEXT, "caption": LONGEST_CAPTION}
NEWEST = 30
"""Pictures that a browser without scripts may choose from; the library has the others."""
MOST = 200
"""Figures of an article that a form can send: Django takes a thousand fields."""


class Row(NamedTuple):
    """A figure in the form; no ``image`` where the library does not have it any more."""

    prefix: str
    number: int
    key: str
    image: Image | None
    alt_text: str
    caption: str


class FigureRows(forms.Widget):
    """Draws the rows and reads them. Its value is a list of figures, their ``image`` a key."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Placed]:
        found = sorted(_numbered(data, name))
        rows = [_read(data, f"{name}-{number}-") for _place, number in found]
        chosen = data.get(f"{name}-new", "")
        return [*rows, {"image": chosen, "alt_text": "", "caption": ""}] if chosen else rows

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data

    def typed(self, name: str, value: Iterable[Placed]) -> dict[str, str]:
        """What a browser would send for ``value``."""
        sent = {name: "1"}
        for number, placed in enumerate(value):
            sent |= {f"{name}-{number}-{part}": str(placed[part]) for part in PARTS}
            sent[f"{name}-{number}-position"] = str(number + 1)
        return sent

    def id_for_label(self, id_: str) -> str:
        return ""  # The label is that of a group.

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        placed = list(value or ())
        keys = keys_of(Image, [each["image"] for each in placed])
        images = Image.objects.in_bulk(keys) if keys else {}
        by_key = {str(pk): image for pk, image in images.items()}
        rows = [
            Row(
                f"{name}-{number}",
                number + 1,
                str(each["image"]),
                by_key.get(str(each["image"])),
                each["alt_text"],
                each["caption"],
            )
            for number, each in enumerate(placed)
        ]
        context = {
            "name": name,
            "rows": rows,
            "blank": Row(f"{name}-__n__", 0, "__image__", None, "", ""),
            "newest": SimpleLazyObject(lambda: Image.objects.all()[:NEWEST]),
            "attrs": flatatt(self.attrs),
            "longest": LONGEST,
            "help": {each: Figure._meta.get_field(each).help_text for each in LONGEST},  # type: ignore[union-attr]
        }
        return render_to_string(TEMPLATE, context)


class FiguresField(forms.Field):
    """Cleans to figures as a snapshot holds them; says which picture cannot be placed and why."""

    widget = FigureRows

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, label=gettext_lazy("Pictures"), help_text=HELP, **kwargs)

    def clean(self, value: Any) -> list[Placed]:
        rows: list[Placed] = list(value or ())
        keys = keys_of(Image, [row["image"] for row in rows])
        there = {
            str(pk): pk for pk in Image.objects.filter(pk__in=keys).values_list("pk", flat=True)
        }
        if faults := list(_faults(rows, there)):
            raise ValidationError(faults)
        return [{**row, "image": there[str(row["image"])]} for row in rows]

    def has_changed(self, initial: Any, data: Any) -> bool:
        was, now = ([_compared(row) for row in rows or ()] for rows in (initial, data))
        return was != now


HELP = gettext_lazy(
    "The first stands above the text and in lists. What is said of a picture is in the article's "
    "language."
)


def _numbered(data: Mapping[str, Any], name: str) -> Iterator[tuple[int, int]]:
    """The place that each row asks for, and its number; a row that is taken out has none."""
    for key in data:
        found = re.fullmatch(rf"{name}-([0-9]{{1,4}})-image", key)
        if found and f"{name}-{found[1]}-remove" not in data:
            place = data.get(f"{name}-{found[1]}-position", "")
            number = int(found[1])
            yield int(place) if re.fullmatch("[0-9]{1,4}", place) else number, number


def _read(data: Mapping[str, Any], prefix: str) -> Placed:
    return {part: str(data.get(prefix + part, "")) for part in PARTS}


def _compared(row: Placed) -> tuple[str, ...]:
    return tuple("\n".join(str(row[part]).split()) for part in PARTS)


def _faults(rows: list[Placed], there: Mapping[str, int]) -> Iterator[str]:
    if len(rows) > MOST:
        yield _("An article has %(count)d pictures at most.") % {"count": MOST}
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        key = str(row["image"])
        if key not in there:
            yield _(
                "Picture %(number)d is not in the library any more: take it out, or choose another."
            ) % {"number": number}
        elif key in seen:
            yield _("Picture %(number)d is in this article already.") % {"number": number}
        seen.add(key)
        for part, most in LONGEST.items():
            if len(row[part].strip()) > most:
                label = Figure._meta.get_field(part).verbose_name  # type: ignore[union-attr]
                yield _("Picture %(number)d, %(field)s: at most %(most)d characters.") % {
                    "number": number,
                    "field": label,
                    "most": most,
                }
