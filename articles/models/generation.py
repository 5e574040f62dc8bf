"""Generations: what readers see changed, and in which order nobody needs to know."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models
from django.db.models import Count, Max, Min
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class State(NamedTuple):
    """Tells two sets of generations apart: one that is added changes ``number`` or ``last``, also
    where it was begun before another and committed after it; what is cleared away changes
    ``first``.
    """

    number: int
    first: int | None
    last: int | None


class GenerationQuerySet(models.QuerySet["Generation"]):
    def state(self) -> State:
        """Return the state of what readers see, as far as it is committed. One query."""
        told = self.aggregate(number=Count("pk"), first=Min("pk"), last=Max("pk"))
        return State(**told)


class Generation(models.Model):
    """That something which readers see changed: written in the transaction that changed it.

    There is a row for each time and not one that is counted up, so that nobody who publishes waits
    for somebody else who does, nor can the two hold each other up for ever.
    """

    made_at = models.DateTimeField(_("made at"), default=now, editable=False)

    objects = GenerationQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of pages")
        verbose_name_plural = _("changes of pages")

    def __str__(self) -> str:
        return f"#{self.pk}"
