"""Every address of the site, found where they are declared: none fails, and none sets a cookie.

A route that is added later is walked without a change here.
"""

from __future__ import annotations

import logging
import random
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import URLPattern
from django.utils import timezone

from articles import urls as readers
from articles.actions import share_preview
from articles.models import Alias, Article
from newsroom import urls as site
from tests.factories import (
    WHEN,
    make_article,
    make_author,
    make_editor,
    make_event,
    make_image,
    make_poll,
    make_recording,
    make_section,
    make_source,
)
from tests.views.pages import CODES

pytestmark = pytest.mark.walk

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUTES = sorted(
    str(each.pattern)
    for each in [*site.urlpatterns, *readers.urlpatterns]
    if isinstance(each, URLPattern)
)
PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
CHOOSER = "language/"
"""The one door that sets a cookie, since a reader goes through it to choose."""

HOSTILE = [
    *("%00", "%0d%0aSet-Cookie:%20a=b", "%ed%a0%80", "%ff%fe", "%f8%88%80%80%80", "%c0%af"),
    *("-1", "0", "1e9", "9" * 400, str(2**63), str(2**64), "00", "99", "%2e%2e", "..%2f..%2fetc"),
    *(quote(text) for text in ("۱۲۳", "١٢", "²", "کراچی", "\u202e", "\u200c", "ﷺ", "\ufdd0", "𐏿")),
    *("%27%20OR%201=1--", "%3Cscript%3E", "%7B%7B7%7D%7D", "%25s%25n", "a" * 3000, "%2f", "%5c"),
]
FEW = HOSTILE[::5]
"""For the language, which every route reads in the same way."""
QUERIES = [
    *("%00", "=", "&&&=&", "a" * 1_000_000, "q=" + "%d9%83" * 100_000, "&".join(["q=a"] * 900)),
    *(
        "page=99999999999999999999",
        "before=%00",
        "after=%d9%a3",
        "before=20240305T093000.000000Z-1",
    ),
    *("q=%ed%a0%80&since=%ff", "since=9999-12-31&until=0001-01-01", "lite=%00", "lite=no&lite"),
    *("next=//elsewhere.example", "next=%0d%0a", "url=" + "a" * 9_000, "format=%00", "at=1e400"),
    *("skip=-1&at=0", "section[]=1", "utm_source=%F0%9F", "q=" + "%22" * 300, "q=%20%0a%09"),
]
HEADERS: list[dict[str, str]] = [
    {"host": "elsewhere.example"},
    {"host": "127.0.0.1:99999"},
    {"host": "a b"},
    {"host": ""},
    {"x-forwarded-host": "elsewhere.example", "x-forwarded-proto": "gopher"},
    {"accept": "*/*;q=nan, text/html;q=-1, \x00"},
    {"accept": "application/rss+xml" * 500},
    {"accept-language": "xx-" * 2_000},
    {"accept-language": "ur;q=1e999, sd;q=--, *;q=0"},
    {"accept-encoding": "br;q=0, gzip;q=inf, \xff"},
    {"cookie": "desk=%00; language=../../etc; csrftoken=\xff"},
    {"cookie": "a" * 100_000},
    {"cookie": "language=" + "x" * 5_000 + "; desk=" + "y" * 5_000},
    {"range": "bytes=99999999999999999999-0,-1"},
    {"if-none-match": '"' * 999},
    {"if-none-match": "*", "if-modified-since": "Thu, 99 Foo 0000 99:99:99 GMT"},
    {"if-modified-since": "Mon, 01 Jan 99999999 00:00:00 GMT"},
    {"if-match": 'W/"x"', "if-unmodified-since": "never", "if-range": "\x00"},
    {"save-data": "\x00on", "user-agent": "\xff" * 5_000, "referer": "javascript:alert(1)"},
    {"content-type": "multipart/form-data; boundary=" + "x" * 5_000},
    {"content-type": "text/plain; charset=no-such-charset"},
]
METHODS = ["HEAD", "POST", "OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "QUERY", "\u200c", ""]


@pytest.fixture
def known(editions) -> dict[str, Any]:
    """A value that each name in a route may have, for which there is something to show."""
    source = make_source(slug="culture")
    for pk, code in enumerate(CODES, start=1):
        section = make_section(language=code, slug="culture", layout="audio")
        author = make_author(code, slug="culture")
        placed = {"section": section, "source": source, "author": author}
        article = make_article(language=code, pk=pk, **placed)
        make_poll(code, slug="culture")
        make_event(article)
        made = make_recording(article)
    Alias.objects.create(path="/old/page.html", article=article)
    draft = make_article(status="draft")
    image = make_image()
    return {
        "pk": 1,
        "slug": "culture",
        "year": WHEN.year,
        "month": f"{WHEN.month:02}",
        "day": f"{WHEN.day:02}",
        "part": 2,
        "form": "rss",
        "path": "old/page.html",
        "token": share_preview(article=draft, by=make_editor(), at=timezone.now()),
        "file": made.file_url.rpartition("/")[2],
        "name": image.name_of(image.wanted()[0], image.recipe),
        "headline": Article.objects.get(pk=1).slug,
    }


def address(route: str, values: dict[str, Any]) -> str:
    return "/" + PLACE.sub(lambda place: str(values[place[2]]), route)


def attempts(route: str, known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What to send for a route: each hostile thing by itself, in all the places it can stand."""
    names = [place[2] for place in PLACE.finditer(route)]
    here = address(route, known)
    yield from ({"path": address(route, {**known, name: bad})} for name in names for bad in HOSTILE)
    yield from ({"path": here, "QUERY_STRING": query} for query in QUERIES)
    yield from ({"path": here, "headers": headers} for headers in in_turn(HEADERS, route))
    yield from ({"path": here, "method": method} for method in in_turn(METHODS, route))
    yield {"path": here, "method": "POST", "data": b"\x00\xff" * 50_000}


def in_turn(attempts: list[Any], route: str) -> list[Any]:
    """A quarter of what every route reads by the same code; the next route gets another."""
    return attempts[ROUTES.index(route) % 4 :: 4]


def ask(**attempt: Any) -> Any:
    """Send it as a reader who comes for the first time; an exception in a view fails the test."""
    attempt = {"method": "GET", **attempt}
    return Client().generic(attempt.pop("method"), attempt.pop("path"), **attempt)


@pytest.mark.parametrize("route", ROUTES)
def test_nothing_that_is_sent_to_a_route_is_a_fault(known, route, caplog):
    caplog.set_level(logging.CRITICAL, "django")  # Thousands of warnings take longer than the rest.
    code = random.Random(route).choice(CODES)  # noqa: S311  Always the same for a route.
    for attempt in attempts(route, {**known, "language": code}):
        answer = ask(**attempt)
        told = {name: str(value)[:80] for name, value in attempt.items()}
        # 501 is oEmbed's own word for a format that is neither json nor xml.
        assert answer.status_code < 500 or answer.status_code == 501, told
        # Django mends a broken cookie of its own that was sent.
        may_set = route.startswith(CHOOSER) or "cookie" in attempt.get("headers", {})
        assert may_set or not answer.cookies, told


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("route", ROUTES)
@override_settings(METRICS=True)
def test_no_route_sets_a_cookie_for_a_reader_who_chose_nothing(known, route, code):
    values = {**known, "language": code, "pk": CODES.index(code) + 1}
    shown = quote(f"{settings.SITE_URL}/en/1/{known['headline']}/")
    answer = ask(path=address(route, values), QUERY_STRING=f"q=rain&url={shown}")
    assert answer.status_code in ({404} if "part" in route else {200, 301, 302})
    assert bool(answer.cookies) is route.startswith(CHOOSER)
    assert settings.SESSION_COOKIE_NAME not in answer.cookies


def test_a_reader_who_is_refused_gets_no_cookie_either(editions):
    withdrawn = make_article(status=Article.Status.WITHDRAWN)
    for path in ("/en/nothing/", "/nothing", withdrawn.get_absolute_url(), "/en/latest/?since=abc"):
        assert not ask(path=path).cookies, path


def test_the_routes_are_all_there():
    assert len(ROUTES) == len(set(ROUTES)) > 20
    assert {"", "<path:path>", "<edition:language>/search/"} <= set(ROUTES)
