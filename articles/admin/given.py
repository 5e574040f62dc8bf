"""What an address or a forged form gives for a column: admitted only when the column takes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.utils import timezone

LONGEST_NOTE = 2000
"""Characters of a note; the boxes for one take no more."""


def initial_of(model: type[Model], given: Mapping[str, str]) -> dict[str, Any]:
    """What ``given`` says of the columns that an editor may write, the rest left out.

    A column's own rules decide: its type, its length, its choices, its validators, and whether the
    row that it points at exists.
    """
    columns = (column for column in model._meta.concrete_fields if column.editable)
    return dict(_admitted(columns, given))


def keys_of(model: type[Model], given: Iterable[Any]) -> list[Any]:
    """Those of ``given`` that could be a primary key of ``model``, as they were given.

    A word, or a number past what the column holds, makes the database fail and not find nothing.
    """
    return [key for key in given if _is_key(model, key)]


def note_in(posted: Mapping[str, str], name: str) -> str:
    """What was typed into a box that no form reads: no column of PostgreSQL takes a NUL."""
    return posted.get(name, "").replace("\0", "")[:LONGEST_NOTE]


def version_in(posted: Mapping[str, str], name: str) -> int | None:
    """The version that a page says it showed; None where it says none."""
    text = posted.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _admitted(
    columns: Iterable[Field[Any, Any]], given: Mapping[str, str]
) -> Iterator[tuple[str, Any]]:
    for column in columns:
        try:
            if column.name in given:
                yield column.name, _aware(column.clean(given[column.name], None))
        except ValidationError:
            continue


def _aware(value: Any) -> Any:
    """A moment without a time zone is one of the newsroom's own clock."""
    is_naive = isinstance(value, datetime) and timezone.is_naive(value)
    return timezone.make_aware(value) if is_naive else value


def _is_key(model: type[Model], key: Any) -> bool:
    try:
        model._meta.pk.clean(key, None)
    except ValidationError:
        return False
    return True
