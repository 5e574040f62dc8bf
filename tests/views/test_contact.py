"""The contact page: whom to call, and a form that loses no word and floods no mail server."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from articles.actions.limits import MESSAGES, POSTS
from articles.models import Message
from articles.models.message import LONGEST
from tests.admin.desk import sent_from
from tests.factories import make_article, make_contact
from tests.views.pages import CODES, Page

OURS = {"origin": "http://testserver"}
WORDS = {
    "en": ("Amina Khan", "The canal", "The report names the wrong village.\n\nIt is Sita Road."),
    "ur": ("آمنہ خان", "نہر کی خبر", "خبر میں گاؤں کا نام درست نہیں۔\n\nدرست نام سیتا روڈ ہے۔"),
    "sd": ("آمنا خان", "واهه جي خبر", "خبر ۾ ڳوٺ جو نالو صحيح ناهي.\n\nصحيح نالو سيتا روڊ آهي."),
}


def written(code: str = "en", **overrides: Any) -> dict[str, Any]:
    name, subject, text = WORDS[code]
    told = {"name": name, "email": "amina@example.org", "subject": subject, "text": text}
    return {**told, **overrides}


def form_at(client: Client, code: str = "en", **told: Any) -> dict[str, Any]:
    """What a browser would send from the form once ``told`` is typed into it."""
    return sent_from(client.get(f"/{code}/contact/"), **told)


def post(client: Client, path: str, form: dict[str, Any], **extra: Any) -> Any:
    """Send a form of a page of ours as browsers do."""
    kind = "application/x-www-form-urlencoded"
    sent = urlencode(form, doseq=True)
    return client.post(path, sent, **{"headers": OURS, "content_type": kind, **extra})


def send(
    client: Client, form: dict[str, Any], code: str = "en", *, minutes: int = 1, **extra: Any
) -> Any:
    """Send it a minute after it was opened."""
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=True):
        return post(client, f"/{code}/contact/", form, **extra)


def typed_into(response: Any) -> dict[str, str]:
    sent = sent_from(response)
    return {name: sent[name][0] for name in ("name", "email", "subject", "text")}


# Contacts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_every_page_leads_to_the_contacts_of_its_own_edition(client, code):
    make_contact(code, name="First", phone="+92 (0)21 111-222.333", email="", in_header=True)
    make_contact(code, name="Second", email="second@example.org")
    make_contact("ur" if code != "ur" else "sd", name="Other", in_header=True)
    article = make_article(language=code)
    for path in (f"/{code}/", article.get_absolute_url(), f"/{code}/nothing/"):
        page = Page(client.get(path))
        assert f"/{code}/contact/" in page.links, path
        assert "tel:+9221111222333" in page.links, path
        assert "Second" not in page.text
        assert "Other" not in page.text
    page = Page(client.get(f"/{code}/contact/"))
    assert page.text.index("First") < page.text.index("Second")
    assert "mailto:second@example.org" in page.links
    assert "Other" not in page.text


def test_a_number_runs_from_left_to_right_in_a_page_from_right_to_left(client):
    make_contact("ur", in_header=True)
    page = client.get("/ur/contact/").content.decode()
    assert page.count('<bdi dir="ltr" class="number">+44 20 7946 0123</bdi>') == 2


def test_contacts_are_told_to_machines(client):
    make_contact(name="Press office", role="Questions", email="press@example.org")
    (data,) = [
        each for each in client.get("/en/contact/").context["json_ld"] if "mainEntity" in each
    ]
    (point,) = data["mainEntity"]["contactPoint"]
    assert (point["telephone"], point["email"]) == ("+44 20 7946 0123", "press@example.org")


def test_the_contact_page_costs_three_queries(client, django_assert_num_queries):
    for _number in range(8):
        make_contact(in_header=True)
    with django_assert_num_queries(3):
        client.get("/en/contact/")


# Writing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_a_message_is_stored_as_it_was_written(client, code):
    response = send(client, form_at(client, code, **written(code)), code)
    assert (response.status_code, response["Location"]) == (303, f"/{code}/contact/sent/#content")
    message = Message.objects.get()
    assert (message.name, message.subject, message.text) == WORDS[code]
    assert (message.language_id, message.email) == (code, "amina@example.org")
    assert message.state == Message.State.NEW
    thanks = client.get(response["Location"])
    assert thanks.status_code == 200
    assert Page(thanks).all("meta", name="robots", content="noindex")
    assert not response.cookies


def test_an_address_may_be_left_out(client):
    send(client, form_at(client, **written(email="")))
    assert Message.objects.get().email == ""


def test_a_lite_reader_stays_lite(client):
    page = client.get("/en/contact/?lite")
    assert 'action="/en/contact/?lite#write"' in page.content.decode()
    form = sent_from(page, **written())
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=True):
        response = post(client, "/en/contact/?lite", form)
    assert response["Location"] == "/en/contact/sent/?lite#content"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "fault",
    [
        {"name": ""},
        {"subject": " \t"},
        {"text": "\n"},
        {"name": "n" * 121},
        {"subject": "s" * 161},
        {"text": "t" * (LONGEST + 1)},
        {"email": "nobody"},
        {"email": "a@b\r\nBcc: victim@example.org"},
        {"email": f"{'a' * 250}@example.org"},
    ],
)
def test_what_cannot_be_taken_comes_back_with_a_sentence_and_every_word(client, code, fault):
    told = written(code, **fault)
    response = send(client, form_at(client, code, **told), code)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    shown = {name: text.replace("\r\n", "\n") for name, text in typed_into(response).items()}
    wanted = {name: text.replace("\r\n", "\n") for name, text in told.items()}
    # A line holds no line break: a browser leaves it out.
    assert {name: text.replace("\n", "") for name, text in shown.items()} == {
        name: text.replace("\n", "") for name, text in wanted.items()
    }
    (errors,) = response.context["form"].errors.values()
    assert str(errors[0]).strip("⁦⁩").endswith("." if code != "ur" else "۔")
    assert not Message.objects.exists()
    assert mail.outbox == []


def test_a_message_is_as_long_as_its_letters_not_as_its_line_breaks(client):
    text = "a\r\n" * (LONGEST // 2)
    send(client, form_at(client, **written(text=text)))
    assert Message.objects.get().text == text.replace("\r\n", "\n").strip()


def test_characters_that_nobody_types_are_left_out(client):
    told = written(name="Ami\0na\u202e", subject="A\rB\x07", text="one\0two\u2066")
    send(client, form_at(client, **told))
    message = Message.objects.get()
    assert (message.name, message.subject, message.text) == ("Amina", "A B", "onetwo")


def test_what_was_written_is_shown_as_text(client):
    told = written(name="", text="</textarea><script>alert(1)</script>")
    page = send(client, form_at(client, **told)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;" in page


def test_more_than_a_server_reads_is_refused_in_a_sentence(client):
    response = send(client, form_at(client, **written(text="t" * 2_700_000)))
    assert response.status_code == 413
    assert "shorten it" in Page(response).text


def test_a_form_that_is_sent_twice_is_one_message(client):
    form = form_at(client, **written())
    assert [send(client, form).status_code for _press in range(2)] == [303, 303]
    assert Message.objects.count() == 1
    send(client, form_at(client, **written(text="Another.")))
    assert Message.objects.count() == 2


# Who does not write -------------------------------------------------------------------------------


def test_a_box_that_nobody_sees_tells_a_machine(client, django_capture_on_commit_callbacks):
    make_contact()
    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, form_at(client, **written(homepage="https://spam.example")))
    assert response.status_code == 303
    assert Message.objects.get().state == Message.State.SPAM
    assert mail.outbox == []


@pytest.mark.parametrize("opened", ["", "garbage", ":1tXyZ:abc"])
def test_a_form_that_we_did_not_show_is_asked_for_once_more(client, opened):
    response = send(client, form_at(client, **written(opened=opened)))
    assert not Message.objects.exists()
    assert typed_into(response) == written()
    assert send(client, sent_from(response), minutes=2).status_code == 303


def test_a_form_that_comes_back_at_once_is_asked_for_once_more(client):
    form = form_at(client, **written())
    response = post(client, "/en/contact/", form)
    assert "once more" in Page(response).text
    assert send(client, sent_from(response)).status_code == 303
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://testserver.elsewhere.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example", "sec-fetch-site": "same-origin"},
        {"referer": "https://elsewhere.example/http://testserver/"},
        {"referer": "http://[broken"},
    ],
)
@pytest.mark.parametrize("code", CODES)
def test_a_form_from_elsewhere_is_refused(client, headers, code, django_assert_num_queries):
    form = form_at(client, code, **written(code))
    with django_assert_num_queries(0):
        response = send(client, form, code, headers=headers)
    assert response.status_code == 403
    assert Page(response).html["lang"] == code
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "same-origin"}, {"referer": "http://testserver/en/contact/"}],
)
def test_a_browser_that_says_it_in_another_way_is_believed(client, headers):
    assert send(client, form_at(client, **written()), headers=headers).status_code == 303


def test_a_form_carries_no_files(client):
    form = form_at(client, **written())
    assert client.post("/en/contact/", form, headers=OURS).status_code == 400  # As multipart.


# Limits -------------------------------------------------------------------------------------------


def test_many_messages_from_one_address_are_held_off_and_lose_nothing(client):
    make_article()
    for number in range(MESSAGES.most):
        told = written(text=f"Message {number}")
        assert send(client, form_at(client, **told)).status_code == 303
    response = send(client, form_at(client, **written(text="One more")))
    assert response.status_code == 429
    assert int(response["Retry-After"]) == MESSAGES.seconds
    assert typed_into(response)["text"] == "One more"
    assert re.search("in an hour", Page(response).text)
    assert Message.objects.count() == MESSAGES.most
    elsewhere = send(client, form_at(client, **written(text="B")), REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 303
    assert client.get("/en/contact/").status_code == 200


def test_a_flood_is_answered_without_a_query(client, django_assert_num_queries):
    form = form_at(client, **written(name=""))
    for _post in range(POSTS.most):
        post(client, "/en/contact/", form)
    with django_assert_num_queries(0):
        response = post(client, "/ur/contact/", form)
    assert response.status_code == 429
    assert response["Retry-After"] == str(POSTS.seconds)
    assert Page(response).html["lang"] == "ur"


def test_behind_proxies_it_is_the_readers_own_address_that_counts(client, settings):
    settings.PROXIES = 1
    form = form_at(client, **written(name=""))
    for number in range(POSTS.most + 1):
        headers = {**OURS, "x-forwarded-for": f"198.51.100.{number}, 203.0.113.5"}
        response = post(client, "/en/contact/", form, headers=headers)
    assert response.status_code == 429
    other = {**OURS, "x-forwarded-for": "203.0.113.6"}
    assert post(client, "/en/contact/", form, headers=other).status_code == 200


# Mail ---------------------------------------------------------------------------------------------


@pytest.fixture
def sending(client, django_capture_on_commit_callbacks):
    """Send a message of its own words, and do what follows its commit."""

    def deliver(text: str, code: str = "en", **told: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            assert send(client, form_at(client, code, **written(code, text=text, **told)), code)

    return deliver


def test_the_desk_is_told_by_mail_how_many_wait_and_nothing_that_was_written(sending):
    make_contact(email="desk@example.org")
    make_contact(email="night@example.org")
    make_contact("ur", email="other@example.org")
    sending("Secret words", subject="A subject\r\nBcc: victim@example.org")
    (letter,) = mail.outbox
    assert letter.to == ["desk@example.org", "night@example.org"]
    assert letter.subject == "1 message from a reader waits."
    assert "/admin/articles/message/" in letter.body
    told = str(letter.message())
    for words in ("Secret", "victim", "Amina", "A subject"):
        assert words not in told


def test_the_mail_speaks_the_language_of_the_desk(sending):
    make_contact("ur")
    sending("پیغام", "ur")
    assert "قارئین" in mail.outbox[0].subject


def test_a_setting_names_the_desk_instead(sending, settings):
    make_contact(email="desk@example.org")
    settings.CONTACT_EMAIL = ["editor@example.org"]
    sending("One")
    assert mail.outbox[0].to == ["editor@example.org"]


def test_without_an_address_the_message_is_kept_and_nobody_is_mailed(sending):
    sending("One")
    assert Message.objects.count() == 1
    assert mail.outbox == []


def test_of_many_messages_one_mail_is_sent_and_the_rest_in_the_next(
    sending, client, monkeypatch, django_capture_on_commit_callbacks
):
    make_contact()
    monkeypatch.setattr("articles.views.due.INTERVAL", timedelta(seconds=1))
    for number in range(5):
        sending(f"Message {number}")
    assert [letter.subject for letter in mail.outbox] == ["1 message from a reader waits."]
    with time_machine.travel(timezone.now() + timedelta(minutes=9), tick=True):
        client.get("/en/")
    assert len(mail.outbox) == 1
    for minutes in (12, 13, 40):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=True):
            client.get("/en/")
    assert [letter.subject for letter in mail.outbox[1:]] == ["5 messages from readers wait."]


def test_a_mail_server_that_is_away_loses_no_message_and_is_tried_again(
    sending, client, monkeypatch, settings, caplog
):
    make_contact()
    monkeypatch.setattr("articles.views.due.INTERVAL", timedelta(seconds=1))
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.views.test_contact.NoMail"
    sending("One")
    assert Message.objects.get().told_at is None
    assert "could not be told" in caplog.text
    settings.EMAIL_BACKEND = backend
    with time_machine.travel(timezone.now() + timedelta(minutes=12), tick=True):
        client.get("/en/")
    assert len(mail.outbox) == 1
    assert Message.objects.get().told_at is not None


class NoMail:
    def __init__(self, **kwargs: Any) -> None:
        pass

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError


def test_a_mail_tells_of_no_message_that_was_settled_before(sending):
    make_contact()
    sending("One")
    Message.objects.update(state="spam")
    sending("Two")
    assert len(mail.outbox) == 1
