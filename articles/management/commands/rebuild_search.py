"""Make the index of the readers' search anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DEFAULT_DB_ALIAS, transaction

from articles.search import index


class Command(BaseCommand):
    help = (
        "Make the index of the readers' search anew. It follows every change by itself: this is "
        "for a database that had no FTS5 or no pg_trgm when it was migrated."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS, help="the database's alias")

    def handle(self, *args: Any, **options: Any) -> None:
        alias = options["database"]
        with transaction.atomic(alias):
            index.install(alias)
        for fault in index.faults(alias):
            self.stderr.write(self.style.WARNING(fault))
        if options["verbosity"]:
            self.stdout.write("The search index is made anew.")
