"""Every list of the desk: few questions whatever it holds, and older rows window by window."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AbstractUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.admin.article import ArticleAdmin
from articles.admin.windows import CappedPaginator
from articles.loader.fields import key_of_page
from articles.models import Alias, Article, Event
from tests.admin.desk import make_capture, sit_down
from tests.factories import (
    load_languages,
    make_article,
    make_desk,
    make_editor,
    make_member,
    make_notice,
    make_section,
    make_source,
)

pytestmark = pytest.mark.django_db

LIMIT = 14
LIST = "admin:articles_article_changelist"
WORDS = {"en": "wells", "ur": "کنویں"}


def editor() -> AbstractUser:
    """An editor with a desk in each language."""
    member = make_member("en", "editor")
    for code in ("ur", "sd"):
        make_desk(member, code, "editor")
    return member


PEOPLE = {"editor": editor, "writer": lambda: make_member("ur", "writer"), "all": make_editor}


def make_newsroom(number: int) -> None:
    """Store ``number`` of each that lists show: live, drafts with captures, and in review."""
    for code in ("en", "ur", "sd"):
        source, section = make_source(language=code), make_section(language=code)
        own = {"language": code, "source": source, "section": section}
        for _number in range(number):
            make_notice(make_article(**own))
            make_article(**own, status="draft", capture=make_capture(), hold_reason="No date.")
            make_article(**own, status="review")


def asked(client: Client, address: str) -> int:
    """How many questions a page asks; none for one that is not for this person."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    return len(queries) if response.status_code == 200 else 0


def addresses() -> list[str]:
    """Each list, searched, narrowed as its own links do, and the pages beside the lists."""
    nouns = [f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]
    lists = [reverse(f"admin:{noun}_changelist") for noun in nouns]
    board, mine = reverse("admin:articles_article_board"), reverse(LIST)
    return [
        *lists,
        *(f"{address}?q={word}" for address in [*lists, board] for word in WORDS.values()),
        *(
            f"{mine}?{query}"
            for query in ("status__exact=draft", "held=yes", "_facets=True", "o=5")
        ),
        *(f"{mine}?language__code__exact=ur&{more}" for more in ("", "status__exact=review")),
        *(
            f"{board}?{query}"
            for query in ("", "missing=ur", "stale=ur", "standing=ur", "desk=own")
        ),
        reverse("admin:index"),
    ]


@pytest.mark.parametrize("person", PEOPLE)
def test_no_list_asks_more_questions_for_more_rows(person: str) -> None:
    load_languages()
    client = sit_down(member=PEOPLE[person]())
    make_newsroom(2)
    few = {address: asked(client, address) for address in addresses()}
    make_newsroom(12)
    many = {address: asked(client, address) for address in addresses()}

    assert {address: (few[address], n) for address, n in many.items() if n > few[address] + 1} == {}
    assert {address: n for address, n in many.items() if n > LIMIT} == {}
    assert many[reverse(LIST)] > 0


def test_no_list_counts_its_rows_beside_its_filters() -> None:
    make_newsroom(1)
    client, address = sit_down(), reverse(LIST)
    assert asked(client, f"{address}?_facets=True") == asked(client, address)


# Windows ------------------------------------------------------------------------------------------


@pytest.fixture
def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows of four rows, on pages of two."""
    monkeypatch.setattr(CappedPaginator, "limit", 4)
    monkeypatch.setattr(ArticleAdmin, "list_per_page", 2)


def headlines(response: Any) -> list[str]:
    return [row.headline for row in response.context["cl"].result_list]


def window(client: Client, query: str) -> tuple[list[str], str]:
    """The headlines of all pages of a window, and the query of the one after it."""
    response = client.get(reverse(LIST) + query)
    numbers = response.context["cl"].paginator.page_range
    pages = [client.get(f"{reverse(LIST)}{query or '?'}&p={number}") for number in numbers]
    links = [re.search(r'<a href="([^"]+)" rel="next"', page.content.decode()) for page in pages]
    assert not any(links[:-1])  # The next window is behind the last page of this one.
    query = unescape(links[-1][1]) if links[-1] else ""
    return [each for page in pages for each in headlines(page)], query


def windows(client: Client, query: str = "") -> list[list[str]]:
    """The headlines of each window, from the newest on."""
    found, query = window(client, query)
    return [found, *windows(client, query)] if query else [found]


@pytest.mark.usefixtures("small_windows")
def test_windows_hold_every_article_once() -> None:
    made = [make_article(headline=f"Number {number}").headline for number in range(10)]

    found = windows(sit_down())

    assert [len(each) for each in found] == [4, 4, 2]
    assert [each for one in found for each in one] == made[::-1]


@pytest.mark.usefixtures("small_windows")
def test_a_window_goes_on_in_what_the_list_was_narrowed_to() -> None:
    made = [make_article(headline=f"Draft {n}", status="draft").headline for n in range(5)]
    for _number in range(3):
        make_article()

    found = windows(sit_down(), "?status__exact=draft")

    assert [len(each) for each in found] == [4, 1]
    assert [each for one in found for each in one] == made[::-1]


@pytest.mark.usefixtures("small_windows")
def test_an_older_window_leads_back_to_the_newest() -> None:
    for number in range(5):
        make_article(headline=f"Number {number}")
    client = sit_down()
    _found, query = window(client, "")
    older = client.get(reverse(LIST) + query)
    newest = client.get(reverse(LIST) + older.context["cl"].newest_address)

    assert headlines(older) == ["Number 0"]
    assert headlines(newest)[0] == "Number 4"


@pytest.mark.parametrize("place", ["", "x", "20240305T093000.000000Z-", "99999999T999999.0Z-1"])
def test_a_window_that_begins_nowhere_is_the_newest(place: str) -> None:
    article = make_article()
    response = sit_down().get(reverse(LIST), {"before": place})
    assert headlines(response) == [article.headline]


def test_a_search_is_not_cut_by_a_window() -> None:
    article = make_article(headline="Rain")
    place = {"before": "20040305T093000.000000Z-1", "q": "rain"}
    assert headlines(sit_down().get(reverse(LIST), place)) == [article.headline]


@pytest.mark.usefixtures("small_windows")
def test_all_of_a_list_are_those_that_it_counts() -> None:
    made = [make_article(status="draft", headline=f"Draft {number}") for number in range(5)]
    chosen = {"action": "submit_selected", "select_across": "1", "_selected_action": made[0].pk}

    sit_down().post(reverse(LIST), chosen)

    assert Article.objects.filter(status="review").count() == 4
    assert Article.objects.get(status="draft").pk == made[0].pk


# Finding by a beginning ---------------------------------------------------------------------------


def found(noun: str, asked: str) -> list[str]:
    """The rows of a list that is searched, by their names."""
    response = sit_down().get(reverse(f"admin:articles_{noun}_changelist"), {"q": asked})
    return [str(row) for row in response.context["cl"].result_list]


@pytest.mark.parametrize(
    "asked",
    ["/news/12", "news/1", "https://old.example.org/news/12/rain?p=1", " /news/12/rain?p=1 "],
)
def test_an_old_address_is_found_by_its_beginning_and_by_all_of_it(asked: str) -> None:
    article = make_article()
    for path in ("/news/12/rain?p=1", "/News/12/rain?p=1", "/other/news/12"):
        Alias.objects.create(path=path, article=article)
    assert found("alias", asked) == ["/news/12/rain?p=1"]


@pytest.mark.parametrize("asked", ["https://[", "%", "_", "\\", "؟", "http://", "/" * 900])
def test_no_word_in_a_search_for_an_old_address_is_an_error(asked: str) -> None:
    Alias.objects.create(path="/news/12", article=make_article())
    assert found("alias", asked) in ([], ["/news/12"])


def test_a_capture_is_found_by_file_name_digest_and_page() -> None:
    page = "https://example.org/rain"
    mine = make_capture(filename="003_rain.txt", target_uri=page, page=key_of_page(page))
    make_capture(filename="rain_003_.txt")
    for asked in ("003_", "003_rain.txt", mine.sha256[:20], mine.sha256.upper(), page):
        assert found("capture", asked) == ["003_rain.txt"], asked
    assert found("capture", "_rain") == []


def test_an_event_is_found_by_its_place_and_by_the_words_of_its_article() -> None:
    article = make_article(headline="Rain fills the wells")
    now = timezone.now()
    Event.objects.create(article=article, starts_at=now, over_at=now, place="Sukkur")
    for asked in ("sukk", "wells", "WELLS rain"):
        assert len(found("event", asked)) == 1, asked
    assert found("event", "desert") == []
