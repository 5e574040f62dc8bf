"""Asking the search page, as a reader does."""

from __future__ import annotations

from typing import Any

from django.test import Client


def ask(query: str, code: str = "en", **filters: Any) -> Any:
    """Return the page that answers ``query`` in the edition ``code``."""
    response = Client().get(f"/{code}/search/", {"q": query, **filters})
    assert response.status_code == 200
    return response


def found(query: str, code: str = "en", **filters: Any) -> list[str]:
    """The headlines that the search shows for ``query``, in their order."""
    return headlines(ask(query, code, **filters))


def headlines(response: Any) -> list[str]:
    return [article.headline for article in response.context["page"].articles]


def is_close(response: Any) -> bool:
    """Whether the page says that no article has the very words."""
    return bool(response.context["found"].is_close)
