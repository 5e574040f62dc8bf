"""What somebody typed and did not save, told by how it differs from what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from articles.actions import said_at
from articles.admin.comparing import Compared, Comparison
from articles.models import Article, Draft
from articles.models.placed import FIGURES, in_spelling
from articles.models.revision import (
    RECORDED,
    TEXTS,
    as_json,
    differing,
    snapshot_of,
)
from articles.text.html import HtmlTooLarge, clean
from articles.text.normal import normalise


class Offered(NamedTuple):
    """An unsaved text as its writer is asked about it: ``changes`` are told against what is stored
    by now.
    """

    draft: Draft
    is_present: bool
    changes: list[Compared]


def offer(draft: Draft, article: Article | None, form: type[forms.ModelForm[Article]]) -> Offered:
    """How ``draft`` differs from ``article``, None being a new one, whose form is ``form``.

    Only what was typed counts, not what others saved meanwhile.
    """
    now = snapshot_of(article or Article())
    base = said_at(article, draft.base_version or article.version) if article else now
    typed = dict(_typed(draft.data, base, form.base_fields))
    names = [name for name in differing(base, typed) if typed[name] != now[name]]
    after = {**now, **typed}
    comparison = Comparison(now, after)
    told = (*TEXTS, FIGURES)
    changes = [comparison.field(name, now, after) for name in names if article or name in told]
    return Offered(draft, draft.is_present(), changes)


def _typed(
    data: Mapping[str, str], base: Mapping[str, Any], fields: Mapping[str, forms.Field]
) -> Iterator[tuple[str, Any]]:
    """What was typed, as a snapshot would hold it, without what is no value yet (half a day)."""
    language = data.get("language") or base["language"] or ""
    for name in RECORDED:
        field = fields.get(name)
        if name in TEXTS and name in data:
            yield name, _as_stored(name, data[name], language)
        elif name not in TEXTS and field and is_typed(field, name, data):
            with suppress(ValidationError):
                value = field.clean(field.widget.value_from_datadict(data, {}, name))
                stored = value.pk if isinstance(value, Model) else as_json(value)
                if name == FIGURES:
                    stored = in_spelling(stored, language)
                yield name, _whole(stored, base[name])


def is_typed(field: forms.Field, name: str, data: Mapping[str, str]) -> bool:
    """Whether the field was in the form when it was kept."""
    return not field.widget.value_omitted_from_data(data, {}, name)


def _as_stored(name: str, typed: str, language: str) -> str:
    """What saving would make of a text; one that saving refuses stays as it was typed."""
    text = normalise(typed, language).strip()
    try:
        return clean(text).strip() if name == "body" else text
    except HtmlTooLarge:
        return text


def _whole(value: Any, was: Any) -> Any:
    """Forms show seconds at most: a moment that nobody touched is the one they began from."""
    is_same = isinstance(value, str) and isinstance(was, str) and value[:19] == was[:19]
    return was if is_same else value
