"""From paths to the bytes of captures: which files count, and which cannot be taken."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

MAX_BYTES = 20 * 1024 * 1024
"""A page's text is a few kilobytes; past this size something else was saved."""

STANDARD_INPUT = "-"


class Found(NamedTuple):
    """One ``file`` that may hold a capture, in the ``folder`` where its manifest would lie."""

    folder: Path
    file: str

    @property
    def path(self) -> Path:
        return self.folder / self.file

    @property
    def name(self) -> str:
        """File name as valid text: bytes of the name that are not UTF-8 become question marks."""
        return self.file.encode("utf-8", "replace").decode("utf-8")

    @property
    def is_input(self) -> bool:
        """Whether it is standard input."""
        return self.file == STANDARD_INPUT and not self.folder.parts


class Unreadable(Exception):
    """A file could not be taken into the archive; the message is a sentence that names it."""


class Files:
    """Capture files in one order, whatever the order in which they were named or lie on the disk.

    Only names are kept, a folder's in one string from the first, so that 100,000 files never take
    more than 3 MB; each iteration makes the Found values anew.
    """

    def __init__(self) -> None:
        self._names: dict[Path, str] = {}

    def __len__(self) -> int:
        return sum(names.count("\0") + 1 for names in self._names.values())

    def __iter__(self) -> Iterator[Found]:
        for folder in self.folders:
            yield from self.inside(folder)

    @property
    def folders(self) -> list[Path]:
        """The folders that hold the files, each of which may hold a manifest of its own."""
        return sorted(self._names)

    def inside(self, folder: Path) -> Iterator[Found]:
        """The files of one folder."""
        for name in self._names[folder].split("\0"):
            yield Found(folder, name)

    def add(self, folder: Path, names: Collection[str]) -> None:
        """Files of one folder, at least one; any that was named before counts once."""
        known = self._names[folder].split("\0") if folder in self._names else ()
        self._names[folder] = "\0".join(sorted({*known, *names}))


Counts = Callable[[Path, str], bool]
"""Whether a file in a folder, by its name, may hold captures."""


def find(paths: Sequence[Path], *, counts: Counts) -> Files:
    """Return the capture files below ``paths``, in an order that does not depend on the machine.

    A file that is named is taken whatever its name; in a folder, those that ``counts`` accepts.
    Raises Unreadable for a path that does not exist and for a folder without captures.
    """
    files = Files()
    for path in paths:
        for folder, names in _below(path, counts):
            files.add(folder, names)
    return files


def _below(path: Path, counts: Counts) -> Iterator[tuple[Path, Collection[str]]]:
    if str(path) == STANDARD_INPUT:
        yield Path(), [STANDARD_INPUT]
        return
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise Unreadable(f"{path}: cannot be opened ({error.strerror}). Check the path.") from error
    if stat.S_ISDIR(mode):
        yield from _inside(path, counts)
    elif stat.S_ISREG(mode):
        yield path.parent, [path.name]
    else:  # Reading a pipe or a device may never end.
        raise Unreadable(f"{path}: is neither a file nor a folder. Use - for standard input.")


def _inside(folder: Path, counts: Counts) -> Iterator[tuple[Path, Collection[str]]]:
    is_empty = True
    for inside, names in _walk(folder):
        if captures := [name for name in names if counts(inside, name)]:
            is_empty = False
            yield inside, captures
    if is_empty:
        raise Unreadable(
            f"{folder}: no capture lies in this folder, neither a text nor a page, feed, news "
            "item or archive. Name another one."
        )


def _walk(folder: Path) -> Iterator[tuple[Path, list[str]]]:
    """Every folder below and its files. One that may not be entered is told, never skipped."""

    def refuse(error: OSError) -> None:
        raise Unreadable(
            f"{error.filename}: this folder cannot be read ({error.strerror}). Nothing was loaded; "
            "mend its permissions or name other folders."
        ) from error

    for inside, _folders, names in os.walk(folder, onerror=refuse):
        yield Path(inside), names


def opened(found: Found) -> io.FileIO:
    """The file, open for reading without a buffer, which one that is read whole does without.

    Raises Unreadable, without the file's name, when it cannot be opened.
    """
    try:
        # Not by way of found.path: to make that takes as long as to open the file.
        return io.FileIO(f"{found.folder}/{found.file}")
    except OSError as error:
        raise unreadable(error) from error


def standard_input() -> bytes:
    """All that standard input, which can be read but once, gives, and no more than MAX_BYTES.

    Raises Unreadable when it cannot be read.
    """
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(error) from error


def unreadable(error: OSError) -> Unreadable:
    """What to say of a file that ``error`` keeps from being read."""
    told = error.strerror or type(error).__name__
    return Unreadable(f"It cannot be read ({told}). Mend that and try again.")
