"""Have every page made anew: for whoever changed rows by other ways than the desk's."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from articles.caching import renew_pages


class Command(BaseCommand):
    help = "Have every page that is kept in memory made anew, as after rows were changed by hand."

    def handle(self, *args: Any, **options: Any) -> None:
        renew_pages()
        if options["verbosity"]:
            self.stdout.write("Every page is made anew within a second.")
