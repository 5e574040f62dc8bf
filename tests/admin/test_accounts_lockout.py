"""Guessing passwords: a few failures shut an address out of an account, and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.address import client_address
from tests.admin.accounts import (
    code_of,
    give_app,
    give_code,
    give_password,
    is_inside,
    signed_in,
)
from tests.admin.desk import said, sit_down
from tests.factories import logged, make_editor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import AbstractUser

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 9, 30, 20, tzinfo=UTC)
LIST = "admin:axes_accessattempt_changelist"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def user() -> AbstractUser:
    return make_editor(username="writer")


def guess(user: AbstractUser, times: int = 5, address: str = "192.0.2.1", **headers: str) -> Any:
    """Give wrong passwords from ``address``; return the last answer."""
    client, response = Client(REMOTE_ADDR=address, headers=headers), None
    for _time in range(times):
        response = give_password(client, user, password="guessed")
    return response


def log_in_from(user: AbstractUser, address: str = "192.0.2.1") -> Client:
    client = Client(REMOTE_ADDR=address)
    give_password(client, user)
    return client


def test_fifth_failure_shuts_out_and_says_until_when(
    clock: time_machine.Traveller, user: AbstractUser
) -> None:
    assert guess(user, 4).status_code == 200

    response = guess(user, 1)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"
    # Half past nine in Greenwich is half past two in Karachi.
    told = "Too many logins failed. Try again in 15 minutes, at 14:46."
    assert told in response.content.decode()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ur", "داخل ہونے کی بہت سی کوششیں ناکام ہوئیں۔ 15 منٹ بعد، 14:46 پر دوبارہ کوشش کریں۔"),
        (
            "sd",
            "داخل ٿيڻ جون گهڻيون ئي ڪوششون ناڪام ٿيون. 15 منٽن کان پوءِ، 14:46 تي ٻيهر ڪوشش ڪريو.",
        ),
    ],
)
def test_it_is_told_in_the_language_of_the_desk(
    clock: time_machine.Traveller, user: AbstractUser, language: str, told: str
) -> None:
    page = guess(user, 5, cookie=f"language={language}").content.decode()

    assert told in page


def test_right_password_opens_nothing_while_shut_out(
    clock: time_machine.Traveller, user: AbstractUser
) -> None:
    guess(user)
    clock.shift(600)

    client = log_in_from(user)

    assert not is_inside(client)
    # Neither that try nor a wrong one made the wait longer.
    response = guess(user, 1)
    assert "Try again in 5 minutes, at 14:46." in response.content.decode()
    clock.shift(301)
    assert is_inside(log_in_from(user))


def test_right_password_leads_to_no_second_step_while_shut_out(
    clock: time_machine.Traveller, user: AbstractUser, settings: Any
) -> None:
    settings.SECOND_FACTOR = True
    key, codes = give_app(user)
    guess(user)

    client = log_in_from(user)

    for page in ("second_factor", "second_factor_enrol"):
        assert client.get(reverse(f"admin:{page}")).headers["Location"] == reverse("admin:login")
    for code in (code_of(key), codes[0]):
        give_code(client, code)
        assert not is_inside(client)


def test_nobody_else_is_shut_out(user: AbstractUser) -> None:
    guess(user)

    assert is_inside(log_in_from(user, "192.0.2.2"))
    assert is_inside(log_in_from(make_editor()))


def test_account_that_is_not_there_is_shut_out_with_the_same_words(
    clock: time_machine.Traveller, user: AbstractUser
) -> None:
    there = guess(user).content.decode()
    absent = guess(User(username="nobody")).content.decode()

    assert "Try again in 15 minutes, at 14:46." in absent
    assert absent.replace("nobody", "writer").count("errornote") == there.count("errornote")


def test_name_that_no_account_can_have_is_refused_and_not_counted() -> None:
    response = Client().post(reverse("admin:login"), {"username": "x" * 300, "password": "x"})

    assert response.status_code == 200
    assert "150" in response.context["form"].errors["username"][0]
    assert not AccessAttempt.objects.exists()


def test_login_forgets_the_failures_before_it(user: AbstractUser) -> None:
    for _round in range(3):
        guess(user, 4)
        assert is_inside(log_in_from(user))


def test_right_password_alone_forgets_no_failure(user: AbstractUser, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    key, _codes = give_app(user)
    guess(user, 4)
    log_in_from(user)
    assert AccessAttempt.objects.get().failures_since_start == 4

    client = log_in_from(user)
    give_code(client, code_of(key))

    assert is_inside(client)
    assert not AccessAttempt.objects.exists()


def test_other_browsers_of_one_address_are_counted_together(user: AbstractUser) -> None:
    for number in range(4):
        guess(user, 1, **{"user-agent": f"Browser {number}"})

    assert guess(user, 1).status_code == 429


def test_while_debugging_nobody_is_shut_out(user: AbstractUser, settings: Any) -> None:
    settings.AXES_ENABLED = False

    assert guess(user, 9).status_code == 200
    assert is_inside(log_in_from(user))


# Whose tries are counted -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "told", "counted"),
    [
        (0, None, "192.0.2.9"),
        (0, "198.51.100.1", "192.0.2.9"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.7, 198.51.100.1", "198.51.100.1"),
        (1, None, "192.0.2.9"),
        (1, "", "192.0.2.9"),
        (1, "203.0.113.7, somebody", "192.0.2.9"),
        (2, "203.0.113.7, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "203.0.113.7", "192.0.2.9"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_client_is_who_the_proxies_saw_and_never_who_it_says_it_is(
    settings: Any, proxies: int, told: str | None, counted: str
) -> None:
    settings.PROXIES = proxies
    headers = {} if told is None else {"x-forwarded-for": told}
    request = RequestFactory(headers=headers, REMOTE_ADDR="192.0.2.9").get("/")

    assert client_address(request) == counted


def test_server_on_a_socket_file_knows_no_address() -> None:
    assert client_address(RequestFactory(REMOTE_ADDR="").get("/")) is None


def test_forged_address_gives_no_more_guesses(user: AbstractUser, settings: Any) -> None:
    settings.PROXIES = 1
    for number in range(4):
        guess(user, 1, **{"x-forwarded-for": f"203.0.113.{number}, 198.51.100.1"})

    assert guess(user, 1, **{"x-forwarded-for": "198.51.100.1"}).status_code == 429
    assert guess(user, 1, **{"x-forwarded-for": "198.51.100.2"}).status_code == 200


# Letting somebody in again -----------------------------------------------------------------------


def test_superuser_lets_an_account_in_again(user: AbstractUser) -> None:
    guess(user)
    head = sit_down(username="head")
    page = head.get(reverse(LIST))
    rows = [row.pk for row in page.context["cl"].result_list]
    assert "writer" in page.content.decode()
    assert "192.0.2.1" in page.content.decode()

    ticked = {"action": "unlock_selected", "_selected_action": rows}
    done = head.post(reverse(LIST), ticked, follow=True)

    assert "“writer” may try to log in again." in said(done)
    assert is_inside(log_in_from(user))
    line = LogEntry.objects.get(object_id=user.pk)
    assert logged(line) == "Let in again after failed logins."
    assert line.user.username == "head"


def test_list_says_who_is_shut_out_until_when_and_no_password(
    clock: time_machine.Traveller, user: AbstractUser
) -> None:
    guess(user)
    guess(make_editor(username="other"), 2, "192.0.2.2")

    page = sit_down().get(reverse(LIST)).content.decode()

    assert page.count("4 March 2026, 14:45") == 1
    assert "guessed" not in page
    assert not AccessAttempt.objects.filter(post_data__contains="guessed").exists()
    assert not AccessAttempt.objects.filter(post_data__contains="writer").exists()
    clock.shift(901)
    assert "writer" not in sit_down().get(reverse(LIST)).content.decode()


def test_list_asks_as_many_queries_for_twenty_as_for_one(user: AbstractUser) -> None:
    client = sit_down()
    guess(user, 1)
    few = _queries(client)
    for number in range(20):
        guess(user, 1, f"192.0.2.{number}")

    assert _queries(client) == few


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(LIST)).status_code == 200
    return len(queries)


def test_nobody_but_superusers_sees_the_failures(user: AbstractUser) -> None:
    guess(user, 1)
    client = sit_down(is_superuser=False)

    assert client.get(reverse(LIST)).status_code == 403
    assert reverse(LIST) not in client.get(reverse("admin:index")).content.decode()
    pk = AccessAttempt.objects.get().pk
    for address in (f"{pk}/change/", f"{pk}/history/", f"{pk}/delete/", "add/"):
        assert sit_down().get(reverse(LIST) + address).status_code == 404


def test_failures_do_not_end_the_sessions_of_the_account(user: AbstractUser, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    client = signed_in(user, give_app(user)[0])

    guess(user, 9, "127.0.0.1")

    assert is_inside(client)
