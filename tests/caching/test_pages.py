"""One page for everybody: made once, given whole, in the coding and by the method asked for."""

from __future__ import annotations

import gzip

import brotli
import pytest
from django.test import Client
from django.urls import get_resolver

from articles.caching.page import Answer, coding_for
from articles.models import Article
from tests.admin.desk import sit_down
from tests.caching.process import Process
from tests.factories import make_event

pytestmark = pytest.mark.django_db

PAGES = (
    "/en/",
    "/en/latest/",
    "/en/section/water/",
    "/en/section/water/events.ics",
    "/en/search/?q=wells",
    "/en/archive/",
    "/en/corrections/",
    "/en/offline/",
    "/en/manifest.webmanifest",
    "/en/latest/rss",
    "/en/search/atom?q=wells",
    "/en/sitemap-lists.xml",
    "/sitemap.xml",
    "/robots.txt",
    "/en/{pk}/{slug}/",
    "/en/{pk}.txt",
    "/en/{pk}.json",
    "/en/{pk}.ics",
)


def of(article: Article, page: str) -> str:
    return page.format(pk=article.pk, slug=article.slug)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_made_once_and_is_what_django_makes(article, clock, page):
    make_event(article)
    process, address = Process(), of(article, page)
    plain = Client(HTTP_HOST="localhost").get(address)
    first, second = process.ask(address), process.ask(address)
    assert process.made == 1
    assert first == second
    assert first.body == plain.content
    ours = {"ETag", "Vary", "Cache-Control", "Content-Length"}
    assert {**first.headers, **dict.fromkeys(ours)} == {**plain.headers, **dict.fromkeys(ours)}


@pytest.mark.parametrize(
    "page", ["/", "/admin/login/", "/en/contact/", "/language/ur/", "/healthz", "/en/no/such/"]
)
def test_what_declares_nothing_is_asked_of_django_each_time(article, page):
    process = Process()
    process.ask(page)
    process.ask(page)
    assert process.made == 2
    assert len(process.cache.shelf) == 0


NOT_KEPT = {
    "root",  # By cookie and by the browser's wishes.
    "choose_language",  # Sets a cookie.
    "old_address",  # Redirects only.
    "shared_preview",  # For one person, and for a while.
    "oembed",  # Its refusals are in the language of who asks.
    "news_sitemap",  # What is older than two days leaves it at any moment.
    "contact",  # A form, and what is said when it was sent.
    "contact_sent",
    "poll",  # Takes votes, and tells a browser that it has voted.
    "polls",  # Counts votes.
    "rendition",  # Files, which no memory should be filled with.
    "recording",
    "worker",
}


def test_every_address_of_readers_is_kept_or_named_here():
    patterns = get_resolver("articles.urls").url_patterns
    undeclared = {each.name for each in patterns if not hasattr(each.callback, "dependence")}
    assert undeclared == NOT_KEPT


@pytest.mark.parametrize(
    ("accepted", "coding", "unpacked"),
    [("br, gzip", "br", brotli.decompress), ("gzip, br;q=0", "gzip", gzip.decompress)],
)
def test_a_page_comes_in_the_best_coding_that_a_browser_takes(article, accepted, coding, unpacked):
    process = Process()
    whole, packed = process.ask("/en/"), process.ask("/en/", Accept_Encoding=accepted)
    assert "Content-Encoding" not in whole.headers
    assert packed.headers["Content-Encoding"] == coding
    assert unpacked(packed.body) == whole.body
    assert packed.headers["Content-Length"] == str(len(packed.body))
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert process.made == 1


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("", ""), ("identity", ""), ("br;q=0.0", ""), ("GZIP", "gzip"), ("deflate, br ; q=1", "br")],
)
def test_no_browser_is_given_a_coding_that_it_refuses(accepted, coding):
    assert coding_for(accepted) == coding


def test_head_tells_what_get_would_and_makes_the_page_for_it(article):
    process = Process()
    head, page = process.ask("/en/", "HEAD"), process.ask("/en/")
    assert head.body == b""
    assert head.headers == page.headers
    assert process.made == 1


def test_who_has_the_page_is_not_sent_it_again(article):
    process = Process()
    page = process.ask("/en/")
    etag = page.headers["ETag"]
    for known in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        answer = process.ask("/en/", If_None_Match=known)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["ETag"] == etag
    assert process.ask("/en/", If_None_Match='"other"').status == 200


def test_the_first_who_asks_for_a_page_with_its_tag_makes_it_for_all(article):
    etag = Process().ask("/en/").headers["ETag"]
    process = Process()
    assert process.ask("/en/", If_None_Match=etag).status == 304
    assert process.ask("/en/").status == 200
    assert process.made == 1


def test_a_date_is_told_only_where_it_can_tell_a_page_from_the_next(article, clock):
    process = Process()
    assert "Last-Modified" not in process.ask("/en/").headers
    clock.shift(2)
    dated = process.ask("/en/").headers["Last-Modified"]
    assert dated == "Wed, 04 Mar 2026 07:00:00 GMT"
    assert process.ask("/en/", If_Modified_Since=dated).status == 304
    assert process.ask("/en/", If_Modified_Since="Wed, 04 Mar 2026 06:59:59 GMT").status == 200
    other = {"If_Modified_Since": dated, "If_None_Match": '"other"'}
    assert process.ask("/en/", **other).status == 200


def test_a_part_of_a_page_is_not_given_for_the_whole(article):
    process = Process()
    part = process.ask("/en/", Range="bytes=0-9")
    whole = process.ask("/en/")
    assert (part.status, part.body) == (200, whole.body)


def test_caches_between_us_and_readers_ask_once_a_second(article):
    told = Process().ask("/en/").headers["Cache-Control"]
    assert told == "public, max-age=0, s-maxage=1, stale-while-revalidate=3, stale-if-error=60"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/en/{pk}/another-slug/", 301), ("/en/999999/x/", 404), ("/en/latest/?before=x", 404)],
)
def test_only_pages_that_are_there_are_kept(article, path, status):
    process = Process()
    assert process.ask(of(article, path)).status == status
    assert len(process.cache.shelf) == 0


def test_a_redirect_repeats_what_the_reader_came_with(article):
    answer = Process().ask(f"/en/{article.pk}/?from=letter&lite")
    assert answer.headers["Location"] == f"/en/{article.pk}/{article.slug}/?from=letter&lite"


@pytest.mark.parametrize(
    "headers",
    [
        [("Set-Cookie", "a=b")],
        [("Cache-Control", "private")],
        [("Cache-Control", "max-age=0, No-Store")],
        [("Vary", "Cookie")],
        [("Vary", "Accept-Encoding, Accept-Language")],
        [("Vary", "*")],
        [("Content-Encoding", "gzip")],
    ],
)
def test_an_answer_that_is_for_one_reader_is_never_kept(headers):
    assert Answer("200 OK", [], b"").may_be_shared(["Save-Data"])
    assert Answer("200 OK", [("Vary", "Save-Data")], b"").may_be_shared(["Save-Data"])
    assert not Answer("200 OK", headers, b"").may_be_shared(["Save-Data"])


def test_a_kept_page_tells_browsers_what_they_may_do_like_a_new_one(article):
    process = Process()
    assert process.ask("/en/").headers == process.ask("/en/").headers
    assert process.made == 1
    for page in ("/en/", "/en/latest/rss", "/en/no/such/"):
        told = process.ask(page).headers
        assert told["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert told["X-Content-Type-Options"] == "nosniff"
        assert told["X-Frame-Options"] == "DENY"
        assert {"Permissions-Policy", "Referrer-Policy"} <= set(told)


def test_an_editor_who_reads_is_answered_by_django(article):
    client = sit_down()
    process = Process()
    process.ask("/en/", Cookie=client.cookies.output(header="", sep=";").strip())
    assert process.made == 1
    assert len(process.cache.shelf) == 0
