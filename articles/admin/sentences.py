"""Whole sentences with named parts, as HTML: each part keeps its own language and direction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from articles.models import Article
from articles.models.placed import FIGURES
from articles.models.revision import RECORDED

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.utils.functional import Promise

_PART = re.compile(r"%\((\w+)\)s")


def filled(sentence: str | Promise, **parts: str) -> str:
    """``sentence`` as HTML, each ``%(name)s`` in it replaced by the part of that name.

    Parts that are HTML (what ``format_html`` returns) stay so; anything else is escaped.
    """
    pieces = enumerate(_PART.split(str(sentence)))
    return format_html_join("", "{}", ((parts[p] if odd % 2 else p,) for odd, p in pieces))


def name_of(person: AbstractUser | None) -> str:
    """Who somebody is to colleagues: the full name, else the user name; empty for nobody."""
    return (person.get_full_name() or person.get_username()) if person else ""


def isolated(text: object) -> str:
    """``text`` as HTML that runs in its own direction among other words."""
    return format_html("<bdi>{}</bdi>", text)


def label_of(name: str) -> str:
    """What the desk calls a field of an article."""
    if name == FIGURES:
        return _("pictures")
    return str(Article._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def fields_listed(names: Iterable[str]) -> str:
    """What the desk calls these fields of an article, as one list in the article's order."""
    named = set(names)
    ordered = (name for name in ("status", *RECORDED) if name in named)
    return _(", ").join(label_of(name) for name in ordered)
