"""Why the loader holds an article, in the language of the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django import template
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.text import get_text_list
from django.utils.translation import get_language, get_language_info, gettext

from articles.captures.sentences import Filled, sentences_of

register = template.Library()

DAYS = frozenset({"day", "other", "others", "rendered", "published"})
"""Parts of a sentence that are dates in ISO 8601, or begin with one."""
LANGUAGES = frozenset({"language", "letters"})
"""Parts that are codes of languages."""
CODES = frozenset({"rule", "name", "status", "slug", "file"})
"""Parts that machines write: they run from left to right in any sentence."""


@register.filter
def doubts(hold_reason: str) -> str:
    """An article's ``hold_reason`` as a list in HTML, sentence by sentence, or ``""``.

    A sentence that the catalogues do not know, such as one of an older version, stays English and
    says so.
    """
    items = format_html_join("", "<li>{}</li>", ((said(one),) for one in sentences_of(hold_reason)))
    return format_html('<ul class="doubts">{}</ul>', items) if items else ""


def said(sentence: str) -> str:
    """A sentence of the loader's as HTML, in the language of the desk where that is known."""
    english = sentence.template if isinstance(sentence, Filled) else sentence
    told = gettext(english)
    if told == english and get_language() != "en":
        return format_html('<bdi lang="en" dir="ltr">{}</bdi>', sentence)
    return _filled(told, sentence.parts) if isinstance(sentence, Filled) else told


def _filled(told: str, parts: Mapping[str, str | list[str]]) -> str:
    """``told`` with its parts in it, each set apart so that it runs in its own direction."""
    places = {name: f"{{{name}}}" for name in parts}
    pattern = escape(told.replace("{", "{{").replace("}", "}}") % places)
    return format_html(pattern, **{name: _part(name, part) for name, part in parts.items()})


def _part(name: str, part: str | list[str]) -> str:
    if isinstance(part, list):
        return get_text_list([_part(name, one) for one in part], gettext("or"))
    if name in DAYS:
        return date_format(dt.date.fromisoformat(part[:10]))
    if name in LANGUAGES:
        return _language(part)
    pattern = '<bdi lang="en" dir="ltr">{}</bdi>' if name in CODES else "<bdi>{}</bdi>"
    return format_html(pattern, part)


def _language(code: str) -> str:
    try:
        return gettext(get_language_info(code)["name"])
    except KeyError:
        return code
