"""Files opened as the documents that they hold."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from articles.captures.files import Found, Unreadable, opened, standard_input, unreadable
from articles.captures.formats import Document, documents

SMALL = 1024 * 1024
CHANGED = "It changed while it was loaded. Load it again."


class Pages:
    """Opens files as the documents that they hold; standard input, which comes once, is kept."""

    def __init__(self) -> None:
        self._input: bytes | None = None

    def of(self, found: Found) -> Iterator[Document]:
        """The documents of a file, at least one.

        Raises Unreadable, a sentence without the file's name, when it cannot be read.
        """
        try:
            with self._opened(found) as file:
                yield from documents(file, name=found.name)
        except OSError as error:
            raise unreadable(error) from error

    def only(self, found: Found, sha256: str) -> Document:
        """The one document that a file was. Raises Unreadable when it is that no more."""
        first = list(islice(self.of(found), 2))
        if len(first) != 1 or digest_of(first[0]) != sha256:
            raise Unreadable(CHANGED)
        return first[0]

    def _opened(self, found: Found) -> BinaryIO:
        if not found.is_input:
            return _in_memory(opened(found))
        if self._input is None:
            self._input = standard_input()
        return io.BytesIO(self._input)


def _in_memory(file: io.FileIO) -> BinaryIO:
    """A small file as its bytes: looking at its beginning first then costs no further calls."""
    if os.fstat(file.fileno()).st_size > SMALL:
        return io.BufferedReader(file)
    with file:
        return io.BytesIO(file.read())


def digest_of(document: Document) -> str:
    """The document's SHA-256 in hex; "" for one of which nothing can be stored."""
    return "" if document.problem else document.sha256
