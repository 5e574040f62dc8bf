"""The page of one's own account: the app and the recovery codes change for who proves herself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.admin.accounts import code_of, give_app, give_code, give_password, is_inside, signed_in
from tests.factories import logged, make_editor, make_member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import AbstractUser

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
APP, CODES = "admin:account_app", "admin:account_codes"


@pytest.fixture(autouse=True)
def _second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR = True


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def user() -> AbstractUser:
    return make_editor(email="writer@news.example")


def test_account_tells_how_one_logs_in_and_until_when(
    clock: time_machine.Traveller, user: AbstractUser
) -> None:
    key, _codes = give_app(user)

    page = signed_in(user, key).get(reverse("admin:account")).content.decode()

    assert "writer@news.example" in page
    assert "Set up on 4 March 2026." in page
    assert "10 are left." in page
    assert "5 March 2026, 02:30" in page  # Twelve hours on, by the newsroom's own clock.


def test_new_app_takes_the_place_of_the_old_one_and_ends_other_sessions(
    clock: time_machine.Traveller, user: AbstractUser
) -> None:
    old, old_codes = give_app(user)
    client = signed_in(user, old)
    clock.shift(60)
    other = signed_in(user, old)
    clock.shift(60)
    client.get(reverse(APP))
    new = client.session["desk_new_key"]
    before = client.session.session_key

    done = client.post(reverse(APP), {"code": code_of(new), "proof": code_of(old)})

    assert len(done.context["codes"]) == 10
    assert is_inside(client)
    assert client.session.session_key != before
    assert "desk_new_key" not in client.session
    assert not is_inside(other)
    clock.shift(60)
    for stale in (code_of(old), old_codes[1]):
        late = Client()
        give_password(late, user)
        give_code(late, stale)
        assert not is_inside(late)
        clock.shift(60)
    assert is_inside(signed_in(user, new))


def test_app_is_not_changed_without_a_code_of_the_present_one(
    clock: time_machine.Traveller, user: AbstractUser
) -> None:
    old, _codes = give_app(user)
    client = signed_in(user, old)
    clock.shift(60)
    client.get(reverse(APP))
    new = client.session["desk_new_key"]

    for proof in ("", "000000", code_of(new)):
        response = client.post(reverse(APP), {"code": code_of(new), "proof": proof})
        assert response.context["form"].errors.keys() == {"proof"}
        clock.shift(60)
    assert TOTPDevice.objects.get().key == old


def test_wrong_code_of_the_new_app_uses_up_no_code_of_the_present_one(
    clock: time_machine.Traveller, user: AbstractUser
) -> None:
    old, _codes = give_app(user)
    client = signed_in(user, old)
    clock.shift(60)
    client.get(reverse(APP))
    new = client.session["desk_new_key"]

    wrong = client.post(reverse(APP), {"code": "000000", "proof": code_of(old)})
    assert wrong.context["form"].errors.keys() == {"code"}
    right = client.post(reverse(APP), {"code": code_of(new), "proof": code_of(old)})
    assert len(right.context["codes"]) == 10


def test_recovery_code_proves_who_has_lost_the_phone(
    clock: time_machine.Traveller, user: AbstractUser
) -> None:
    _key, codes = give_app(user)
    client = Client()
    give_password(client, user)
    give_code(client, codes[0])
    client.get(reverse(APP))
    new = client.session["desk_new_key"]

    client.post(reverse(APP), {"code": code_of(new), "proof": codes[1]})

    assert TOTPDevice.objects.get().key == new
    assert is_inside(client)


def test_picture_of_a_new_app_is_drawn_for_who_is_logged_in(user: AbstractUser) -> None:
    client = signed_in(user, give_app(user)[0])
    picture = reverse("admin:second_factor_qr")
    assert client.get(picture).status_code == 404

    client.get(reverse(APP))

    assert client.get(picture).headers["Content-Type"] == "image/svg+xml"


def test_new_recovery_codes_need_a_code_and_void_the_old_ones(
    clock: time_machine.Traveller, user: AbstractUser
) -> None:
    key, old = give_app(user)
    client = signed_in(user, key)
    clock.shift(60)

    wrong = client.post(reverse(CODES), {"proof": "000000"})
    assert wrong.context["form"].errors.keys() == {"proof"}
    clock.shift(60)
    done = client.post(reverse(CODES), {"proof": code_of(key)})
    assert is_inside(client)

    new = [code.replace(" ", "") for code in done.context["codes"]]
    assert not set(new) & set(old)
    for code, is_right in ((old[0], False), (new[0], True)):
        clock.shift(60)
        late = Client()
        give_password(late, user)
        give_code(late, code)
        assert is_inside(late) is is_right


def test_writer_changes_her_own_account_though_she_sees_no_other(user: AbstractUser) -> None:
    writer = make_member("ur", "writer")
    client = signed_in(writer, give_app(writer)[0])

    for name in ("admin:account", APP, CODES, "admin:password_change"):
        assert client.get(reverse(name)).status_code == 200
    assert client.get(reverse("admin:auth_user_change", args=[user.pk])).status_code == 403


def test_what_is_done_to_the_account_is_in_its_log(
    clock: time_machine.Traveller, user: AbstractUser
) -> None:
    key, _codes = give_app(user)
    client = signed_in(user, key)
    clock.shift(60)
    client.post(reverse(CODES), {"proof": code_of(key)})

    lines = LogEntry.objects.filter(object_id=user.pk).order_by("pk")
    assert [logged(line) for line in lines] == [
        "Set up the two-step login.",
        "Made new recovery codes.",
    ]
    assert {line.user_id for line in lines} == {user.pk}
