"""One load at a time, whatever happens to the one that runs."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from django.db import connection

KEY = int.from_bytes(blake2b(b"newsroom.load_captures", digest_size=8).digest(), signed=True)


class Busy(Exception):
    """Another load is running; the message is a sentence that says what to do."""


@contextmanager
def only_load() -> Iterator[None]:
    """Hold the newsroom's one loading lock. Raises Busy at once when another process has it.

    PostgreSQL's advisory lock and the kernel's lock on a file beside an SQLite database both end
    with the process that holds them, so that a load that was killed leaves nothing to clear away.
    """
    held = _advisory_lock if connection.vendor == "postgresql" else _file_lock
    with held():
        yield


@contextmanager
def _advisory_lock() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
        if not cursor.fetchone()[0]:
            raise _busy("this database")
        try:
            yield
        finally:
            if connection.is_usable():
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])


@contextmanager
def _file_lock() -> Iterator[None]:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name == ":memory:" or "mode=memory" in name:
        yield  # Nobody else can reach a database in memory.
        return
    path = Path(f"{name}.loading")
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _busy(name) from error
        yield


def _busy(where: str) -> Busy:
    return Busy(f"Another load into {where} is running. Wait for it to end and load again.")
