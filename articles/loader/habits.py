"""What is known of a source when its captures are read, and the learning of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from heapq import heappush, heappushpop

from articles.captures.files import Found
from articles.captures.learning import SAMPLE, Lesson, learn, observe
from articles.models import Capture, Source


@dataclass(frozen=True)
class Habits:
    """What reading a capture may rely on: the order of its source's dates, lines of furniture.

    ``digest`` (twelve hex digits) changes when either does, or the source's name or time zone.
    """

    date_order: str = ""
    furniture: frozenset[str] = frozenset()
    digest: str = "0" * 12


def habits_of(source: Source) -> Habits:
    """What is known of ``source`` now."""
    furniture = frozenset(source.furniture)
    order = source.known_date_order
    told = repr((source.slug, source.timezone, order, sorted(furniture)))
    return Habits(order, furniture, blake2b(told.encode(), digest_size=6).hexdigest())


class Sample:
    """The files with the lowest SHA-256 among those offered, SAMPLE at most."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, str]] = []
        self._files: dict[str, Found] = {}

    def offer(self, sha256: str, file: Found) -> None:
        """Take the file in if its digest is low enough; the same bytes count once."""
        if sha256 in self._files:
            return
        entry = (-int(sha256, 16), sha256)
        if len(self._heap) < SAMPLE:
            heappush(self._heap, entry)
        else:
            _lowest, dropped = heappushpop(self._heap, entry)
            if dropped == sha256:
                return
            del self._files[dropped]
        self._files[sha256] = file

    def files(self) -> Mapping[str, Found]:
        """The sampled files by digest."""
        return self._files


def study(source: Source, fresh: Mapping[str, bytes]) -> Lesson:
    """What the sample of a source teaches; ``fresh`` are captures, by digest, not stored yet."""
    stored = Capture.objects.filter(source=source, media_type="text/plain").order_by("sha256")[
        :SAMPLE
    ]
    known = {sha256: bytes(raw) for sha256, raw in stored.values_list("sha256", "raw").iterator()}
    lowest = sorted({**known, **fresh}.items())[:SAMPLE]
    return learn(observe(raw) for _sha256, raw in lowest)


def remember(source: Source, lesson: Lesson) -> bool:
    """Store what a source's captures teach. Returns whether that is anything new."""
    taught = {"date_order_counts": lesson.date_orders, "furniture": lesson.furniture}
    changed = [name for name, value in taught.items() if getattr(source, name) != value]
    for name in changed:
        setattr(source, name, taught[name])
    if changed:
        source.save(update_fields=changed)
    return bool(changed)


def stale(source: Source, rules: str, habits: Habits) -> Iterable[int]:
    """Keys of captures that the same rules read before the source's habits were what they are."""
    captures = Capture.objects.filter(source=source, reading__startswith=rules)
    return captures.exclude(reading__startswith=rules + habits.digest).values_list("pk", flat=True)
