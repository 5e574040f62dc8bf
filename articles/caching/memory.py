"""What many pages have in common, read once for each state of the site and process."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import local
from typing import Any, NamedTuple, TypeVar

Found = TypeVar("Found")

MOST = 1000
"""Things that are remembered at once; what comes after them is read each time."""


class Memory(NamedTuple):
    """What was found in the state of the site that ``stamp`` stands for."""

    stamp: object
    found: dict[Hashable, Any]


class _Making(local):
    stamp: object | None = None


_making = _Making()
_memory = Memory(object(), {})


@contextmanager
def making_a_page(stamp: object) -> Iterator[None]:
    """Say that this thread makes a page for everybody, of the state that ``stamp`` stands for.

    The page is given no longer than that state lasts, and so is what is remembered for it.
    """
    _making.stamp = stamp
    try:
        yield
    finally:
        _making.stamp = None


def remembered(key: Hashable, find: Callable[[], Found]) -> Found:
    """Return what ``find`` returns, or what it returned for another page of the same state.

    Outside of ``making_a_page`` it is always called: who has a session sees what is stored now.
    Threads share what is returned, so that nobody may change it.
    """
    if _making.stamp is None:
        return find()
    found = _found_in(_making.stamp)
    if key not in found:
        value = find()
        if len(found) >= MOST:
            return value
        found[key] = value
    kept: Found = found[key]
    return kept


def _found_in(stamp: object) -> dict[Hashable, Any]:
    global _memory
    memory = _memory
    if memory.stamp is not stamp:
        _memory = memory = Memory(stamp, {})
    return memory.found
