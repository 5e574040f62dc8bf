"""Reading as a piece of work that another process can do."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import BinaryIO, NamedTuple

from articles.text.columns import BYLINE, DATELINE, HEADLINE, Columns, Texts, columns
from articles.text.html import HtmlTooLarge, from_paragraphs

from .draft import Draft, Hints, Kind
from .formats import Document
from .report import dump
from .sketch import Sketch, sketch


class Job(NamedTuple):
    """A document to be read, and what is known beside it; ``standfirst`` is said by a manifest."""

    document: Document
    hints: Hints
    standfirst: str = ""


class Telling(NamedTuple):
    """One story of a capture as an article would tell it: ``draft`` without evidence and
    paragraphs, the texts as ``columns`` and their sketch as ``numbers``.

    ``columns`` is None where they are more than an article holds, and ``problem`` then says so.
    """

    draft: Draft
    columns: Columns | None
    numbers: Sketch = ()
    problem: str = ""


class Work(NamedTuple):
    """A capture as it was read. ``report``, in JSON, holds the evidence and the spans."""

    filename: str
    sha256: str
    media_type: str
    charset: str
    kind: Kind
    reason: str
    rendered_at: dt.datetime | None
    tellings: tuple[Telling, ...]
    report: str


def work(job: Job) -> Work:
    """Read one document and describe it."""
    capture = job.document.capture
    parsed = job.document.parse(job.hints)
    return Work(
        filename=capture.filename,
        sha256=capture.sha256,
        media_type=job.document.media_type,
        charset=capture.charset,
        kind=parsed.kind,
        reason=parsed.reason,
        rendered_at=parsed.rendered_at,
        tellings=tuple(_telling(draft, job.standfirst) for draft in parsed.drafts),
        report=dump(capture, parsed),
    )


def _telling(draft: Draft, standfirst: str) -> Telling:
    bare = draft._replace(evidence=(), paragraphs=())
    try:
        made = columns(_texts(draft, standfirst), draft.language)
    except HtmlTooLarge as error:
        return Telling(bare, None, problem=str(error))
    numbers = sketch(made.folded.split(), draft.language)
    return Telling(bare, made._replace(folded=""), numbers)


def _texts(draft: Draft, standfirst: str) -> Texts:
    return Texts(
        headline=draft.headline[:HEADLINE],
        standfirst=standfirst or "\n".join(draft.decks),
        body=from_paragraphs(draft.paragraphs),
        byline=draft.byline[:BYLINE],
        dateline=draft.dateline[:DATELINE],
    )


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Do the jobs that come, a list at a time, until the other end is closed or gone."""
    while True:
        try:
            jobs = pickle.load(requests)  # noqa: S301  The other end is our own parent.
        except EOFError:
            return
        pickle.dump([work(job) for job in jobs], answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()
