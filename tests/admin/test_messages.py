"""What readers write, as the desk of their edition reads it, answers it and marks it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.actions import Refused, settle_message
from articles.models import Contact, Message
from tests.admin.desk import said, sent_from, sit_down
from tests.factories import make_contact, make_desk, make_language, make_member, make_message
from tests.views.pages import Page

pytestmark = pytest.mark.django_db

LIST = "admin:articles_message_changelist"


def form_of(message: Message) -> str:
    return reverse("admin:articles_message_change", args=[message.pk])


def settle(client: Any, message: Message, **told: Any) -> Any:
    """Open the message, mark it and save."""
    form = sent_from(client.get(form_of(message)), **told, _save="yes")
    return client.post(form_of(message), form, follow=True)


@pytest.mark.parametrize("language", ["en", "ur", "sd"])
@pytest.mark.parametrize("role", ["writer", "editor", "publisher"])
def test_a_desk_reads_and_settles_what_was_written_to_its_edition(role: str, language: str) -> None:
    message = make_message("ur")
    make_message("en")
    member = make_member("ur", role)
    client = sit_down(language, member)

    listed = client.get(reverse(LIST))
    settle(client, message, state="answered", note="Wrote back.")

    assert [row.pk for row in listed.context["cl"].result_list] == [message.pk]
    message.refresh_from_db()
    assert (message.state, message.note) == ("answered", "Wrote back.")
    assert message.settled_by == member
    assert message.settled_at is not None


def test_what_a_reader_wrote_cannot_be_changed_at_the_desk() -> None:
    message = make_message()
    settle(sit_down(), message, state="spam", text="Other words", subject="Other", name="Nobody")
    kept = Message.objects.get()
    assert (kept.text, kept.subject, kept.name) == (message.text, message.subject, message.name)


def test_the_answer_is_a_mail_to_the_reader_with_the_message_below() -> None:
    message = make_message("ur", email="a.reader+news@example.org", subject="a & b?cc=x@y.example")
    page = Page(sit_down("ur").get(form_of(message)))
    (link,) = [each for each in page.links if each.startswith("mailto:")]
    told = parse_qs(urlsplit(link).query)
    assert unquote(urlsplit(link).path) == "a.reader+news@example.org"
    assert told["subject"] == ["Re: a & b?cc=x@y.example"]
    assert f"> {message.text}" in told["body"][0]
    assert told.keys() == {"subject", "body"}


def test_who_gave_no_address_cannot_be_answered() -> None:
    page = Page(sit_down().get(form_of(make_message(email=""))))
    assert "gave no mail address" in page.text
    assert not [link for link in page.links if link.startswith("mailto:")]


def test_a_message_is_shown_as_text_in_its_own_direction() -> None:
    message = make_message("ur", text="<script>alert(1)</script>\n\nدو", subject="<b>x</b>")
    page = sit_down().get(form_of(message)).content.decode()
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert '<div class="readers-words" lang="ur" dir="rtl">' in page


def test_of_two_who_settle_one_message_the_second_is_told_and_loses_no_word() -> None:
    message = make_message()
    first, second = sit_down(username="amina"), sit_down()
    form = sent_from(second.get(form_of(message)), state="spam", note="An advert.", _save="yes")
    settle(first, message, state="answered", note="Thanked.")

    response = second.post(form_of(message), form)

    assert "“answered” by amina" in Page(response).text
    assert sent_from(response)["note"] == ["An advert."]
    message.refresh_from_db()
    assert (message.state, message.note) == ("answered", "Thanked.")
    again = sent_from(response, seen="answered", _save="yes")
    assert second.post(form_of(message), again).status_code == 302


def test_a_message_is_opened_again() -> None:
    message = make_message()
    client = sit_down()
    settle(client, message, state="answered")
    settle(client, message, state="new")
    message.refresh_from_db()
    assert (message.state, message.settled_at, message.settled_by) == ("new", None, None)


@pytest.mark.parametrize(
    ("action", "state"), [("mark_answered", "answered"), ("mark_spam", "spam")]
)
def test_many_are_marked_at_once(action: str, state: str) -> None:
    rows = [make_message() for _number in range(3)]
    client = sit_down()
    form = {"action": action, "_selected_action": [row.pk for row in rows]}
    response = client.post(reverse(LIST), form, follow=True)
    assert "3 messages were marked." in said(response)
    assert set(Message.objects.values_list("state", flat=True)) == {state}
    assert LogEntry.objects.filter(object_repr__startswith="#").count() == 3


def test_messages_are_listed_by_state() -> None:
    new, spam = make_message(), make_message(state="spam")
    client = sit_down()
    for state, row in (("new", new), ("spam", spam)):
        rows = client.get(reverse(LIST), {"state__exact": state}).context["cl"].result_list
        assert [each.pk for each in rows] == [row.pk]


def test_the_first_page_of_the_desk_shows_what_waits() -> None:
    waiting = make_message("ur")
    make_message("en")
    make_message("ur", state="answered")
    page = sit_down("ur", make_member("ur", "writer")).get(reverse("admin:index"))
    (panel,) = [each for each in page.context["panels"] if each.name == "messages"]
    assert [row.address for row in panel.rows] == [form_of(waiting)]
    assert panel.all_of_them
    assert sit_down().get(panel.all_of_them.address).status_code == 200


def test_an_action_for_another_desk_is_refused() -> None:
    message = make_message("ur")
    with pytest.raises(Refused, match="Only the desk of"):
        settle_message(message=message, state="spam", note="", by=make_member("en", "publisher"))


def test_only_publishers_forget_a_message() -> None:
    message = make_message("ur")
    for role, status in (("writer", 403), ("editor", 403), ("publisher", 302)):
        client = sit_down(member=make_member("ur", role))
        address = reverse("admin:articles_message_delete", args=[message.pk])
        assert client.post(address, {"post": "yes"}).status_code == status
    assert not Message.objects.exists()


# Contacts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("+92 21 111-222.333", "+92 21 111-222.333"),
        ("۰۲۱-۱۲۳۴۵۶۷", "021-1234567"),
        ("٠٢١ ١٢٣٤٥٦٧", "021 1234567"),
        ("\u202a+92–300–1234567\u202c", "+92-300-1234567"),
        ("  +92   21  1234567 ", "+92 21 1234567"),
    ],
)
def test_a_number_is_stored_in_ascii_whatever_it_was_typed_in(typed: str, stored: str) -> None:
    add(sit_down("ur"), phone=typed)
    assert Contact.objects.get().phone == stored


@pytest.mark.parametrize("phone", ["call me", "12", "+", "9" * 40, "+92 21 <b>", "javascript:1"])
def test_what_is_no_number_is_refused_in_a_sentence_and_nothing_is_lost(phone: str) -> None:
    response = add(sit_down(), phone=phone, name="Press office")
    assert not Contact.objects.exists()
    assert response.context["adminform"].form.errors.keys() == {"phone"}
    assert sent_from(response)["name"] == ["Press office"]
    assert sent_from(response)["phone"] == [phone]


def test_a_contact_that_cannot_be_reached_is_refused_in_a_sentence() -> None:
    response = add(sit_down(), phone="", email="")
    assert "Give a telephone number or a mail address." in Page(response).text


def test_a_publisher_gives_contacts_to_no_other_edition() -> None:
    make_language("en")
    client = sit_down(member=make_member("ur", "publisher"))
    assert add(client, language="en").status_code == 200
    assert add(client, language="ur").status_code == 302
    assert Contact.objects.get().language_id == "ur"


def test_who_is_on_two_desks_sees_the_contacts_of_both() -> None:
    member = make_member("ur", "writer")
    make_desk(member, "sd")
    mine = {make_contact(code).pk for code in ("ur", "sd")}
    make_contact("en")
    rows = sit_down(member=member).get(reverse("admin:articles_contact_changelist"))
    assert {row.pk for row in rows.context["cl"].result_list} == mine


def add(client: Any, **told: Any) -> Any:
    make_language("en")
    address = reverse("admin:articles_contact_add")
    typed = {"language": "en", "name": "A", "role": "", "phone": "+92 21 1234567", "email": ""}
    return client.post(address, {**typed, "position": 1, **told})
