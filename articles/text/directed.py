"""Clean HTML whose right-to-left text has its left-to-right runs isolated."""

from __future__ import annotations

import html as entities
import re

from articles.text.runs import Piece, pieces

UNBROKEN = "number"
"""The class of a run that a line should not break; the style sheet holds it together."""

_TAG = re.compile(r"""</?+([a-zA-Z][^\s/>]*+)((?:"[^"]*+"|'[^']*+'|[^"'>])*+)>""")
_DIRECTION = re.compile(r"""\sdir\s*=\s*["']?([a-z]+)""", re.IGNORECASE)
_VOID = frozenset({"br", "hr"})
# Their text has been isolated by whoever wrote it.
_DONE = "ltr"


def isolate_runs_in(html: str, direction: str) -> str:
    """Return `html`, as `articles.text.html.clean` returns it, with `<bdi dir="ltr">` round runs.

    `direction` ("ltr" or "rtl") is that of the page; an element may have its own, and text that
    runs from left to right, or stands in a `bdi` already, is left alone. Tags stay as they are and
    all text is escaped, so that nothing becomes markup that was none. Linear time.
    """
    made: list[str] = []
    opened: list[tuple[str, str]] = []
    position = 0
    for tag in _TAG.finditer(html):
        made.append(_text(html[position : tag.start()], _direction_in(opened, direction)))
        made.append(tag[0])
        _follow(opened, tag, direction)
        position = tag.end()
    made.append(_text(html[position:], _direction_in(opened, direction)))
    return "".join(made)


def _direction_in(opened: list[tuple[str, str]], direction: str) -> str:
    return opened[-1][1] if opened else direction


def _follow(opened: list[tuple[str, str]], tag: re.Match[str], direction: str) -> None:
    """Keep the elements that stand open, each with the direction of its text."""
    name = tag[1].lower()
    if name in _VOID:
        return
    if tag[0].startswith("</"):
        if opened and opened[-1][0] == name:
            opened.pop()
        return
    told = _DIRECTION.search(tag[2])
    inside = _direction_in(opened, direction)
    if name == "bdi" or any(outer == "bdi" for outer, _inside in opened):
        inside = _DONE
    elif told:
        inside = told[1].lower()
    opened.append((name, inside))


def _text(html: str, direction: str) -> str:
    if direction == "ltr" or not html:
        return html
    return "".join(map(_piece, pieces(entities.unescape(html))))


def _piece(piece: Piece) -> str:
    text = entities.escape(piece.text, quote=False).replace("\xa0", "&nbsp;")
    if not piece.is_left_to_right:
        return text
    held = f' class="{UNBROKEN}"' if piece.is_unbroken else ""
    return f'<bdi dir="ltr"{held}>{text}</bdi>'
