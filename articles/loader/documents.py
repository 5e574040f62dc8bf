"""The documents of a load, one after another, as they are taken in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from articles.captures.files import Found, Unreadable
from articles.captures.formats import Document
from articles.captures.manifest import Entry
from articles.captures.report import describe
from articles.loader.outcome import Outcome
from articles.loader.pages import CHANGED, Pages, digest_of
from articles.loader.survey import Survey

HERE = Path()
HEAVY = 32 * 1024 * 1024
"""Bytes of documents from which a batch is full, however few they are."""


class Listed(NamedTuple):
    """One document of a load. ``sha256`` is "" where there is nothing to store; ``document`` is
    None for a file that is one document and has not been opened again; ``failure`` is a sentence
    where it could not be read. ``weight`` are the bytes that it takes in memory once it is open.
    """

    found: Found
    name: str
    sha256: str = ""
    document: Document | None = None
    failure: str = ""
    weight: int = 0


def listed(files: Iterable[Found], survey: Survey, pages: Pages) -> Iterator[Listed]:
    """Every document that the survey has seen, in its order, without opening a file for nothing."""
    number = 0
    for found, count in zip(files, survey.counts, strict=True):
        if count:
            expected = [survey.digest(number + place) for place in range(count)]
            yield from _walked(found, expected, pages)
        else:
            weight = survey.sizes[number]
            yield Listed(found, found.name, survey.digest(number), weight=weight)
        number += count or 1


def loads(items: Iterable[Listed], size: int) -> Iterator[list[Listed]]:
    """The documents in lists of ``size``, or of fewer where these are HEAVY together."""
    batch: list[Listed] = []
    weight = 0
    for item in items:
        batch.append(item)
        weight += item.weight
        if len(batch) == size or weight >= HEAVY:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _walked(found: Found, expected: list[str], pages: Pages) -> Iterator[Listed]:
    """The documents of an archive, or of a file that could not be read when it was looked at."""
    left = iter(expected)
    try:
        for document in pages.of(found):
            if next(left, None) != digest_of(document):
                yield Listed(found, found.name, failure=CHANGED)
                return
            weight = len(document.raw)
            yield Listed(found, document.name, digest_of(document), document, weight=weight)
    except Unreadable as error:
        yield Listed(found, found.name, failure=str(error))
        return
    if next(left, None) is not None:
        yield Listed(found, found.name, failure=CHANGED)


def told_by(document: Document | None, entry: Entry) -> Entry:
    """``entry``, and what the crawl that kept the document says where the entry says nothing."""
    if document is None:
        return entry
    return entry._replace(
        target_uri=entry.target_uri or document.target_uri,
        captured_at=entry.captured_at or document.captured_at,
        content_type=document.content_type,
        doubts=document.doubts,
    )


def about(name: str, entry: Entry) -> Document:
    """What was once told of a stored capture, as a document that still lacks its bytes."""
    return Document(
        name=name,
        target_uri=entry.target_uri,
        captured_at=entry.captured_at,
        content_type=entry.content_type,
        doubts=entry.doubts,
    )


def not_there(folder: Path, name: str) -> Outcome:
    """The outcome of a document that a manifest names in an archive and that may be a loss."""
    problem = (
        "The manifest names it, and no page of that name is in the file. Restore it, mend the name "
        "or take the entry out."
    )
    return failed(Document(name, problem=problem), folder)


def failed(document: Document, folder: Path = HERE) -> Outcome:
    """The outcome of a document whose ``problem`` kept its bytes out of the archive.

    ``folder`` is where its file lies. The load has failed then, and its report calls the document
    rejected.
    """
    report = {**describe(document.capture, document.parse()), "outcome": "rejected"}
    if not document.raw:
        report["sha256"] = ""
    sentence = f"{folder / document.name}: {document.problem}"
    return Outcome(document.name, "failed", sentences=(sentence,), evidence=report)
