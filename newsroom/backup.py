"""Backups: the database as it was at one moment, and the files that it names, each kept once.

A folder of backups holds a folder for each, called by its time, with the database and a list of
files, and beside them ``files/``, which all share: what a file's name leads to never changes, so it
is copied once. A backup gets its name when it is whole; what was stopped leaves none.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections

from newsroom.lock import held

FOLDERS = ("media", "originals", "recordings")
"""What belongs to the database, of all that lies below DATA_DIR."""
LIST = "backup.json"
NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class Failed(Exception):
    """Why nothing was backed up, or restored, in a sentence."""


@dataclass(frozen=True)
class Backup:
    """One backup: its folder, and what its list tells."""

    folder: Path
    vendor: str
    sha256: str
    files: tuple[str, ...]

    @property
    def database(self) -> Path:
        return self.folder / NAMES[self.vendor]

    @classmethod
    def at(cls, folder: Path) -> Backup:
        """Read the list of a backup. Raises Failed for a folder that is none."""
        try:
            told = json.loads((folder / LIST).read_text(encoding="utf-8"))
            return cls(folder, told["vendor"], told["sha256"], tuple(told["files"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Failed(f"The folder {folder} is no backup: name one with a {LIST}.") from error


def back_up(to: Path, *, at: datetime, keep: int | None = None) -> Backup:
    """Make a backup in the folder ``to``, and let all but the last ``keep`` go. Raises Failed.

    Who reads and writes meanwhile goes on. Files are copied before and after the database: what it
    names is there, whether it came or went while the backup was made.
    """
    try:
        to.mkdir(parents=True, exist_ok=True)
        with held(to / "lock", lambda: None):
            return _back_up(to, at, keep)
    except (OSError, sqlite3.Error, ImproperlyConfigured) as error:
        raise Failed(f"Nothing was backed up into {to}: {error}.") from error


def _back_up(to: Path, at: datetime, keep: int | None) -> Backup:
    part = to / ".part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        _copy_files(settings.DATA_DIR, to / "files")
        database = part / NAMES[connection.vendor]
        _DUMPS[connection.vendor](database)
        files = _copy_files(settings.DATA_DIR, to / "files")
        told = {"vendor": connection.vendor, "sha256": digest_of(database), "files": files}
        (part / LIST).write_text(json.dumps(told, indent=1), encoding="utf-8")
        _sync(part / LIST)
        _sync(database)
        folder = part.rename(_free(to / f"{at.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"))
    finally:
        shutil.rmtree(part, ignore_errors=True)
    if keep:
        _forget(to, keep)
    return Backup.at(folder)


def _free(name: Path) -> Path:
    """``name``, or what comes next in order after all that it begins: a second may see several."""
    last = max((path.name for path in name.parent.glob(f"{name.name}*")), default=None)
    if last is None:
        return name
    number = int(last.removeprefix(name.name).strip("-") or 1) + 1
    return name.with_name(f"{name.name}-{number:03}")


def restore(backup: Backup) -> None:
    """Put the database and the files of ``backup`` in place of what is there. Raises Failed.

    The database is restored in one transaction: a restore that fails changes none of it. It is
    looked through first.
    """
    if backup.vendor != connection.vendor:
        raise Failed(
            f"The backup {backup.folder} is one of {backup.vendor}, and DATABASE_URL names a "
            f"database of {connection.vendor}: set DATABASE_URL to one of the same kind."
        )
    try:
        if digest_of(backup.database) != backup.sha256:
            raise Failed(f"{backup.database} is damaged: its digest is not that of its list.")
        files = backup.folder.parent / "files"
        absent = [name for name in backup.files if not (files / name).is_file()]
        if absent:
            raise Failed(f"{len(absent)} files of the backup are missing, such as {absent[0]}.")
        for name in backup.files:
            _copy(files / name, settings.DATA_DIR / name)
        _RESTORES[backup.vendor](backup.database)
    except (OSError, sqlite3.Error) as error:
        raise Failed(f"The backup {backup.folder} was not restored: {error}.") from error


def backups_in(folder: Path) -> list[Path]:
    """The folders of all backups that are whole, oldest first."""
    return sorted(path.parent for path in folder.glob(f"[0-9]*/{LIST}"))


def digest_of(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


# Files -------------------------------------------------------------------------------------------


def _copy_files(data: Path, files: Path) -> list[str]:
    """Copy what ``files`` lacks, and return the names of all that is there now."""
    names = sorted(_names(data))
    for name in names:
        try:
            _copy(data / name, files / name)
        except FileNotFoundError:  # It was removed meanwhile, and no row names it any more.
            continue
    return [name for name in names if (files / name).exists()]


def _names(data: Path) -> Iterator[str]:
    for folder in FOLDERS:
        for path in (data / folder).rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                yield str(path.relative_to(data))


def _copy(source: Path, to: Path) -> None:
    """Copy a file that is not there yet, so that it is there whole or not at all."""
    if to.exists() and to.stat().st_size == source.stat().st_size:
        return
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f".part-{to.name}")
    try:
        shutil.copy2(source, part)
        _sync(part)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def _sync(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())


def _forget(to: Path, keep: int) -> None:
    """Remove old backups, and the files that no other backup names."""
    for folder in backups_in(to)[:-keep]:
        shutil.rmtree(folder)
    named = {name for folder in backups_in(to) for name in Backup.at(folder).files}
    for path in [path for path in (to / "files").rglob("*") if path.is_file()]:
        if str(path.relative_to(to / "files")) not in named:
            path.unlink()


# Databases ---------------------------------------------------------------------------------------


def _dump_sqlite(to: Path) -> None:
    """Copy the database as it is at one moment, while others write (sqlite.org/backup.html)."""
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=60)) as source,
        closing(sqlite3.connect(to)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Failed("The database is damaged: SQLite's integrity_check does not say ok.")


def _restore_sqlite(file: Path) -> None:
    connections.close_all()
    with (
        closing(sqlite3.connect(file)) as source,
        closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=60)) as there,
    ):
        source.backup(there)
        there.execute("PRAGMA journal_mode=WAL")


def _dump_postgresql(to: Path) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")


def _restore_postgresql(file: Path) -> None:
    connections.close_all()
    options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction"]
    name = connection.settings_dict["NAME"]
    _run("pg_restore", *options, f"--dbname={name}", str(file))


def _run(program: str, *arguments: str) -> None:
    """Call a program of PostgreSQL, which finds the database in the environment. Raises Failed."""
    try:
        done = subprocess.run(  # noqa: S603
            [program, *arguments],
            env={**os.environ, **_variables(connection.settings_dict)},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise Failed(
            f"The program {program} is not on the PATH: install PostgreSQL's client (Debian: apt "
            "install postgresql-client)."
        ) from error
    if done.returncode:
        reason = next(iter(done.stderr.strip().splitlines()), "it did not say why")
        raise Failed(f"{program} failed: {reason}")


def _variables(database: Mapping[str, Any]) -> dict[str, str]:
    """Where the database is, as libpq's programs read it; a password stands in no command line."""
    given = {
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"] or ""),
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
    }
    return {name: value for name, value in given.items() if value}


_DUMPS = {"sqlite": _dump_sqlite, "postgresql": _dump_postgresql}
_RESTORES = {"sqlite": _restore_sqlite, "postgresql": _restore_postgresql}
