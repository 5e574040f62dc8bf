"""Runs of text that go against the page: their language, direction and script."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from markupsafe import escape

from articles.models import Language
from articles.text.directed import UNBROKEN, isolate_runs_in
from articles.text.runs import Piece, pieces


def speaks(language: Language) -> str:
    """Return the attributes of an element whose content is in ``language``.

    ``data-script`` (ISO 15924) chooses the typeface, so that a new language in a known script needs
    no new style.
    """
    return _speaks(language.code, language.direction, language.script)


@lru_cache(maxsize=64)
def _speaks(code: str, direction: str, script: str) -> str:
    return format_html('lang="{}" dir="{}" data-script="{}"', code, direction, script)


def directed(text: str, language: Language) -> str:
    """Return plain text of ``language`` escaped, its numbers, codes and Latin words isolated.

    Every text of a language that is written right to left is printed through this or ``run``: bare,
    a telephone number is shown with its groups in the wrong order.
    """
    return escape(text) if language.direction == "ltr" else _isolated_runs(str(text))


@lru_cache(maxsize=2048)
def _isolated_runs(text: str) -> str:
    return format_html_join("", "{}", ((isolated(piece, piece.text),) for piece in pieces(text)))


def directed_html(body: str, language: Language) -> str:
    """Return a stored body with the same done to its text."""
    return isolate_runs_in(body, language.direction)


def run(text: str, language: Language, page: Language) -> str:
    """Return text isolated from its neighbours, and marked when its language is not the page's."""
    is_own = language.code == page.code
    attributes = _direction(language.direction) if is_own else speaks(language)
    return _run(attributes, directed(text, language))


@lru_cache(maxsize=8)
def _direction(direction: str) -> str:
    return format_html('dir="{}"', direction)


@lru_cache(maxsize=2048)  # Names of sources and sections stand again and again in a list.
def _run(attributes: str, inside: str) -> str:
    return format_html("<bdi {}>{}</bdi>", attributes, inside)


def isolated(piece: Piece, inside: str) -> str:
    """Return a piece's text, ``inside`` as HTML, in a ``<bdi>`` if it runs from left to right."""
    if not piece.is_left_to_right:
        return escape(inside)
    if piece.is_unbroken:
        return format_html('<bdi dir="ltr" class="{}">{}</bdi>', UNBROKEN, inside)
    return format_html('<bdi dir="ltr">{}</bdi>', inside)
