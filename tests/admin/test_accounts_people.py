"""The screens of users: who has set up two-step login, and who may reset it for whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.admin import desk
from tests.admin.accounts import give_app, is_inside, signed_in
from tests.admin.desk import said
from tests.factories import logged, make_editor

pytestmark = pytest.mark.django_db
LIST = "admin:auth_user_changelist"


@pytest.fixture(autouse=True)
def _second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR = True


def sit_down(**fields: Any) -> Client:
    head = make_editor(**fields)
    return signed_in(head, give_app(head)[0])


def reset_in_list(client: Client, *users: Any) -> Any:
    ticked = {"action": "reset_selected", "_selected_action": [user.pk for user in users]}
    return client.post(reverse(LIST), ticked, follow=True)


def test_superuser_resets_the_app_of_a_user_who_is_out_at_once() -> None:
    head, user = sit_down(username="head"), make_editor(username="writer")
    writer = signed_in(user, give_app(user)[0])
    page = reverse("admin:auth_user_change", args=[user.pk])
    assert reverse("admin:auth_user_reset", args=[user.pk]) in head.get(page).content.decode()
    asked = head.get(reverse("admin:auth_user_reset", args=[user.pk]))
    assert "Be sure that it is writer who asks for this." in asked.content.decode()
    assert is_inside(writer)

    done = head.post(reverse("admin:auth_user_reset", args=[user.pk]), follow=True)

    assert "The two-step login of “writer” is reset." in said(done)
    assert "Not set up yet: the next login asks for it." in done.content.decode()
    assert not is_inside(writer)
    line = LogEntry.objects.filter(object_id=user.pk).latest("pk")
    assert (logged(line), line.user.username) == ("Reset the two-step login.", "head")


def test_superuser_resets_several_and_is_told_of_those_who_have_none() -> None:
    head, users = sit_down(), [make_editor(username=name) for name in ("one", "two")]
    give_app(users[0])

    told = said(reset_in_list(head, *users))

    assert "The two-step login of “one” is reset." in told
    assert "“two” has not set up two-step login." in told


def test_superuser_does_not_reset_her_own() -> None:
    head = sit_down(username="head")
    user = TOTPDevice.objects.get().user
    page = head.get(reverse("admin:auth_user_change", args=[user.pk])).content.decode()
    assert reverse("admin:auth_user_reset", args=[user.pk]) not in page

    told = said(head.post(reverse("admin:auth_user_reset", args=[user.pk]), follow=True))

    assert "Change your own app on the page of your account" in told
    assert TOTPDevice.objects.exists()


def test_who_is_no_superuser_resets_nothing() -> None:
    user = make_editor()
    give_app(user)
    client = sit_down(is_superuser=False)

    assert client.get(reverse(LIST)).status_code == 403
    reset_in_list(client, user)
    for method in (client.get, client.post):
        assert method(reverse("admin:auth_user_reset", args=[user.pk])).status_code == 403

    assert TOTPDevice.objects.filter(user=user).exists()


def test_list_of_users_tells_who_has_an_app_in_as_many_queries_for_twenty_as_for_two() -> None:
    client = sit_down()
    few = _queries(client)
    for _number in range(18):
        give_app(make_editor())

    assert _queries(client) == few
    assert client.get(reverse(LIST)).content.decode().count("icon-yes.svg") > 18


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(LIST))
    return len(queries)


def test_nothing_is_told_of_two_steps_where_a_password_is_enough(settings: Any) -> None:
    settings.SECOND_FACTOR = False
    client, user = desk.sit_down(), make_editor()

    for address in (reverse(LIST), reverse("admin:auth_user_change", args=[user.pk])):
        assert "wo-step login" not in client.get(address).content.decode()


def test_new_account_is_given_the_mail_address_that_a_lost_password_needs() -> None:
    words = {"usable_password": "true", "password1": "quite long", "password2": "quite long"}
    desks = {"desks-TOTAL_FORMS": "0", "desks-INITIAL_FORMS": "0"}
    person = {"username": "ayesha", "email": "ayesha@news.example"}

    sit_down().post(reverse("admin:auth_user_add"), {**person, **words, **desks})

    assert User.objects.get(username="ayesha").email == "ayesha@news.example"


def test_apps_and_codes_have_no_screen() -> None:
    assert "otp" not in sit_down().get(reverse("admin:index")).content.decode().lower()


def test_deleting_a_user_tells_nothing_of_her_apps_and_codes() -> None:
    client, user = sit_down(), make_editor(username="leaver")
    give_app(user)

    page = client.get(reverse("admin:auth_user_delete", args=[user.pk])).content.decode()

    assert "leaver" in page
    assert "TOTP" not in page
    assert "tatic" not in page.replace("/static/", "")
    client.post(reverse("admin:auth_user_delete", args=[user.pk]), {"post": "yes"})
    assert not TOTPDevice.objects.filter(user_id=user.pk).exists()
