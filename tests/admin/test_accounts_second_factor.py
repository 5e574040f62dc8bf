"""The second step of a login: nothing goes round it, and no code is taken twice."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.contrib import admin
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AbstractUser, User
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.actions import Refused
from articles.actions.second_factor import enrol, new_key
from articles.admin.accounts.urls import OPEN
from tests.admin.accounts import (
    code_of,
    give_app,
    give_code,
    give_password,
    is_inside,
    signed_in,
)
from tests.factories import make_editor

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR = True


# Nothing goes round it ---------------------------------------------------------------------------


def addresses() -> dict[str, str]:
    """Every address of the desk by its name (or its pattern), with something in each gap."""
    return dict(_addresses(admin.site.get_urls(), reverse("admin:index")))


def _addresses(patterns: list[Any], prefix: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        path = prefix + _filled(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or path, path


def _filled(route: str) -> str:
    route = re.sub(r"\(\?P<app_label>[^)]*\)", "articles", route)
    route = re.sub(r"\(\?P<\w+>[^)]*\)", "anything/", route)
    return re.sub(r"<[^>]*>", "1", route).replace("^", "").replace("$", "")


def nobody(user: AbstractUser) -> Client:
    return Client()


def with_the_password(user: AbstractUser) -> Client:
    client = Client()
    give_password(client, user)
    return client


def with_the_password_and_an_app_unused(user: AbstractUser) -> Client:
    give_app(user)
    return with_the_password(user)


def from_before_it_was_asked_for(user: AbstractUser) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def whose_app_was_reset(user: AbstractUser) -> Client:
    client = signed_in(user, give_app(user)[0])
    TOTPDevice.objects.all().delete()
    return client


def who_names_the_app_of_another(user: AbstractUser) -> Client:
    client = from_before_it_was_asked_for(user)
    other = make_editor()
    give_app(other)
    session = client.session
    session["otp_device_id"] = TOTPDevice.objects.get(user=other).persistent_id
    session.save()
    return client


@pytest.mark.parametrize(
    "come",
    [
        nobody,
        with_the_password,
        with_the_password_and_an_app_unused,
        from_before_it_was_asked_for,
        whose_app_was_reset,
        who_names_the_app_of_another,
    ],
)
def test_no_page_of_the_desk_opens_without_the_second_step(come: Any) -> None:
    client = come(make_editor())
    found = addresses()
    assert len(found) > 60
    assert set(found) >= OPEN

    for name, path in found.items():
        for method in (client.get, client.post):
            if name not in OPEN:
                response = method(path)
                assert response.status_code == 302, path
                wanted = "admin:index" if name == "logout" else "admin:login"
                assert response.headers["Location"].startswith(reverse(wanted)), path
    assert not is_inside(client)


def test_right_password_makes_nobody_a_user_of_any_page() -> None:
    client = with_the_password(make_editor())

    assert SESSION_KEY not in client.session
    assert client.get(reverse("admin:second_factor_enrol")).wsgi_request.user.is_anonymous


def test_account_with_an_app_cannot_be_given_another_by_its_password() -> None:
    user = make_editor()
    client = with_the_password_and_an_app_unused(user)
    enrol_page = reverse("admin:second_factor_enrol")

    for response in (client.get(enrol_page), client.post(enrol_page, {"code": "123456"})):
        assert response.headers["Location"] == reverse("admin:second_factor")
    assert client.get(reverse("admin:second_factor_qr")).status_code == 404
    key = new_key()
    with pytest.raises(Refused, match="has an authenticator app already"):
        enrol(user=user, key=key, code=code_of(key))


def test_password_that_changed_meanwhile_leads_to_no_second_step() -> None:
    user = make_editor()
    key, _codes = give_app(user)
    client = with_the_password(user)
    user.set_password("quite another one")
    user.save()

    assert give_code(client, code_of(key)).headers["Location"] == reverse("admin:login")
    assert not is_inside(client)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_account_that_was_closed_meanwhile_leads_to_no_second_step(change: dict[str, bool]) -> None:
    user = make_editor()
    key, _codes = give_app(user)
    client = with_the_password(user)
    User.objects.update(**change)

    assert give_code(client, code_of(key)).headers["Location"] == reverse("admin:login")


def test_right_password_is_remembered_for_ten_minutes_only() -> None:
    user = make_editor()
    with time_machine.travel(NOW, tick=False) as clock:
        key, _codes = give_app(user)
        client = with_the_password(user)
        for _minute in range(9):
            clock.shift(60)
            assert client.get(reverse("admin:second_factor")).status_code == 200
        clock.shift(61)

        assert give_code(client, code_of(key)).headers["Location"] == reverse("admin:login")


def test_no_step_leads_to_another_host() -> None:
    user = make_editor()
    key, _codes = give_app(user)
    for page in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:1"):
        client = Client()
        give_password(client, user, page)
        TOTPDevice.objects.update(last_t=-1)
        response = give_code(client, code_of(key))
        assert response.headers["Location"] == reverse("admin:index")


# Codes -------------------------------------------------------------------------------------------


def test_code_of_the_app_leads_to_the_page_that_was_wanted() -> None:
    user = make_editor()
    key, _codes = give_app(user)
    client, wanted = Client(), reverse("admin:articles_article_changelist") + "?status=draft"

    first = client.get(wanted)
    assert first.headers["Location"].startswith(reverse("admin:login"))
    asked = give_password(client, user, wanted)
    assert asked.headers["Location"] == reverse("admin:second_factor")
    response = give_code(client, code_of(key))

    assert response.headers["Location"] == wanted
    assert is_inside(client)


@pytest.mark.parametrize("zero", ["۰", "٠"])
def test_code_may_be_typed_in_any_digits_and_with_spaces(zero: str) -> None:
    user = make_editor()
    key, _codes = give_app(user)
    client = with_the_password(user)
    code = "".join(chr(ord(zero) + int(digit)) for digit in code_of(key))

    give_code(client, f" {code[:3]} {code[3:]} ")

    assert is_inside(client)


def test_code_is_not_taken_twice() -> None:
    user = make_editor()
    with time_machine.travel(NOW, tick=False):
        key, _codes = give_app(user)
        signed_in(user, key)
        client = with_the_password(user)
        response = give_code(client, code_of(key))

    assert "it was used before" in response.content.decode()
    assert not is_inside(client)


def test_code_that_set_the_app_up_is_not_taken_again() -> None:
    user, key = make_editor(), new_key()
    with time_machine.travel(NOW, tick=False):
        enrol(user=user, key=key, code=code_of(key))
        client = with_the_password(user)
        give_code(client, code_of(key))

    assert not is_inside(client)


def test_wrong_codes_make_the_next_one_wait_twice_as_long_even_the_right_one() -> None:
    user = make_editor()
    with time_machine.travel(NOW, tick=False) as clock:
        key, _codes = give_app(user)
        client = with_the_password(user)
        for wait in (1, 2, 4, 8):
            assert "This code is wrong" in give_code(client, "000000").content.decode()
            early = give_code(client, code_of(key)).content.decode()
            assert f"Wait {wait} second" in early
            clock.shift(wait)
        assert give_code(client, code_of(key)).status_code == 302


def test_long_wait_is_told_in_minutes() -> None:
    user = make_editor()
    with time_machine.travel(NOW, tick=False):
        key, _codes = give_app(user)
        TOTPDevice.objects.update(throttling_failure_count=9, throttling_failure_timestamp=NOW)
        told = give_code(with_the_password(user), code_of(key)).content.decode()

    assert "Wait 5 minutes" in told


@pytest.mark.parametrize("code", ["", " ", "12345", "1234567", "five", "9" * 60, "9" * 61])
def test_what_is_no_code_is_refused(code: str) -> None:
    user = make_editor()
    give_app(user)
    client = with_the_password(user)

    assert give_code(client, code).status_code == 200
    assert not is_inside(client)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_many_who_give_one_code_at_once_only_one_comes_in(kind: str) -> None:
    user = make_editor()
    key, codes = give_app(user)
    code = code_of(key) if kind == "app" else codes[0]
    clients = [with_the_password(user) for _number in range(6)]
    ready = Barrier(len(clients))

    def give(client: Client) -> bool:
        ready.wait(timeout=20)
        try:
            return bool(give_code(client, code).status_code == 302)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as threads:
        came_in = list(threads.map(give, clients))

    assert sorted(came_in) == [False] * 5 + [True]


# Recovery codes ----------------------------------------------------------------------------------


def test_recovery_code_opens_the_desk_once() -> None:
    user = make_editor()
    _key, codes = give_app(user)
    client = with_the_password(user)

    give_code(client, f"{codes[0][:4]} {codes[0][4:8]} {codes[0][8:]}")
    page = client.get(reverse("admin:index")).content.decode()
    assert "You logged in with a recovery code. 9 are left." in page

    again = with_the_password(user)
    give_code(again, codes[0])
    assert not is_inside(again)


def test_recovery_codes_are_kept_as_digests_only() -> None:
    user, other = make_editor(), make_editor()
    _key, codes = give_app(user)
    give_app(other)

    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert len(kept) == 20
    assert not kept & set(codes)
    client = with_the_password(other)
    give_code(client, codes[0])
    assert not is_inside(client)


def test_wrong_recovery_codes_make_the_next_one_wait() -> None:
    user = make_editor()
    with time_machine.travel(NOW, tick=False):
        _key, codes = give_app(user)
        client = with_the_password(user)
        give_code(client, "000000000000")

        assert "Wait 1 second" in give_code(client, codes[0]).content.decode()


# Setting an app up -------------------------------------------------------------------------------


def test_first_login_sets_an_app_up_and_shows_ten_codes_once() -> None:
    user = make_editor()
    client, wanted = Client(), reverse("admin:articles_source_changelist")
    asked = give_password(client, user, wanted)
    assert asked.headers["Location"] == reverse("admin:second_factor_enrol")
    page = client.get(asked.headers["Location"])
    key = client.session["desk_new_key"]

    done = client.post(asked.headers["Location"], {"code": code_of(key)})

    assert page.context["secret"].replace(" ", "") in page.context["app_address"]
    assert len(set(done.context["codes"])) == 10
    assert f'href="{wanted}"' in done.content.decode()
    assert is_inside(client)
    again = client.post(asked.headers["Location"], {"code": code_of(key)})
    assert again.headers["Location"] == reverse("admin:login")
    assert TOTPDevice.objects.get().user_id == user.pk


def test_wrong_code_sets_nothing_up_and_lets_one_try_again() -> None:
    client = with_the_password(make_editor())
    address = reverse("admin:second_factor_enrol")
    secret = client.get(address).context["secret"]

    response = client.post(address, {"code": "000000"})

    assert "This is not the code that the app shows now." in response.content.decode()
    assert response.context["secret"] == secret
    assert not TOTPDevice.objects.exists()
    assert not StaticDevice.objects.exists()


def test_whoever_else_knows_the_password_is_offered_another_secret() -> None:
    user = make_editor()
    address = reverse("admin:second_factor_enrol")
    secrets = {with_the_password(user).get(address).context["secret"] for _visit in range(3)}

    assert len(secrets) == 3


def test_of_two_who_set_an_app_up_at_once_only_one_does() -> None:
    user, address = make_editor(), reverse("admin:second_factor_enrol")
    first, second = with_the_password(user), with_the_password(user)
    for client in (first, second):
        client.get(address)

    for client in (first, second):
        client.post(address, {"code": code_of(client.session["desk_new_key"])})

    assert is_inside(first)
    assert not is_inside(second)
    assert TOTPDevice.objects.count() == 1


def test_picture_is_drawn_for_its_own_session_and_kept_by_no_cache() -> None:
    address = reverse("admin:second_factor_qr")
    client = with_the_password(make_editor())
    client.get(reverse("admin:second_factor_enrol"))

    picture = client.get(address)

    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"<svg ")
    assert "no-store" in picture.headers["Cache-Control"]
    assert "no-store" in client.get(reverse("admin:second_factor_enrol")).headers["Cache-Control"]
    assert Client().get(address).status_code == 404
    assert with_the_password(make_editor()).get(address).status_code == 404
    User.objects.update(is_active=False)
    assert client.get(address).status_code == 404


# Sessions ----------------------------------------------------------------------------------------


def test_each_step_gives_the_session_another_key_and_ends_the_one_before() -> None:
    user = make_editor()
    key, _codes = give_app(user)
    client = Client()
    client.force_login(make_editor())  # type: ignore[arg-type]
    keys = [client.session.session_key]
    give_password(client, user)
    keys.append(client.session.session_key)
    give_code(client, code_of(key))
    keys.append(client.session.session_key)

    assert len(set(keys)) == 3
    assert list(Session.objects.values_list("session_key", flat=True)) == keys[2:]


def test_new_password_ends_every_other_session_and_keeps_this_one() -> None:
    user = make_editor()
    with time_machine.travel(NOW, tick=False) as clock:
        key, _codes = give_app(user)
        one = signed_in(user, key)
        clock.shift(60)
        other = signed_in(user, key)
        one.post(
            reverse("admin:password_change"),
            {
                "old_password": "a long password",
                "new_password1": "a longer password",
                "new_password2": "a longer password",
            },
        )

        assert is_inside(one)
        assert not is_inside(other)


def test_where_no_second_step_is_asked_for_the_password_is_enough(settings: Any) -> None:
    settings.SECOND_FACTOR = False
    client = Client()

    response = give_password(client, make_editor(), reverse("admin:account"))

    assert response.headers["Location"] == reverse("admin:account")
    assert is_inside(client)
    assert client.get(reverse("admin:account_app")).status_code == 404
