"""Saying that what readers see has changed."""

from __future__ import annotations

from django.db import transaction

from articles.models import Generation

KEPT = 200
"""So many generations are left when older ones are cleared away, and as many come before that."""


def renew_pages() -> None:
    """Let every page that was made so far be made anew, once this transaction is committed.

    Called inside the transaction that changes what readers see: if that is rolled back, so is this.
    """
    generation = Generation.objects.create()
    if generation.pk % KEPT == 0:
        transaction.on_commit(_clear_away, robust=True)


def _clear_away() -> None:
    """Delete old generations, outside of any transaction that somebody could wait for."""
    newest = Generation.objects.order_by("-pk").values_list("pk", flat=True)
    if (last := newest[KEPT : KEPT + 1].first()) is not None:
        Generation.objects.filter(pk__lte=last).delete()
