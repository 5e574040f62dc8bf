"""The frame around every page: its names, its own address and the same page in other languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urljoin

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from articles.caching import remembered
from articles.converters import FEEDS
from articles.models import Language
from articles.text.locales import locale_of
from articles.views.edition import Edition
from articles.views.lite import asked_in, carry_in_links, is_lite, other_way
from newsroom.routes import address_of


class Alternate(NamedTuple):
    """A value of ``hreflang`` (a BCP 47 code or ``x-default``) and its absolute address."""

    hreflang: str
    address: str


class FeedLink(NamedTuple):
    """A feed that a page offers: its media type, what it is called, its absolute address."""

    media_type: str
    title: str
    address: str


class Shared(NamedTuple):
    """A picture as other sites are told of it: its absolute address, size in pixels and type."""

    address: str
    width: int
    height: int
    media_type: str


class Switch(NamedTuple):
    """One entry of the edition switch. ``has_page`` tells whether this very page exists in it."""

    language: Language
    href: str
    is_current: bool
    has_page: bool


@dataclass(frozen=True)
class Frame:
    """What the base template needs.

    ``path`` is the page's own address from the first slash on (empty for an error, which has none),
    ``query`` what follows it on a later page of a list, ``kept`` the parameters that narrow a list,
    ``paths`` the addresses of the same page by language code, ``default_path`` the one for readers
    of no listed language. ``feed_of`` is the path of the list whose feeds the page offers, the
    edition's latest unless given, and ``feed_query`` what follows it. ``card`` stands for the page
    where other sites link to it, and ``image_alt`` says what it shows. ``show`` adds whether the
    page ``is_lite`` and the query of the same page in its ``other_weight``.
    """

    edition: Edition
    title: str = ""
    description: str = ""
    path: str = ""
    query: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    default_path: str = ""
    is_indexed: bool = True
    feed_of: str = ""
    feed_query: str = ""
    card: Shared | None = None
    image_alt: str = ""
    is_lite: bool = False
    other_weight: str = ""
    today: date | None = field(default_factory=timezone.localdate)

    @cached_property
    def canonical(self) -> str:
        return absolute(self.path + self.query) if self.path else ""

    @cached_property
    def entry(self) -> str:
        """The page's address where the menus of its edition name it, or else nothing: they are the
        same on every page that they do not name.
        """
        return self.path if self.path in _entries_of(self.edition) else ""

    @cached_property
    def alternates(self) -> list[Alternate]:
        """Every language that the page really has, and x-default.

        Later pages of a list have none: a cursor of one edition means nothing in another.
        """
        if not self.is_indexed or not self.paths or self.query:
            return []
        return alternates(self.edition.languages, self.paths, self.default_path)

    @cached_property
    def summary(self) -> str:
        """What search engines show under the title: the page's own description or the edition's."""
        language = self.edition.language
        return self.description or self.edition.plain(language.tagline, language.code)

    @cached_property
    def image(self) -> Shared:
        """The picture that stands for the page elsewhere: its own, or else the site's mark."""
        mark = urljoin(settings.SITE_URL, staticfiles_storage.url("images/share.png"))
        return self.card or Shared(mark, 1200, 630, "image/png")

    @property
    def locale(self) -> str:
        return locale_of(self.edition.code)

    @property
    def other_locales(self) -> list[str]:
        """The locales of the other editions that have the page."""
        codes = (language.code for language in self.edition.languages if not self.query)
        others = (code for code in codes if code in self.paths and code != self.edition.code)
        return [locale for code in others if (locale := locale_of(code))]

    @cached_property
    def feeds(self) -> list[FeedLink]:
        """The feeds of the page's list, or else of all that the edition publishes."""
        if self.feed_of or self.feed_query:
            return self._feeds()
        return remembered(("feeds", get_script_prefix(), self.edition.code), self._feeds)

    def _feeds(self) -> list[FeedLink]:
        title = self.edition.language.site_title
        if self.feed_of and self.title:
            title = f"{title} · {self.title}"
        return [
            FeedLink(feed.media_type, f"{title} ({feed.name})", self.feed_address(form))
            for form, feed in FEEDS.items()
        ]

    def feed_address(self, form: str) -> str:
        """Return the absolute address of one of the page's feeds."""
        path = self.feed_of or address_of("latest", language=self.edition.code)
        return absolute(f"{path}{form}{self.feed_query}")

    @cached_property
    def switches(self) -> list[Switch]:
        return [self._switch(language) for language in self.edition.languages]

    def _switch(self, language: Language) -> Switch:
        path = self.paths.get(language.code)
        nearest = path or address_of("front", language=language.code)
        chooser = address_of("choose_language", language=language.code)
        href = f"{chooser}?next={quote(nearest)}"
        return Switch(language, href, language.code == self.edition.code, path is not None)


ENTRIES = ("latest", "live", "archive", "search", "corrections", "polls", "contact")
"""The pages that the menus of every edition name, beside its sections."""


def _entries_of(edition: Edition) -> frozenset[str]:
    def find() -> frozenset[str]:
        named = [address_of(name, language=edition.code) for name in ENTRIES]
        return frozenset(named + [section.get_absolute_url() for section in edition.sections])

    return remembered(("entries", get_script_prefix(), edition.code), find)


def alternates(
    languages: Iterable[Language], paths: Mapping[str, str], default_path: str = ""
) -> list[Alternate]:
    """Return every language that a page (of ``paths``, never empty) really has, and x-default.

    Readers of no listed language are sent to ``default_path``, or else to the site's own language,
    or else to the first that the page has.
    """
    found = [
        Alternate(language.code, absolute(paths[language.code]))
        for language in languages
        if language.code in paths
    ]
    default = default_path or paths.get(settings.LANGUAGE_CODE) or next(iter(paths.values()))
    return [*found, Alternate("x-default", absolute(default))]


def absolute(path: str) -> str:
    """Return the address of a path of this site as other sites must write it."""
    return f"{settings.SITE_URL}{path}"


def in_every_edition(edition: Edition, name: str) -> dict[str, str]:
    """Return the addresses of a page that each edition has, such as its list of latest articles."""
    return {
        language.code: address_of(name, language=language.code) for language in edition.languages
    }


def show(
    request: HttpRequest,
    template: str,
    frame: Frame,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Answer with a page of the site: ``frame`` around what ``template`` makes of ``context``."""
    own = frame.query or (f"?{urlencode(frame.kept)}" if frame.kept else "")
    frame = replace(frame, is_lite=is_lite(request), other_weight=other_way(request, own))
    values = {"frame": frame, "edition": frame.edition, **(context or {})}
    response = render(request, template, values, status=status)
    if asked := asked_in(request):
        response.content = carry_in_links(response.text, asked).encode()
    patch_vary_headers(response, ["Save-Data"])
    return response
