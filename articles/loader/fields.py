"""From what a capture says to the values of the rows that will say it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_noop

from articles.captures import Draft, Hints
from articles.captures.manifest import Entry
from articles.captures.sentences import Filled, as_line
from articles.captures.translations import same_page
from articles.captures.version import rule_set
from articles.captures.work import Work
from articles.loader.given import as_json, digest
from articles.loader.habits import Habits
from articles.models import Article, Section, Source
from articles.text.columns import Texts
from articles.text.normal import drop_controls

STORIES = uuid.UUID("7b1f4f4e-2f0d-5b52-9a55-1f0a4d7d9f6b")
"""Namespace in which story keys become UUIDs, the same on every machine (RFC 9562, version 5)."""


NO_SECTION = gettext_noop("There is no section “%(slug)s” in the article's language.")
LONGEST = 2000
"""Characters of an address that a capture keeps."""


@dataclass(frozen=True)
class House:
    """The newsroom's own shape: its languages and sections. ``rules`` (twelve hex digits) is a
    digest of both and of the rules that read captures.
    """

    sections: Mapping[tuple[str, str], Section]
    languages: frozenset[str]
    rules: str = field(init=False)

    def __post_init__(self) -> None:
        told = repr((rule_set(), sorted(self.languages), sorted(self.sections)))
        object.__setattr__(self, "rules", blake2b(told.encode(), digest_size=6).hexdigest())


class Context(NamedTuple):
    """What is known of a capture beside its bytes: its manifest entry and the rows it names."""

    entry: Entry
    source: Source | None
    habits: Habits
    house: House

    def hints(self) -> Hints:
        """What the reading of the bytes may rely on."""
        return Hints(
            headline=self.entry.headline,
            date_order=self.habits.date_order,
            published=self.entry.published,
            target_uri=self.entry.target_uri,
            byline=self.entry.byline,
            language=self.entry.language,
            furniture=self.habits.furniture,
        )

    def reading(self) -> str:
        """A digest of all that a reading depends on besides the bytes: rules, source, manifest."""
        return f"{self.house.rules}{self.habits.digest}{digest(self.entry)}"


def capture_fields(work: Work, context: Context) -> dict[str, Any]:
    """Values of a ``Capture`` row but for its bytes, report, state, page and run."""
    return {
        "filename": work.filename[:255],
        "media_type": work.media_type,
        "charset": work.charset,
        "target_uri": address_of(work, context),
        "captured_at": context.entry.captured_at,
        "rendered_at": _moment(work.rendered_at, context.source),
        "source": context.source,
        "given": as_json(context.entry),
        "reading": context.reading(),
    }


def address_of(work: Work, context: Context) -> str:
    """The page's address: the manifest's, the crawl's, or what the page says of itself."""
    told = [one.draft.target_uri for one in work.tellings] if len(work.tellings) == 1 else []
    own = [uri for uri in told if same_page(uri) and len(uri) <= LONGEST]
    return context.entry.target_uri or next(iter(own), "")


def key_of_page(address: str) -> str:
    """The key of the page at an address; see :func:`page_key`."""
    return _key("uri", same_page(address) or address)


def page_key(work: Work, context: Context) -> str:
    """What two captures of one page share: its target URI, else its source and file name. Empty for
    a page of several stories: a list of them is new at each visit.
    """
    if work.kind not in ("article", "stub"):
        return ""
    uri = address_of(work, context)
    return key_of_page(uri) if uri else _key(context.entry.source, work.filename)


def _key(kind: str, name: str) -> str:
    told = repr((kind, name)).encode("utf-8", "replace")
    return blake2b(told, digest_size=16).hexdigest()


def article_fields(draft: Draft, texts: Texts, context: Context) -> dict[str, Any]:
    """Values of an ``Article`` row that a capture gives."""
    language = draft.language
    return {
        "language_id": language,
        "source": context.source,
        "section": context.house.sections.get((language, context.entry.section)),
        "headline_origin": draft.headline_origin,
        **texts._asdict(),
        "published_at": _moment(draft.published, context.source),
        "published_precision": _precision(draft.published),
        "embargoed_until": draft.embargoed_until,
        "hold_reason": drop_controls("\n".join(map(as_line, _held_because(draft, context)))),
    }


def _held_because(draft: Draft, context: Context) -> Iterator[str]:
    if draft.held:
        yield from draft.reasons
    slug = context.entry.section
    if slug and (draft.language, slug) not in context.house.sections:
        yield Filled(NO_SECTION, slug=slug)


def story_of(entry: Entry, draft: Draft, sha256: str, item: int) -> uuid.UUID:
    """The story of item ``item`` of a capture: the manifest's, the one that all its languages name
    together, or one of its own.
    """
    key = entry.story if item == 0 else ""
    try:
        return uuid.UUID(key)
    except ValueError:
        return uuid.uuid5(STORIES, key or draft.story_key or f"{sha256}/{item}")


def _precision(published: dt.date | dt.datetime | None) -> str:
    is_moment = published is None or isinstance(published, dt.datetime)
    return Article.Precision.MINUTE if is_moment else Article.Precision.DAY


def _moment(when: dt.date | dt.datetime | None, source: Source | None) -> dt.datetime | None:
    """An aware moment. A bare day begins in the site's own time zone, so that readers see that day;
    a clock without a zone is read in the source's.
    """
    if when is None:
        return None
    if not isinstance(when, dt.datetime):
        return dt.datetime.combine(when, dt.time.min, timezone.get_default_timezone())
    if when.tzinfo is None:
        return when.replace(tzinfo=ZoneInfo(source.timezone) if source else dt.UTC)
    return when
