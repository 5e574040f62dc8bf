"""Words that stand in nothing but a draft, an embargoed and a withdrawn article: who finds them?

A reader goes wherever a page, a feed, a sitemap or a calendar leads, asks the search for each word,
and asks again with the page cache in front.
"""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.actions import add_notice, withdraw
from articles.caching import freshness
from articles.models import Alias, Article
from tests.caching.process import Process
from tests.factories import (
    TEXTS,
    WHEN,
    WHY,
    make_article,
    make_author,
    make_editor,
    make_event,
    make_figure,
    make_image,
    make_recording,
    make_section,
    make_source,
)
from tests.views.pages import CODES

pytestmark = pytest.mark.walk

WORDS = {"draft": "Xanthoma", "embargoed": "Quokkabush", "withdrawn": "Zwitterion"}
LETTERS = {"ur": "قنطورہ", "sd": "ڳنڀيرتا"}
ADDRESS = re.compile(
    r"""(?:href|src|action|url)=["']([^"']+)["']|<(?:loc|link|guid|id|image:loc)>([^<]+)<"""
    r"""|"(?:url|home_page_url|feed_url|id|href|next_url)":\s*"([^"]+)"|^URL[^:]*:(\S+)""",
    re.MULTILINE,
)
PASSED_OVER = re.compile(r"^/(?:language|static|media)/|[?&](?:lite|after|before)\b")
"""Cookies, files, and what says the same as another page."""
MOST = 1_500
"""Addresses that a reader follows: more than the site of this test has."""


def make_canary(state: str, code: str, **placed: Any) -> Article:
    """Store an article whose every part holds the word of its state, and that of its language."""
    word = f"{WORDS[state]} {LETTERS.get(code, '')}".strip()
    tomorrow = timezone.now() + timedelta(days=1)
    columns: dict[str, dict[str, Any]] = {
        "draft": {"status": "draft", "published_at": None},
        "embargoed": {"published_at": tomorrow, "embargoed_until": tomorrow},
        "withdrawn": {},
    }
    article = make_article(
        language=code,
        headline=f"{word} headline",
        standfirst=f"{word} standfirst",
        body=f"<p>{word} body</p>",
        byline=f"{word} byline",
        dateline=word,
        **{**placed, **columns[state]},
    )
    make_event(article, place=f"{word} place", starts_at=timezone.now() + timedelta(days=3))
    make_recording(article, title=f"{word} title", transcript=f"{word} transcript")
    make_figure(article, image=make_image(credit=word), caption=word, alt_text=word)
    Alias.objects.create(path=f"/old/{word.split()[0]}-{article.pk}.html", article=article)
    if state == "withdrawn":
        add_notice(article=article, kind="correction", text=f"{word} notice", by=make_editor())
        withdraw(article=article, by=make_editor(), notice=WHY)
    return article


@pytest.fixture
def canaries(editions) -> list[Article]:
    """A site with what readers see in every list, and beside each of it what they do not."""
    made = []
    source = make_source(slug="culture")
    for code in CODES:
        section = make_section(language=code, slug="culture", layout="audio")
        placed = {"section": section, "source": source, "author": make_author(code, slug="culture")}
        shown = make_article(language=code, **placed)
        make_event(shown, starts_at=timezone.now() + timedelta(days=3))
        make_recording(shown)
        other = CODES[CODES.index(code) - 1]
        # One beside a sister that readers see, one alone.
        made += [make_canary(state, code, **placed) for state in WORDS]
        sister = make_article(language=other, source=source)
        made.append(make_canary("draft", code, **placed, story=sister.story))
    call_command("rebuild_search", verbosity=0)
    return made


def leads_on(page: str, here: str) -> set[str]:
    """The addresses of this site that a page of any kind holds, without their fragments."""
    own = urlsplit(settings.SITE_URL)
    found = set()
    for match in ADDRESS.finditer(page):
        address = urljoin(
            f"{settings.SITE_URL}{here}", html.unescape(next(filter(None, match.groups())))
        )
        parts = urlsplit(address)
        if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
            found.add(parts._replace(scheme="", netloc="", fragment="").geturl())
    return found


def crawl(ask: Any, first: list[str]) -> dict[str, str]:
    """What a reader is told at every address that is led to from the first ones."""
    told: dict[str, str] = {}
    waiting = list(first)
    while waiting:
        address = waiting.pop()
        if address in told or PASSED_OVER.search(address):
            continue
        told[address] = ask(address)
        assert len(told) < MOST
        waiting += leads_on(told[address], address)
    return told


def signs_of(article: Article) -> list[str]:
    """All that would tell of an article: its words, its numbers and the names of its files."""
    token = article.recordings.get().token
    image = article.figures.get().image.token
    return [
        *(WORDS.values()),
        *(LETTERS.values()),
        *(f"/{article.pk}{end}" for end in ("/", ".txt", ".json", ".ics")),
        *(token, image, article.slug, quote(article.slug)),
    ]


FIRST = [
    *("/", "/robots.txt", "/sitemap.xml", "/sw.js", "/readyz"),
    *(f"/{code}/" for code in CODES),
    *(f"/{code}/section/culture/{end}" for code in CODES for end in ("events.ics", "podcast.xml")),
    *(
        f"/{code}/search/{form}?q={quote(TEXTS[code][0])}"
        for code in CODES
        for form in ("", "rss", "json")
    ),
    *(f"/{code}/sitemap-news.xml" for code in CODES),
]


def plainly(address: str) -> str:
    """What Django answers a reader, in letters; the bytes of a recording are none."""
    response = Client().get(address)
    return "" if response.streaming else response.content.decode("utf-8", "replace")


@pytest.mark.parametrize("door", ["Django", "the page cache"])
def test_no_way_of_a_reader_leads_to_what_is_not_public(canaries, door, monkeypatch):
    # A test is one transaction, which no look at the database may close.
    monkeypatch.setattr(freshness, "close_old_connections", lambda: None)
    with time_machine.travel(timezone.now(), tick=False):
        process = Process()

        def ask(address: str) -> str:
            if door == "Django":
                return plainly(address)
            return process.ask(address).body.decode("utf-8", "replace")

        told = crawl(ask, FIRST)
        assert len(told) > 100
        if door != "Django":  # What was kept says no more than what was made.
            told = {address: ask(address) for address in told}
    signs = {sign for article in canaries for sign in signs_of(article)}
    shown = [(address, sign) for address, page in told.items() for sign in signs if sign in page]
    assert shown == []


@pytest.mark.parametrize("code", CODES)
def test_the_search_finds_and_counts_nothing_that_is_not_public(canaries, code):
    nothing = "Nosuchwordanywhere"
    client = Client()
    for word in (*WORDS.values(), *LETTERS.values(), *(each[:5] for each in WORDS.values())):
        for form in ("", "rss", "atom", "json"):
            page = client.get(f"/{code}/search/{form}", {"q": word}).content.decode()
            empty = client.get(f"/{code}/search/{form}", {"q": nothing}).content.decode()
            forms = (page, empty)
            said, unsaid = (
                _without(each, told) for each, told in zip(forms, (word, nothing), strict=True)
            )
            assert said == unsaid, (word, form)


def _without(page: str, word: str) -> str:
    """A page without the word that was asked for, and without the moment at which it was made."""
    page = re.sub(r"\d{4}-\d\d-\d\dT[\d:.+]+Z?|\w{3}, \d\d \w{3} \d{4} [\d:]+ [+\d]+", "", page)
    for form in (quote(quote(word)), quote(word), word):
        page = page.replace(form, "")
    return page


def test_what_a_reader_would_find_is_found_when_it_is_public(canaries):
    """So that the tests above would see a leak."""
    Article.objects.update(status="published", published_at=WHEN, embargoed_until=None)
    told = crawl(plainly, ["/en/"])
    for word in WORDS.values():
        assert any(word in page for page in told.values()), word
