"""Sessions of the desk: they end twelve hours after the login, and readers have none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admin.accounts import code_of, give_app, give_code, give_password, is_inside, signed_in
from tests.factories import load_languages, make_editor, make_source

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True, params=[True, False], ids=["two steps", "one step"])
def _second_factor(request: pytest.FixtureRequest, settings: Any) -> None:
    settings.SECOND_FACTOR = request.param


def log_in(settings: Any) -> Client:
    user = make_editor()
    if settings.SECOND_FACTOR:
        return signed_in(user, give_app(user)[0])
    client = Client()
    give_password(client, user)
    return client


def test_session_ends_after_twelve_hours_however_busy_it_is(settings: Any) -> None:
    source = make_source()
    address = reverse("admin:articles_source_change", args=[source.pk])
    with time_machine.travel(NOW, tick=False) as clock:
        client = log_in(settings)
        for hour in range(1, 12):
            clock.move_to(NOW + timedelta(hours=hour))
            client.post(address, {"name": f"Name {hour}"})  # A message is kept, in the session too.
            session = client.session
            session["busy"] = hour
            session.save()
            assert is_inside(client)
        clock.move_to(NOW + timedelta(hours=12, seconds=-1))
        assert is_inside(client)
        assert Session.objects.get().expire_date == NOW + timedelta(hours=12)
        clock.move_to(NOW + timedelta(hours=12, seconds=1))

        response = client.get(address)

    assert response.headers["Location"] == f"{reverse('admin:login')}?next={address}"


def test_new_password_gives_no_new_twelve_hours(settings: Any) -> None:
    new = "a longer password"
    form = {"old_password": "a long password", "new_password1": new, "new_password2": new}
    with time_machine.travel(NOW, tick=False) as clock:
        client = log_in(settings)
        clock.move_to(NOW + timedelta(hours=11))
        assert client.post(reverse("admin:password_change"), form).status_code == 302
        assert is_inside(client)
        clock.move_to(NOW + timedelta(hours=12, seconds=1))

        assert not is_inside(client)


def test_cookie_ends_with_the_session_and_goes_to_no_script_and_no_other_site(
    settings: Any,
) -> None:
    with time_machine.travel(NOW, tick=False):
        client = log_in(settings)

    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == 12 * 60 * 60
    assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True)


def test_after_the_end_the_editor_comes_back_to_her_page(settings: Any) -> None:
    user, wanted = make_editor(), reverse("admin:articles_article_add") + "?language=ur"
    with time_machine.travel(NOW, tick=False) as clock:
        key = give_app(user)[0] if settings.SECOND_FACTOR else ""
        client = Client()
        give_password(client, user)
        clock.shift(13 * 3600)
        asked = client.get(wanted, follow=True)

        response = give_password(client, user, asked.context["next"])
        if key:
            response = give_code(client, code_of(key))

    assert response.headers["Location"] == wanted


def test_who_logs_in_sweeps_out_what_has_ended(settings: Any) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        log_in(settings)
        clock.shift(13 * 3600)
        client = log_in(settings)

    assert Session.objects.get().session_key == client.session.session_key


def test_readers_pages_ask_nothing_of_an_editors_session(
    settings: Any, django_assert_num_queries: Any
) -> None:
    load_languages()
    stranger, editor = Client(), log_in(settings)
    stranger.get("/en/")
    with django_assert_num_queries(_count(stranger)):
        page = editor.get("/en/")

    assert page.content == stranger.get("/en/").content
    assert not page.cookies


def _count(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/")
    return len(queries)
