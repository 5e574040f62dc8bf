"""Which of a page's dates is the story's, and how sure that is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from articles.text.dates import FoundDate, find_dates

from . import orders
from .draft import Evidence, Span
from .sentences import Filled, _

_confidence = attrgetter("confidence")
_UNDATED = _("The capture gives no full date for this story.")
_TWO_WAYS = _("The date reads two ways: %(day)s or %(others)s.")
_RIVALS = _("Two dates disagree: %(day)s and %(other)s (%(rule)s).")
_EARLY = _("The date %(day)s is later than the page, made on %(rendered)s.")


class Candidate(NamedTuple):
    """A date that may be the story's: its readings by order of numbers, and how far to trust it."""

    rule: str
    readings: dict[str, dt.date]
    confidence: float
    spans: tuple[Span, ...]
    padded: bool = False
    time: dt.time | None = None
    zone: str = ""

    @property
    def days(self) -> set[dt.date]:
        """The distinct days that the numbers can mean."""
        return set(self.readings.values())


class Choice(NamedTuple):
    """The story's date, or none; ``ambiguous`` when nothing settles the order of its numbers.

    ``day`` is a moment when the line that gives the date holds a time of day: without a zone,
    unless the line names one.
    """

    day: dt.date | dt.datetime | None
    ambiguous: bool
    confidence: float
    evidence: tuple[Evidence, ...]
    reasons: tuple[str, ...]


def candidate(rule: str, found: FoundDate, confidence: float, spans: Iterable[Span]) -> Candidate:
    """A found date as a candidate for the story's date."""
    padded = found.text[:1] in "0٠۰"
    readings = orders.readings(found)
    return Candidate(rule, readings, confidence, tuple(spans), padded, found.time, found.zone)


def of_dateline(found: FoundDate, span: Span) -> Candidate:
    """A dateline's date. Its numbers are a writer's, day first in English, Urdu and Sindhi of this
    region (CLDR en-PK, ur, sd-PK); only software prints them month first.
    """
    one = candidate("date.dateline", found, 0.85, [span])
    day_first = {order: day for order, day in one.readings.items() if order == "dmy"}
    return one._replace(readings=day_first or one.readings)


def of_yearless(found: FoundDate, others: Iterable[FoundDate], span: Span) -> Iterator[Candidate]:
    """A dateline's day and month, where another date of the page agrees within a day on its year.

    An agency's page prints "ISLAMABAD, Jun 7" and the day of its last update below; the one says
    which of the page's dates is the story's, the other gives the year. Nothing else gives it.
    """
    for other in others:
        for day in orders.readings(other).values():
            own = orders.reading("named", day.year, found.month, found.day).get("named")
            if own is not None and abs((day - own).days) <= 1:
                yield Candidate("date.dateline-yearless", {"named": own}, 0.82, (span,))
                return


CLOCKED = frozenset({"date.label", "date.line", "date.item"})
"""Rules whose line dates the story alone, so that a time of day on it is the story's as well."""
_ZONES = {"GMT": 0, "UTC": 0, "Z": 0, "PKT": 5}


def moment_of(pool: Iterable[Candidate], day: dt.date) -> dt.date | dt.datetime:
    """``day`` with the time of day that a line of ``pool`` gives with it, in the zone it names."""
    for one in pool:
        if one.time is not None and one.rule in CLOCKED and day in one.days:
            return dt.datetime.combine(day, one.time, _zone(one.zone))
    return day


def _zone(name: str) -> dt.tzinfo | None:
    if name in _ZONES:
        return dt.timezone(dt.timedelta(hours=_ZONES[name]))
    if not name:
        return None
    hours, minutes = int(name[1:3]), int(name[4:6])
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return (
        dt.timezone(-offset if name[0] == "-" else offset) if hours < 24 and minutes < 60 else None
    )


def agreed_order(candidates: Iterable[Candidate]) -> str:
    """The order in which a date that reads two ways agrees with one that reads one way."""
    pool = list(candidates)
    if len(pool) < 2:
        return ""
    certain = {day for one in pool if len(one.days) == 1 for day in one.days}
    for one in pool:
        if len(one.days) == 2:
            for order, day in one.readings.items():
                if day in certain:
                    return order
    return ""


def from_address(uri: str) -> Iterator[Candidate]:
    """Full dates in the path of an address, such as ``/2023/07/29/`` or ``/09-Feb-2025/``."""
    if not uri:
        return
    path = re.sub(r"^[a-z]+://[^/]*", "", uri)
    for match in re.finditer(r"/(\d{4})/(\d{1,2})/(\d{1,2})(?=/|\Z)", path):
        year, month, day = (int(part) for part in match.groups())
        if found := orders.reading("ymd", year, month, day):
            yield Candidate("date.address", found, 0.85, ())
    for segment in path.split("/"):
        for date in find_dates(segment.replace("-", " "))[:1]:
            if date.order == "named" and date.start == 0:
                yield candidate("date.address", date, 0.85, ())


def choose(
    candidates: list[Candidate],
    *,
    given: dt.date | dt.datetime | None = None,
    order: str = "",
    clock: str = "",
    before: dt.date | None = None,
) -> Choice:
    """The story's date among ``candidates``.

    ``given`` comes from a manifest and wins. ``order`` is known for the source or proven on the
    page, ``clock`` only suggested by its stamp; ``before`` is the day the page was generated.
    """
    pool = [one for one in candidates if one.readings]
    if given is not None:
        day = given.date() if isinstance(given, dt.datetime) else given
        return _chosen(day, False, 0.99, "date.manifest", (), pool, before)
    if not pool:
        return Choice(None, False, 0.0, (), (_UNDATED,))
    best = max(pool, key=_confidence)
    day, rule, confidence, ambiguous = _settle(best, pool, order, clock)
    return _chosen(day, ambiguous, confidence, rule, best.spans, pool, before)


def _settle(
    best: Candidate, pool: list[Candidate], order: str, clock: str
) -> tuple[dt.date, str, float, bool]:
    agreed = [
        one
        for one in pool
        if one.rule != best.rule and len(one.days) == 1 and one.days <= best.days
    ]
    if agreed:
        day = next(iter(agreed[0].days))
        return day, f"{best.rule}+{agreed[0].rule.removeprefix('date.')}", 0.97, False
    if len(set(best.readings.values())) == 1:
        return next(iter(best.readings.values())), best.rule, best.confidence, False
    if order in best.readings:
        return best.readings[order], f"{best.rule}.{order}", min(0.88, best.confidence), False
    shape = clock or ("dmy" if best.padded else "mdy")
    confidence = 0.7 if clock else 0.5
    return best.readings.get(shape) or min(best.days), f"{best.rule}.unsettled", confidence, True


def _chosen(
    day: dt.date,
    ambiguous: bool,
    confidence: float,
    rule: str,
    spans: tuple[Span, ...],
    pool: list[Candidate],
    before: dt.date | None,
) -> Choice:
    days = {other for one in pool for other in one.readings.values()} - {day}
    others = sorted([other.isoformat() for other in days])
    reasons: list[str] = []
    if ambiguous:
        reasons.append(Filled(_TWO_WAYS, day=day.isoformat(), others=others))
    rival = next((one for one in pool if _contradicts(one, day)), None) if others else None
    if rival is not None and rule != "date.manifest":
        confidence = min(confidence, 0.75)
        other = min(rival.days).isoformat()
        reasons.append(Filled(_RIVALS, day=day.isoformat(), other=other, rule=rival.rule))
    if before is not None and day > before:
        confidence = min(confidence, 0.6)
        reasons.append(Filled(_EARLY, day=day.isoformat(), rendered=before.isoformat()))
    spans += tuple([span for one in pool if day in one.days for span in one.spans])
    told = moment_of(pool, day)
    evidence = Evidence(
        "published", told.isoformat(), rule, confidence, tuple(dict.fromkeys(spans)), tuple(others)
    )
    return Choice(told, ambiguous, confidence, (evidence,), tuple(reasons))


def _contradicts(one: Candidate, day: dt.date) -> bool:
    """A strong candidate more than two days away; a dateline may be a day or two older."""
    if one.rule in {"date.updated", "date.address"}:
        return False
    return all(abs((other - day).days) > 2 for other in one.days)
