"""A guard before the HTML parsers, whose time grows with the square of nesting and attributes."""

from __future__ import annotations

import re

MOST_BYTES = 256 * 1024
MOST_TAGS = 3_000
MOST_REFERENCES = 20_000
MOST_DEPTH = 32
MOST_ATTRIBUTES = 64

# What a browser reads as no markup at all (WHATWG HTML 13.2.5): comments, and elements whose
# content is raw text. None is ever kept, and without them a tag is a tag to every parser.
_COMMENT = r"<!--(?:-?>|[\s\S]*?(?:--!?>|\Z))"
_BOGUS_COMMENT = r"<(?:[!?]|/(?![a-zA-Z]))[^>]*+(?:>|\Z)"
_RAW_TEXT = (
    r"<(iframe|noembed|noframes|noscript|plaintext|script|style|template|textarea|title|xmp)"
    r"(?![^\s/>])[\s\S]*?(?:</\1(?![^\s/>])[^>]*+(?:>|\Z)|\Z)"
)
_NOT_MARKUP = re.compile(f"{_COMMENT}|{_BOGUS_COMMENT}|{_RAW_TEXT}", re.IGNORECASE)

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(
    r"[\s/]*+[^\s/>][^\s/>=]*+"
    r"""(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+)?+)?+"""
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# What a start tag ends where the end tag was left out.
_CELLS = frozenset({"p", "td", "th"})
_ROWS = _CELLS | {"tr"}
_ENDED = {
    "p": frozenset({"p"}),
    **dict.fromkeys(("li", "option"), frozenset({"li", "option", "p"})),
    **dict.fromkeys(("dd", "dt"), frozenset({"dd", "dt", "p"})),
    **dict.fromkeys(("td", "th"), _CELLS),
    "tr": _ROWS,
    **dict.fromkeys(("tbody", "tfoot", "thead"), _ROWS | {"tbody", "tfoot", "thead"}),
}
# Elements that an end tag of another name leaves open (WHATWG's "special" without the above).
_HOLDING = frozenset(
    "address applet article aside blockquote body button center details dialog dir div dl fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup html main marquee menu nav"
    " object ol pre search section select summary table ul".split()
)
# A parser opens these again in every later block until their own end tag.
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())


class HtmlTooLarge(ValueError):
    """A text past the limits of this module; its message is an English sentence for an editor.

    For a sentence in another language, `limit` says which one it is ("bytes", "tags", "character
    references", "depth" or "attributes"), `size` what was found, `most` what is allowed, and `tag`
    the name of the tag where that happened, "" for the whole text.
    """

    def __init__(self, sentence: str, *, limit: str, size: int, most: int, tag: str = "") -> None:
        super().__init__(sentence)
        self.limit, self.size, self.most, self.tag = limit, size, most, tag


def without_hidden(html: str) -> str:
    """Return `html` with comments and raw-text elements replaced by a space; linear time."""
    return _NOT_MARKUP.sub(" ", html)


def check_size(html: str) -> None:
    """Raise HtmlTooLarge for more bytes, tags or character references than a story has."""
    sizes = (
        (len(html.encode("utf-8", "surrogatepass")), MOST_BYTES, "bytes"),
        (html.count("<"), MOST_TAGS, "tags"),
        (html.count("&"), MOST_REFERENCES, "character references"),
    )
    for size, most, unit in sizes:
        if size > most:
            raise HtmlTooLarge(
                f"The text holds {size:,} {unit}, and the limit is {most:,}."
                " Divide it, or paste it without its formatting.",
                limit=unit,
                size=size,
                most=most,
            )


def check_shape(html: str) -> None:
    """Raise HtmlTooLarge for tags nested too deep or with too many attributes; linear time.

    Expects what `without_hidden` returns. Depth is counted as parsers count it, or higher.
    """
    stack: list[str] = []
    position = 0
    while match := _TAG.search(html, position):
        position = _after_attributes(html, match)
        name = match[2].lower()
        if match[1]:
            _close(stack, name)
        elif name not in _VOID:
            _open(stack, name)
        if len(stack) > MOST_DEPTH:
            raise HtmlTooLarge(
                f"The text opens <{name[:20]}> inside {MOST_DEPTH} other tags, which is the limit."
                " Close tags that were left open, or paste the text without its formatting.",
                limit="depth",
                size=len(stack),
                most=MOST_DEPTH,
                tag=name[:20],
            )


def _after_attributes(html: str, tag: re.Match[str]) -> int:
    position, attributes = tag.end(), 0
    while match := _ATTRIBUTE.match(html, position):
        position, attributes = match.end(), attributes + 1
        if attributes > MOST_ATTRIBUTES:
            raise HtmlTooLarge(
                f"The tag <{tag[2][:20]}> has more than {MOST_ATTRIBUTES} attributes."
                " Paste the text without its formatting.",
                limit="attributes",
                size=attributes,
                most=MOST_ATTRIBUTES,
                tag=tag[2][:20],
            )
    return position


def _open(stack: list[str], name: str) -> None:
    while stack and stack[-1] in _ENDED.get(name, ()):
        stack.pop()
    stack.append(name)


def _close(stack: list[str], name: str) -> None:
    for index in reversed(range(len(stack))):
        if stack[index] == name:
            stack[index:] = [inner for inner in stack[index + 1 :] if inner in _FORMATTING]
            return
        if stack[index] in _HOLDING:
            return
