"""Where a row stands in a list that is ordered newest first: pages begin there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Model, Q

LARGEST_PK = 2**63 - 1
MOMENT = "%Y%m%dT%H%M%S.%fZ"
WRITTEN = re.compile(r"([0-9]{8}T[0-9]{6}\.[0-9]{6}Z)-([0-9]{1,19})")
PUBLISHED = "published_at"
"""The column of moments that lists of articles are ordered by."""


@dataclass(frozen=True)
class Place:
    """The place of a row, which need not be there any more, in a list ordered by the column ``by``.

    The first condition of each property repeats the second: it is for the index.
    """

    moment: datetime
    pk: int
    by: str = PUBLISHED

    @classmethod
    def of(cls, row: Model, by: str = PUBLISHED) -> Place:
        """Return the place of a row, such as a published article."""
        moment = getattr(row, by)
        if moment is None:
            raise ValueError(f"{row._meta.object_name} {row.pk} has no {by} to page by.")
        return cls(moment, row.pk, by)

    @classmethod
    def read(cls, text: str, by: str = PUBLISHED) -> Place:
        """Read what ``str()`` of a place wrote. Raises ValueError for anything else."""
        written = WRITTEN.fullmatch(text)
        if written is None:
            raise ValueError("A place reads like 20240305T093000.000000Z-123.")
        moment = datetime.strptime(written[1], MOMENT).replace(tzinfo=UTC)
        if not 1000 <= moment.year <= 9998 or int(written[2]) > LARGEST_PK:
            raise ValueError("A place cannot name a moment or a number that no row has.")
        return cls(moment, int(written[2]), by)

    def __str__(self) -> str:
        return f"{self.moment.astimezone(UTC).strftime(MOMENT)}-{self.pk}"

    @property
    def older(self) -> Q:
        """Rows after this place."""
        return self._at("lte") & (self._at("lt") | Q(pk__lt=self.pk))

    @property
    def and_older(self) -> Q:
        """Rows from this place on."""
        return self._at("lte") & (self._at("lt") | Q(pk__lte=self.pk))

    @property
    def newer(self) -> Q:
        """Rows above this place."""
        return self._at("gte") & (self._at("gt") | Q(pk__gt=self.pk))

    @property
    def and_newer(self) -> Q:
        """Rows down to this place."""
        return self._at("gte") & (self._at("gt") | Q(pk__gte=self.pk))

    def _at(self, comparison: str) -> Q:
        return Q(**{f"{self.by}__{comparison}": self.moment})
