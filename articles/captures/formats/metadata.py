"""What a page says of itself for machines: schema.org in JSON-LD, OpenGraph, ``<meta>``."""

from __future__ import annotations

import html as entities
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from articles.captures.translations import same_page

from .blocks import Markup, tidy
from .moments import moment
from .telling import Facts

_STORY_TYPES = frozenset({"blogposting", "liveblogposting", "report", "socialmediaposting"})
_LISTS = frozenset({"itemlist", "collectionpage", "searchresultspage"})
_DEEPEST = 12
_MOST_ALTERNATES = 100
Json = Mapping[str, Any]


def stories(markup: Markup) -> list[Json]:
    """The objects of the page's JSON-LD that are articles by their type (schema.org)."""
    return [node for script in markup.scripts for node in _nodes(_load(script)) if _is_story(node)]


def _load(script: str) -> object:
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("<![CDATA[").removesuffix("]]>")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object, depth: int = 0) -> Iterator[Json]:
    """Objects at the top, in lists and graphs, and a page's main entity; not a list's items."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value[:1000]:
            yield from _nodes(one, depth + 1)
    elif isinstance(value, dict) and not _types(value) & _LISTS:
        yield value
        for name in ("@graph", "mainEntity"):
            yield from _nodes(value.get(name), depth + 1)


def _types(node: Json) -> set[str]:
    named = node.get("@type")
    many = named if isinstance(named, list) else [named]
    return {str(one).rpartition("/")[2].casefold() for one in many if one}


def _is_story(node: Json) -> bool:
    return any(name.endswith("article") or name in _STORY_TYPES for name in _types(node))


def read_schema(facts: Facts, node: Json) -> None:
    """Take a schema.org article's fields into ``facts``; its body is left to the page."""
    facts.say(
        "headline", words(node.get("headline")) or words(node.get("name")), "html.jsonld", 0.97
    )
    facts.date(moment(node.get("datePublished")), "html.jsonld", 0.96)
    facts.say("byline", people(node.get("author")), "html.jsonld", 0.95)
    facts.say("dateline", words(node.get("dateline")), "html.jsonld", 0.95)
    facts.say("language", words(node.get("inLanguage")), "html.jsonld", 0.8)
    facts.say(
        "target_uri",
        address(node.get("mainEntityOfPage")) or address(node.get("url")),
        "html.jsonld",
        0.95,
    )
    named = (address(node.get(name)) for name in ("translationOfWork", "workTranslation"))
    facts.translations = tuple(found for found in named if found)
    facts.release.read_embargoes(node, "html.jsonld")
    for name in ("usageInfo", "conditionsOfAccess"):
        if node.get(name) is not None:
            facts.release.read_terms(name, node[name], "html.jsonld")


def body_of(node: Json) -> list[str]:
    """The paragraphs of a schema.org ``articleBody``."""
    value = node.get("articleBody")
    text = tidy(entities.unescape(value)) if isinstance(value, str) else ""
    return text.split("\n") if text else []


def read_meta(facts: Facts, markup: Markup) -> None:
    """Take what OpenGraph and ``<meta>`` say into ``facts``."""
    facts.say("headline", markup.meta("og:title"), "html.opengraph", 0.93)
    facts.say(
        "headline", markup.meta("twitter:title", "dc.title", "dcterms.title"), "html.meta", 0.85
    )
    published = ("article:published_time", "og:article:published_time", "datepublished")
    facts.date(moment(markup.meta(*published)), "html.opengraph", 0.95)
    others = (
        "parsely-pub-date",
        "dcterms.created",
        "dc.date.issued",
        "dcterms.issued",
        "pubdate",
        "date",
    )
    facts.date(moment(markup.meta(*others)), "html.meta", 0.85)
    author = markup.meta("article:author", "author", "dc.creator", "byl")
    facts.say("byline", "" if "://" in author else author, "html.meta", 0.85)
    facts.say("target_uri", markup.canonical, "html.canonical", 0.95)
    facts.say("target_uri", markup.meta("og:url"), "html.opengraph", 0.95)
    facts.say("target_uri", markup.saved_from, "html.saved-from", 0.95)
    facts.say("language", markup.language, "html.lang", 0.7)
    for name in ("dcterms.accessrights", "rights-standard", "dc.rights", "dcterms.rights"):
        if value := markup.meta(name):
            facts.release.read_terms(name, value, "html.meta")
    facts.release.read_embargoes(dict(markup.metas), "html.meta")


def read_alternates(facts: Facts, markup: Markup, base: str) -> None:
    """Take the page's addresses in other languages (``hreflang``), but for its own and x-default.

    ``base`` is the page's address, which relative ones start from.
    """
    own = same_page(facts.target_uri)
    listed = [
        absolute(base, href)
        for language, href in markup.alternates[:_MOST_ALTERNATES]
        if language.casefold() != "x-default"
    ]
    found = [*facts.translations, *(one for one in listed if same_page(one) not in ("", own))]
    facts.translations = tuple(dict.fromkeys(found))


def absolute(base: str, href: str) -> str:
    """``href`` as an address of its own, or ``""`` where it is none."""
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def words(value: object) -> str:
    """A text field of JSON as one line; of several values or an object, its name."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("alternateName")
    return " ".join(entities.unescape(value).split()) if isinstance(value, str) else ""


def people(value: object) -> str:
    """The names in a field that holds one person, an organisation, a text or a list of those."""
    many = value if isinstance(value, list) else [value]
    names = [name for one in many[:20] if (name := words(one)) and "://" not in name]
    return ", ".join(dict.fromkeys(names))


def address(value: object) -> str:
    """A web address in a field that holds it as text or as an object's id."""
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    is_address = isinstance(value, str) and value.strip().startswith(("http://", "https://"))
    return str(value).strip() if is_address else ""
