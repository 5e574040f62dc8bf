"""One captured document, whatever its format: bytes in, one reading out."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from articles.captures.draft import Draft, Dropped, Hints, Kept, Parsed
from articles.captures.reading import Capture, read
from articles.captures.segment import segment

Reader = Callable[["Document", Hints], Parsed]


class Unreadable(ValueError):
    """A document holds no story that can be read; the message is a sentence."""


def read_text(document: Document, hints: Hints) -> Parsed:
    """Plain text: the rules of :mod:`articles.captures.segment`, with a span for every byte."""
    return segment(document.capture, hints=hints)


@dataclass(frozen=True)
class Document:
    """One captured document: one row of the archive, with a digest of its own.

    ``name`` is the file's name; in an archive, the archive's name, a slash and the member's.
    ``raw`` are its bytes, which ``sha256`` names. ``media_type`` is what the bytes are (IANA).
    ``target_uri`` and ``captured_at`` (aware) come from a WARC record, ``content_type`` from the
    server that sent it. ``doubts`` are sentences for which every story of it is held. ``problem``
    is a sentence when nothing can be read now: there is no row to store then, and ``raw`` is empty
    unless the file as a whole could not be read.
    """

    name: str
    raw: bytes = b""
    media_type: str = "text/plain"
    target_uri: str = ""
    captured_at: dt.datetime | None = None
    content_type: str = ""
    doubts: tuple[str, ...] = ()
    problem: str = ""
    reader: Reader = field(default=read_text, repr=False)

    @property
    def is_text(self) -> bool:
        """Whether it is plain text, whose lines teach what their source's pages have in common."""
        return self.reader is read_text and not self.problem

    @cached_property
    def sha256(self) -> str:
        """Digest of the bytes in hex."""
        return hashlib.sha256(self.raw).hexdigest()

    @cached_property
    def capture(self) -> Capture:
        """The bytes as stored. Only plain text has lines: markup is not read by byte spans."""
        if self.is_text:
            return read(self.raw, filename=self.name)
        if self.problem:
            return Capture(self.raw, self.sha256, "", (), filename=self.name)
        from .charset import decode

        charset = decode(self.raw, content_type=self.content_type).charset
        return Capture(self.raw, self.sha256, charset, (), filename=self.name)

    def parse(self, hints: Hints | None = None) -> Parsed:
        """Every story in the document. Never raises: what cannot be read is a reject.

        ``hints`` is what a manifest or the source knows, and wins over the document.
        """
        if self.problem:
            return rejected(self.raw, self.problem)
        given = hints or Hints()
        given = given._replace(target_uri=given.target_uri or self.target_uri)
        try:
            parsed = self.reader(self, given)
        except Unreadable as error:
            return rejected(self.raw, str(error))
        drafts = tuple(_doubted(draft, self.doubts) for draft in parsed.drafts)
        return parsed._replace(drafts=drafts) if self.doubts else parsed


def _doubted(draft: Draft, doubts: Iterable[str]) -> Draft:
    return draft._replace(held=True, reasons=(*draft.reasons, *doubts))


def whole(raw: bytes) -> tuple[Kept, ...]:
    """The account of a document that is kept as one piece: markup is not told apart by bytes."""
    return (Kept(0, len(raw), "document", -1),) if raw else ()


def rejected(raw: bytes, reason: str) -> Parsed:
    """A document of which nothing is taken, for ``reason``."""
    dropped = (Dropped(0, len(raw), "rejected"),) if raw else ()
    return Parsed("reject", (), None, "und", dropped, reason)
