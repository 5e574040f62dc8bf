"""Addresses of this site's pages, by the names of their views."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse

MOST = 4096
"""Addresses of either kind that are kept; a page names some thirty, most of them on others too."""

_Given = tuple[tuple[str, str | int], ...]


def address_of(name: str, /, **given: str | int) -> str:
    """Return the path of the view ``name`` with these arguments, as ``reverse`` does.

    Raises NoReverseMatch where there is none.
    """
    # A sitemap names thousands of numbers, which would let go of what every page names.
    reversed_once = _of_a_number if "pk" in given else _of_a_page
    routes = settings.ROOT_URLCONF
    return reversed_once(get_script_prefix(), routes, name, tuple(given.items()))


def _reversed(_prefix: str, routes: str, name: str, given: _Given) -> str:
    """The path below ``_prefix``, which is only there to tell one from another: Django knows it."""
    return reverse(name, urlconf=routes, kwargs=dict(given))


_of_a_page = lru_cache(MOST)(_reversed)
_of_a_number = lru_cache(MOST)(_reversed)
