"""Which stored articles tell much the same as a new one: sketches looked up by their bands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import F, Value

from articles.captures.sketch import BANDS, Sketch, bands, pack, similarity, unpack
from articles.models import Sketch as SketchRow

COMMON = 16
"""A key that as many texts share leads to nothing: they share a form, not a story. It also bounds
a lookup to COMMON * BANDS comparisons, however large the archive is."""


class Telling(NamedTuple):
    """One article's text as its capture told it. ``capture`` is a digest; ``headline`` is shown."""

    numbers: Sketch
    capture: str
    headline: str
    order: float
    """The article's key: an older article never looks at a younger one."""


Nearest = tuple[float, Telling | None]
"""How alike two texts are, from 0 to 1, and the other one if there is any."""


class Likeness:
    """Finds the nearest telling among those stored and those added since."""

    def __init__(self, wanted: Iterable[Sketch]) -> None:
        self._bands: list[dict[int, list[Telling]]] = [defaultdict(list) for _ in range(BANDS)]
        keys: list[set[int]] = [set() for _ in range(BANDS)]
        for numbers in wanted:
            for known, key in zip(keys, bands(numbers), strict=True):
                if key is not None:
                    known.add(key)
        self._fetch(keys)

    def nearest(self, numbers: Sketch, capture: str, before: float) -> Nearest:
        """The most alike telling of another capture, older than ``before``, and how alike it is."""
        best: Nearest = (0.0, None)
        for telling in self._candidates(numbers):
            if telling.capture != capture and telling.order < before:
                alike = similarity(numbers, telling.numbers)
                if best[1] is None or (alike, -telling.order) > (best[0], -best[1].order):
                    best = alike, telling
        return best

    def alike(self, numbers: Sketch, capture: str, least: float) -> list[tuple[float, int]]:
        """How alike each telling of another capture is, from ``least`` up, with its article's key;
        the most alike first.
        """
        others = (one for one in self._candidates(numbers) if one.capture != capture)
        shares = ((similarity(numbers, one.numbers), int(one.order)) for one in others)
        return sorted(((share, pk) for share, pk in shares if share >= least), reverse=True)

    def add(self, telling: Telling) -> SketchRow:
        """Let later ones find ``telling``; returns its row, still without an article."""
        row = SketchRow(numbers=pack(telling.numbers))
        for band, key in enumerate(bands(telling.numbers)):
            if key is not None and len(self._bands[band][key]) < COMMON:
                self._bands[band][key].append(telling)
                setattr(row, SketchRow.BANDS[band], key)
        return row

    def _candidates(self, numbers: Sketch) -> Iterator[Telling]:
        found: dict[int, Telling] = {}
        for known, key in zip(self._bands, bands(numbers), strict=True):
            if key is not None:
                found.update((id(telling), telling) for telling in known.get(key, ()))
        yield from found.values()

    def _fetch(self, keys: list[set[int]]) -> None:
        """Look the keys up, each band by its own index, in one query."""
        tellings: dict[int, Telling] = {}
        for band, key, pk, numbers, headline, sha256 in _with_keys(keys):
            if pk not in tellings:
                tellings[pk] = Telling(unpack(bytes(numbers)), sha256 or "", headline, pk)
            self._bands[band][key].append(tellings[pk])


def _with_keys(keys: list[set[int]]) -> Iterable[tuple[Any, ...]]:
    """Rows of a band, the key that was found in it, and what a telling is made of."""
    names = ("article_id", "numbers", "article__headline", "article__capture__sha256")
    parts = [
        SketchRow.objects.filter(**{f"{column}__in": wanted})
        .annotate(band=Value(band), key=F(column))
        .values_list("band", "key", *names)
        for band, (wanted, column) in enumerate(zip(keys, SketchRow.BANDS, strict=True))
        if wanted
    ]
    return parts[0].union(*parts[1:], all=True) if parts else ()
