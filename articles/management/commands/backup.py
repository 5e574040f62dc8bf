"""Back up the database and the files that belong to it, while the site serves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from newsroom.backup import Failed, back_up


class Command(BaseCommand):
    help = "Back up the database and the files that belong to it, while the site serves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder of all backups")
        parser.add_argument(
            "--keep", type=int, help="how many backups stay, this one among them (default: all)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keep = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError(f"--keep is {keep}: give 1 or more.")
        try:
            made = back_up(options["folder"], at=timezone.now(), keep=keep)
        except Failed as failure:
            raise CommandError(str(failure)) from failure
        if options["verbosity"]:
            self.stdout.write(f"Backed up the database and {len(made.files)} files: {made.folder}")
