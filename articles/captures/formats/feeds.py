"""Feeds saved as files: RSS 2.0 and Atom through feedparser, JSON Feed 1.1 by hand.

Each item is a story, each feed one capture (``kind`` "multi", or "listing" when it holds only
teasers). The account of bytes is by the whole document (``kept: document``).
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from articles.captures.draft import Draft, Hints, Kind, Parsed
from articles.captures.sentences import _

from .document import Document, Unreadable, whole
from .extras import library
from .html import read_fragment
from .metadata import address, people, words
from .moments import moment
from .telling import Facts, tell
from .xml import refuse_declarations, utf8

STUB = 60
"""Words under which a summary is taken for a teaser of a story that is told elsewhere."""

INHERITED = 2_000
"""Characters of a text that a feed may say for all of its items."""

_TEASER = _("The feed gives a summary only; the story is elsewhere.")
_LONG_TERMS = _(
    "The feed's notice of rights is too long to go with each of its stories; find out on which "
    "terms the story may be used."
)
# What the parser of broken feeds stumbles with; strings that are no XML have no end of shapes.
_DAMAGE = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError)
_TERMS = ("rights", "dcterms_rights", "dcterms_accessrights", "dcterms_license", "prism_copyright")


def read_feed(document: Document, hints: Hints) -> Parsed:
    """The items of an RSS or Atom feed.

    Raises MissingExtra without feedparser; Unreadable when the feed declares a document type, or
    holds no items.
    """
    feedparser = library("feedparser", "a feed")
    library("lxml.etree", "a feed")
    raw = refuse_declarations(utf8(document.raw))
    try:
        parsed = feedparser.parse(
            io.BytesIO(raw),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except _DAMAGE as error:
        raise Unreadable("The feed is damaged beyond reading. Fetch it again.") from error
    feed: Mapping[str, Any] = parsed.get("feed", {})
    return several(document, [_entry(entry, feed) for entry in parsed.get("entries", [])], hints)


def _entry(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Facts:
    facts = Facts()
    contents = [one for one in entry.get("content", []) if isinstance(one, Mapping)]
    told = max((str(one.get("value", "")) for one in contents), key=len, default="")
    summary = str(entry.get("summary", ""))
    _bodies(facts, told, summary)
    facts.say("headline", _line(str(entry.get("title", ""))), "feed.title", 0.97)
    facts.date(moment(entry.get("published")), "feed.published", 0.95)
    facts.date(moment(entry.get("created")) or moment(entry.get("date")), "feed.created", 0.9)
    if not entry.get("published"):
        facts.date(moment(entry.get("updated")), "feed.updated", 0.8)
    facts.say("byline", _authors(entry), "feed.author", 0.95)
    facts.say(
        "language", str(entry.get("language") or inherited(feed.get("language"))), "feed", 0.7
    )
    facts.say(
        "target_uri", address(entry.get("link")) or address(entry.get("id")), "feed.link", 0.97
    )
    facts.release.read_embargoes({key: entry[key] for key in entry}, "feed.embargo")
    for name in _TERMS:
        if entry.get(name):
            facts.release.read_terms(name, entry[name], f"feed.{name}")
    if not facts.release.usage_terms and feed.get("rights"):
        _read_shared_terms(facts, str(feed["rights"]))
    return facts


def _read_shared_terms(facts: Facts, text: str) -> None:
    if inherited(text):
        facts.release.read_terms("rights", text, "feed.rights")
    else:
        facts.release.withhold(_LONG_TERMS)


def _authors(entry: Mapping[str, Any]) -> str:
    """Names, without the mail addresses that RSS asks for."""
    names = people([one for one in entry.get("authors", []) if isinstance(one, Mapping)])
    name = names or str(entry.get("author", ""))
    return "" if "@" in name and " " not in name.strip() else name


def _line(html: str) -> str:
    return " ".join(" ".join(read_fragment(html)).split()) if "<" in html or "&" in html else html


def _bodies(facts: Facts, told: str, summary: str) -> None:
    facts.blocks = read_fragment(told or summary)
    lines = "\n".join(facts.blocks)
    if not told or lines.rstrip(" ]").endswith(("…", "...", "[…")):
        short = len(lines.split()) < STUB
        if short or lines.rstrip(" ]").endswith(("…", "...")):
            facts.reasons.append(_TEASER)


def read_jsonfeed(document: Document, hints: Hints) -> Parsed:
    """The items of a JSON Feed (version 1 or 1.1). Raises Unreadable when it holds none."""
    feed = load_json(document)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise Unreadable("The JSON Feed has no list “items”; it may be cut short.")
    byline = inherited(people(feed.get("authors") or feed.get("author")))
    language = inherited(words(feed.get("language")))
    told = [_item(item, byline, language) for item in items if isinstance(item, dict)]
    return several(document, told, hints)


def _item(item: Mapping[str, Any], byline: str, language: str) -> Facts:
    """One item; ``byline`` and ``language`` are the feed's, for items that give none."""
    facts = Facts()
    html, text = item.get("content_html"), item.get("content_text")
    if isinstance(html, str) and html.strip():
        facts.blocks = read_fragment(html)
    elif isinstance(text, str):
        facts.blocks = [line for line in text.split("\n") if line.strip()]
    if not facts.blocks and isinstance(item.get("summary"), str):
        _bodies(facts, "", item["summary"])
    facts.say("headline", words(item.get("title")), "jsonfeed.title", 0.97)
    facts.date(moment(item.get("date_published")), "jsonfeed.date_published", 0.96)
    authors = item.get("authors") or item.get("author")
    facts.say("byline", people(authors) if authors else byline, "jsonfeed.authors", 0.95)
    facts.say("language", words(item.get("language") or language), "jsonfeed", 0.8)
    facts.say(
        "target_uri", address(item.get("url")) or address(item.get("id")), "jsonfeed.url", 0.97
    )
    facts.release.read_embargoes(item, "jsonfeed.embargo")
    for name in ("_rights", "_usage_terms", "_license"):
        if item.get(name) is not None:
            facts.release.read_terms(name, item[name], "jsonfeed.rights")
    return facts


def inherited(value: object) -> str:
    """What a feed says once for all of its items, or ``""`` when it is longer than any name or
    notice: repeated in each item, a long text would grow with the square of the feed.
    """
    return value if isinstance(value, str) and len(value) <= INHERITED else ""


def load_json(document: Document) -> Any:
    """The JSON value of a document. Raises Unreadable when it is damaged or nested too deep."""
    try:
        return json.loads(utf8(document.raw))
    except (ValueError, RecursionError) as error:
        told = str(error) if isinstance(error, ValueError) else "it is nested too deep"
        raise Unreadable(f"The JSON cannot be read: {told[:120]}. Fetch the file again.") from error


def several(
    document: Document, stories: Iterable[Facts], hints: Hints, notes: tuple[str, ...] = ()
) -> Parsed:
    """The reading of a document of many stories, which are not held for being several.

    Raises Unreadable when there are none. A manifest's headline, date and address are of one story,
    so they count only where there is one.
    """
    listed = list(stories)
    if len(listed) > 1:
        hints = Hints(language=hints.language, date_order=hints.date_order)
    told = [tell(facts, hints) for facts in listed]
    drafts = tuple(draft for draft in told if draft is not None)
    if not drafts:
        raise Unreadable(" ".join(["The document holds no story.", *notes[:5]]))
    return Parsed(
        _kind(drafts), drafts, None, _language(drafts), (), kept=whole(document.raw), notes=notes
    )


def _kind(drafts: tuple[Draft, ...]) -> Kind:
    if all(_TEASER in draft.reasons for draft in drafts):
        return "listing" if len(drafts) > 1 else "stub"
    return "multi" if len(drafts) > 1 else "article"


def _language(drafts: tuple[Draft, ...]) -> str:
    told = {draft.language for draft in drafts}
    return told.pop() if len(told) == 1 else "und"
