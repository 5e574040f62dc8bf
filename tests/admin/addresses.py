"""Every address of the desk, as its URLconf has them, and what an answer from one means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.urls import URLPattern, URLResolver, reverse

BUTTONS = ("_save", "post", "step", "set-password")
"""What a form of the desk is sent by."""


def routes() -> list[str]:
    """The routes of the desk's URLconf, below its first page."""
    return sorted(set(_walk(admin.site.get_urls())))


def _walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for each in patterns:
        route = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, route)
        else:
            yield route


def at(route: str) -> str:
    """The address of a route whose parts are filled in."""
    return f"{reverse('admin:index')}{route}"


def outcome(response: Any) -> str:
    """What somebody was given: ``W`` a form to send, ``R`` something to read, ``>`` a way on to
    another page, and ``-`` nothing, be it refused or said not to be there.
    """
    if response.status_code in {403, 404}:
        return "-"
    if response.status_code in {301, 302}:
        return "-" if response["Location"] == reverse("admin:index") else ">"
    assert response.status_code == 200, response.status_code
    if response.streaming:
        return "R"
    page = response.content.decode()
    return "W" if any(f'name="{button}"' in page for button in BUTTONS) else "R"
