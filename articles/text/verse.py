"""Verse in a stored body: the lines as they were typed, each an element, couplets in pairs."""

from __future__ import annotations

import re
from itertools import groupby

_PARAGRAPH = re.compile(r"<p((?: [^<>]*)?)>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>")


def as_verse(html: str) -> str:
    """Return `html`, as `articles.text.html.clean` returns it, with its lines as elements.

    A paragraph of two lines is a couplet, one of more a stanza, and an empty line between two parts
    them. Each line break stays behind its line, for who has no style of ours. A paragraph of one
    line is left as it is, and so is a line that goes on inside a tag.
    """
    return _PARAGRAPH.sub(_stanzas, html)


def lines_of(paragraph: str) -> list[str]:
    """Return the lines of what stands in a paragraph, an empty one as ""."""
    found, start, depth = [], 0, 0
    for tag in _TAG.finditer(paragraph):
        if tag[2] != "br":
            depth += -1 if tag[1] else 1
        elif depth == 0:
            found.append(paragraph[start : tag.start()].strip())
            start = tag.end()
    return [*found, paragraph[start:].strip()]


def opening_lines(html: str) -> list[str]:
    """Return the first lines of a body, which may be cut off: two at most, with their tags."""
    first = _PARAGRAPH.search(html)
    return [line for line in lines_of(first[2]) if line][:2] if first else []


def _stanzas(paragraph: re.Match[str]) -> str:
    lines = lines_of(paragraph[2])
    if len(lines) < 2:
        return paragraph[0]
    stanzas = [list(group) for is_said, group in groupby(lines, key=bool) if is_said]
    return "\n".join(_stanza(paragraph[1], stanza) for stanza in stanzas)


def _stanza(attributes: str, lines: list[str]) -> str:
    kind = "couplet" if len(lines) == 2 else "stanza"
    said = "<br>".join(f'<span class="verse-line">{line}</span>' for line in lines)
    return f'<p class="{kind}"{attributes}>{said}</p>'
