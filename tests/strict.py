"""The readers' templates, held to what views tell them: a misspelt name fails any test.

Of what some views do not tell (``UNTOLD``), nothing that is asked further is checked.
"""

from __future__ import annotations

from typing import Any

from jinja2 import ChainableUndefined
from jinja2.utils import missing

from articles.templating.environment import PageEnvironment, environment

UNTOLD = frozenset(
    {
        *("around", "author", "drawn", "elsewhere", "found", "hits", "in_list", "json_ld"),
        *("newer", "older", "page", "period", "poll", "short_address", "show_section"),
        *("show_source",),
    }
)
"""Names that a template is drawn without by some view."""


class Absent(ChainableUndefined):
    """What is not there and may be. Raises AssertionError for what nothing ever has."""

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: str | None = None, *more: Any
    ) -> None:
        super().__init__(hint, obj, name, *more)
        if obj is missing and name and name not in UNTOLD:
            raise AssertionError(f"A template asks for {name}, which its view does not tell.")
        if obj is not missing and obj is not None and not hasattr(type(obj), str(name)):
            raise AssertionError(f"A template asks {type(obj).__name__} for {name}: it has none.")


def strict(**options: Any) -> PageEnvironment:
    """Return what draws the readers' pages, with ``Absent`` for what is not there."""
    made = environment(**options)
    made.undefined = Absent
    return made
