"""What the desk's tests share: captures with evidence, an editor, a form as it was typed."""

from __future__ import annotations

import hashlib
from datetime import datetime
from html import unescape
from html.parser import HTMLParser
from itertools import count
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.timezone import localtime

from articles.admin.figures import FigureRows
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


def sit_down(language: str = "en", member: AbstractUser | None = None, **overrides: Any) -> Client:
    """A client of ``member``, or else of a new superuser, who has signed in and reads the desk in
    ``language``.
    """
    client = Client()
    client.force_login(member or make_editor(**overrides))  # type: ignore[arg-type]
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
        elif isinstance(field.field.widget, FigureRows):
            posted |= field.field.widget.typed(field.html_name, value or [])
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


def text_of(response: Any) -> str:
    return " ".join(unescape(strip_tags(response.content.decode())).split())


class _Boxes(HTMLParser):
    """What a browser would send from the forms of a page: names with all their values."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._area: tuple[str, list[str]] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        name, value = own.get("name") or "", own.get("value") or ""
        if tag == "textarea" and name:
            self._area = (name, [])
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in own:
            self._send(self._select, value)
        elif tag == "input" and name and self._is_sent(own):
            self._send(name, value)

    def _is_sent(self, own: dict[str, str | None]) -> bool:
        kind = own.get("type")
        is_chosen = kind not in {"radio", "checkbox"} or "checked" in own
        return is_chosen and kind not in {"submit", "button", "image"}

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            # A browser drops the line break that templates put before the text.
            self._send(self._area[0], "".join(self._area[1]).removeprefix("\n"))
            self._area = None

    def _send(self, name: str, value: str) -> None:
        self.sent.setdefault(name, []).append(value)


def sent_from(response: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would send from the page as it is in ``response``, scripts off, with
    ``changes`` made to it (None leaves a box unsent).
    """
    changed = {**sent_from_html(response.content.decode()), **changes}
    return {name: value for name, value in changed.items() if value is not None}


def sent_from_html(page: str) -> dict[str, list[str]]:
    """What a browser would send from a page as it is, scripts off."""
    boxes = _Boxes()
    boxes.feed(page)
    return boxes.sent
