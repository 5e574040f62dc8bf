"""A reader lands in a language they read, and stays in the one they chose."""

from __future__ import annotations

import pytest
from django.conf import settings

from articles.models import Language
from tests.views.pages import CODES


def landing(client, cookie: str = "", accept: str = "") -> str:
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    response = client.get("/", headers={"accept-language": accept})
    assert response.status_code == 302
    return response["Location"]


@pytest.mark.parametrize(
    ("accept", "edition"),
    [
        ("ur", "/ur/"),
        ("sd-PK,en;q=0.5", "/sd/"),
        ("fr,sd;q=0.4,ur;q=0.9", "/ur/"),
        ("UR-pk", "/ur/"),
        ("fr, de", "/en/"),
        ("", "/en/"),
        ("*", "/en/"),
        ("x" * 5000, "/en/"),
        ("urd", "/en/"),
        ("ur;q=0", "/en/"),
        ("ur;q=0, sd;q=0.1", "/sd/"),
        ("en;q=0", "/ur/"),
        ("en;q=0, UR;q=0.0, *", "/sd/"),
        ("en;q=0, ur;q=0, sd;q=0", "/en/"),
    ],
)
def test_a_browser_is_sent_to_the_edition_that_it_asks_for(client, accept, edition):
    assert landing(client, accept=accept) == edition


@pytest.mark.parametrize("code", CODES)
def test_the_readers_choice_wins_over_the_browsers(client, code):
    assert landing(client, cookie=code, accept="en") == f"/{code}/"


@pytest.mark.parametrize("cookie", ["xx", "../", "en\x00", "ä"])
def test_a_cookie_that_names_no_edition_is_passed_over(client, cookie):
    assert landing(client, cookie=cookie, accept="sd") == "/sd/"


def test_nobody_is_sent_to_an_edition_that_is_not_published(client):
    Language.objects.filter(code="ur").update(is_published=False)
    assert landing(client, cookie="ur", accept="ur,sd;q=0.5") == "/sd/"


def test_caches_are_told_what_the_root_depends_on(client):
    varies = {name.strip() for name in client.get("/")["Vary"].split(",")}
    assert {"Accept-Language", "Cookie"} <= varies


def test_the_root_costs_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/")


def test_without_any_edition_the_root_is_a_404_in_every_language(client):
    Language.objects.all().delete()
    response = client.get("/")
    assert response.status_code == 404
    for code in CODES:
        assert f'<section lang="{code}"' in response.content.decode()


@pytest.mark.parametrize("code", CODES)
def test_choosing_a_language_is_remembered_and_leads_back(client, code):
    response = client.get(f"/language/{code}/", {"next": "/ur/latest/?q=a"})
    assert (response.status_code, response["Location"]) == (302, "/ur/latest/?q=a")
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == code
    assert client.get("/")["Location"] == f"/{code}/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "javascript:alert(1)",
        "http:///elsewhere.example",
        "\x00",
        "/a" * 3000,
    ],
)
def test_choosing_a_language_never_leads_to_another_site(client, elsewhere):
    assert client.get("/language/sd/", {"next": elsewhere})["Location"] == "/sd/"


def test_a_language_of_the_desk_may_be_chosen_before_readers_see_it(client):
    Language.objects.filter(code="sd").update(is_published=False)
    response = client.get("/language/sd/", {"next": "/admin/"})
    assert response["Location"] == "/admin/"


def test_an_unknown_language_cannot_be_chosen(client):
    assert client.get("/language/xx/").status_code == 404


def test_a_reader_who_chose_nothing_gets_no_cookie(client):
    for path in ("/", "/ur/", "/ur/latest/", "/nothing/"):
        assert not client.get(path).cookies
