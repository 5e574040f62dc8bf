"""What the desk's tests share: captures with evidence, an editor, a form as it was typed."""

from __future__ import annotations

import hashlib
from datetime import datetime
from html import unescape
from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.timezone import localtime

from articles.models import Article, Capture
from tests.factories import make_editor

_numbers = count(1)

RAW = "Home  News\nRain fills the wells\nبارش\n".encode()
"""A capture of three lines: one of navigation, two of story."""

REPORT = {
    "kept": [[11, 32, "headline"], [32, len(RAW), "body"]],
    "dropped": [[0, 11, "navigation"]],
    "gaps": [],
    "articles": [
        {
            "headline": "Rain fills the wells",
            "language": "en",
            "reasons": ["The date is missing."],
            "evidence": [
                {
                    "field": "headline",
                    "value": "Rain fills the wells",
                    "rule": "headline.first",
                    "confidence": 0.75,
                    "spans": [[11, 32]],
                    "alternatives": ["Rain"],
                }
            ],
        }
    ],
}


def sit_down(language: str = "en", **overrides: Any) -> Client:
    """A client of an editor who has signed in and reads the desk in ``language``."""
    client = Client()
    client.force_login(make_editor(**overrides))  # type: ignore[arg-type]
    client.cookies["language"] = language
    return client


def make_capture(**overrides: Any) -> Capture:
    """Store a capture of RAW, made unique by a last line, with REPORT as its evidence."""
    raw = RAW + str(next(_numbers)).encode()
    fields: dict[str, Any] = {
        "raw": raw,
        "filename": "page.txt",
        "charset": "utf-8",
        "report": REPORT,
    }
    fields |= overrides
    return Capture.objects.create(sha256=hashlib.sha256(fields["raw"]).hexdigest(), **fields)


def form_of(article: Article) -> str:
    """The address of the article's form."""
    return reverse("admin:articles_article_change", args=[article.pk])


def typed(response: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would post from the form in ``response``, with ``changes`` typed over it."""
    posted: dict[str, Any] = {}
    for field in response.context["adminform"].form:
        value = field.value()
        if hasattr(field.field.widget, "widgets"):
            day, time = _split(value)
            posted |= {f"{field.html_name}_0": day, f"{field.html_name}_1": time}
        else:
            posted[field.html_name] = "" if value is None else value
    return {**posted, **changes}


def _split(moment: datetime | list[str] | None) -> tuple[str, str]:
    """The two boxes of a moment; a form that was sent already gives them back as a list."""
    if isinstance(moment, list):
        return moment[0], moment[1]
    local = localtime(moment) if moment else None
    return (f"{local:%Y-%m-%d}", f"{local:%H:%M:%S}") if local else ("", "")


def save(client: Client, article: Article, **changes: Any) -> Any:
    """Open the article's form, type ``changes`` over it and press a button (Save, unless named)."""
    address = form_of(article)
    return client.post(address, typed(client.get(address), **changes), follow=True)


def said(response: Any) -> str:
    """All messages that the page shows, as text."""
    return " ".join(unescape(strip_tags(str(message))) for message in response.context["messages"])
