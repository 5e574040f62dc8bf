"""The blocks of a stored body: what stands below one another in it."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>")
_VOID = frozenset({"br", "hr"})


def blocks(html: str) -> list[str]:
    """The outermost elements of ``html``, as ``articles.text.html.clean`` returns it, in order.

    Text between them is a block of its own; white space is none. Joined by newlines they are the
    same body.
    """
    found: list[str] = []
    depth = start = 0
    for tag in _TAG.finditer(html):
        is_end, is_void = bool(tag[1]), tag[2] in _VOID
        if depth == 0 and (not is_void or tag[2] == "hr"):
            found.append(html[start : tag.start()])
            start = tag.start()
        depth += 0 if is_void else -1 if is_end else 1
        if depth == 0 and (is_end or tag[2] == "hr"):
            found.append(html[start : tag.end()])
            start = tag.end()
    found.append(html[start:])
    return [block.strip() for block in found if block.strip()]
