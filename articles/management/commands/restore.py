"""Put a backup in place of what is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from articles.caching import renew_pages
from newsroom.backup import Backup, Failed, restore


class Command(BaseCommand):
    help = "Restore a backup: into an empty database, or with --over in place of what is there."
    requires_system_checks = ()  # The database may be empty.

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder of one backup")
        parser.add_argument("--over", action="store_true", help="give up what is there now")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            backup = Backup.at(options["folder"])
            if connection.introspection.table_names() and not options["over"]:
                raise CommandError(
                    "The database is not empty, and a restore gives up all that is in it: say "
                    "--over if that is meant."
                )
            restore(backup)
        except Failed as failure:
            raise CommandError(str(failure)) from failure
        call_command("migrate", verbosity=0, interactive=False)  # It may be of an older version.
        renew_pages()
        if options["verbosity"]:
            self.stdout.write(f"Restored the database and {len(backup.files)} files.")
