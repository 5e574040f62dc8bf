"""The one door through which HTML reaches the database; the only importer of bleach and nh3."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Sequence
from typing import NamedTuple

import bleach
import nh3

from articles.text.markup import HtmlTooLarge, check_shape, check_size, without_hidden
from articles.text.normal import drop_controls, limit_marks

__all__ = ["ADDRESS", "GAP", "HtmlTooLarge", "Paragraph", "clean", "from_paragraphs", "to_text"]

# U+FFFC OBJECT REPLACEMENT CHARACTER stands for lost text between a capture and its HTML.
GAP = "\ufffc"
GAP_HTML = '<span class="gap">…</span>'

# Whole addresses, or a path, query or fragment of this site; "//host" would be another site. The
# editor's script reads this pattern too.
ADDRESS = r"(?:https?://[^/\\?#]|mailto:|tel:|/(?![/\\])|#|\?)[^\\\x00-\x1f]*|/"

# No svg, math, style, iframe, template or noscript, ever: each gives the parser other rules.
_DIRECTED = frozenset({"lang", "dir"})
_ATTRIBUTES = {
    "a": frozenset({"href"}),
    "abbr": frozenset({"title"}),
    "bdi": _DIRECTED,
    "blockquote": _DIRECTED,
    "li": _DIRECTED,
    "p": _DIRECTED,
    "span": _DIRECTED | {"class"},
}
_TAGS = frozenset("b br cite code em h2 h3 h4 hr i ol pre q strong sub sup ul".split()) | set(
    _ATTRIBUTES
)
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_VALUES = {
    "class": re.compile("gap"),
    "dir": re.compile("ltr|rtl|auto"),
    "lang": re.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,7}"),
    "title": re.compile(r"[\s\S]*"),
    "href": re.compile(ADDRESS, re.IGNORECASE),
}

_BLOCKS = ("p", "h2", "h3", "h4", "blockquote")
# What from_paragraphs writes. It holds no tag but these, so there is nothing to clean.
_PLAIN = re.compile(
    rf'(?:<({"|".join(_BLOCKS)})(?: lang="{_VALUES["lang"].pattern}")?'
    rf'(?: dir="(?:{_VALUES["dir"].pattern})")?>'
    rf"(?:[^<>&\xa0]++|&(?:amp|lt|gt|nbsp);|<br>|{GAP_HTML})*+</\1>\n?)*+"
)

# Without their tags, the words of neighbouring cells and terms would run together.
_CELL = re.compile(r"(?=<(?:td|th|dt|dd|option)[\s/>])", re.IGNORECASE)
# A parser drops the first newline of pre, so each pass over it would drop one more.
_PRE_NEWLINES = re.compile(r"(?<=<pre>)\s*\n")
_GAP_SPAN = re.compile(r'<span class="gap"[^<>]*>[^<]*</span>')
_BREAK = re.compile(r"<(?:br|li)(?: [^<>]*)?>")
_BLOCK_EDGE = re.compile(r"</?(?:p|h2|h3|h4|ul|ol|blockquote|hr|pre)(?: [^<>]*)?>")
_ANY_TAG = re.compile(r"</?[a-z][^<>]*>")
_SPACES = re.compile(r"[ \t]*\n[ \t]*")
_BLANK_LINES = re.compile(r"\n{3,}")


class Paragraph(NamedTuple):
    """Plain text of one block: `tag` is p, h2, h3, h4 or blockquote; "" takes the page's language.

    `language` is a BCP 47 tag, `direction` "ltr", "rtl" or "auto".
    """

    text: str
    tag: str = "p"
    language: str = ""
    direction: str = ""


def clean(html: str) -> str:
    """Return `html` with nothing in it but the tags, attributes and schemes of this module.

    Bleach and nh3, two parsers of different make, both have to agree, and nh3 has the last word.
    Links get rel="noopener noreferrer". Controls are dropped, also those written as character
    references, and a letter keeps eight combining marks. Idempotent. Raises HtmlTooLarge, with a
    sentence, for more than 256 kB, 3,000 tags, 32 levels or 64 attributes in a tag.
    """
    check_size(html)
    html = _bare(html)
    if _PLAIN.fullmatch(html):
        return html
    html = without_hidden(html)
    check_shape(html)
    html = _CELL.sub(" ", html)
    html = bleach.clean(html, tags=_TAGS, attributes=_is_allowed, protocols=_SCHEMES, strip=True)
    cleaned = _nh3(html)
    # Parsing has turned character references into characters; what they leave is parsed again.
    while (bare := _bare(cleaned)) != cleaned:
        cleaned = _nh3(bare)
    check_size(cleaned)  # An "&" takes five characters now; what is stored must pass here again.
    return cleaned.strip()


def from_paragraphs(paragraphs: Sequence[Paragraph | str]) -> str:
    """Return plain paragraphs as HTML that `clean` leaves as it is; a str is a `p`.

    Text is escaped, never parsed. U+FFFC becomes `<span class="gap">…</span>`, a newline `<br>`,
    and a paragraph without text is left out. Raises ValueError for another tag, language or
    direction than `Paragraph` names.
    """
    whole = (one if isinstance(one, Paragraph) else Paragraph(one) for one in paragraphs)
    return "\n".join(_block(one) for one in whole if one.text.strip())


def to_text(html: str) -> str:
    """Return the words of `html`, as `clean` returns it, with blank lines between blocks.

    A gap is "[…]"; a list item and a line break begin a line.
    """
    text = _GAP_SPAN.sub("[…]", html)
    text = _BLOCK_EDGE.sub("\n\n", _BREAK.sub("\n", text))
    text = entities.unescape(_ANY_TAG.sub("", text)).replace("\xa0", " ")
    return _BLANK_LINES.sub("\n\n", _SPACES.sub("\n", text)).strip()


def _bare(html: str) -> str:
    return _PRE_NEWLINES.sub("", limit_marks(drop_controls(html)))


def _nh3(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_kept_value,
        url_schemes=set(_SCHEMES),
        link_rel="noopener noreferrer",
    )


def _kept_value(tag: str, name: str, value: str) -> str | None:
    if name == "rel":
        return value
    value = value.strip() if name == "href" else value
    return value if _is_allowed(tag, name, value) else None


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if name not in _ATTRIBUTES.get(tag, ()):
        return False
    return _VALUES[name].fullmatch(value.strip() if name == "href" else value) is not None


def _block(paragraph: Paragraph) -> str:
    if paragraph.tag not in _BLOCKS:
        raise ValueError(f"A paragraph cannot be <{paragraph.tag}>. Use {', '.join(_BLOCKS)}.")
    text = entities.escape(limit_marks(drop_controls(paragraph.text.strip())), quote=False)
    text = text.replace("\xa0", "&nbsp;").replace("\n", "<br>").replace(GAP, GAP_HTML)
    if not paragraph.language and not paragraph.direction:
        return f"<{paragraph.tag}>{text}</{paragraph.tag}>"
    attributes = "".join(
        f' {name}="{_checked(name, value)}"'
        for name, value in (("lang", paragraph.language), ("dir", paragraph.direction))
        if value
    )
    return f"<{paragraph.tag}{attributes}>{text}</{paragraph.tag}>"


def _checked(name: str, value: str) -> str:
    if not _VALUES[name].fullmatch(value):
        raise ValueError(f"{value!r} is no value of a paragraph's {name}.")
    return value
