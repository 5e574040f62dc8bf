"""Data for search engines."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.html import format_html

register = template.Library()
HARMLESS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


class Json:
    """A value that goes into a ``<script>`` element as JSON that cannot end it."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __html__(self) -> str:
        return json.dumps(self.value, ensure_ascii=False).translate(HARMLESS)


@register.filter
def linked_data(value: Any) -> str:
    """Return a ``<script>`` of JSON-LD."""
    return format_html('<script type="application/ld+json">{}</script>', Json(value))
