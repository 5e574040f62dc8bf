"""Addresses of this site's pages, by the names of their views."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse

_Given = tuple[tuple[str, str | int], ...]

MOST = 4096
"""Addresses that are kept; a page names some twenty, most of which are on others too."""


def address_of(name: str, /, **given: str | int) -> str:
    """Return the path of the view ``name`` with these arguments, as ``reverse`` does.

    Raises NoReverseMatch where there is none.
    """
    return _reversed(get_script_prefix(), settings.ROOT_URLCONF, name, tuple(given.items()))


@lru_cache(MOST)
def _reversed(
    _prefix: str, routes: str, name: str, given: tuple[tuple[str, str | int], ...]
) -> str:
    return reverse(name, urlconf=routes, kwargs=dict(given))
