"""Events before readers: coming and past, on the clock of their place, and in their calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from articles.models import Article
from articles.views import due
from tests.factories import make_article, make_event, make_section
from tests.views.pages import CODES, Page

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
EVENING = datetime(2026, 3, 8, 12, 0, tzinfo=UTC)
"""Five o'clock in the afternoon in Karachi."""


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        due.last_look.at = NOW
        yield


def make_events(code: str = "en"):
    """A section of events: one to come, one going on, one over, and what must not be seen."""
    section = make_section(language=code, slug="events", layout="events", title="Events")
    placed = {"language": code, "section": section}
    made = {
        name: make_event(make_article(**placed, headline=f"{name} {code}"), starts_at=start, **more)
        for name, start, more in (
            ("coming", EVENING, {}),
            ("going on", NOW - timedelta(hours=1), {"ends_at": NOW + timedelta(hours=1)}),
            ("over", NOW - timedelta(days=3), {}),
        )
    }
    for name, fields in HIDDEN.items():
        hidden = make_article(**placed, **fields, headline=f"secret {name}")
        make_event(hidden, starts_at=EVENING, place=f"secret place {name}")
    return section, made


HIDDEN: dict[str, dict[str, Any]] = {
    "draft": {"status": "draft"},
    "in review": {"status": "review"},
    "ahead": {"published_at": NOW + timedelta(days=1)},
    "embargoed": {
        "embargoed_until": NOW + timedelta(days=1),
        "published_at": NOW + timedelta(days=1),
    },
    "withdrawn": {"status": "withdrawn"},
}


def calendar(response) -> list:
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


@pytest.mark.parametrize("code", CODES)
def test_what_is_coming_stands_first_and_the_next_on_top(client, code):
    section, _made = make_events(code)

    page = Page(client.get(section.get_absolute_url()))

    places = [page.text.index(f"{name} {code}") for name in ("going on", "coming", "over")]
    assert places == sorted(places)


def test_an_event_is_told_on_the_clock_of_its_place_with_its_zone(client):
    event = make_event(
        make_article(), starts_at=EVENING, ends_at=EVENING + timedelta(hours=2), place="Town Hall"
    )
    far = make_event(make_article(), starts_at=EVENING, timezone="America/New_York")

    here = Page(client.get(event.article.get_absolute_url()))
    there = Page(client.get(far.article.get_absolute_url()))

    assert "Sunday, 8 March 2026, \u206617:00\u2069 to \u206619:00\xa0(UTC+5)\u2069" in here.text
    assert "Town Hall" in here.text
    assert here.all("time", datetime="2026-03-08T17:00+05:00")
    # The night in which clocks there are set forward is over by noon in London.
    assert "08:00\xa0(UTC−4)" in there.text


def test_where_only_days_are_known_no_time_is_made_up(client):
    event = make_event(
        make_article(),
        starts_at=datetime(2026, 3, 7, 19, tzinfo=UTC),
        ends_at=datetime(2026, 3, 9, 19, tzinfo=UTC),
        all_day=True,
    )
    article = event.article

    page = Page(client.get(article.get_absolute_url()))
    entry = calendar(client.get(f"/en/{article.pk}.ics"))[0]

    assert "Sunday, 8 March 2026 to Tuesday, 10 March 2026" in page.text
    assert page.all("time", datetime="2026-03-08")
    assert '"startDate": "2026-03-08"' in page.text
    assert entry["DTSTART"].dt == date(2026, 3, 8)
    assert entry["DTEND"].dt == date(2026, 3, 11)


@pytest.mark.parametrize("code", CODES)
def test_a_calendar_program_reads_what_the_page_says(client, code):
    place = {"en": "Hall, 2nd floor; east\\west", "ur": "بڑا ہال، دوسری منزل", "sd": "وڏو هال"}[
        code
    ]
    event = make_event(
        make_article(language=code),
        starts_at=EVENING,
        ends_at=EVENING + timedelta(hours=2),
        place=place,
    )
    article = event.article
    link = Page(client.get(article.get_absolute_url())).all("a", type="text/calendar")[0]["href"]

    response = client.get(link)
    entry = calendar(response)[0]

    assert entry["DTSTART"].dt == EVENING
    assert entry["DTEND"].dt == EVENING + timedelta(hours=2)
    assert entry["SUMMARY"] == article.headline
    assert entry["SUMMARY"].params["LANGUAGE"] == code
    assert entry["LOCATION"] == place
    assert entry["URL"].endswith(article.get_absolute_url())
    lines = response.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_program_knows_an_event_again_and_that_it_changed(client):
    event = make_event(make_article(), starts_at=EVENING)
    address = f"/en/{event.article_id}.ics"
    first = calendar(client.get(address))[0]
    event.place, event.sequence = "Elsewhere", 1
    event.save()

    second = calendar(client.get(address))[0]

    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert second["DTSTAMP"].dt.tzinfo is not None


def test_a_program_that_has_a_calendar_is_not_sent_it_again(client):
    section, _made = make_events()
    for address in (f"{section.get_absolute_url()}events.ics",):
        etag = client.get(address)["ETag"]
        assert client.get(address, headers={"if-none-match": etag}).status_code == 304


def test_a_sections_calendar_holds_what_readers_see_and_nothing_else(client):
    section, made = make_events()

    entries = calendar(client.get(f"{section.get_absolute_url()}events.ics"))

    assert {str(entry["SUMMARY"]) for entry in entries} == {f"{name} en" for name in made}


@pytest.mark.parametrize("name", HIDDEN)
def test_no_door_shows_an_event_that_readers_may_not_see(client, settings, name):
    section, _made = make_events()
    hidden = Article.objects.get(headline=f"secret {name}")
    path = section.get_absolute_url()
    doors = (
        "/en/",
        "/en/latest/",
        path,
        f"{path}events.ics",
        f"{path}rss",
        f"{path}atom",
        f"{path}json",
    )

    for door in (*doors, "/en/sitemap-2026-03.xml", "/en/sitemap-lists.xml"):
        assert "secret" not in client.get(door).content.decode(), door
    gone = 410 if name == "withdrawn" else 404
    response = client.get(f"/en/{hidden.pk}.ics")
    assert response.status_code == gone
    assert b"secret" not in response.content


def test_an_event_that_is_called_off_says_so_to_readers_and_their_calendars(client):
    event = make_event(make_article(), starts_at=EVENING, is_cancelled=True)
    article = event.article

    page = Page(client.get(article.get_absolute_url()))

    assert "Does not take place" in page.text
    assert '"eventStatus": "https://schema.org/EventCancelled"' in page.text
    assert str(calendar(client.get(f"/en/{article.pk}.ics"))[0]["STATUS"]) == "CANCELLED"


def test_the_calendar_of_an_article_without_an_event_is_not_there(client):
    assert client.get(f"/en/{make_article().pk}.ics").status_code == 404


def test_the_calendar_of_an_event_in_another_edition_leads_to_its_own(client):
    event = make_event(make_article(language="ur"), starts_at=EVENING)
    response = client.get(f"/en/{event.article_id}.ics")
    assert (response.status_code, response["Location"]) == (301, f"/ur/{event.article_id}.ics")


def test_an_article_that_tells_of_no_event_is_not_lost_from_a_section_of_events(client):
    section = make_section(layout="events")
    make_article(section=section, headline="A page of the old site")
    assert "A page of the old site" in client.get(section.get_absolute_url()).text


def test_walking_a_section_of_events_shows_each_once_and_in_order(client):
    section = make_section(layout="events")
    for number in range(30):
        for side in (-1, 1):
            article = make_article(
                section=section, source=None, headline=f"E{side * (number + 1)}."
            )
            make_event(article, starts_at=NOW + timedelta(days=side * (number + 1)))
    seen: dict[str, list[str]] = {"later": [], "before": []}
    for name, told in seen.items():
        address = section.get_absolute_url()
        while address:
            response = client.get(address)
            told += [
                line
                for line in Page(response).text.split()
                if line.startswith("E") and line.endswith(".")
            ]
            ways = [link["href"] for link in Page(response).all("a", rel="next")]
            address = next(
                (section.get_absolute_url() + way for way in ways if f"?{name}=" in way), ""
            )
    ahead = [f"E{n}." for n in range(1, 31)]
    behind = [f"E-{n}." for n in range(1, 31)]
    assert [each for each in seen["later"] if "-" not in each] == ahead
    assert [each for each in seen["before"] if "-" in each] == behind


@pytest.mark.parametrize(
    "query",
    ["later=x", "later=%00", "later=20260308T120000.000000Z-1&before=20260308T120000.000000Z-1"],
)
def test_a_place_among_events_that_we_never_wrote_is_a_404(client, query):
    section, _made = make_events()
    assert client.get(f"{section.get_absolute_url()}?{query}").status_code == 404


def test_a_section_of_events_costs_the_same_queries_however_long_it_is(
    client, django_assert_num_queries
):
    section, _made = make_events()
    for address in (section.get_absolute_url(), f"{section.get_absolute_url()}events.ics"):
        with django_assert_num_queries(3 if address.endswith("ics") else 5):
            client.get(address)
    for number in range(15):
        make_event(make_article(section=section), starts_at=NOW + timedelta(days=number - 5))
    for address in (section.get_absolute_url(), f"{section.get_absolute_url()}events.ics"):
        with django_assert_num_queries(3 if address.endswith("ics") else 5):
            client.get(address)


def test_an_articles_page_costs_no_query_more_for_its_event(client, django_assert_num_queries):
    article = make_article()
    with django_assert_num_queries(4):
        client.get(article.get_absolute_url())
    make_event(article, starts_at=EVENING)
    with django_assert_num_queries(4):
        client.get(article.get_absolute_url())


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_feeds_tell_when_and_where(client, form):
    section, _made = make_events()
    text = client.get(f"{section.get_absolute_url()}{form}").content.decode()
    assert "Sunday, 8 March 2026" in text


def test_the_section_offers_its_calendar_to_programs(client):
    section, _made = make_events()
    page = Page(client.get(section.get_absolute_url()))
    address = reverse("section_calendar", kwargs={"language": "en", "slug": "events"})
    assert page.all("link", type="text/calendar")[0]["href"] == address


def test_the_plain_text_tells_when_and_where(client):
    event = make_event(make_article(), starts_at=EVENING, place="Town Hall")
    text = client.get(f"/en/{event.article_id}.txt").content.decode()
    assert "When: Sunday, 8 March 2026, 17:00\xa0(UTC+5)\nWhere: Town Hall\n" in text
