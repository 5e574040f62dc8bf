"""News items in IPTC ninjs 3.1, alone or in a list; the names of 1.x are understood as well.

``pubStatus``, ``embargoedUntil`` and the rights fields are read strictly: what cannot be read keeps
the story from being published. The account of bytes is by the whole document (``kept: document``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from articles.captures.draft import Hints, Parsed
from articles.captures.sentences import Filled, _

from .document import Document
from .feeds import load_json, several
from .html import read_fragment
from .metadata import address, people, words
from .moments import moment
from .telling import Facts

_DATES = (("contentCreated", 0.95), ("firstCreated", 0.95), ("versionCreated", 0.9))
_HEADLINES = ("main", "headline", "")
_BODIES = ("main", "body", "")
_NOT_TEXT = frozenset("audio video picture graphic planning event".split())
_UNKNOWN = _("Its pubStatus “%(status)s” is none that ninjs knows.")
_MACHINES = _(
    "It carries rights in a language for machines (rightsInfo), which the newsroom does not read; "
    "find out on which terms the story may be used."
)
Json = Mapping[str, Any]


def is_item(value: object) -> bool:
    """Whether a JSON value is a ninjs object: a ``uri``, and text in ninjs' own fields."""
    if not isinstance(value, dict) or not isinstance(value.get("uri"), str):
        return False
    if any(isinstance(value.get(name), list) for name in ("headlines", "bodies")):
        return True
    return any(name.startswith("body_") for name in value) or "versioncreated" in value


def read_ninjs(document: Document, hints: Hints) -> Parsed:
    """The story of a ninjs item, or the stories of a list of them.

    Raises Unreadable when there are none that hold text.
    """
    value = load_json(document)
    items = [item for item in (value if isinstance(value, list) else [value]) if is_item(item)]
    notes = tuple(
        f"Passed over {item['uri'][:100]}: its type is {item['type']}, not text."
        for item in items
        if _is_silent(item)
    )
    return several(
        document,
        [_facts(item) for item in items if not _is_silent(item)],
        hints,
        notes,
    )


def _is_silent(item: Json) -> bool:
    return isinstance(item.get("type"), str) and item["type"] in _NOT_TEXT


def _facts(item: Json) -> Facts:
    facts = Facts(blocks=_body(item))
    facts.say("headline", _headline(item), "ninjs.headlines", 0.98)
    for name, confidence in _DATES:
        facts.date(moment(_field(item, name)), f"ninjs.{name}", confidence)
    facts.say("byline", words(item.get("by")) or words(item.get("byline")), "ninjs.by", 0.97)
    facts.say("dateline", words(item.get("located")), "ninjs.located", 0.95)
    facts.say("language", words(item.get("language")), "ninjs.language", 0.9)
    uri = words(item.get("uri"))
    facts.say("target_uri", address(_link(item)) or uri, "ninjs.uri", 0.97)
    if not facts.byline:
        facts.say("byline", people(_authors(item)), "ninjs.people", 0.9)
    _release(facts, item)
    return facts


def _field(item: Json, name: str) -> Any:
    """A field by its name in 3.1, or the same in small letters, as 1.x has it."""
    return item.get(name, item.get(name.casefold()))


def _headline(item: Json) -> str:
    told = _pick(item.get("headlines"), _HEADLINES)
    if told:
        text = " ".join(read_fragment(_value(told))) if _is_html(told) else _value(told)
        return " ".join(text.split())
    return words(item.get("headline"))


def _body(item: Json) -> list[str]:
    told = _pick(item.get("bodies"), _BODIES)
    if told:
        return read_fragment(_value(told)) if _is_html(told) else _lines(_value(told))
    if isinstance(item.get("body_text"), str):
        return _lines(item["body_text"])
    html = item.get("body_html") or item.get("body_xhtml")
    return read_fragment(html) if isinstance(html, str) else []


def _pick(many: object, roles: tuple[str, ...]) -> Json | None:
    """The entry with the first of ``roles`` that occurs; else the longest."""
    entries = [one for one in many if isinstance(one, dict)] if isinstance(many, list) else []
    entries = [one for one in entries if _value(one).strip()]
    for role in roles:
        for one in entries:
            if str(one.get("role") or "").casefold() == role:
                return one
    return max(entries, key=lambda one: len(_value(one)), default=None)


def _value(one: Json) -> str:
    value = one.get("value")
    return value if isinstance(value, str) else ""


def _is_html(one: Json) -> bool:
    kind = str(one.get("contentType") or "")
    return "html" in kind or (not kind.startswith("text/plain") and "</" in _value(one))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _link(item: Json) -> object:
    """The story's address for readers, where an alternative id or a rendition gives one."""
    for one in item.get("altIds") or () if isinstance(item.get("altIds"), list) else ():
        if isinstance(one, dict) and address(one.get("value")):
            return one["value"]
    return None


def _authors(item: Json) -> list[object]:
    many = item.get("people")
    found = many if isinstance(many, list) else []
    return [
        one for one in found if isinstance(one, dict) and one.get("rel") in ("author", "creator")
    ]


def _release(facts: Facts, item: Json) -> None:
    status = _field(item, "pubStatus")
    if status == "canceled":
        facts.release.withhold(_("Its publisher has canceled it (pubStatus)."), "canceled")
    elif status == "withheld":
        facts.release.withhold(_("Its publisher withholds it (pubStatus)."))
    elif status not in (None, "usable"):
        facts.release.withhold(Filled(_UNKNOWN, status=str(status)))
    facts.release.read_embargoes(item, "ninjs.embargoedUntil")
    for name in ("usageTerms", "copyrightNotice"):
        if _field(item, name) is not None:
            facts.release.read_terms(name, _field(item, name), f"ninjs.{name}")
    if _field(item, "rightsInfo") is not None:
        facts.release.withhold(_MACHINES)
