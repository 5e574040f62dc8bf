"""Files on this computer's disk that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage

READABLE = 0o644


class StorageAway(OSError):
    """A storage on another computer that does not answer."""


class WholeFileStorage(FileSystemStorage):
    """Django's storage, in which a file gets its name once all its bytes are on the disk.

    Whoever reads never meets half a file, and what was killed leaves none. The same name again
    replaces the file: names here say what is in it.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_overwrite": True, **options})

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, part = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(part).chmod(READABLE)
            Path(part).replace(path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
        return name.replace("\\", "/")


class PrivateStorage(WholeFileStorage):
    """Files that no address leads to."""

    def url(self, name: str | None) -> str:
        """Raise ValueError: the desk hands these files out, one by one, to who may have them."""
        raise ValueError("This file has no address.")
