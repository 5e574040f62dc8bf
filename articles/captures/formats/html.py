"""Saved HTML pages: what a page says of itself, and its body as plain paragraphs.

The account of bytes is by the whole document (``kept: document``): markup is not told apart by byte
spans. A headline is trusted in the order JSON-LD, OpenGraph, ``<h1>``, ``<title>``; what the page
does not say of itself is read from its text, as for a plain capture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.captures.draft import Evidence, Hints, Kind, Parsed

from .blocks import Block, Markup, Node, Note, read_markup, tidy
from .charset import decode
from .document import Document, Unreadable, whole
from .metadata import Json, body_of, read_alternates, read_meta, read_schema, stories, words
from .moments import moment
from .telling import Facts, plain, tell, unplaced

_SITE = re.compile(r"\s+(?:[|–—»«·•:]|-{1,2}|::)\s+")
_BY = re.compile(r"(?:by|written by|author)\s*:?\s+", re.IGNORECASE)
_PROSE = 8
_MOST_HEAD = 12
_LONGEST_TITLE = 2_000
"""Characters of a title that headings are looked for in; each heading reads them all."""


def read_html(document: Document, hints: Hints) -> Parsed:
    """The story on a saved page, or the items of a page that lists stories.

    Raises MissingExtra without lxml, and Unreadable when the page has no text.
    """
    decoded = decode(document.raw, content_type=document.content_type)
    markup = read_markup(decoded.text)
    known = stories(markup)
    facts = page_facts(markup, _own(known, markup))
    facts.say("target_uri", document.target_uri, "warc.target-uri", 0.99)
    read_alternates(facts, markup, facts.target_uri or hints.target_uri)
    if not known and markup.meta("og:type").casefold() != "article":
        facts_of_page = Facts([block.text for block in markup.blocks if not is_links(block)])
        listed = plain(facts_of_page)
        if listed.kind == "listing":
            drafts = tuple(unplaced(draft) for draft in listed.drafts)
            return listed._replace(drafts=drafts, kept=whole(document.raw), dropped=(), gaps=())
    draft = tell(facts, hints)
    if draft is None or not (draft.paragraphs or facts.headline):
        raise Unreadable("The page holds no text of a story: perhaps a script was to fetch it.")
    kind: Kind = "article" if draft.paragraphs else "stub"
    charset = Evidence("charset", decoded.charset, f"html.charset.{decoded.rule}", 0.9)
    draft = draft._replace(evidence=(*draft.evidence, charset))
    language = draft.language
    return Parsed(kind, (draft,), None, language, (), kept=whole(document.raw))


def _own(known: Sequence[Json], markup: Markup) -> Json:
    """The article that the page is, among those that it describes: the one of its own title."""
    title = " ".join((markup.title or markup.meta("og:title")).split())[:_LONGEST_TITLE].casefold()
    for node in known:
        headline = words(node.get("headline")).casefold()
        if headline and (headline in title or title in headline):
            return node
    return known[0] if known else {}


def page_facts(markup: Markup, schema: Json) -> Facts:
    """What ``markup`` says of its story; ``schema`` is its JSON-LD article, or empty."""
    facts = Facts()
    if schema:
        read_schema(facts, schema)
    read_meta(facts, markup)
    body = body_blocks(markup)
    _read_headings(facts, markup, body)
    _read_notes(facts, markup, body)
    said = body_of(schema)
    printed = [block.text for block in body]
    if _count(said) > 2 * _count(printed):
        facts.blocks = said
    else:
        above = _above(markup, facts, body) if facts.published is None or not facts.byline else []
        facts.blocks = [*above, *printed]
    return facts


def _count(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def body_blocks(markup: Markup) -> list[Block]:
    """The blocks of the element that holds the story, without those that are only links."""
    node = _container(markup)
    inside = markup.blocks[node.first : node.last] if node else markup.blocks
    return [block for block in inside if not is_links(block) and block.node.tag != "h1"]


def is_links(block: Block) -> bool:
    """Whether a block is made of links: a menu, a teaser, a row of tags."""
    return block.linked * 10 > len(block.text) * 6


def _container(markup: Markup) -> Node | None:
    """The element with the story: marked as its body, as an article, as main, or full of prose."""
    _score(markup)
    total = sum(_weight(block) for block in markup.blocks)
    for marked in (_marked_bodies(markup), _tagged(markup, "article"), _tagged(markup, "main")):
        best = max(marked, key=lambda node: _prose(markup, node), default=None)
        if best and _prose(markup, best) * 3 > total:
            return best
    return max(markup.nodes, key=lambda node: node.score, default=None)


def _score(markup: Markup) -> None:
    for block in markup.blocks:
        weight = _weight(block)
        parent = block.node.parent
        block.node.score += weight / 2 if block.node.tag == "p" else weight
        if parent is not None and weight:
            parent.score += weight
            if parent.parent is not None:
                parent.parent.score += weight / 2


def _weight(block: Block) -> float:
    """How much a block counts as prose: its length, but for links and labels."""
    return 0.0 if block.words < _PROSE or is_links(block) else len(block.text) - block.linked


def _prose(markup: Markup, node: Node) -> float:
    return sum(_weight(block) for block in markup.blocks[node.first : node.last])


def _marked_bodies(markup: Markup) -> list[Node]:
    return [note.node for note in markup.notes if note.name == "articlebody"][:50]


def _tagged(markup: Markup, tag: str) -> list[Node]:
    found = (node for node in markup.nodes if node.tag == tag or node.attributes.get("role") == tag)
    return list(found)[:50]


def _read_headings(facts: Facts, markup: Markup, body: Sequence[Block]) -> None:
    headings = [block.text for block in markup.blocks if block.node.tag == "h1"]
    title = " ".join(markup.title.split())
    others = [" ".join(text.split()) for text in (*headings, title) if text.strip()]
    if facts.headline:
        _shorten(facts, [*headings, markup.meta("og:title")], markup.meta("og:site_name"))
        return
    printed_title = title[:_LONGEST_TITLE].casefold()
    shared = [text for text in headings if text.casefold() in printed_title]
    if shared or headings:
        confidence = 0.95 if shared else 0.85
        facts.say("headline", (shared or headings)[0], "html.h1", confidence, others)
        return
    parts = _SITE.split(title)
    printed = {block.text for block in markup.blocks if block.node.tag in ("h2", "h3", "h4")}
    for part in parts:
        if part in printed:
            facts.say("headline", part, "html.heading+title", 0.95, others)
            return
    confidence = 0.82 if len(parts) <= 2 else 0.7
    facts.say("headline", max(parts, key=len), "html.title", confidence if body else 0.5, others)


def _shorten(facts: Facts, others: Sequence[str], site: str) -> None:
    """Take the site's name off the end of a headline, where the page shows that it is one."""
    told = facts.evidence["headline"]
    for cut in list(_SITE.finditer(facts.headline))[-3:]:
        head, tail = facts.headline[: cut.start()], facts.headline[cut.end() :]
        same = any(" ".join(other.split()).casefold() == head.casefold() for other in others)
        if head and (same or (site and tail.casefold() == site.casefold())):
            facts.evidence["headline"] = told._replace(
                value=head, alternatives=(facts.headline, *told.alternatives)
            )
            facts.headline = head
            return


def _read_notes(facts: Facts, markup: Markup, body: Sequence[Block]) -> None:
    """Take what small elements name: times, authors. A time of another story does not count."""
    outer = _article_around(body[0].node) if body else None
    near = [note for note in markup.notes if outer is None or _article_around(note.node) is outer]
    for name, confidence in (("datepublished", 0.93), ("time", 0.82)):
        for note in [note for note in near if note.name == name]:
            facts.date(
                moment(note.moment) or moment(" ".join(note.text.split())),
                f"html.{name}",
                confidence,
            )
    for note in [note for note in near if note.name in ("author", "byline")]:
        name = _BY.sub("", " ".join(note.text.split() or note.moment.split()), count=1)
        if name and len(name) <= 120 and not any(mark.isdigit() for mark in name):
            facts.say("byline", name, f"html.{note.name}", 0.88)


def _article_around(node: Node | None) -> Node | None:
    for _step in range(64):
        if node is None or node.tag == "article":
            return node
        node = node.parent
    return None


def _above(markup: Markup, facts: Facts, body: Sequence[Block]) -> list[str]:
    """The short blocks between headline and body, where a date and an author often stand."""
    if not body:
        return []
    first = next(n for n, block in enumerate(markup.blocks) if block is body[0])
    head = markup.blocks[max(0, first - _MOST_HEAD) : first]
    starts = [
        n for n, block in enumerate(head) if block.node.tag == "h1" or block.text == facts.headline
    ]
    below = head[starts[-1] + 1 :] if starts else []
    return [block.text for block in below if block.words < 20 and not is_links(block)]


def read_fragment(html: str) -> list[str]:
    """The paragraphs of the HTML in a feed, an export or a news item."""
    if "<" not in html and "&" not in html and html.replace("\n", "").isprintable():
        text = tidy(html)  # Without markup there is nothing to parse, which feeds' titles show.
        return [text] if text else []
    return [block.text for block in read_markup(html).blocks if not is_links(block)]


__all__ = ["Note", "body_blocks", "is_links", "page_facts", "read_fragment", "read_html"]
