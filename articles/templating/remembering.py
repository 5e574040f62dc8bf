"""Parts of a page that many pages of one edition have in common, drawn once."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from django.urls import get_script_prefix

from articles.caching import remembered


def remember(name: str, code: str, *values: Hashable, caller: Callable[[], str]) -> str:
    """``{% call remember("name", edition.code, value…) %}…{% endcall %}``: drawn once.

    The part may depend on the edition (``code``) and on the values, of which there must be few:
    nothing that readers type.
    """
    key = ("part", name, get_script_prefix(), code, *values)
    return remembered(key, caller)
