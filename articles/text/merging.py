"""Two people changed one thing: what of it goes together, and what only a person can decide.

A three-way merge of whole fields (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3",
2007): whoever left a field as it was agrees with whoever changed it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple


class Clash(NamedTuple):
    """A field that two people changed to different values; ``base`` is what both started from."""

    name: str
    base: Any
    mine: Any
    theirs: Any


class Merge(NamedTuple):
    """``values`` are those of every field that goes together, by name.

    ``taken`` names the fields whose value came from the other; ``clashes`` are left to a person,
    and no value of theirs is in ``values``.
    """

    values: dict[str, Any]
    taken: tuple[str, ...]
    clashes: tuple[Clash, ...]


def merge(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    *,
    asked: Collection[str] = (),
) -> Merge:
    """Merge ``mine`` and ``theirs``, which came from ``base``; the names are those of ``mine``.

    A field in ``asked`` that the other changed is never taken silently: it clashes, unless both
    changed it alike.
    """
    values: dict[str, Any] = {}
    taken: list[str] = []
    clashes: list[Clash] = []
    for name, value in mine.items():
        was, now = base[name], theirs[name]
        if value == now or (now == was and value != was):
            values[name] = value
        elif value == was and name not in asked:
            values[name] = now
            taken.append(name)
        else:
            clashes.append(Clash(name, was, value, now))
    return Merge(values, tuple(taken), tuple(clashes))


Row = Mapping[str, Any]


def merge_rows(
    base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row], *, key: str
) -> list[Row] | None:
    """Merge two lists of rows that came from ``base``, row by row as ``merge`` does fields.

    Rows are known by their ``key``, which no two of a list share. The order is that of whoever
    changed it; rows that only the other put in follow it. None where a row, or the order, was
    changed by both and not alike.
    """
    told = [{row[key]: row for row in rows} for rows in (base, mine, theirs)]
    was, ours, others = told
    merged: dict[Any, Row | None] = {}
    for name in {**ours, **others, **was}:
        before, one, other = (rows.get(name) for rows in told)
        if one != other and before not in (one, other):
            return None
        merged[name] = one if other == before else other
    if (order := _order(list(was), list(ours), list(others))) is None:
        return None
    return [row for name in order if (row := merged[name]) is not None]


def _order(was: list[Any], ours: list[Any], others: list[Any]) -> list[Any] | None:
    """The names of both lists in one order; None where each moved what both have, and otherwise."""
    shared = {*was} & {*ours} & {*others}
    before, one, other = ([name for name in each if name in shared] for each in (was, ours, others))
    if one != other and before not in (one, other):
        return None
    first, second = (others, ours) if one == before != other else (ours, others)
    return list(dict.fromkeys([*first, *second]))
