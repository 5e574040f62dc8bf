"""Other doors to the same Draft: pages, feeds, exports, news items, archives of them, crawls.

``documents`` turns the bytes of a file into documents, each with a digest of its own; ``stored``
makes one again of bytes that the archive keeps.
``Document.parse`` turns one into the same :class:`articles.captures.Parsed` as plain text gives.
Formats that need the extra “archive” say so in a sentence where it is not installed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from articles.captures.draft import Hints, Parsed
from articles.captures.files import MAX_BYTES
from articles.captures.manifest import NAME

from . import archives, feeds, html, ninjs, warc, wxr
from .archives import SUFFIXES, Limits
from .detect import HEAD, MEDIA_TYPES, Format, detect
from .document import Document, Reader, Unreadable, read_text
from .extras import MissingExtra, library
from .xml import refuse_declarations, utf8

__all__ = [
    "MAX_BYTES",
    "SUFFIXES",
    "Document",
    "Format",
    "Limits",
    "MissingExtra",
    "counts",
    "detect",
    "documents",
    "stored",
]


def counts(folder: Path, name: str) -> bool:
    """Whether a file in a folder may hold captures: by its name, and JSON by what it holds."""
    suffix = archives.suffix_of(name)
    if name == NAME or not suffix or not archives.counts(name):
        return False
    path = folder / name
    if not path.is_file():
        return False
    if suffix != ".json":
        return True
    try:
        with path.open("rb") as file:
            return detect(file.read(HEAD)) in ("ninjs", "jsonfeed")
    except OSError:
        return True  # Whoever opens it says why it cannot be read.


def _unknown(document: Document, hints: Hints) -> Parsed:
    kind = document.media_type.rpartition("/")[2].upper()
    if kind == "XML":
        refuse_declarations(utf8(document.raw))
    raise Unreadable(f"The file is {kind} of a kind that holds no stories, as far as is known.")


LIMITS = Limits()
READERS: dict[str, Reader] = {
    "text": read_text,
    "html": html.read_html,
    "feed": feeds.read_feed,
    "jsonfeed": feeds.read_jsonfeed,
    "ninjs": ninjs.read_ninjs,
    "wxr": wxr.read_wxr,
    "json": _unknown,
    "xml": _unknown,
}
NEEDS: dict[str, tuple[tuple[str, ...], str]] = {
    "html": (("lxml.etree",), "a saved HTML page"),
    "feed": (("feedparser", "lxml.etree"), "a feed"),
    "jsonfeed": (("lxml.etree",), "a JSON Feed"),
    "ninjs": (("lxml.etree",), "a news item in ninjs"),
    "wxr": (("defusedxml.ElementTree", "lxml.etree"), "a WordPress export"),
    "warc": (("warcio.archiveiterator",), "a WARC file"),
}


def documents(
    raw: bytes | BinaryIO, *, name: str, limits: Limits | None = None
) -> Iterator[Document]:
    """Every document in a file, in its order: one for a page, many for an archive.

    ``raw`` is the file's bytes, or the file itself opened for reading in binary mode, which keeps
    memory to one member however large the archive. ``name`` is its name. Never raises for what the
    bytes hold: what cannot be taken is a Document with a ``problem``, a sentence, and no bytes.
    """
    file = io.BytesIO(raw) if isinstance(raw, bytes) else raw
    limits = limits or LIMITS
    is_empty = True
    for document in _documents(file, name, limits, 0):
        is_empty = False
        yield document
    if is_empty:
        sentence = "It is an archive in which no file can be a capture."
        yield archives.problem(name, sentence, _whole(file, limits))


def stored(raw: bytes, *, media_type: str, about: Document) -> Document:
    """The document whose bytes the archive keeps as ``media_type``.

    ``about`` says all the rest: name, address, time and doubts. Where the library that reads such
    a document is not installed, the result has a ``problem``.
    """
    kinds = [kind for kind in READERS if MEDIA_TYPES[kind] == media_type] or ["text"]
    kind = kinds[0] if len(kinds) == 1 else detect(raw[:HEAD])
    if lacking := _lacking(kind):
        return archives.problem(about.name, lacking, raw)
    return replace(about, raw=raw, media_type=media_type, reader=READERS.get(kind, read_text))


def _documents(file: BinaryIO, name: str, limits: Limits, depth: int) -> Iterator[Document]:
    file.seek(0)
    kind = detect(file.read(HEAD), name=name)
    if kind == "gzip" and archives.peek(file) == "warc":
        kind = "warc"
    file.seek(0)
    if depth and kind == "json":
        return  # Data of a page that was saved whole, not a story.
    if lacking := _lacking(kind):
        yield archives.problem(name, lacking, _whole(file, limits))
    elif kind not in ("zip", "tar", "gzip", "warc"):
        yield _leaf(file.read(limits.member + 1), name, kind, limits)
    elif depth >= limits.depth:
        yield archives.problem(name, "It is an archive too deep inside others; unpack it first.")
    elif kind == "warc":
        yield from _crawled(file, name, limits)
    else:
        yield from _unpacked(file, kind, name, limits, depth)


def _lacking(kind: str) -> str:
    modules, noun = NEEDS.get(kind, ((), ""))
    try:
        for module in modules:
            library(module, noun)
    except MissingExtra as error:
        return str(error)
    return ""


def _leaf(raw: bytes, name: str, kind: Format, limits: Limits) -> Document:
    if len(raw) > limits.member:
        return archives.problem(name, archives.too_large(limits))
    return Document(name, raw, MEDIA_TYPES[kind], reader=READERS[kind])


def _unpacked(
    file: BinaryIO, kind: Format, name: str, limits: Limits, depth: int
) -> Iterator[Document]:
    is_first = True
    for member, raw, sentence in archives.members(file, kind, name, limits):
        path = f"{name}/{member}" if member else name
        if not sentence:
            yield from _documents(io.BytesIO(raw), path, limits, depth + 1)
        elif member or not is_first:
            yield archives.problem(path, sentence)
        else:
            yield archives.problem(path, sentence, _whole(file, limits))
        is_first = False


def _whole(file: BinaryIO, limits: Limits) -> bytes:
    """The bytes of a file of which nothing was read, so that a report can name their digest."""
    file.seek(0)
    raw = file.read(limits.member + 1)
    return raw if len(raw) <= limits.member else b""


def _crawled(file: BinaryIO, name: str, limits: Limits) -> Iterator[Document]:
    for record in warc.records(file, limits):
        path = f"{name}/{record.number}"
        if record.problem:
            yield archives.problem(path, record.problem)
            continue
        kind = detect(record.raw[:HEAD], name=record.target_uri)
        if kind not in READERS or (lacking := _lacking(kind)):
            sentence = "The record holds an archive; fetch and unpack it first."
            yield archives.problem(path, lacking if kind in READERS else sentence)
            continue
        yield Document(
            path,
            record.raw,
            MEDIA_TYPES[kind],
            record.target_uri,
            record.captured_at,
            record.content_type,
            record.doubts,
            reader=READERS[kind],
        )
