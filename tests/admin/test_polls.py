"""Polls at the desk: set up alike in each language, and counted without telling on anybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from articles.actions import Refused, cast_vote, save_poll
from articles.models import Choice, Poll
from tests.admin.desk import sent_from, sit_down
from tests.factories import POLLS, load_languages, make_desk, make_member, make_poll
from tests.views.pages import CODES, Page

pytestmark = pytest.mark.django_db

ADD = "admin:articles_poll_add"


def form_of(poll: Poll) -> str:
    return reverse("admin:articles_poll_change", args=[poll.pk])


def moment(name: str, at: Any) -> dict[str, str]:
    local = localtime(at)
    return {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M:%S}"}


def typed(code: str = "en", answers: list[str] | None = None, **changes: Any) -> dict[str, Any]:
    """A new poll as it is typed, open from now for a day."""
    question, known = POLLS[code]
    now = timezone.now()
    rows = known if answers is None else answers
    texts = {f"choices-{place}-text": text for place, text in enumerate(rows)}
    return {
        "language": code,
        "question": question,
        "slug": "library",
        **moment("opens_at", now),
        **moment("closes_at", now + timedelta(days=1)),
        "choices-TOTAL_FORMS": max(4, len(rows)),
        "choices-INITIAL_FORMS": 0,
        **texts,
        **changes,
    }


def add(client: Any, *told: Any, **changes: Any) -> Any:
    return client.post(reverse(ADD), typed(*told, **changes))


def change(client: Any, poll: Poll, **changes: Any) -> Any:
    return client.post(form_of(poll), sent_from(client.get(form_of(poll)), **changes))


def answers_of(poll: Poll) -> list[tuple[int, str]]:
    return list(poll.choices.order_by("position").values_list("position", "text"))


def errors_in(response: Any) -> str:
    assert response.status_code == 200
    forms = response.context["inline_admin_formsets"]
    found = [*response.context["adminform"].form.errors.values()]
    found += [each.formset.non_form_errors() for each in forms]
    return " ".join(str(sentence) for errors in found for sentence in errors)


@pytest.fixture(autouse=True)
def _editions() -> None:
    load_languages()


@pytest.mark.parametrize("code", CODES)
def test_a_publisher_sets_up_a_poll_that_readers_see_at_once(client: Any, code: str) -> None:
    desk = sit_down(code, make_member(code, "publisher"))
    assert add(desk, code).status_code == 302
    assert answers_of(Poll.objects.get()) == list(enumerate(POLLS[code][1], 1))
    assert POLLS[code][0] in Page(client.get(f"/{code}/poll/library/")).text


@pytest.mark.parametrize("number", [0, 1, 13])
def test_too_few_and_too_many_answers_are_refused_and_nothing_is_lost(number: int) -> None:
    response = add(sit_down(), "en", ["An answer"] * number)
    assert "from 2 to 12 answers" in errors_in(response)
    assert not Poll.objects.exists()
    assert sent_from(response)["question"] == [POLLS["en"][0]]
    assert [text for text in texts_in(response) if text] == ["An answer"] * number


def texts_in(response: Any) -> list[str]:
    sent = sent_from(response)
    return [sent[name][0] for name in sent if name.startswith("choices-") and "text" in name]


@pytest.mark.parametrize("language", CODES)
def test_another_language_with_another_number_of_answers_is_refused_in_a_sentence(
    language: str,
) -> None:
    poll = make_poll("en")
    times = {**moment("opens_at", poll.opens_at), **moment("closes_at", poll.closes_at)}
    response = add(sit_down(language), "ur", ["ہاں", "نہیں"], **times)
    assert "English" in errors_in(response)
    assert "3" in errors_in(response)
    assert Poll.objects.count() == 1
    assert add(sit_down(language), "ur", **times).status_code == 302


def test_answers_are_taken_away_and_added_while_nobody_has_voted() -> None:
    poll, desk = make_poll(), sit_down()
    first = poll.choices.get(position=1)
    change(
        desk,
        poll,
        **{
            "choices-0-DELETE": "on",
            "choices-TOTAL_FORMS": 4,
            "choices-3-text": "In the park",
            "choices-3-poll": poll.pk,
        },
    )
    assert answers_of(poll) == [(1, "By the river"), (2, "Nowhere"), (3, "In the park")]
    assert not Choice.objects.filter(pk=first.pk).exists()


def test_once_somebody_has_voted_answers_keep_their_number_and_a_slip_is_mended() -> None:
    poll, other, desk = make_poll(), make_poll("ur"), sit_down()
    cast_vote(poll=other, position=1, token="a")
    forged = {
        "choices-0-DELETE": "on",
        "choices-TOTAL_FORMS": 4,
        "choices-3-text": "In the park",
        "choices-3-poll": poll.pk,
        "slug": "elsewhere",
        "language": "sd",
    }
    change(desk, poll, **forged, **{"choices-2-text": "Nowhere at all"})
    poll.refresh_from_db()
    texts = [text for _position, text in answers_of(poll)]
    assert texts == ["At the station", "By the river", "Nowhere at all"]
    assert (poll.slug, poll.language_id) == ("library", "en")


def test_the_times_of_a_poll_are_those_of_all_its_languages() -> None:
    poll, other = make_poll(), make_poll("ur")
    later = timezone.now().replace(microsecond=0) + timedelta(days=9)
    change(sit_down(), poll, **moment("closes_at", later))
    other.refresh_from_db()
    assert other.closes_at == later


def test_a_desk_that_is_not_asked_keeps_the_times_of_a_poll() -> None:
    poll, other = make_poll(), make_poll("ur")
    member = make_member("en", "publisher")
    later = moment("closes_at", timezone.now() + timedelta(days=9))
    response = change(sit_down(member=member), poll, **later)
    assert "اردو" in errors_in(response)
    poll.refresh_from_db()
    assert poll.closes_at == other.closes_at
    assert change(sit_down(member=member), poll, question="Where, then?").status_code == 302
    make_desk(member, "ur", "publisher")
    assert change(sit_down(member=member), poll, **later).status_code == 302


def test_a_poll_that_closes_before_it_opens_is_refused_in_a_sentence() -> None:
    now = timezone.now()
    response = add(sit_down(), "en", **moment("closes_at", now - timedelta(days=1)))
    assert "closes after it opens" in errors_in(response)
    assert not Poll.objects.exists()


def test_one_edition_has_a_poll_once() -> None:
    make_poll()
    assert "with that slug already" in errors_in(add(sit_down(), "en"))


@pytest.mark.parametrize("role", ["writer", "editor", "publisher"])
def test_a_desk_sees_how_many_chose_what_and_nowhere_who(role: str) -> None:
    poll = make_poll("ur", [3, 1, 0])
    make_poll("sd", [0, 4, 0])
    cast_vote(poll=poll, position=3, token="a secret token")
    desk = sit_down(member=make_member("ur", role))
    page = desk.get(form_of(poll)).content.decode()
    assert [f"<td>{number}</td>" in page for number in (3, 5, 1)] == [True] * 3
    listed = desk.get(reverse("admin:articles_poll_changelist")).content.decode()
    assert poll.cast.get().digest not in page + listed
    assert "vote" not in {path.split("/")[1] for path in _nouns()}


def _nouns() -> list[str]:
    from tests.admin.addresses import routes

    return [route for route in routes() if route.startswith("articles/")]


def test_a_poll_with_votes_is_ended_by_its_time_and_not_deleted() -> None:
    poll = make_poll("ur")
    cast_vote(poll=poll, position=1, token="a")
    address = reverse("admin:articles_poll_delete", args=[poll.pk])
    member = make_member("ur", "publisher")
    assert sit_down(member=member).post(address, {"post": "yes"}).status_code == 403
    assert sit_down().post(address, {"post": "yes"}).status_code == 302
    assert not Poll.objects.exists()


def test_an_action_for_another_desk_is_refused() -> None:
    poll = make_poll("ur")
    with pytest.raises(Refused, match="Only publishers"):
        save_poll(poll=poll, by=make_member("en", "publisher"))


def test_a_form_of_a_poll_costs_the_same_however_many_voted() -> None:
    poll, desk = make_poll(), sit_down()
    for code in ("ur", "sd"):
        make_poll(code)
    few = _queries(desk, poll)
    for number in range(20):
        cast_vote(poll=poll, position=1, token=str(number))
    assert _queries(desk, poll) <= few


def _queries(desk: Any, poll: Poll) -> int:
    with CaptureQueriesContext(connection) as queries:
        desk.get(form_of(poll))
    return len(queries)
