"""A lock between processes of one computer, for work that must not be done twice at once."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.core.exceptions import ImproperlyConfigured


@contextmanager
def held(file: Path, on_wait: Callable[[], object]) -> Iterator[None]:
    """Hold the lock that ``file`` stands for, waiting while another process does.

    ``on_wait`` is called once before a wait. The file is made and left; the system itself ends the
    lock of a process that dies. Raises ImproperlyConfigured when the file cannot be made.
    """
    with _opened(file) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _opened(file: Path) -> TextIO:
    try:
        return file.open("a", encoding="utf-8")
    except OSError as error:
        raise ImproperlyConfigured(
            f"The file {file} cannot be opened to write ({error.strerror}): make it and its folder "
            "yours, or name another folder in DATA_DIR."
        ) from error
