"""Every address of readers by who asks and by the state of what is asked for.

A route that is in none of these tables fails the build. The tables are of this test's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.actions.sharing import SALT
from articles.models import Alias, Article
from newsroom import urls as site
from tests.admin.desk import sit_down
from tests.factories import (
    make_article,
    make_author,
    make_editor,
    make_event,
    make_figure,
    make_image,
    make_member,
    make_recording,
    make_section,
    make_source,
)
from tests.views.test_routes import ROUTES

pytestmark = pytest.mark.walk

PERSONS = ("nobody", "writer", "editor", "publisher", "neighbour", "superuser")
"""Members are on the Urdu desk; the neighbour is a publisher of the English one."""
OWN, OTHER = "ur", "en"
STATES = ("live", "draft", "held", "review", "scheduled", "embargoed", "withdrawn", "unseen")

OF_AN_ARTICLE = """
                                        live draft held review scheduled embargoed withdrawn unseen
<edition:language>/<int:pk>/             >    -     -    -       -         -         G         -
<edition:language>/<int:pk>/<str:slug>/  R    -     -    -       -         -         G         -
<edition:language>/<int:pk>.txt          R    -     -    -       -         -         G         -
<edition:language>/<int:pk>.json         R    -     -    -       -         -         G         -
<edition:language>/<int:pk>.ics          R    -     -    -       -         -         G         -
oembed                                   R    -     -    -       -         -         -         -
<path:path>                              >    -     -    -       -         -         >         -
recording/<recording:file>               R    -     -    -       -         -         -         -
preview/<str:token>/                     >    R     R    R       R         R         -         -
"""
"""R the article, > a way on to it, G that it is gone, - what a number that was never given gets.

An alias is an address of an older site. A recording is a file of the article. A preview is signed
by a superuser for that very state.
"""

LISTS = {
    "<edition:language>/": "",
    "<edition:language>/live/": "",
    "<edition:language>/latest/": "",
    "<edition:language>/search/": "?q={word}",
    "<edition:language>/section/<slug:slug>/": "",
    "<edition:language>/source/<slug:slug>/": "",
    "<edition:language>/author/<slug:slug>/": "",
    "<edition:language>/author/<slug:slug>/<feed:form>": "",
    "<edition:language>/search/<feed:form>": "?q={word}",
    "<edition:language>/latest/<feed:form>": "",
    "<edition:language>/section/<slug:slug>/<feed:form>": "",
    "<edition:language>/section/<slug:slug>/events.ics": "",
    "<edition:language>/section/<slug:slug>/podcast.xml": "",
    "<edition:language>/source/<slug:slug>/<feed:form>": "",
    "<edition:language>/corrections/": "",
    "<edition:language>/archive/": "",
    "<edition:language>/archive/<year:year>/": "",
    "<edition:language>/archive/<year:year>/<two:month>/": "",
    "<edition:language>/archive/<year:year>/<two:month>/<two:day>/": "",
    "<edition:language>/sitemap-<year:year>-<two:month>.xml": "",
    "<edition:language>/sitemap-lists.xml": "",
    "<edition:language>/sitemap-news.xml": "",
    "sitemap.xml": "",
}
"""Routes that tell of many articles, with a query that narrows them to one. None tells of another
than a live one: not its words, not its number, not that it is there."""

ELSEWHERE = {
    # No article is behind these.
    *("", "robots.txt", "sw.js", "language/<edition:language>/", "healthz", "metrics", "readyz"),
    *("<edition:language>/offline/", "<edition:language>/manifest.webmanifest"),
    *("<edition:language>/contact/", "<edition:language>/contact/sent/"),
    "<edition:language>/sitemap-<year:year>-<two:month>-<part:part>.xml",  # Of 50,000 articles.
    # Polls are public when they open: see test_poll.
    *("<edition:language>/polls/", "<edition:language>/poll/<slug:slug>/"),
    # A name that nobody can guess: see test_no_address_of_a_rendition_follows_from_another.
    "media/<rendition:name>",
}

WORD = "Zirconite"


def table() -> Iterator[tuple[str, dict[str, str]]]:
    for line in OF_AN_ARTICLE.strip().splitlines()[1:]:
        route, *cells = line.split()
        yield route, dict(zip(STATES, cells, strict=True))


def test_every_route_of_readers_stands_in_one_table():
    tables = [*(route for route, _row in table()), *LISTS, *ELSEWHERE]
    desk = {f"{each.pattern}" for each in site.urlpatterns if f"{each.pattern}" == "admin/"}
    assert sorted({*ROUTES} - desk) == sorted(tables)


def make_in(state: str, language: str, **fields: Any) -> Article:
    """Store an article in a state with all that an article may have beside its text."""
    now = timezone.now()
    tomorrow = now + timedelta(days=1)
    columns: dict[str, dict[str, Any]] = {
        "live": {},
        "draft": {"status": "draft", "published_at": None},
        "held": {"status": "draft", "published_at": None, "hold_reason": "Who knows?"},
        "review": {"status": "review", "published_at": None},
        "scheduled": {"published_at": tomorrow},
        "embargoed": {"published_at": tomorrow, "embargoed_until": tomorrow},
        "withdrawn": {"status": "withdrawn"},
        "unseen": {"status": "withdrawn", "first_published_at": None},
    }
    article = make_article(language=language, **{**columns[state], **fields})
    make_event(article, starts_at=now + timedelta(days=3))
    make_recording(article, title=f"{WORD} heard")
    make_figure(article, image=make_image(), caption=f"{WORD} seen")
    Alias.objects.create(path=f"/old/{article.pk}.html", article=article)
    return article


def address(route: str, article: Article, made_by: int) -> str:
    """The address of an article by one of the routes of ``OF_AN_ARTICLE``."""
    pk, code = article.pk, article.language_id
    token = [pk, article.status, made_by, int(timezone.now().timestamp()) + 60]
    page = f"{settings.SITE_URL}{article.get_absolute_url()}"
    recording = article.recordings.first()
    return {
        "oembed": f"/oembed?url={quote(page)}",
        "<path:path>": f"/old/{pk}.html",
        "recording/<recording:file>": recording.file_url if recording else "",
        "preview/<str:token>/": f"/preview/{Signer(salt=SALT).sign_object(token)}/",
    }.get(route) or "/" + route.replace("<edition:language>", code).replace(
        "<int:pk>", str(pk)
    ).replace("<str:slug>", article.slug)


def outcome(response: Any) -> str:
    if response.status_code == 200 and WORD in _text_of(response):
        return "R"
    return {301: ">", 302: ">", 410: "G", 404: "-"}.get(
        response.status_code, str(response.status_code)
    )


def _text_of(response: Any) -> str:
    if response.streaming or response.headers["Content-Type"].startswith("audio/"):
        return WORD  # A file says nothing else than that it is there.
    return response.content.decode()


def clients() -> dict[str, Client]:
    return {
        "nobody": Client(),
        "neighbour": sit_down(member=make_member(OTHER, "publisher")),
        "superuser": sit_down(member=make_editor()),
        **{
            role: sit_down(member=make_member(OWN, role))
            for role in ("writer", "editor", "publisher")
        },
    }


@pytest.mark.parametrize("language", [OWN, OTHER])
@pytest.mark.parametrize("state", STATES)
def test_an_article_is_met_by_everybody_as_its_state_allows_and_by_nobody_else(state, language):
    """Who is signed in at the desk meets on the readers' pages what every reader does."""
    article = make_in(state, language, headline=f"{WORD} found")
    maker = make_editor().pk
    asking = clients()
    assert set(asking) == set(PERSONS)
    for route, row in table():
        path = address(route, article, maker)
        for person, client in asking.items():
            assert outcome(client.get(path)) == row[state], (route, person, path)
            assert client.head(path).status_code == client.get(path).status_code


HIDDEN = [state for state in STATES if state not in {"live", "withdrawn"}]


@pytest.mark.parametrize("language", [OWN, OTHER])
@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_hidden_is_told_from_what_never_was_by_no_byte_and_no_query(state, language):
    """Neither the answer nor the time that it takes says that the number is somebody's draft."""
    sister = make_article(language="sd")
    article = make_in(state, language, headline=f"{WORD} found", story=sister.story)
    maker = make_editor().pk
    numbers = {"pk": article.pk + 1_000_000, "slug": article.slug}
    never = Article(language_id=language, **numbers, status="draft")
    for route, row in table():
        if row[state] != "-" or "recording" in route:
            continue
        here, nowhere = (address(route, each, maker) for each in (article, never))
        with CaptureQueriesContext(connection) as mine:
            hidden = Client().get(here)
        with CaptureQueriesContext(connection) as none:
            absent = Client().get(nowhere)
        assert hidden.content == absent.content, route
        assert hidden.headers == absent.headers, route
        if "preview" not in route:
            assert len(mine) == len(none), (route, [each["sql"] for each in mine])


def told_by_lists(word: str, language: str, when: Any) -> dict[str, Any]:
    """What each list of an edition answers to a reader, by its route."""
    places = {
        "<edition:language>": language,
        "<slug:slug>": "culture",
        "<feed:form>": "rss",
        "<year:year>": f"{when.year:04}",
        "<two:month>": f"{when.month:02}",
        "<two:day>": f"{when.day:02}",
    }
    told = {}
    for route, query in LISTS.items():
        path = f"/{route}{query.format(word=word)}"
        for place, value in places.items():
            path = path.replace(place, value)
        response = Client().get(path)
        told[route] = (response.status_code, response.content.decode())
    return told


@pytest.mark.parametrize("language", [OWN, OTHER])
@pytest.mark.parametrize("state", [state for state in STATES if state != "live"])
def test_no_list_changes_by_a_byte_for_what_readers_may_not_see(state, language):
    """Not a count, not a date, not a name of a file, not the order: see also test_canaries."""
    placed = {
        "section": make_section(language=language, slug="culture", layout="audio"),
        "source": make_source(slug="culture"),
        "author": make_author(language, slug="culture"),
    }
    shown = make_article(language=language, **placed, headline="Common words")
    make_recording(shown)
    when = timezone.localtime(shown.published_at)
    before = told_by_lists(WORD, language, when)
    make_in(state, language, **placed, headline=f"{WORD} found")
    after = told_by_lists(WORD, language, when)
    assert {route for route in before if before[route] != after[route]} == set()
    assert any(status == 200 for status, _page in after.values())


def test_each_list_does_tell_of_what_is_live():
    """So that the test above looks where articles are told of."""
    when = timezone.now() - timedelta(hours=1)
    section = make_section(language=OWN, slug="culture", layout="audio")
    placed = {"section": section, "source": make_source(slug="culture")}
    author = make_author(OWN, slug="culture")
    before = told_by_lists(WORD, OWN, timezone.localtime(when))
    made = {"published_at": when, "headline": f"{WORD} found", "author": author}
    make_in("live", OWN, **placed, **made)
    after = told_by_lists(WORD, OWN, timezone.localtime(when))
    silent = {route for route in before if before[route] == after[route]}
    assert silent == {"<edition:language>/live/", "<edition:language>/corrections/"}
