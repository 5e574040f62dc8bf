"""Polls: a vote a browser, no account, no script, and nobody who could say who voted for what."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from articles.actions.limits import POSTS, VOTES
from articles.models import Choice, Poll, Vote
from articles.models.poll import percentages
from tests.factories import POLLS, WHEN, make_article, make_poll
from tests.views.pages import CODES, Page
from tests.views.test_contact import post

LIBRARY = "/en/poll/library/"
SOON = timezone.now() + timedelta(days=1)


def vote(client: Client, choice: int | str = 1, path: str = LIBRARY, **extra: Any) -> Any:
    """Vote as a browser does: a 307 sends the same form once more, with the cookie."""
    form = {"choice": choice} if choice else {}
    response = post(client, path, form, **extra)
    if response.status_code == 307:
        response = post(client, response["Location"], form, **extra)
    return response


def counted() -> list[int]:
    """The votes of each position, in all languages together."""
    rows = Choice.objects.order_by("position").values_list("position", "votes")
    positions = sorted({position for position, _votes in rows})
    return [sum(votes for place, votes in rows if place == position) for position in positions]


def sentence(response: Any) -> str:
    return str(response.context["sentence"])


# Voting -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_a_reader_votes_without_an_account_and_sees_what_readers_said(client, code):
    make_poll(code)
    path = f"/{code}/poll/library/"
    question, answers = POLLS[code]
    page = Page(client.get(path))
    assert question in page.text
    assert [each["value"] for each in page.all("input", type="radio")] == ["1", "2", "3"]
    assert not page.all("table")

    response = vote(client, 2, path)

    assert (response.status_code, response["Location"]) == (303, path)
    assert counted() == [0, 1, 0]
    page = Page(client.get(path))
    assert page.all("table")
    assert not page.all("input")
    assert all(answer in page.text for answer in answers)
    assert page.all("rect", width="100%")


def test_the_cookie_of_a_vote_is_signed_and_no_script_reads_it(client, settings):
    make_poll()
    assert not client.get(LIBRARY).cookies
    first = post(client, LIBRARY, {"choice": 1})
    cookie = first.cookies[settings.VOTER_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert Vote.objects.count() == 0  # It counts once the cookie has come back.
    client.cookies[settings.VOTER_COOKIE_NAME] = f"{cookie.value}x"
    assert post(client, "/en/poll/library/?kept", {"choice": 1}).status_code == 200
    assert counted() == [0, 0, 0]


def test_a_row_says_only_that_a_browser_has_voted(client, settings):
    poll, other = make_poll(), make_poll(slug="other")
    vote(client, 2)
    vote(client, 2, other.get_absolute_url())
    first, second = Vote.objects.order_by("pk")
    assert {field.name for field in Vote._meta.fields} == {"id", "poll", "digest"}
    assert (first.poll, second.poll) == (poll, other)
    assert first.digest != second.digest
    assert first.digest not in client.cookies[settings.VOTER_COOKIE_NAME].value


@pytest.mark.parametrize("code", CODES)
def test_a_second_vote_is_told_in_a_sentence_with_the_results(client, code):
    make_poll(code)
    path = f"/{code}/poll/library/"
    vote(client, 1, path)
    response = vote(client, 2, path)
    assert response.status_code == 409
    assert sentence(response)
    assert Page(response).all("table")
    assert "no-store" in response["Cache-Control"]
    assert counted() == [1, 0, 0]


def test_a_browser_votes_once_in_all_languages_together_and_all_votes_count(client):
    for code in CODES:
        make_poll(code, [4, 2, 0] if code == "sd" else [0, 1, 0])
    vote(client, 1, "/ur/poll/library/")
    assert vote(client, 3, "/sd/poll/library/").status_code == 409
    assert vote(client, 3).status_code == 409
    results = client.get(LIBRARY).context["results"]
    assert [result.votes for result in results] == [5, 4, 0]
    assert [result.percent for result in results] == [56, 44, 0]
    assert [result.choice.text for result in results] == POLLS["en"][1]
    assert client.get("/ur/polls/").context["page"].rows[0].voters == 9


@pytest.mark.parametrize("code", CODES)
def test_who_chooses_nothing_is_asked_to_choose_and_gets_no_cookie(client, code):
    make_poll(code)
    for choice in ("", "0", "4", "-1", "1.0", "²", "١", "9" * 30, "1 OR 1=1"):
        response = vote(client, choice, f"/{code}/poll/library/")
        assert response.status_code == 200
        assert sentence(response), choice
        assert len(Page(response).all("input", type="radio")) == 3
        assert not response.cookies
    assert counted() == [0, 0, 0]


@pytest.mark.parametrize(
    "times",
    [
        {"opens_at": WHEN, "closes_at": WHEN + timedelta(days=1)},
        {"opens_at": SOON, "closes_at": SOON + timedelta(days=1)},
    ],
)
@pytest.mark.parametrize("code", CODES)
def test_a_poll_that_is_not_open_takes_no_vote_and_says_so(client, code, times):
    make_poll(code, **times)
    path = f"/{code}/poll/library/"
    assert not Page(client.get(path)).all("input")
    response = vote(client, 1, path)
    assert response.status_code == 409
    assert sentence(response)
    assert bool(Page(response).all("table")) is (times["opens_at"] == WHEN)
    assert not response.cookies
    assert counted() == [0, 0, 0]


def test_a_browser_that_keeps_no_cookie_is_told(client):
    make_poll()
    first = post(client, LIBRARY, {"choice": 1})
    response = post(Client(), first["Location"], {"choice": 1})
    assert "keeps no cookie" in sentence(response)
    assert counted() == [0, 0, 0]


@pytest.mark.parametrize("headers", [{}, {"origin": "https://elsewhere.example"}])
def test_no_other_site_votes_with_a_readers_browser(client, headers):
    make_poll()
    vote(client, 1)
    Vote.objects.all().delete()
    assert vote(client, 2, headers=headers).status_code == 403
    assert counted() == [1, 0, 0]


def test_many_votes_from_one_address_are_held_off(monkeypatch):
    monkeypatch.setattr("articles.views.posting.POSTS", POSTS._replace(most=10_000))
    make_poll()
    for _browser in range(VOTES.most):
        assert vote(Client()).status_code == 303
    response = vote(Client())
    assert response.status_code == 429
    assert sentence(response)
    assert int(response["Retry-After"]) == VOTES.seconds
    assert counted() == [VOTES.most, 0, 0]
    assert vote(Client(), REMOTE_ADDR="203.0.113.9").status_code == 303


def test_a_lite_reader_stays_lite(client):
    make_poll()
    assert (
        'action="/en/poll/library/?lite"' in client.get("/en/poll/library/?lite").content.decode()
    )
    first = post(client, "/en/poll/library/?lite", {"choice": 1})
    assert first["Location"] == "/en/poll/library/?kept&lite"
    assert post(client, first["Location"], {"choice": 1})["Location"] == "/en/poll/library/?lite"


# Reading ------------------------------------------------------------------------------------------


def test_results_so_far_are_shown_to_who_asks(client):
    make_poll(votes=[3, 1, 0])
    page = Page(client.get("/en/poll/library/?results"))
    assert page.all("rect", width="75%")
    assert page.canonical.endswith(LIBRARY)


def test_a_page_of_a_poll_names_the_languages_that_have_it(client):
    make_poll("en")
    make_poll("sd")
    page = Page(client.get("/sd/poll/library/"))
    assert set(page.alternates) == {"en", "sd", "x-default"}
    assert client.get("/ur/poll/library/").status_code == 404


def test_a_poll_that_is_not_open_yet_is_found_by_nobody_who_was_not_told(client):
    make_poll(opens_at=SOON, closes_at=SOON + timedelta(days=1))
    make_article()
    page = Page(client.get(LIBRARY))
    assert page.all("meta", name="robots", content="noindex")
    for path in ("/en/", "/en/polls/", "/en/sitemap-lists.xml"):
        assert "poll/library" not in client.get(path).content.decode()


def test_open_polls_come_first_and_closed_ones_after(client):
    make_poll(slug="old", opens_at=WHEN, closes_at=WHEN + timedelta(days=9))
    make_poll(slug="older", opens_at=WHEN, closes_at=WHEN + timedelta(days=2))
    make_poll(slug="open")
    make_poll("ur", slug="other")
    rows = client.get("/en/polls/").context["page"].rows
    assert [row.slug for row in rows] == ["open", "old", "older"]


def test_the_list_of_polls_is_paged(client):
    for number in range(25):
        make_poll(slug=f"p{number}", opens_at=WHEN, closes_at=WHEN + timedelta(hours=number + 1))
    first = client.get("/en/polls/").context["page"]
    second = client.get("/en/polls/" + first.older).context["page"]
    assert len(first.rows) == 20
    assert [row.slug for row in second.rows] == ["p4", "p3", "p2", "p1", "p0"]


def test_the_poll_that_opened_last_stands_on_the_front_page(client):
    make_article()
    make_poll(slug="earlier", opens_at=WHEN)
    latest = make_poll(slug="latest")
    make_poll("ur", slug="other")
    page = Page(client.get("/en/"))
    assert [form["action"] for form in page.all("form")] == [latest.get_absolute_url()]
    latest.delete()
    Poll.objects.update(opens_at=WHEN, closes_at=WHEN + timedelta(days=1))
    assert not Page(client.get("/en/")).all("form")


@pytest.mark.parametrize(
    ("path", "queries"), [("polls/", 4), ("poll/library/", 5), ("poll/library/?results", 5)]
)
def test_pages_of_polls_cost_few_queries(client, django_assert_num_queries, path, queries):
    for code in CODES:
        make_poll(code)
        make_poll(code, slug="other")
    with django_assert_num_queries(queries):
        client.get(f"/en/{path}")


def test_the_digits_are_the_editions(client, editions):
    editions["ur"].digits = "arabext"
    editions["ur"].save()
    make_poll("ur", [3, 1, 0])
    page = client.get("/ur/poll/library/?results").content.decode()
    assert '<bdi dir="ltr">۷۵٪</bdi>' in page
    assert "<td>۳</td>" in page


@pytest.mark.parametrize(
    ("votes", "shares"),
    [
        ([], []),
        ([0, 0], [0, 0]),
        ([1, 1, 1], [34, 33, 33]),
        ([1, 0], [100, 0]),
        ([1, 999], [0, 100]),
        ([5, 5, 90], [5, 5, 90]),
        ([1] * 7, [15, 15, 14, 14, 14, 14, 14]),
    ],
)
def test_percentages_make_a_hundred(votes, shares):
    assert percentages(votes) == shares


# At one moment ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_votes_of_one_browser_at_one_moment_one_counts(client):
    make_poll()
    make_poll("ur")
    first = post(client, LIBRARY, {"choice": 1})
    cookie = {name: each.value for name, each in first.cookies.items()}
    answers = at_once(cookie, [(LIBRARY, 1), ("/ur/poll/library/", 2)] * 4)
    assert sorted(answers) == [303, *[409] * 7]
    assert sum(counted()) == Vote.objects.count() == 1


def at_once(cookie: dict[str, str], votes: list[tuple[str, int]]) -> list[int]:
    ready = Barrier(len(votes))

    def cast(told: tuple[str, int]) -> int:
        browser = Client()
        browser.cookies.load(cookie)
        ready.wait(timeout=20)
        try:
            return int(post(browser, told[0], {"choice": told[1]}).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(votes)) as threads:
        return list(threads.map(cast, votes))
