"""WordPress exports (WXR 1.0 to 1.2): posts and pages with their statuses and dates respected.

Only what was published, without a password, may go public; drafts, pending and scheduled posts are
held, private ones and those in the bin are passed over with a note. The account of bytes is by the
whole document (``kept: document``).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from articles.captures.draft import Hints, Parsed
from articles.captures.sentences import Filled, _

from .document import Document, Unreadable
from .extras import library
from .feeds import inherited, several
from .html import read_fragment
from .metadata import address
from .moments import When, moment
from .telling import Facts
from .xml import refuse_declarations, utf8

_TYPES = frozenset({"post", "page"})
_HELD = {
    "draft": _("It is a draft in WordPress."),
    "pending": _("It waits for review in WordPress."),
    "future": _("It is scheduled in WordPress and was not yet published when it was exported."),
}
_PASSED = {
    "private": "is private",
    "trash": "is in the bin",
    "auto-draft": "was never saved",
    "inherit": "is a revision or an attachment",
}
# WordPress' own shortcodes: a caption goes with its picture, the rest are only players and frames.
_CAPTION = re.compile(r"\[(caption|wp_caption)\b[^\]]{0,500}\].{0,2000}?\[/\1\]", re.DOTALL)
_SHORTCODE = re.compile(
    r"\[/?(?:caption|wp_caption|gallery|audio|video|playlist|embed)\b[^\]]{0,500}\]"
)
_MARKED_UP = re.compile(r"<p[\s>]|<!--\s*wp:", re.IGNORECASE)
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_TRANSLATIONS = "post_translations"
"""The taxonomy in which Polylang keeps translations: all languages of a story share a term."""
_CUT = _("The export breaks off near this story; later ones may be missing.")
_UNSAID = _("It has no status in the export; only published posts go public.")
_STATUS = _("It has the status “%(status)s” in the export; only published posts go public.")


@dataclass(slots=True)
class Export:
    """What an export holds: stories, and sentences about what is not among them."""

    stories: list[Facts] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    language: str = ""


def read_wxr(document: Document, hints: Hints) -> Parsed:
    """The posts and pages of a WordPress export.

    Raises MissingExtra without defusedxml and lxml, and Unreadable when the file declares a
    document type or holds no post that may be read.
    """
    library("lxml.etree", "a WordPress export")
    export = Export()
    raw = refuse_declarations(utf8(document.raw))
    try:
        for item in _items(raw, export):
            _take(item, export)
    except ParseError as error:
        export.notes.append(f"The export is damaged: {str(error)[:100]}.")
        if export.stories:
            export.stories[-1].reasons.append(_CUT)
    for story in export.stories:
        story.say("language", export.language, "wxr.language", 0.7)
    return several(document, export.stories, hints, tuple(export.notes))


def _items(raw: bytes, export: Export) -> Iterator[dict[str, str]]:
    """Each item as its fields by local name; no more than one is in memory as a tree."""
    trees = library("defusedxml.ElementTree", "a WordPress export")
    common = library("defusedxml.common", "a WordPress export")
    above: list[Element] = []
    try:
        for event, element in trees.iterparse(io.BytesIO(raw), ("start", "end"), forbid_dtd=True):
            if event == "start":
                above.append(element)
                continue
            above.pop()
            if _local(element) == "language" and len(above) == 2:
                export.language = inherited((element.text or "").strip())
            if _local(element) == "item":
                yield _fields(element)
            if len(above) <= 2:
                element.clear()
                if above:
                    above[-1].clear()
    except common.DefusedXmlException as error:
        raise Unreadable(
            "The export declares a document type or entities; take them out."
        ) from error


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _fields(item: Element) -> dict[str, str]:
    """Text by local name; ``content:encoded`` is "content", ``excerpt:encoded`` "excerpt"."""
    fields: dict[str, str] = {}
    for child in item:
        name = _local(child)
        if name == "encoded":
            name = "excerpt" if "excerpt" in str(child.tag) else "content"
        if name == "postmeta":
            pair = {_local(one): one.text or "" for one in child}
            name, text = f"meta:{pair.get('meta_key', '')}", pair.get("meta_value", "")
        elif name == "category" and child.get("domain") == _TRANSLATIONS:
            name, text = _TRANSLATIONS, child.get("nicename", "")
        else:
            text = child.text or ""
        fields.setdefault(name, text)
    return fields


def _take(item: dict[str, str], export: Export) -> None:
    kind, status = item.get("post_type", "").strip(), item.get("status", "").strip()
    title = " ".join(item.get("title", "").split())[:80] or "a post without a title"
    if kind and kind not in _TYPES:
        if kind != "attachment":
            export.notes.append(f"Passed over “{title}”: its type is {kind[:40]}.")
        return
    if status in _PASSED:
        export.notes.append(f"Passed over “{title}”: it {_PASSED[status]}.")
        return
    facts = _facts(item)
    if status in _HELD:
        facts.release.withhold(_HELD[status])
    elif status != "publish":
        facts.release.withhold(Filled(_STATUS, status=status[:40]) if status else _UNSAID)
    if not kind:
        facts.release.withhold(_("The export does not say whether it is a post or a page."))
    if item.get("post_password", "").strip():
        facts.release.withhold(_("It is protected by a password in WordPress."))
    export.stories.append(facts)


def _facts(item: dict[str, str]) -> Facts:
    facts = Facts(blocks=_blocks(item.get("content", "")))
    title = item.get("title", "")
    line = " ".join(read_fragment(title)) if "<" in title or "&" in title else title
    facts.say("headline", line, "wxr.title", 0.97)
    facts.date(_utc(item.get("post_date_gmt", "")), "wxr.post_date_gmt", 0.97)
    facts.date(moment(item.get("pubDate", "")), "wxr.pubDate", 0.93)
    facts.date(moment(item.get("post_date", "")), "wxr.post_date", 0.9)
    facts.say("byline", item.get("creator", ""), "wxr.creator", 0.85)
    facts.say("target_uri", address(item.get("link", "")), "wxr.link", 0.97)
    group = item.get(_TRANSLATIONS, "").strip()
    facts.story_key = f"{_TRANSLATIONS} {group}" if group else ""
    excerpt = tuple(read_fragment(item.get("excerpt", "")))
    facts.decks = tuple(" ".join(line.split()) for line in excerpt[:2])
    metas = {name.removeprefix("meta:"): text for name, text in item.items() if name[:5] == "meta:"}
    facts.release.read_embargoes(metas, "wxr.embargo")
    return facts


def _utc(text: str) -> When | None:
    """``post_date_gmt`` has no zone because its name has one."""
    found = moment(text.strip())
    return moment(f"{text.strip()}+00:00") if found else None


def _blocks(content: str) -> list[str]:
    """A post's paragraphs. Without paragraph tags an empty line parts them, as in WordPress."""
    content = _SHORTCODE.sub("", _CAPTION.sub("", content))
    if not _MARKED_UP.search(content):
        content = _EMPTY_LINE.sub("\n<p>", content).replace("\n", "<br>")
    return read_fragment(content)
