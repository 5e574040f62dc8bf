"""Compile every translation catalogue (.po) to the form that Django reads (.mo).

polib does the work, so running a site needs no GNU gettext. The two formats, and the rule that a
key may stand only once in a catalogue, are those of the GNU gettext manual.
"""

from __future__ import annotations

import gettext
import io
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator

# polib takes a line whose quotation mark is missing, and loses a letter of it.
LINE_FORM = re.compile(
    r"""\s*(?:\#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s*)?"(?:[^"\\]|\\.)*")?\s*"""
)
LINE_NUMBER = re.compile(r"\(line (\d+)\)")


class BrokenCatalogueError(ValueError):
    """A catalogue that cannot be compiled; its text names the file, the line and the fault."""

    def __init__(self, path: Path, line: int, fault: str) -> None:
        super().__init__(f"{path}, line {line}: {fault} Mend it and compile again.")


class Command(BaseCommand):
    help = "Compiles locale/*/LC_MESSAGES/*.po to .mo, where the result would differ."
    # A check reports catalogues that are not compiled, and must not keep us from compiling them.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folders",
            nargs="*",
            type=Path,
            help="Folders that hold a folder for each language (default: LOCALE_PATHS).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folders = [Path(folder) for folder in options["folders"] or settings.LOCALE_PATHS]
        faults: list[str] = []
        for source in find_catalogues(folders):
            try:
                if compile_catalogue(source):
                    self.stdout.write(f"Compiled {source.with_suffix('.mo')}.")
            except BrokenCatalogueError as error:
                faults.append(str(error))
        if faults:
            raise CommandError("\n".join(faults))


def find_catalogues(folders: list[Path]) -> Iterator[Path]:
    """Yield the .po files of all languages, in a settled order."""
    for folder in folders:
        yield from sorted(folder.glob("*/LC_MESSAGES/*.po"))


def compile_catalogue(source: Path) -> bool:
    """Write the .mo file beside a .po file; return False when it already holds the same bytes.

    Compares content and not times: a checkout gives every file the time of the checkout. Raises
    BrokenCatalogueError, and then leaves the .mo file as it was.
    """
    compiled = compiled_bytes(source)
    target = source.with_suffix(".mo")
    if target.is_file() and target.read_bytes() == compiled:
        return False
    replace_file(target, compiled)
    return True


def compiled_bytes(source: Path) -> bytes:
    """Return what the .mo file of a .po file should hold; raises BrokenCatalogueError."""
    catalogue = read_catalogue(source)
    refuse_repeated_keys(source, catalogue)
    compiled: bytes = catalogue.to_binary()
    try:
        gettext.GNUTranslations(io.BytesIO(compiled))  # As Django will read it.
    except (ValueError, UnicodeDecodeError) as error:
        raise BrokenCatalogueError(source, 1, f"The header is not usable ({error}).") from error
    return compiled


def read_catalogue(source: Path) -> polib.POFile:
    """Parse a .po file, which must be UTF-8 and say so; raises BrokenCatalogueError."""
    refuse_malformed_lines(source)
    try:
        catalogue = polib.pofile(str(source), encoding="utf-8")
    except OSError as error:
        found = LINE_NUMBER.search(str(error))
        line = int(found[1]) if found else 1
        raise BrokenCatalogueError(source, line, "This line may not stand here.") from error
    if "charset=utf-8" not in catalogue.metadata.get("Content-Type", "").lower():
        raise BrokenCatalogueError(source, 1, 'The header does not say "charset=UTF-8".')
    return catalogue


def refuse_malformed_lines(source: Path) -> None:
    """Raise BrokenCatalogueError for a line that is no comment and no whole quoted string."""
    for number, raw in enumerate(source.read_bytes().split(b"\n"), start=1):
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BrokenCatalogueError(source, number, "A byte is not UTF-8.") from error
        if not LINE_FORM.fullmatch(line.removeprefix("\ufeff")):
            raise BrokenCatalogueError(source, number, "A keyword or a quotation mark is missing.")


def refuse_repeated_keys(source: Path, catalogue: polib.POFile) -> None:
    """Raise BrokenCatalogueError for a key that stands twice: only one text would ever show."""
    seen: dict[tuple[str | None, str], int] = {}
    for entry in (entry for entry in catalogue if not entry.obsolete):
        key, line = (entry.msgctxt, entry.msgid), entry.linenum or 1
        if key in seen:
            fault = f"“{entry.msgid}” stands on line {seen[key]} already."
            raise BrokenCatalogueError(source, line, fault)
        seen.setdefault(key, line)


def replace_file(target: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old bytes or the new, never a part of them."""
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
