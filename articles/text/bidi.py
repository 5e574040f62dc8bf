"""Direction in plain text: titles, feeds and other sinks that have no markup (UAX #9)."""

from __future__ import annotations

import re

from articles.text.normal import BIDI_CONTROLS
from articles.text.runs import pieces

POP = "\u2069"
_OPENERS = {None: "\u2068", "ltr": "\u2066", "rtl": "\u2067"}
# Between Arabic-Indic digits (AN) a hyphen runs from right to left even inside a left-to-right
# isolate; a mark on both sides of it holds it.
_MARK = "\u200e"
_BETWEEN_ARABIC_DIGITS = re.compile(r"(?<=[\u0660-\u0669])[^\w\s]+|[^\w\s]+(?=[\u0660-\u0669])")
_CONTROLS = re.compile(f"[{BIDI_CONTROLS}]")


def isolate(text: str, direction: str | None = None) -> str:
    """Return `text` between isolates, so that its direction and its neighbours' do not mix.

    `direction` is "ltr", "rtl", or None to follow the first strong letter (LRI, RLI or FSI, then
    PDI). Controls inside are dropped, as one too many would end the isolate early; an empty text
    stays empty. Raises ValueError for another direction.
    """
    if direction not in _OPENERS:
        raise ValueError(f"{direction!r} is no direction. Use 'ltr', 'rtl' or None.")
    text = strip_controls(text)
    return f"{_OPENERS[direction]}{text}{POP}" if text else ""


def isolate_runs(text: str) -> str:
    """Return a right-to-left `text` with isolates round its numbers, codes and Latin words.

    What the runs are, `articles.text.runs.pieces` tells. Controls in the text are dropped.
    """
    return "".join(
        isolate(_BETWEEN_ARABIC_DIGITS.sub(rf"{_MARK}\g<0>{_MARK}", piece.text), "ltr")
        if piece.is_left_to_right
        else piece.text
        for piece in pieces(strip_controls(text))
    )


def enclose_lines(text: str, direction: str) -> str:
    """Return plain `text` of several lines as it is read in a place of unknown direction.

    A line runs in the direction of what surrounds it unless something says otherwise, so each one
    of a right-to-left text stands between RLI and PDI, its runs isolated in it. Other text comes
    back without embeddings, overrides and isolates.
    """
    if direction != "rtl":
        return strip_controls(text)
    return "\n".join(
        f"{_OPENERS['rtl']}{isolate_runs(line)}{POP}" if line.strip() else line
        for line in text.split("\n")
    )


def strip_controls(text: str) -> str:
    """Return `text` without embeddings, overrides and isolates.

    LRM, RLM and ALM, which need no partner, stay.
    """
    return _CONTROLS.sub("", text)
