"""The condition for texts that begin with another, asked so that an index leads to them."""

from __future__ import annotations

from django.db import connections
from django.db.models import Q

LAST = "\U0010ffff"
"""The last character there is: what begins with a text stands before the text with this."""


def begins(column: str, text: str, using: str = "default") -> Q:
    """The condition for rows whose ``column`` begins with ``text``.

    PostgreSQL has indexes for LIKE. SQLite's LIKE knows no case and so no index; but it compares
    texts by their bytes, which makes a beginning a range.
    """
    if connections[using].vendor == "sqlite":
        return Q(**{f"{column}__gte": text, f"{column}__lt": f"{text}{LAST}"})
    return Q(**{f"{column}__startswith": text})
