"""Nothing that one reader sends reaches another; nothing that one may see is left for others."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from articles.actions import withdraw
from tests.admin.desk import sit_down
from tests.caching.process import Process
from tests.factories import WHY, make_article, make_editor

pytestmark = pytest.mark.django_db

MARK = "marked-by-a-stranger"
HEADERS = (
    *("X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-For", "X-Forwarded-Port"),
    *("X-Forwarded-Prefix", "X-Forwarded-Scheme", "X-Forwarded-Server", "Forwarded", "X-Host"),
    *("X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-Original-Host", "Referer"),
    *("Accept-Language", "User-Agent", "Origin", "Cookie", "X-Requested-With", "X-Wap-Profile"),
    *("X-Script-Name", "Script-Name", "Via", "True-Client-IP", "X-Real-IP", "Range", "TE"),
    *("Accept", "Save-Data", "Accept-Encoding", "If-None-Match", "If-Modified-Since", "DNT"),
)


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("page", ["/en/", "/en/latest/rss", "/sitemap.xml", "/en/search/?q=wells"])
def test_no_header_of_a_reader_is_left_in_a_page(article, name, page):
    clean, process = Process().ask(page), Process()
    process.ask(page, **{name.replace("-", "_"): MARK})
    assert process.ask(page) == clean
    assert MARK.encode() not in process.ask(page).body


@pytest.mark.parametrize("query", [MARK, f"x={MARK}", f"utm_source={MARK}&x=1", f"lit%65x={MARK}"])
def test_no_parameter_that_a_page_does_not_know_is_left_in_it(article, query):
    clean, process = Process().ask("/en/latest/"), Process()
    assert process.ask(f"/en/latest/?{query}") == clean
    assert process.ask("/en/latest/") == clean
    assert process.made == 1
    assert len(process.cache.shelf) == 1


@pytest.mark.parametrize("page", ["/en/", "/en/latest/", "/en/search/?q=wells"])
def test_a_page_tells_nothing_that_it_does_not_declare_without_the_cache_either(article, page):
    joint = "&" if "?" in page else "?"
    get = Client().get
    assert get(f"{page}{joint}x={MARK}").content == get(page).content


def test_parameters_in_any_order_are_one_page_and_the_last_of_each_counts(article):
    process = Process()
    one = process.ask("/en/latest/?since=2024-01-01&until=2025-01-01")
    assert process.ask("/en/latest/?until=2025-01-01&x=1&since=2024-01-01") == one
    assert process.ask("/en/latest/?since=1999-01-01&since=2024-01-01&until=2025-01-01") == one
    assert process.made == 1


def test_a_page_that_parameters_change_is_another(article):
    process = Process()
    bodies = {
        process.ask(f"/en/latest/{query}").body
        for query in ("", "?since=2024-01-01", "?since=2030-01-01", "?lite", "?lite=no")
    }
    assert len(bodies) == 5


@pytest.mark.parametrize("query", ["lite", "lite=", "lite=1", "lite=yes", "lite=no&lite=x"])
def test_there_is_one_lite_page_however_it_is_asked_for(article, query):
    process = Process()
    lite = process.ask("/en/?lite")
    assert process.ask(f"/en/?{query}") == lite
    assert process.made == 1
    assert lite != process.ask("/en/")


def test_who_saves_data_gets_the_lite_page_and_nobody_else_does(article):
    process = Process()
    lite, full = process.ask("/en/", Save_Data="on"), process.ask("/en/")
    assert b"css/fonts" not in lite.body
    assert b"css/fonts" in full.body
    assert {part.strip() for part in full.headers["Vary"].split(",")} == {
        "Accept-Encoding",
        "Save-Data",
    }


def test_a_browser_and_a_feed_reader_get_their_own_names_of_a_feed(article):
    process = Process()
    browser = process.ask("/en/latest/rss", Accept="text/html,application/xml;q=0.9,*/*;q=0.8")
    reader = process.ask("/en/latest/rss", Accept="*/*")
    assert browser.headers["Content-Type"].startswith("application/xml")
    assert reader.headers["Content-Type"].startswith("application/rss+xml")
    assert "Accept" in reader.headers["Vary"]


@override_settings(ALLOWED_HOSTS=["one.example", "two.example"])
def test_two_hosts_never_share_a_page(article):
    process = Process()
    process.ask("/en/", Host="one.example")
    process.ask("/en/", Host="two.example")
    assert process.made == 2
    process.ask("/en/", Host="ONE.example")
    assert process.made == 2


def test_a_host_that_is_not_ours_gets_no_page_and_leaves_none(article):
    process = Process()
    process.ask("/en/")
    assert process.ask("/en/", Host="stranger.example").status == 400
    assert len(process.cache.shelf) == 1


@override_settings(
    SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")
)
def test_a_page_asked_for_over_tls_is_never_given_without(article):
    process = Process()
    assert process.ask("/en/", X_Forwarded_Proto="https").status == 200
    assert process.ask("/en/", X_Forwarded_Proto="http").status == 301
    assert process.ask("/en/").status == 301
    assert process.ask("/en/", X_Forwarded_Proto="https, http").status == 200
    assert process.made == 3


@pytest.mark.parametrize("name", ["desk=abc", "language=ur; desk=abc", "csrftoken=1; desk="])
def test_who_shows_a_session_neither_gets_a_kept_page_nor_leaves_one(article, name):
    process = Process()
    process.ask("/en/", Cookie=name)
    process.ask("/en/", Authorization="Basic abc")
    assert process.made == 2
    assert len(process.cache.shelf) == 0


def test_other_cookies_change_nothing(article):
    process = Process()
    assert process.ask("/en/", Cookie="language=ur") == process.ask("/en/")
    assert process.made == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_no_other_method_is_answered_with_a_page(article, method):
    process = Process()
    process.ask("/en/")
    assert process.ask("/en/", method).status == 405


@pytest.mark.parametrize("query", ["a=1&" * 2000, "q=\xff\xfe", "before=%00", "q=%ff%fe"])
def test_a_query_that_is_out_of_order_harms_nobody(article, query):
    process = Process()
    clean = process.ask("/en/latest/")
    assert process.ask(f"/en/latest/?{query}").status < 500
    assert process.ask("/en/latest/") == clean


def test_a_draft_and_a_withdrawn_article_are_on_no_kept_page(article, monkeypatch):
    monkeypatch.setattr("articles.caching.freshness.INTERVAL", 0)
    process, editor = Process(), make_editor()
    draft = make_article(headline="Zephyrine draft", status="draft")
    gone = make_article(headline="Quixotry withdrawn")
    client = sit_down()
    assert process.ask(f"/en/{gone.pk}/{gone.slug}/").status == 200
    client.get(f"/admin/articles/article/{draft.pk}/preview/")
    withdraw(article=gone, by=editor, notice=WHY)
    for page in ("/en/", "/en/latest/", "/en/latest/rss", "/en/search/?q=Quixotry", "/sitemap.xml"):
        assert "Zephyrine" not in process.ask(page).text
        assert "Quixotry withdrawn" not in process.ask(page).text
    assert process.ask(f"/en/{gone.pk}/{gone.slug}/").status == 410
    assert process.ask(f"/en/{draft.pk}/{draft.slug}/").status == 404
