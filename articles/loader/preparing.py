"""A capture that was read, as the rows that it would make: all but what other rows decide."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, NamedTuple

from articles.captures import Draft
from articles.captures.sketch import Sketch
from articles.captures.work import Telling, Work
from articles.loader.fields import Context, article_fields, capture_fields, page_key, story_of
from articles.models import Article


class Known(NamedTuple):
    """What the archive knows of bytes that it has, as far as a reload asks."""

    sha256: str
    pk: int
    filename: str
    state: str
    reading: str
    given: Mapping[str, Any]
    refers_to: int | None


class Told(NamedTuple):
    """One story of a capture as the article that it would make; ``names`` are the fields that come
    from the capture. ``article`` is None in a language that the newsroom does not have.
    """

    item: int
    draft: Draft
    story: uuid.UUID
    article: Article | None = None
    names: tuple[str, ...] = ()
    numbers: Sketch = ()


class Prepared(NamedTuple):
    """One capture, read: ``values`` and ``page`` are its row's, ``known`` is what is stored."""

    raw: bytes
    work: Work
    context: Context
    values: Mapping[str, Any]
    page: str
    tellings: tuple[Told, ...]
    known: Known | None


class TooLarge(ValueError):
    """A story is more than an article holds; the message is a sentence."""


def prepare(raw: bytes, work: Work, context: Context, known: Known | None) -> Prepared:
    """Work out, of a capture that was read, every value that does not depend on other rows.

    Raises TooLarge when no page could hold it.
    """
    tellings = tuple(
        _told(work.sha256, item, told, context) for item, told in enumerate(work.tellings)
    )
    return Prepared(
        *(raw, work, context, capture_fields(work, context), page_key(work, context)),
        *(tellings, known),
    )


def _told(sha256: str, item: int, told: Telling, context: Context) -> Told:
    story = story_of(context.entry, told.draft, sha256, item)
    if told.draft.language not in context.house.languages:
        return Told(item, told.draft, story)
    if told.columns is None:
        raise TooLarge(told.problem)
    values = article_fields(told.draft, told.columns.texts, context)
    article = Article(capture_item=item, story=story, **(told.columns.stored() | values))
    return Told(item, told.draft, story, article, tuple(values), told.numbers)
