"""Moments that an article may have."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.text.dates import YEARS


def in_known_years(moment: datetime) -> None:
    """Raise ValidationError for a year in which ``articles.text.dates`` finds no date.

    Near the ends of the calendar a moment cannot be told in every time zone, and a database that
    stores it gives back rows that no page can show.
    """
    if moment.year not in YEARS:
        raise ValidationError(
            _("Write a year between %(first)d and %(last)d."),
            code="year",
            params={"first": YEARS[0], "last": YEARS[-1]},
        )
