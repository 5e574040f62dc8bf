"""The lite edition: the same pages without faces, scripts and pictures, for a slow or dear line.

A reader asks for it with ``?lite``, which the links of a page carry on, since a reader who chose
nothing lasting gets no cookie. A browser that saves data asks for it with ``Save-Data: on``
(https://wicg.github.io/savedata/), and ``?lite=no`` is the way back from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest

from articles.caching import depends_on

View = TypeVar("View", bound=Callable[..., object])

NAME = "lite"
NO = "no"
_LINK = re.compile(
    # A link to a page of ours, or a form that is posted to one: its path ends in a slash, or it
    # changes only the query.
    r'(?P<before><(?:a\b(?![^>]*\bdata-lite\b)[^>]*?\shref|form\b[^>]*?\smethod="post" action)=")'
    r'(?P<address>(?:/(?!/)(?:[^"?#]*/)?)?'
    r'(?:\?[^"#]*)?)(?P<fragment>#[^"]*)?"'
)
_FORM = re.compile(r'<form\b[^>]*\bmethod="get"[^>]*>')


def page_depends_on(*parameters: str) -> Callable[[View], View]:
    """Declare what a view depends on that answers with a page of the site, full or lite.

    ``parameters`` are those that it reads itself (see ``articles.caching.depends_on``).
    """
    return depends_on(
        *parameters, reduced={NAME: _asked_reduced}, headers={"Save-Data": _saving_reduced}
    )


def _asked_reduced(asked: str) -> str:
    return NO if asked == NO else ""


def _saving_reduced(header: str) -> str:
    return "on" if header.strip().lower() == "on" else ""


def is_lite(request: HttpRequest) -> bool:
    """Tell whether a reader asked for the lite edition: by the address, or else by the header."""
    asked = request.GET.get(NAME)
    return _saves_data(request) if asked is None else asked != NO


def asked_in(request: HttpRequest) -> str:
    """Return what an address of this request must carry on: ``lite``, ``lite=no`` or nothing."""
    if NAME not in request.GET:
        return ""
    return NAME if is_lite(request) else f"{NAME}={NO}"


def carry(address: str, asked: str, joint: str = "&") -> str:
    """Return an address whose query also holds what ``asked_in`` returned, after ``joint``."""
    if not asked:
        return address
    whole, hash_sign, fragment = address.partition("#")
    return f"{whole}{joint if '?' in whole else '?'}{asked}{hash_sign}{fragment}"


def carry_in_links(html: str, asked: str) -> str:
    """Return a page whose links and forms to pages of ours carry on what ``asked_in`` returned."""
    if not asked:
        return html

    def carried(link: re.Match[str]) -> str:
        if not link["address"]:  # A place on the same page, or another host.
            return link[0]
        address = carry(link["address"], asked, "&amp;")
        return f'{link["before"]}{address}{link["fragment"] or ""}"'

    value = asked.partition("=")[2]
    field = f'<input type="hidden" name="{NAME}" value="{value}">'
    return _FORM.sub(lambda form: form[0] + field, _LINK.sub(carried, html))


def other_way(request: HttpRequest, query: str) -> str:
    """Return the query string of this page in its other weight.

    ``query`` is the page's own, with its question mark; whatever else was sent is not repeated.
    """
    if not is_lite(request):
        return carry(query, NAME)
    return carry(query, f"{NAME}={NO}" if _saves_data(request) else "")


def _saves_data(request: HttpRequest) -> bool:
    return bool(_saving_reduced(request.headers.get("Save-Data", "")))
