"""HTML to blocks of plain text, in one pass over the parser's events.

No tree is built: a page that nests a hundred thousand tags, or gives one of them a hundred thousand
attributes, then costs no more than its length. Needs lxml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .extras import library
from .mail import hidden_address

_BLOCK = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol p pre section summary table tbody td tfoot th thead title tr ul".split()
)
_VOID_LINE = frozenset({"br", "wbr"})
_SILENT = frozenset(
    "aside audio button canvas datalist dialog embed figcaption footer head iframe input label "
    "map math menu nav noframes noscript object option script select style svg template textarea "
    "title video".split()
)
"""Elements whose words are not the page's text: HTML Living Standard, and figures' captions."""
_SILENT_ROLES = frozenset(
    "alert alertdialog banner complementary contentinfo dialog menu menubar navigation search "
    "tablist toolbar".split()
)
_SILENT_NAMES = frozenset(
    "advertisement breadcrumb breadcrumbs comments commentlist comment-list comment-respond "
    "pagination related related-posts respond screen-reader-text share sharing sidebar skip-link "
    "social sr-only visually-hidden".split()
)
"""Classes and ids that themes and frameworks of every kind give to what is not the story."""
_WHOLE = frozenset({"html", "body", "main", "article"})
_HIDING = re.compile(r"(?:\A|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_NOTED = frozenset({"author", "datepublished", "articlebody", "headline"})
_SAVED_FROM = re.compile(r"\s*saved from url=\(\d+\)(\S+)")
_LINE_SPACE = re.compile(r"[^\S\n]+")
_LONGEST_NOTE = 300
_CHUNK = 1 << 16


@dataclass(slots=True, eq=False)
class Node:
    """An element: blocks ``first`` to ``last`` of the page (end exclusive) stand inside it."""

    tag: str
    attributes: Mapping[str, str]
    parent: Node | None
    silent: bool
    first: int = 0
    last: int = 0
    score: float = 0.0
    block: Node = field(init=False)

    def __post_init__(self) -> None:
        """``block`` is the block element that it is, or stands in; the root where there is none."""
        above = self.parent
        self.block = self if above is None or self.tag in _BLOCK else above.block


@dataclass(slots=True)
class Block:
    """The text of one block in document order; ``linked`` counts its characters inside links."""

    text: str
    node: Node
    linked: int

    @property
    def words(self) -> int:
        """Words of the block."""
        return len(self.text.split())


@dataclass(slots=True)
class Note:
    """A small element that names something: what it is called, its words, its ``datetime``."""

    name: str
    node: Node
    text: str = ""
    moment: str = ""


@dataclass(slots=True)
class Markup:
    """What a page holds: blocks, elements that may hold a story, and what it says of itself."""

    blocks: list[Block] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    title: str = ""
    language: str = ""
    canonical: str = ""
    alternates: list[tuple[str, str]] = field(default_factory=list)
    saved_from: str = ""

    def meta(self, *names: str) -> str:
        """The first ``<meta>`` value under one of ``names``, in the order of the names."""
        for name in names:
            for key, value in self.metas:
                if key == name and value.strip():
                    return " ".join(value.split())
        return ""


def read_markup(text: str) -> Markup:
    """Parse ``text`` (a page or a fragment). Nothing is raised; damage ends up as text."""
    etree = library("lxml.etree", "a saved HTML page")
    target = _Target()
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, target=target)
    raw = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        for start in range(0, len(raw), _CHUNK):
            parser.feed(raw[start : start + _CHUNK])
        parser.close()
    except etree.LxmlError:
        pass  # Nothing but white space or a broken comment: what came before is kept.
    return target.close()


def fragment(html: str) -> list[str]:
    """The paragraphs of a piece of HTML as plain text, a line break as a newline."""
    return [block.text for block in read_markup(html).blocks]


class _Target:
    """Receives a parser's events (lxml's target interface) and keeps what Markup holds."""

    def __init__(self) -> None:
        self.page = Markup()
        self.stack: list[Node] = [Node("", {}, None, False)]
        self.parts: list[str] = []
        self.linked = 0
        self.links = 0
        self.hidden: Node | None = None
        self.owner = self.stack[0]
        self.open: list[Note] = []
        self.inside = ""
        self.said: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        attributes = dict(attributes)
        above = self.stack[-1]
        silent = above.silent or _is_silent(tag, attributes)
        if tag in _BLOCK or silent != above.silent:
            self.flush()
        node = Node(tag, attributes, above, silent, len(self.page.blocks))
        self.stack.append(node)
        if tag in _BLOCK and not silent:
            self.page.nodes.append(node)
        self.links += tag == "a"
        if tag in _VOID_LINE:
            self.parts.append("\n" if tag == "br" else "")
        elif tag == "img" and "gap" in attributes.get("class", "").split():
            self.parts.append("\ufffc")
        self._note(node)
        self._head(tag, attributes)

    def _note(self, node: Node) -> None:
        attributes = node.attributes
        names: set[str] = set(_NOTED) & set(attributes.get("itemprop", "").casefold().split())
        if node.tag == "time":
            names = names or {"time"}
        elif "author" in attributes.get("rel", "").casefold().split():
            names = names or {"author"}
        elif "byline" in attributes.get("class", "").casefold().split():
            names = names or {"byline"}
        for name in sorted(names):
            moment = attributes.get("datetime", "") or attributes.get("content", "")
            note = Note(name, node, moment=moment)
            self.page.notes.append(note)
            if name != "articlebody":
                self.open = [*self.open[-7:], note]
        if not self.hidden and not node.silent and (address := hidden_address(attributes)):
            self.data(address)
            self.hidden = node

    def _head(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "html":
            self.page.language = attributes.get("lang", "") or attributes.get("xml:lang", "")
        elif tag == "meta":
            name = (
                attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            )
            if name:
                self.page.metas.append((name.strip().casefold(), attributes.get("content", "")))
        elif tag == "link" and "canonical" in attributes.get("rel", "").casefold().split():
            self.page.canonical = self.page.canonical or attributes.get("href", "").strip()
        elif tag == "link" and "alternate" in attributes.get("rel", "").casefold().split():
            if language := attributes.get("hreflang", "").strip():
                self.page.alternates.append((language, attributes.get("href", "").strip()))
        elif tag == "script":
            kind = attributes.get("type", "").partition(";")[0].strip().casefold()
            self._say()
            self.inside = "data" if kind == "application/ld+json" else ""
        elif tag == "title" and not self.page.title:
            self.inside = "title"

    def _say(self) -> None:
        """Take what stood inside a title or a script, which may have come in many pieces."""
        if self.inside == "title":
            self.page.title += "".join(self.said)
        elif self.inside == "data":
            self.page.scripts.append("".join(self.said))
        self.inside, self.said = "", []

    def end(self, tag: str) -> None:
        if len(self.stack) == 1:
            return
        node = self.stack[-1]
        if tag in _BLOCK or node.silent != self.stack[-2].silent:
            self.flush()
        self.stack.pop()
        node.last = len(self.page.blocks)
        self.links -= tag == "a" and self.links > 0
        if self.open:
            self.open = [note for note in self.open if note.node is not node]
        if tag in ("script", "title"):
            self._say()
        if node is self.hidden:
            self.hidden = None

    def data(self, text: str) -> None:
        if self.inside:
            self.said.append(text)
        for note in self.open:
            if len(note.text) < _LONGEST_NOTE:
                note.text += text
        if self.stack[-1].silent or self.hidden:
            return  # What stands in the place of a hidden address says only that it is hidden.
        if not self.parts:
            self.owner = self.stack[-1]
        self.parts.append(text)
        if self.links:
            self.linked += len(text.strip())

    def comment(self, text: str) -> None:
        if found := _SAVED_FROM.match(text[:2000]):
            self.page.saved_from = self.page.saved_from or found[1]

    def flush(self) -> None:
        text = tidy("".join(self.parts))
        if text:
            self.page.blocks.append(Block(text, self.owner.block, self.linked))
        self.parts, self.linked = [], 0

    def close(self) -> Markup:
        self.flush()
        self._say()
        for node in self.stack:
            node.last = len(self.page.blocks)
        return self.page


def tidy(text: str) -> str:
    """``text`` with single spaces, and no empty line."""
    lines = (_LINE_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _is_silent(tag: str, attributes: Mapping[str, str]) -> bool:
    if tag in _SILENT:
        return True
    if tag in _WHOLE or not attributes:
        return False  # Scripts of pages hide and show all of it at once.
    if "hidden" in attributes or not _SILENT_NAMES.isdisjoint(_names(attributes)):
        return True
    if attributes.get("role", "").casefold() in _SILENT_ROLES:
        return True
    return attributes.get("aria-hidden") == "true" or bool(
        _HIDING.search(attributes.get("style", "")[:500])
    )


def _names(attributes: Mapping[str, str]) -> list[str]:
    names = f"{attributes.get('id', '')} {attributes.get('class', '')}"
    return names.casefold().split() if names != " " else []
