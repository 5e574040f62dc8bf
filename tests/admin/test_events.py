"""Events at the desk: written on the clock of their place, and refused in sentences."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from articles.actions import start_translation
from articles.models import Article, Event, Language
from tests.admin.desk import form_of, said, sent_from, sit_down
from tests.factories import load_languages, make_article, make_editor, make_event, make_member
from tests.views.pages import Page

pytestmark = pytest.mark.django_db

ADD = reverse("admin:articles_event_add")


@pytest.fixture(autouse=True)
def editions():
    return load_languages()


def add(client, article: Article, **typed: str):
    """Open the form from the article's and send what was typed."""
    address = f"{ADD}?article={article.pk}"
    return client.post(ADD, sent_from(client.get(address), **typed), follow=True)


def change(client, event: Event, **typed: str):
    address = reverse("admin:articles_event_change", args=[event.pk])
    return client.post(address, sent_from(client.get(address), **typed), follow=True)


def errors(response) -> str:
    form = response.context["adminform"].form
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def test_an_article_leads_to_its_event_and_back():
    client, article = sit_down(), make_article(status="draft")
    form = client.get(form_of(article))
    assert f"{ADD}?article={article.pk}" in Page(form).links

    response = add(client, article, first_day="2026-03-08", first_time="17:00", place="Town Hall")

    event = Event.objects.get(article=article)
    assert response.redirect_chain[-1][0] == form_of(article)
    assert event.starts_at == datetime(2026, 3, 8, 12, 0, tzinfo=UTC)
    assert (event.place, event.timezone, event.all_day) == ("Town Hall", "Asia/Karachi", False)
    assert reverse("admin:articles_event_change", args=[event.pk]) in Page(response).links


@pytest.mark.parametrize(
    ("zone", "day", "clock", "moment"),
    [
        ("Europe/London", "2026-07-01", "19:00", datetime(2026, 7, 1, 18, tzinfo=UTC)),
        ("Europe/London", "2026-01-01", "19:00", datetime(2026, 1, 1, 19, tzinfo=UTC)),
        ("Asia/Karachi", "2026-03-08", "17:00", datetime(2026, 3, 8, 12, tzinfo=UTC)),
    ],
)
def test_times_are_those_of_the_place(zone, day, clock, moment):
    article = make_article(status="draft")

    add(sit_down(), article, first_day=day, first_time=clock, timezone=zone)

    assert Event.objects.get().starts_at == moment


def test_what_was_written_is_shown_again_as_it_was_written():
    client, article = sit_down(), make_article(status="draft")
    typed = {
        "first_day": "2026-07-01",
        "first_time": "19:00",
        "last_day": "2026-07-02",
        "last_time": "01:30",
        "timezone": "Europe/London",
    }
    add(client, article, **typed)

    event = Event.objects.get()
    shown = sent_from(client.get(reverse("admin:articles_event_change", args=[event.pk])))

    assert {name: shown[name] for name in typed} == {name: [value] for name, value in typed.items()}


def test_without_times_an_event_is_one_of_whole_days():
    article = make_article(status="draft")

    add(sit_down(), article, first_day="2026-03-08", last_day="2026-03-10")

    event = Event.objects.get()
    assert event.all_day
    assert (str(event.first_day), str(event.last_day)) == ("2026-03-08", "2026-03-10")
    assert event.over_at == datetime(2026, 3, 10, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"first_day": "8th of March"}, "Enter a valid date."),
        ({"first_day": "2026-03-08", "last_time": "19:00"}, "Say at what time it starts"),
        (
            {"first_day": "2026-03-08", "first_time": "17:00", "last_day": "2026-03-09"},
            "Say at what time it ends on its last day.",
        ),
        (
            {"first_day": "2026-03-08", "first_time": "17:00", "last_time": "16:00"},
            "An event cannot end before it starts.",
        ),
        (
            {"first_day": "2026-03-08", "last_day": "2026-03-07"},
            "An event cannot end before it starts.",
        ),
        (
            {"first_day": "2026-10-25", "first_time": "01:30", "timezone": "Europe/London"},
            "it may be ambiguous or it may not exist",
        ),
        (
            {"first_day": "2027-03-28", "first_time": "01:30", "timezone": "Europe/London"},
            "it may be ambiguous or it may not exist",
        ),
        ({"first_day": "2026-03-08", "timezone": "Mars/Olympus"}, "Choose a time zone"),
        ({"first_day": "0001-01-01"}, "Write a year between"),
        ({"first_day": "9999-12-31", "first_time": "23:59"}, "Write a year between"),
        ({"first_day": "2026-03-08", "place": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_lost(typed, sentence):
    article = make_article(status="draft")

    response = add(sit_down(), article, **typed)

    assert sentence in errors(response)
    assert not Event.objects.exists()
    shown, forged = sent_from(response), {"Mars/Olympus"}
    kept = {name: value for name, value in typed.items() if value not in forged}
    assert {name: shown[name][0] for name in kept} == kept


def test_an_article_has_one_event():
    article = make_article(status="draft")
    make_event(article)

    response = add(sit_down(), article, first_day="2026-03-08")

    assert "This article has an event already." in errors(response)
    assert Event.objects.count() == 1


def test_of_two_who_change_an_event_at_once_the_second_is_told():
    client, event = sit_down(), make_event(make_article(status="draft"))
    address = reverse("admin:articles_event_change", args=[event.pk])
    opened = client.get(address)
    change(client, event, place="Town Hall")

    response = client.post(address, sent_from(opened, place="Library"), follow=True)

    assert "Somebody else changed this meanwhile." in errors(response)
    assert Event.objects.get().place == "Town Hall"
    assert sent_from(response)["place"] == ["Library"]


def test_readers_are_told_that_an_article_whose_event_moved_was_updated():
    article = make_article()
    event = make_event(article)
    moment = datetime(2026, 3, 1, tzinfo=UTC)

    with time_machine.travel(moment, tick=False):
        change(sit_down(), event, first_time="20:00")

    article.refresh_from_db()
    event.refresh_from_db()
    assert article.updated_at == moment
    assert (event.sequence, event.changed_at) == (1, moment)


def test_saving_an_event_as_it_is_changes_nothing():
    article = make_article()
    event = make_event(article)

    change(sit_down(), event)

    article.refresh_from_db()
    assert (Event.objects.get().sequence, article.updated_at) == (0, None)


def test_an_event_that_is_taken_away_leaves_its_article():
    client, article = sit_down(), make_article(status="draft")
    event = make_event(article)
    address = reverse("admin:articles_event_delete", args=[event.pk])

    response = client.post(address, {"post": "yes"})

    assert response["Location"] == form_of(article)
    assert not Event.objects.exists()
    assert Article.objects.filter(pk=article.pk).exists()


@pytest.mark.parametrize(
    ("role", "status", "may"),
    [
        ("writer", "draft", True),
        ("writer", "review", False),
        ("writer", "published", False),
        ("editor", "review", True),
        ("editor", "published", False),
        ("publisher", "published", True),
    ],
)
def test_who_may_change_an_article_may_change_its_event_and_nobody_else(role, status, may):
    member = make_member("ur", role)
    article = make_article(language="ur", status=status)
    event = make_event(article, place="قدیم")
    address = reverse("admin:articles_event_change", args=[event.pk])
    form = {"first_day": "2026-03-08", "timezone": "Asia/Karachi", "place": "نیا"}

    response = sit_down(member=member).post(address, {**form, "base_sequence": "0"})

    event.refresh_from_db()
    assert response.status_code == (302 if may else 403)
    assert (event.place == "نیا") is may


def test_an_event_is_not_put_into_an_article_of_another_desk():
    foreign = make_article(status="draft")
    member = make_member("ur", "publisher")
    form = {"article": foreign.pk, "first_day": "2026-03-08", "timezone": "Asia/Karachi"}

    sit_down(member=member).post(ADD, form)

    assert not Event.objects.exists()


def test_the_list_of_events_costs_the_same_queries_however_long_it_is(
    django_assert_max_num_queries,
):
    client = sit_down()
    for _number in range(12):
        make_event(make_article())
    with django_assert_max_num_queries(8):
        response = client.get(reverse("admin:articles_event_changelist"))
    assert response.context["cl"].result_count == 12


@pytest.mark.parametrize("language", ["ur", "sd"])
def test_the_place_is_written_in_the_direction_of_the_article(language):
    article = make_article(language=language, status="draft")

    page = Page(sit_down().get(f"{ADD}?article={article.pk}"))

    box = page.all("input", name="place")[0]
    assert (box["lang"], box["dir"]) == (language, "rtl")


def test_a_translation_begins_with_the_event_at_the_same_time():
    original = make_article(status="draft")
    event = make_event(original, place="Town Hall", all_day=True)

    draft = start_translation(
        source=original, language=Language.objects.get(pk="ur"), by=make_editor()
    )

    copied = Event.objects.get(article=draft)
    assert (copied.starts_at, copied.timezone) == (event.starts_at, event.timezone)
    assert (copied.all_day, copied.place) == (True, "")


def test_an_editor_who_moves_an_event_is_told_where_the_story_says_otherwise():
    first = make_event(make_article(status="draft"))
    second = make_article(language="ur", story=first.article.story, status="draft")
    make_event(second)

    assert "differently" not in said(change(sit_down(), first, place="Town Hall"))
    response = change(sit_down(), first, first_time="20:00")

    assert "differently in other languages: اردو" in said(response)
