"""The boxes of a headline and of a body: text areas, of which the browser makes something better.

The body's editor is django-prose-editor's (ProseMirror and Tiptap), without its forms. What a body
may hold stands in ``static/admin-desk/writing/body-parts.js``; the server cleans in any case.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.templatetags.static import static

from articles.text.html import ADDRESS

_LINE_BREAKS = re.compile(r"\s*[\r\n]\s*")

SCRIPTS = ("elements", "body-parts", "body-paste", "body-source", "body-tools", "body")


class HeadlineBox(AdminTextareaWidget):
    """A box that grows, so that all of a headline is seen, which is one line all the same."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 2})

    def value_from_datadict(self, *args: Any) -> Any:
        value = super().value_from_datadict(*args)
        return _LINE_BREAKS.sub(" ", value) if isinstance(value, str) else value


class BodyEditor(AdminTextareaWidget):
    """A text area that says where the editor is, and where a link of a body may lead."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-body-editor": static("django_prose_editor/editor.js"),
            "data-address": ADDRESS,
        }
        return context

    @property
    def media(self) -> forms.Media:
        scripts = [f"admin-desk/writing/{name}.js" for name in SCRIPTS]
        return forms.Media(js=scripts, css={"all": ["django_prose_editor/material-icons.css"]})
