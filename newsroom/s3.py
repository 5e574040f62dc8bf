"""Files in a bucket of S3, or of what speaks its protocol: whole or absent, and told from here.

No address of the bucket is ever given to a browser: readers ask this site for a picture, which may
be kept in front of it for a year, and so no page asks another host for anything.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from storages.backends.s3 import S3Storage

from newsroom.storage import StorageAway

BUFFER = 1024 * 1024
"""Bytes that are asked for at once, of a file that is read from some place on."""


@contextmanager
def _answers() -> Iterator[None]:
    """Raise StorageAway for a service that is gone, slow, or refuses what it should do."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise StorageAway(f"The bucket does not answer: {error}") from error


class BucketStorage(S3Storage):
    """Django's storage in a bucket, as ``newsroom.storage.WholeFileStorage`` is on a disk.

    The same name again replaces the file. Every failure is an OSError, and FileNotFoundError for
    what is not there.
    """

    def __init__(self, **options: Any) -> None:
        style = "path" if options.get("endpoint_url") else "virtual"
        config = Config(
            signature_version="s3v4",
            s3={"addressing_style": style},
            connect_timeout=2,
            read_timeout=20,
            retries={"mode": "standard", "total_max_attempts": 2},
        )
        super().__init__(**{"client_config": config, "file_overwrite": True, **options})

    def _open(self, name: str, mode: str = "rb") -> BucketFile:
        return BucketFile(self._reader(name), name, lambda: self._reader(name))

    def _reader(self, name: str) -> io.BufferedReader:
        with _answers():
            found = self.bucket.Object(self._normalize_name(name.replace("\\", "/")))
            try:
                size = found.content_length
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                    raise FileNotFoundError(f"No file is called {name}.") from error
                raise
        return io.BufferedReader(Parts(found, size), BUFFER)

    def _save(self, name: str, content: Any) -> str:
        with _answers():
            return str(super()._save(name, content))

    def exists(self, name: str) -> bool:
        with _answers():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with _answers():
            super().delete(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _answers():
            folders, files = super().listdir(name)
        return folders, files

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        """Return the address of a file at this site."""
        return f"{settings.MEDIA_URL}{quote(name or '')}"


class PrivateBucketStorage(BucketStorage):
    """Files that no address leads to."""

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        """Raise ValueError: the desk hands these files out, one by one, to who may have them."""
        raise ValueError("This file has no address.")


class BucketFile(File):  # type: ignore[type-arg]  # It is generic to mypy only.
    """A file of a bucket, which can be opened again after it was closed, as Django expects."""

    def __init__(self, file: Any, name: str, again: Callable[[], Any]) -> None:
        super().__init__(file, name)
        self._again = again

    def open(self, mode: str | None = None, *args: Any, **kwargs: Any) -> BucketFile:
        if self.closed:
            self.file = self._again()
        self.seek(0)
        return self


class Parts(io.RawIOBase):
    """An object of a bucket that is read from any place on, without the rest of it."""

    def __init__(self, found: Any, size: int) -> None:
        self._found, self._size, self._at = found, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, room: Any) -> int:
        end = min(self._at + len(room), self._size)
        if end <= self._at:
            return 0
        with _answers():
            part = self._found.get(Range=f"bytes={self._at}-{end - 1}")["Body"].read()
        room[: len(part)] = part
        self._at += len(part)
        return len(part)
