"""Every address of the desk by role: an address that is in none of these tables fails the build."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from articles.actions import cast_vote
from articles.models import Alias, Desk, LoadRun
from tests.admin.addresses import at, outcome, routes
from tests.admin.desk import make_capture, sit_down
from tests.factories import (
    load_languages,
    make_article,
    make_author,
    make_broadcast,
    make_contact,
    make_editor,
    make_event,
    make_figure,
    make_image,
    make_member,
    make_message,
    make_poll,
    make_recording,
    make_section,
    make_source,
)

pytestmark = [pytest.mark.walk, pytest.mark.django_db]

PERSONS = ("nobody", "writer", "editor", "publisher", "superuser")
"""Members are on the Urdu desk and on no other."""

ROWS = """
                                         nobody  writer  editor  publisher  superuser
articles/article/                          -       R       R         R          R
articles/article/add/                      -       W       W         W          W
articles/article/board/                    -       R       R         R          R

articles/image/                            -       W       W         W          W
articles/image/add/                        -       W       W         W          W
articles/image/choose/                     -       R       R         R          R
articles/image/<own>/change/               -       W       W         W          W
articles/image/<own>/history/              -       R       R         R          R
articles/image/<own>/delete/               -       -       W         W          W
articles/image/<used>/change/              -       R       R         W          W
articles/image/<used>/history/             -       R       R         R          R
articles/image/<used>/delete/              -       -       >         >          >

articles/section/                          -       R       R         R          R
articles/section/add/                      -       -       -         W          W
articles/section/<own>/change/             -       R       R         W          W
articles/section/<other>/change/           -       -       -         -          W
articles/section/<own>/history/            -       R       R         R          R
articles/section/<other>/history/          -       -       -         -          R
articles/section/<own>/delete/             -       -       -         -          W
articles/section/<empty>/delete/           -       -       -         W          W
articles/section/<other>/delete/           -       -       -         -          W

articles/source/                           -       R       R         R          R
articles/source/add/                       -       -       W         W          W
articles/source/<one>/change/              -       R       W         W          W
articles/source/<one>/history/             -       R       R         R          R
articles/source/<one>/delete/              -       -       -         -          W

articles/event/                            -       R       R         R          R
articles/event/add/                        -       W       W         W          W
articles/event/<own>/change/               -       W       W         W          W
articles/event/<own>/history/              -       R       R         R          R
articles/event/<own>/delete/               -       W       W         W          W
articles/event/<other>/change/             -       -       -         -          W
articles/event/<other>/history/            -       -       -         -          R
articles/event/<other>/delete/             -       -       -         -          W

articles/recording/                        -       R       R         R          R
articles/recording/add/                    -       W       W         W          W
articles/recording/<own>/change/           -       W       W         W          W
articles/recording/<own>/file/             -       R       R         R          R
articles/recording/<own>/history/          -       R       R         R          R
articles/recording/<own>/delete/           -       W       W         W          W
articles/recording/<other>/change/         -       -       -         -          W
articles/recording/<other>/file/           -       -       -         -          R
articles/recording/<other>/history/        -       -       -         -          R
articles/recording/<other>/delete/         -       -       -         -          W

articles/broadcast/                        -       R       R         R          R
articles/broadcast/add/                    -       -       -         W          W
articles/broadcast/<own>/change/           -       R       R         W          W
articles/broadcast/<own>/history/          -       R       R         R          R
articles/broadcast/<own>/delete/           -       -       -         W          W
articles/broadcast/<other>/change/         -       -       -         -          W
articles/broadcast/<other>/history/        -       -       -         -          R
articles/broadcast/<other>/delete/         -       -       -         -          W

articles/alias/                            -       -       -         R          R
articles/alias/add/                        -       -       -         W          W
articles/alias/<own>/change/               -       -       -         W          W
articles/alias/<own>/history/              -       -       -         R          R
articles/alias/<own>/delete/               -       -       -         W          W
articles/alias/<other>/change/             -       -       -         -          W
articles/alias/<other>/history/            -       -       -         -          R
articles/alias/<other>/delete/             -       -       -         -          W

articles/author/                           -       R       R         R          R
articles/author/add/                       -       -       W         W          W
articles/author/<own>/change/              -       R       W         W          W
articles/author/<own>/history/             -       R       R         R          R
articles/author/<own>/delete/              -       -       -         -          W
articles/author/<empty>/delete/            -       -       W         W          W
articles/author/<other>/change/            -       -       -         -          W
articles/author/<other>/history/           -       -       -         -          R
articles/author/<other>/delete/            -       -       -         -          W

articles/contact/                          -       R       R         R          R
articles/contact/add/                      -       -       -         W          W
articles/contact/<own>/change/             -       R       R         W          W
articles/contact/<own>/history/            -       R       R         R          R
articles/contact/<own>/delete/             -       -       -         W          W
articles/contact/<other>/change/           -       -       -         -          W
articles/contact/<other>/history/          -       -       -         -          R
articles/contact/<other>/delete/           -       -       -         -          W

articles/poll/                             -       R       R         R          R
articles/poll/add/                         -       -       -         W          W
articles/poll/<own>/change/                -       R       R         W          W
articles/poll/<own>/history/               -       R       R         R          R
articles/poll/<own>/delete/                -       -       -         W          W
articles/poll/<other>/change/              -       -       -         -          W
articles/poll/<other>/history/             -       -       -         -          R
articles/poll/<other>/delete/              -       -       -         -          W
articles/poll/<voted>/delete/              -       -       -         -          W

articles/message/                          -       R       R         R          R
articles/message/add/                      -       -       -         -          -
articles/message/<own>/change/             -       W       W         W          W
articles/message/<own>/history/            -       R       R         R          R
articles/message/<own>/delete/             -       -       -         W          W
articles/message/<other>/change/           -       -       -         -          W
articles/message/<other>/history/          -       -       -         -          R
articles/message/<other>/delete/           -       -       -         -          W

articles/capture/                          -       -       R         R          R
articles/capture/add/                      -       -       -         -          -
articles/capture/<own>/change/             -       -       R         R          R
articles/capture/<own>/history/            -       -       R         R          R
articles/capture/<own>/raw/                -       -       R         R          R
articles/capture/<own>/delete/             -       -       -         -          -
articles/capture/<bare>/change/            -       -       R         R          R
articles/capture/<bare>/raw/               -       -       R         R          R
articles/capture/<other>/change/           -       -       -         -          R
articles/capture/<other>/history/          -       -       -         -          R
articles/capture/<other>/raw/              -       -       -         -          R
articles/capture/incoming/                 -       -       >         >          >
articles/capture/<own>/incoming/           -       -       W         W          W
articles/capture/<bare>/incoming/          -       -       W         W          W
articles/capture/<other>/incoming/         -       -       -         -          W

articles/loadrun/                          -       -       R         R          R
articles/loadrun/add/                      -       -       -         -          -
articles/loadrun/<one>/change/             -       -       R         R          R
articles/loadrun/<one>/history/            -       -       R         R          R
articles/loadrun/<one>/delete/             -       -       -         -          -

articles/language/                         -       -       -         -          R
articles/language/add/                     -       -       -         -          -
articles/language/<own>/change/            -       -       -         -          W
articles/language/<own>/history/           -       -       -         -          R
articles/language/<own>/delete/            -       -       -         -          -

articles/desk/                             -       -       -         -          R
articles/desk/add/                         -       -       -         -          W
articles/desk/<one>/change/                -       -       -         -          W
articles/desk/<one>/history/               -       -       -         -          R
articles/desk/<one>/delete/                -       -       -         -          W

auth/user/                                 -       -       -         -          R
auth/user/add/                             -       -       -         -          W
auth/user/<one>/change/                    -       -       -         -          W
auth/user/<one>/history/                   -       -       -         -          R
auth/user/<one>/delete/                    -       -       -         -          W
auth/user/<one>/password/                  -       -       -         -          W
auth/user/<one>/reset/                     -       -       -         -          R
axes/accessattempt/                        -       -       -         -          R

articles/                                  -       R       R         R          R
auth/                                      -       -       -         -          R
axes/                                      -       -       -         -          R
"""
"""What each role is given: W a form to send, R something to read, - nothing (see ``outcome``)."""

ELSEWHERE = {
    # Each article's own: see test_matrix_of_articles.
    "articles/article/<path:object_id>/change/",
    "articles/article/<path:object_id>/delete/",
    "articles/article/<path:object_id>/history/",
    "articles/article/<path:object_id>/history/<int:pk>/",
    "articles/article/<path:object_id>/history/<int:pk>/decide/",  # See test_changes_deciding.
    "articles/article/<path:object_id>/history/compare/",
    "articles/article/<path:object_id>/step/<str:name>/",
    "articles/article/<path:object_id>/preview/",
    "articles/article/<path:object_id>/share/",
    # What somebody typed is theirs: see test_drafts_rights.
    "articles/article/<path:object_id>/draft/",
    "articles/article/add/draft/",
    "articles/article/unsaved/<uuid:tab>/",
    # Only to be posted to: see test_board and test_translating.
    "articles/article/<path:object_id>/caught-up/",
    "articles/article/<path:object_id>/notice/<int:pk>/taken-back/",
    "articles/article/<path:object_id>/stays/",
    "articles/article/<path:object_id>/translate/<str:code>/",
    "r/<path:content_type_id>/<path:object_id>/",
    # It answers what was typed: see test_preview.
    "articles/article/add/preview/",
    # What proves who somebody is, for whoever comes and for nobody else: see test_accounts_*.
    *("login/", "login/app.svg", "login/code/", "login/enrol/"),
    *("password/", "password/<uidb64>/<token>/", "password/sent/", "password/set/"),
    *("account/", "account/app/", "account/codes/"),
    # What it suggests: see test_secrets and test_rights.
    "autocomplete/",
}
FOR_ALL_STAFF = {
    "": 200,
    "logout/": 405,
    "password_change/": 200,
    "password_change/done/": 200,
    "jsi18n/": 200,
    "(?P<url>.*)$": 404,
}
"""Addresses that tell nobody anything of any row, with what they answer to a GET."""

BARE = re.compile(r"^\w+/\w+/<path:object_id>/$")
"""A row's address without a word after it leads to its form, be there such a row or not."""

KEYS = {
    "password": "<id>",
    **dict.fromkeys(("raw", "incoming", "reset", "file"), "<int:pk>"),
}
"""How a route names a row, by its last word, where it does not as Django's other routes do."""

LINES = [line.split() for line in ROWS.splitlines()[2:] if line]
GRID = {route: dict(zip(PERSONS, given, strict=True)) for route, *given in LINES}


def as_in_urlconf(route: str) -> str:
    """The route of a line of ROWS as the URLconf has it."""
    if re.fullmatch(r"\w+/", route):
        return "^(?P<app_label>articles|axes|auth)/$"
    key = KEYS.get(route.rstrip("/").rpartition("/")[2], "<path:object_id>")
    return re.sub(r"<\w+>", key, route)


def test_every_address_of_the_desk_is_in_a_table() -> None:
    known = {as_in_urlconf(route) for route in GRID} | ELSEWHERE | set(FOR_ALL_STAFF)

    assert {route for route in routes() if not BARE.match(route)} == known


@pytest.fixture
def rows() -> dict[str, Any]:
    """A row for each name in angle brackets, by its noun: ``own`` is Urdu, ``other`` English."""
    load_languages()
    newer = ("event", "recording", "poll", "broadcast", "author")
    nouns = ("section", "alias", "capture", "contact", "message", *newer)
    made: dict[str, Any] = {"language": {"own": "ur"}, **{noun: {} for noun in nouns}}
    for name, code in (("own", "ur"), ("other", "en")):
        section, capture = make_section(language=code), make_capture()
        author = make_author(code)
        placed = {"section": section, "capture": capture, "author": author}
        article = make_article(language=code, status="draft", **placed)
        made["author"][name] = author.pk
        alias = Alias.objects.create(path=f"/old/{code}", article=article)
        made["section"][name], made["capture"][name] = section.pk, capture.pk
        made["alias"][name] = alias.pk
        made["poll"][name] = make_poll(code).pk
        made["event"][name] = make_event(article).pk
        made["contact"][name], made["message"][name] = make_contact(code).pk, make_message(code).pk
        made["recording"][name] = make_recording(article).pk
        made["broadcast"][name] = make_broadcast(code).pk
    voted = make_poll("ur", slug="voted")
    cast_vote(poll=voted, position=1, token="a")
    made["poll"]["voted"] = voted.pk
    made["author"]["empty"] = make_author("ur").pk
    made["section"]["empty"] = make_section(language="ur").pk
    made["capture"]["bare"] = make_capture().pk
    used = make_figure(make_article(language="ur")).image
    made["image"] = {"own": make_image().pk, "used": used.pk}
    made["source"] = {"one": make_source().pk}
    made["loadrun"] = {"one": LoadRun.objects.create(software="newsroom").pk}
    made["user"] = {"one": make_member("sd").pk}
    made["desk"] = {"one": Desk.objects.get().pk}
    return made


def fill(route: str, rows: dict[str, Any]) -> str:
    noun = route.split("/")[1]
    return re.sub(r"<(\w+)>", lambda name: str(rows[noun][name[1]]), route)


def client_of(person: str) -> Any:
    if person in {"nobody", "superuser"}:
        return sit_down(member=make_editor(is_superuser=person == "superuser"))
    return sit_down(member=make_member("ur", person))


@pytest.mark.parametrize("person", PERSONS)
def test_every_address_gives_each_role_what_is_the_roles(person: str, rows: Any) -> None:
    client = client_of(person)
    given = {}
    for route in GRID:
        filled = fill(route, rows)
        given[route] = outcome(client.get(at(filled)))

    assert given == {route: line[person] for route, line in GRID.items()}


POSTED = ("add/", "change/", "delete/", "password/", "reset/", "incoming/")


@pytest.mark.parametrize("person", PERSONS)
def test_what_is_not_given_is_not_taken_by_a_posted_form(person: str, rows: Any) -> None:
    """Who is shown no form and posts one all the same is refused."""
    client = client_of(person)
    for route, line in GRID.items():
        if line[person] != "-" or not route.endswith(POSTED):
            continue
        filled = fill(route, rows)
        assert outcome(client.post(at(filled), {"post": "yes"})) == "-", route


@pytest.mark.parametrize("person", PERSONS)
def test_other_addresses_are_the_same_for_all_staff(person: str) -> None:
    client = client_of(person)
    for route, status in FOR_ALL_STAFF.items():
        address = at("no/such/page/" if route.startswith("(") else route)
        assert client.get(address).status_code == status, route


@pytest.mark.parametrize("route", [route for route in routes() if BARE.match(route)])
def test_bare_address_of_a_row_tells_nothing_of_it(route: str) -> None:
    address = at(route.replace("<path:object_id>", "1"))

    assert client_of("nobody").get(address)["Location"] == f"{address}change/"


@pytest.mark.parametrize("route", [route for route in GRID if "<" not in route])
def test_no_address_is_open_to_who_has_not_signed_in(route: str, client: Any) -> None:
    answer = client.get(at(route))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("admin:login"))
