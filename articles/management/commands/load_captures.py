"""``manage.py load_captures``: raw captures in, articles out, and a true account of each file."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from tqdm import tqdm

from articles.captures.files import Files, Unreadable, find
from articles.captures.formats import counts
from articles.captures.manifest import NAME, Entry, ManifestError, read_manifest
from articles.loader import OUTCOMES, Busy, Loader, Manifest, Outcome, UnknownName, only_load

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
DONE, FAILED, USAGE, HELD, WOULD_CHANGE = 0, 1, 2, 3, 4
BUSY = 75
"""EX_TEMPFAIL of sysexits.h: nothing is wrong, try again later."""
STOPPED = 130
"""What a shell reports of a command that was interrupted."""


class Command(BaseCommand):
    help = (
        "Load raw page captures as articles. Loading again writes only what changed and never over "
        "an editor's work. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 held or rejected items "
        "(with --strict), 4 a dry run would change something, 75 another load is running."
    )

    # Why a story is held is told in the desk's languages; of pages and their addresses, which take
    # long to check, a load has none.
    requires_system_checks = (Tags.models, Tags.database, Tags.translation)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="*",
            type=Path,
            metavar="PATH",
            default=[Path(settings.BASE_DIR) / "fixtures" / "seeds"],
            help="A capture, a folder of captures, or - for standard input.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done.")
        parser.add_argument(
            "--publish", action="store_true", help="Publish what nothing speaks against."
        )
        parser.add_argument("--source", default="", metavar="SLUG", help="Source of the captures.")
        parser.add_argument(
            "--manifest", type=Path, metavar="FILE", help="Instead of the folder's manifest.json."
        )
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE",
            help="Write one JSON object a capture, a line each.",
        )
        parser.add_argument(
            "--strict", action="store_true", help="Exit 3 when an item is held or rejected."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with only_load():
                self._handle(options)
        except Busy as error:
            raise CommandError(str(error), returncode=BUSY) from error

    def _handle(self, options: dict[str, Any]) -> None:
        try:
            files = find(options["paths"], counts=counts)
            _keep_captures_from(options["report"], files)
            loader = self._loader(files, options)
        except (Unreadable, ManifestError, UnknownName) as error:
            raise CommandError(str(error), returncode=USAGE) from error
        try:
            exit_code = self._load(loader, files, options)
        except (KeyboardInterrupt, BrokenPipeError) as error:
            if not options["dry_run"]:
                loader.finish(STOPPED)
            raise CommandError(_why(STOPPED), returncode=STOPPED) from error
        except (DatabaseError, OSError) as error:
            raise CommandError(_broken(error), returncode=FAILED) from error
        if exit_code != DONE:
            raise CommandError(_why(exit_code), returncode=exit_code)

    def _load(self, loader: Loader, files: Files, options: dict[str, Any]) -> int:
        would = "would be " if options["dry_run"] else ""
        with _undone_if(options["dry_run"]), _report_file(options["report"]) as report:
            for outcome in _with_progress(loader, files, options["verbosity"]):
                self._say(outcome, would, options["verbosity"])
                _write_report(report, outcome)
            exit_code = _exit_code(loader, options)
            loader.finish(exit_code)
        self._summarise(loader, would, options["verbosity"])
        return exit_code

    def _loader(self, files: Files, options: dict[str, Any]) -> Loader:
        return Loader(
            manifest=_manifest(files, options["manifest"]),
            source=options["source"],
            publish=options["publish"],
            reports=options["report"] is not None,
            arguments={
                "paths": [str(path) for path in options["paths"]],
                "publish": options["publish"],
                "source": options["source"],
            },
        )

    def _say(self, outcome: Outcome, would: str, verbosity: int) -> None:
        if outcome.outcome in ("failed", "rejected"):
            named = [outcome.file] if outcome.outcome == "rejected" else []
            self.stderr.write(_shown(": ".join([*named, " ".join(outcome.sentences)])))
        elif verbosity > (outcome.outcome == "unchanged"):
            self.stdout.write(_shown(_line(outcome, would)))
            for sentence in outcome.sentences:
                self.stdout.write(f"    {_shown(sentence)}")

    def _summarise(self, loader: Loader, would: str, verbosity: int) -> None:
        if verbosity == 0:
            return
        counted = [
            f"{loader.counts[name]} {would}{name}" for name in OUTCOMES if loader.counts[name]
        ]
        total = sum(loader.counts.values())
        self.stdout.write(f"{total} {'file' if total == 1 else 'files'}: {', '.join(counted)}.")


def _shown(text: str) -> str:
    """``text`` in one line that moves no cursor: a file's name may hold anything."""
    return _CONTROLS.sub("?", text)


def _line(outcome: Outcome, would: str) -> str:
    """One file in one line: name, outcome, language, date, headline."""
    first: dict[str, str] = next(iter(outcome.report.get("articles", [])), {})
    told = [first.get("language"), first.get("published"), first.get("headline")]
    return "  ".join([outcome.file, f"{would}{outcome.outcome}", *(part for part in told if part)])


def _manifest(files: Files, given: Path | None) -> Manifest:
    """The manifest that was named, or those lying beside the captures, by folder and name."""
    named = read_manifest(given) if given else {}
    entries: dict[Path, Mapping[str, Entry]] = {}
    for folder in files.folders:
        if known := named if given else _beside(folder):
            names = {found.name for found in files.inside(folder)}
            entries[folder] = {name: known[name] for name in known if _file_of(name) in names}
    return entries


def _file_of(name: str) -> str:
    """The file that an entry is about: in ``export.zip/page.html`` the archive."""
    return name.partition("/")[0]


def _beside(folder: Path) -> Mapping[str, Entry]:
    """A folder's own manifest. A capture that it names and that is not there may be a loss."""
    entries = read_manifest(folder / NAME) if (folder / NAME).is_file() else {}
    for name in entries:
        if not (folder / _file_of(name)).exists():
            raise ManifestError(
                f"{folder / NAME}: names {name}, which is not there. Restore the file or take the "
                "entry out."
            )
    return entries


@contextmanager
def _undone_if(dry_run: bool) -> Iterator[None]:
    """Walk the real path inside one transaction and take it all back."""
    with transaction.atomic() if dry_run else nullcontext():
        yield
        if dry_run:
            transaction.set_rollback(True)


def _keep_captures_from(report: Path | None, files: Files) -> None:
    """Raise CommandError rather than let a report be written over a capture: it is evidence."""
    if report and report.exists() and any(report.samefile(found.path) for found in files):
        raise CommandError(
            f"{report}: is one of the captures. Name another file for the report.",
            returncode=USAGE,
        )


def _report_file(path: Path | None) -> AbstractContextManager[TextIO | None]:
    if path is None:
        return nullcontext()
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise CommandError(
            f"{path}: the report cannot be written ({error.strerror}). Name another file.",
            returncode=USAGE,
        ) from error


def _write_report(file: TextIO | None, outcome: Outcome) -> None:
    if file:
        file.write(json.dumps(outcome.report, ensure_ascii=False, sort_keys=True) + "\n")


def _with_progress(loader: Loader, files: Files, verbosity: int) -> Iterator[Outcome]:
    """A bar on a terminal, silence in a pipe."""
    silent = True if verbosity == 0 else None
    with tqdm(unit="file", file=sys.stderr, disable=silent, leave=False) as bar:
        for outcome in loader.load(files):
            bar.total = loader.total
            bar.update()
            yield outcome


def _exit_code(loader: Loader, options: dict[str, Any]) -> int:
    counts = loader.counts
    total = sum(counts.values())
    if counts["failed"] or counts["rejected"] == total:
        return FAILED
    if options["strict"] and (counts["held"] or counts["rejected"]):
        return HELD
    return WOULD_CHANGE if options["dry_run"] and loader.wrote else DONE


def _why(exit_code: int) -> str:
    return {
        FAILED: "Nothing could be loaded from some or all of the files; see the lines above.",
        HELD: "Some items are held or rejected and wait for an editor; see the lines above.",
        STOPPED: "Stopped. What was loaded stays; run the same command again to go on.",
        WOULD_CHANGE: "A load would change the newsroom.",
    }[exit_code]


def _broken(error: Exception) -> str:
    """The disk is full, the server has gone: what is stored is whole, and the rest can follow."""
    return (
        f"The load stopped: {str(error).strip().rstrip('.')}. All batches before it are stored "
        "whole. Mend the cause, such as a full disk, and run the same command again: it goes on "
        "from there."
    )
