"""Runs of text that go against the page: their language, direction and script."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join

from articles.models import Language
from articles.text.directed import UNBROKEN, isolate_runs_in
from articles.text.runs import Piece, pieces

register = template.Library()


@register.simple_tag
def speaks(language: Language) -> str:
    """Return the attributes of an element whose content is in ``language``.

    ``data-script`` (ISO 15924) chooses the typeface, so that a new language in a known script needs
    no new style.
    """
    return format_html(
        'lang="{}" dir="{}" data-script="{}"', language.code, language.direction, language.script
    )


@register.filter
def directed(text: str, language: Language) -> str:
    """Return plain text of ``language`` escaped, its numbers, codes and Latin words isolated.

    Every text of a language that is written right to left is printed through this or ``run``: bare,
    a telephone number is shown with its groups in the wrong order.
    """
    if language.direction == "ltr":
        return conditional_escape(text)
    return _isolated_runs(text)


@lru_cache(maxsize=2048)
def _isolated_runs(text: str) -> str:
    return format_html_join("", "{}", ((isolated(piece, piece.text),) for piece in pieces(text)))


@register.filter
def directed_html(body: str, language: Language) -> str:
    """Return a stored body with the same done to its text."""
    return isolate_runs_in(body, language.direction)


@register.simple_tag(takes_context=True)
def run(context: Context, text: str, language: Language) -> str:
    """Return text isolated from its neighbours, and marked when its language is not the page's."""
    inside = directed(text, language)
    if language.code == context["edition"].code:
        return format_html('<bdi dir="{}">{}</bdi>', language.direction, inside)
    return format_html("<bdi {}>{}</bdi>", speaks(language), inside)


def isolated(piece: Piece, inside: str) -> str:
    """Return a piece's text, ``inside`` as HTML, in a ``<bdi>`` if it runs from left to right."""
    if not piece.is_left_to_right:
        return conditional_escape(inside)
    if piece.is_unbroken:
        return format_html('<bdi dir="ltr" class="{}">{}</bdi>', UNBROKEN, inside)
    return format_html('<bdi dir="ltr">{}</bdi>', inside)
