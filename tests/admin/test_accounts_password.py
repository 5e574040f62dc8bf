"""A forgotten password: a link by mail sets a new one, and tells and opens nothing else."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admin.accounts import code_of, give_app, give_code, give_password, is_inside, signed_in
from tests.factories import logged, make_editor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import AbstractUser

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
ASK, SENT = "admin:password_reset", "admin:password_reset_sent"
NEW = "a password never used before"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def user() -> AbstractUser:
    return make_editor(username="writer", email="writer@news.example")


def ask(email: str = "writer@news.example", **options: Any) -> Any:
    return Client(**options).post(reverse(ASK), {"email": email})


def link() -> str:
    """The path of the address in the mail that was sent last."""
    address = re.search(
        r"^http://127\.0\.0\.1:8000(/\S+)$", str(mail.outbox[-1].body), re.MULTILINE
    )
    assert address
    return address[1]


def choose(path: str, password: str = NEW, client: Client | None = None) -> Any:
    """Follow the link and type the new password twice."""
    client = client or Client()
    form = client.get(path, follow=True)
    given = {"new_password1": password, "new_password2": password}
    return client.post(form.request["PATH_INFO"], given, follow=True)


def test_login_leads_to_the_link_that_sets_a_new_password(user: AbstractUser) -> None:
    assert reverse(ASK) in Client().get(reverse("admin:login")).content.decode()

    assert ask().headers["Location"] == reverse(SENT)
    done = choose(link())

    assert done.request["PATH_INFO"] == reverse("admin:password_reset_done")
    user.refresh_from_db()
    assert user.check_password(NEW)
    client = Client()
    give_password(client, user, password=NEW)
    assert is_inside(client)


def test_link_logs_nobody_in_and_does_not_go_round_the_second_step(
    clock: time_machine.Traveller, user: AbstractUser, settings: Any
) -> None:
    settings.SECOND_FACTOR = True
    key, _codes = give_app(user)
    ask()
    client = Client()
    choose(link(), client=client)

    assert SESSION_KEY not in client.session
    assert not is_inside(client)
    enrol = client.get(reverse("admin:second_factor_enrol"))
    assert enrol.headers["Location"] == reverse("admin:login")
    asked = give_password(client, user, password=NEW)
    assert asked.headers["Location"] == reverse("admin:second_factor")
    assert not is_inside(client)
    give_code(client, code_of(key))
    assert is_inside(client)


def test_new_password_ends_every_session(user: AbstractUser, settings: Any) -> None:
    settings.SECOND_FACTOR = True
    client = signed_in(user, give_app(user)[0])
    ask()

    choose(link(), client=client)

    assert not is_inside(client)


def test_new_password_lets_in_who_was_shut_out(user: AbstractUser) -> None:
    for _time in range(6):
        give_password(Client(), user, password="forgotten")
    ask()
    choose(link())

    client = Client()
    give_password(client, user, password=NEW)

    assert is_inside(client)
    line = LogEntry.objects.get(object_id=user.pk)
    assert logged(line) == "Set a new password by mail."


# What a link is worth ----------------------------------------------------------------------------


def test_link_works_once_and_for_an_hour(clock: time_machine.Traveller, user: AbstractUser) -> None:
    ask()
    path = link()
    clock.shift(3599)
    assert choose(path).request["PATH_INFO"] == reverse("admin:password_reset_done")
    assert "This link is too old, or it was used before." in Client().get(path).content.decode()

    ask()
    clock.shift(3602)
    assert "This link is too old" in Client().get(link()).content.decode()


def test_login_or_another_mail_address_voids_the_link(user: AbstractUser) -> None:
    ask()
    give_password(Client(), user)
    assert "This link is too old" in Client().get(link()).content.decode()

    user.refresh_from_db()
    ask()
    user.email = "writer@elsewhere.example"
    user.save()
    assert "This link is too old" in Client().get(link()).content.decode()


def test_weak_password_is_refused_and_the_link_stays(user: AbstractUser) -> None:
    ask()
    client = Client()

    page = choose(link(), "12345678", client).content.decode()

    assert "This password is entirely numeric." in page
    user.refresh_from_db()
    assert user.check_password("a long password")
    assert choose(link(), client=client).request["PATH_INFO"] == reverse(
        "admin:password_reset_done"
    )


@pytest.mark.parametrize("path", ["MQ/set-password/", "x/y/", "%00/%00/", "-/" + "a" * 500 + "/"])
def test_address_that_is_no_link_says_so(path: str) -> None:
    response = Client().get(reverse(ASK) + path)

    assert response.status_code == 200
    assert "This link is too old" in response.content.decode()


def test_mail_names_the_sites_own_host_whatever_the_request_called_it(
    user: AbstractUser, settings: Any
) -> None:
    settings.SITE_URL = "https://news.example"
    settings.ALLOWED_HOSTS = ["news.example", "evil.example"]

    Client(HTTP_HOST="evil.example").post(reverse(ASK), {"email": user.email})

    assert "https://news.example/admin/password/" in mail.outbox[0].body
    assert "evil" not in mail.outbox[0].body


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("en", "A new password for “writer”", "If it was not you, do nothing"),
        ("ur", "”⁨writer⁩“ کے لیے نیا پاس ورڈ", "اگر یہ آپ نہیں تھے تو کچھ نہ کریں"),
        ("sd", "“⁨writer⁩” لاءِ نئون پاسورڊ", "جيڪڏهن اهو توهان نه هئا ته ڪجهه نه ڪريو"),
    ],
)
def test_mail_speaks_the_language_of_who_asks(
    user: AbstractUser, language: str, subject: str, words: str
) -> None:
    client = Client()
    client.cookies["language"] = language

    client.post(reverse(ASK), {"email": user.email})

    assert mail.outbox[0].subject == subject
    assert words in mail.outbox[0].body
    assert mail.outbox[0].to == ["writer@news.example"]


# What nobody learns ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [{"email": "other@news.example"}, {"is_active": False}, {"password": None}],
    ids=["no such address", "closed", "no password"],
)
def test_who_cannot_be_helped_gets_the_same_answer(fields: dict[str, Any]) -> None:
    make_editor(**{"email": "writer@news.example", **fields})

    response = ask()

    assert response.headers["Location"] == reverse(SENT)
    assert mail.outbox == []


def test_answer_is_given_before_anything_is_looked_up(
    user: AbstractUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(
        "articles.admin.accounts.reset.send_reset_links", lambda email: done.append(email)
    )
    # The test's client closes an answer when it has it, as a server does when it has sent it.
    monkeypatch.setattr("articles.admin.accounts.reset.Answered.close", lambda answer: None)
    with CaptureQueriesContext(connection) as queries:
        answers = [ask(email) for email in ("writer@news.example", "nobody@news.example")]

    assert done == []
    assert len(queries) == 0
    assert answers[0].headers.items() == answers[1].headers.items()
    assert answers[0].content == answers[1].content


def test_mail_server_that_is_away_shows_nobody_an_error(
    user: AbstractUser, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1

    assert ask().headers["Location"] == reverse(SENT)

    assert "could not be sent to user" in caplog.text
    assert "writer" not in caplog.records[-1].getMessage()


def test_one_address_is_sent_three_mails_an_hour(
    clock: time_machine.Traveller, user: AbstractUser
) -> None:
    for spelling in ("writer@news.example", "Writer@news.example") * 4:
        assert ask(spelling, REMOTE_ADDR="192.0.2.1").headers["Location"] == reverse(SENT)
    assert len(mail.outbox) == 3
    clock.shift(3601)
    ask()
    assert len(mail.outbox) == 4


def test_one_client_asks_twenty_times_an_hour(user: AbstractUser) -> None:
    for number in range(20):
        assert ask(f"somebody-{number}@news.example").status_code == 302

    refused = ask()

    assert refused.status_code == 429
    assert "Too many links were asked for." in refused.content.decode()
    assert ask(REMOTE_ADDR="192.0.2.9").status_code == 302


@pytest.mark.parametrize("email", ["", "nobody", "a@b\r\nBcc: c@d.example", "\0@news.example"])
def test_what_is_no_address_is_refused(email: str) -> None:
    response = ask(email)

    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"email"}
