"""Apply scheduled changes whose moment has come. Readers' visits do it too; no site needs this."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from articles.actions import apply_due


class Command(BaseCommand):
    help = "Applies scheduled changes that are due, as the first reader after their moment would."

    def handle(self, *args: Any, **options: Any) -> None:
        applied = apply_due()
        for change in applied:
            self.stdout.write(f"{change.article.get_absolute_url()}  version {change.number}")
        self.stdout.write(f"Changes applied: {len(applied)}")
