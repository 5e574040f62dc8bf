"""A day and a time, typed into two boxes with the digits of either script."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from articles.text.dates import digits


class MomentField(forms.SplitDateTimeField):
    """A moment that also reads the digits of the Arabic script, as the readers' search does."""

    def clean(self, value: Any) -> datetime | None:
        moment: datetime | None = super().clean(_in_latin_digits(value))
        return moment

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial, _in_latin_digits(data))


def _in_latin_digits(boxes: Any) -> Any:
    if not isinstance(boxes, list | tuple):
        return boxes
    return [digits(text, "latn") if isinstance(text, str) else text for text in boxes]
