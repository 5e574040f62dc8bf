"""What manifests said of a capture, kept with it, so that it can be read again without them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from articles.captures.manifest import Entry


def as_json(entry: Entry) -> dict[str, Any]:
    """What ``entry`` says as JSON values, moments in ISO 8601; what it leaves open is left out."""
    return {name: _plain(value) for name in Entry._fields if (value := getattr(entry, name))}


def merged(entry: Entry, stored: Mapping[str, Any]) -> Entry:
    """``entry``, and what was ``stored`` before where it says nothing.

    So a manifest that is not there any more takes nothing back.
    """
    kept = {name: _value(name, value) for name, value in stored.items() if not getattr(entry, name)}
    return entry._replace(**kept) if kept else entry


@lru_cache(maxsize=1024)
def digest(entry: Entry) -> str:
    """Sixteen hex digits that change with anything that ``entry`` says."""
    return blake2b(repr(entry).encode(), digest_size=8).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _value(name: str, value: Any) -> Any:
    if name == "captured_at" or (name == "published" and "T" in value):
        return dt.datetime.fromisoformat(value)
    if name == "published":
        return dt.date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
