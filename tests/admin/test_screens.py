"""Every screen opens, in every language, at a price that does not grow with its rows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import capfirst

from articles.admin.windows import CappedPaginator
from articles.models import Alias, LoadRun
from tests.admin.desk import make_capture, sit_down
from tests.factories import (
    make_article,
    make_contact,
    make_language,
    make_message,
    make_poll,
    make_section,
    make_source,
)

NOUNS = [
    *("article", "capture", "loadrun", "message", "poll", "alias", "source", "section"),
    *("contact", "language"),
]
DIRECTIONS = {"en": "ltr", "ur": "rtl", "sd": "rtl"}

pytestmark = pytest.mark.django_db


def make_rows(number: int) -> None:
    """Store ``number`` rows of every noun but languages, of which each edition has one."""
    source = make_source()
    for code in DIRECTIONS:
        make_language(code)
    for index in range(number):
        code = list(DIRECTIONS)[index % 3]
        section = make_section(language=code)
        run = LoadRun.objects.create(software="newsroom", counts={"created": index})
        capture = make_capture(source=source, load_run=run)
        article = make_article(language=code, source=source, section=section, capture=capture)
        Alias.objects.create(path=f"/old/{article.pk}", article=article)
        make_contact(code)
        make_message(code)
        make_poll(code, slug=f"poll-{article.pk}")


def address_of_list(noun: str) -> str:
    return reverse(f"admin:articles_{noun}_changelist")


@pytest.mark.parametrize("language", DIRECTIONS)
@pytest.mark.parametrize("noun", NOUNS)
def test_editor_reads_every_list_in_every_language(noun: str, language: str) -> None:
    make_rows(3)

    response = sit_down(language).get(address_of_list(noun))

    assert response.status_code == 200
    assert f'<html lang="{language}" dir="{DIRECTIONS[language]}">' in response.content.decode()


@pytest.mark.parametrize("language", DIRECTIONS)
@pytest.mark.parametrize("noun", NOUNS)
def test_editor_opens_every_form_in_every_language(noun: str, language: str) -> None:
    make_rows(1)
    client = sit_down(language)
    listed = client.get(address_of_list(noun)).context["cl"].result_list[0]

    response = client.get(reverse(f"admin:articles_{noun}_change", args=[listed.pk]))

    assert response.status_code == 200
    assert f'<html lang="{language}" dir="{DIRECTIONS[language]}">' in response.content.decode()


@pytest.mark.parametrize("noun", ["article", "alias", "source", "section", "contact", "poll"])
def test_editor_opens_an_empty_form(noun: str) -> None:
    make_rows(1)

    response = sit_down("ur").get(reverse(f"admin:articles_{noun}_add"))

    assert response.status_code == 200


@pytest.mark.parametrize("noun", NOUNS)
def test_a_list_asks_as_many_questions_for_sixty_rows_as_for_three(noun: str) -> None:
    client = sit_down()
    make_rows(3)
    few = count_queries(client, address_of_list(noun))
    make_rows(57)

    many = count_queries(client, address_of_list(noun))

    assert many == few
    assert many <= QUERIES[noun]


QUERIES = {
    # Session, editor, count, rows, changes that wait, drafts; languages and sources to filter by.
    "article": 8,
    "capture": 5,
    "loadrun": 5,
    "alias": 4,
    "source": 4,
    "section": 5,
    "message": 5,
    "poll": 5,
    "contact": 5,
    "language": 4,
}


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries)


def test_a_list_leaves_bodies_and_bytes_in_the_database() -> None:
    make_rows(1)
    client = sit_down()
    for noun, column in (("article", "body"), ("capture", "raw")):
        with CaptureQueriesContext(connection) as queries:
            client.get(address_of_list(noun))
        assert not [sql for sql in queries if f'"{column}"' in sql["sql"]], noun


@pytest.mark.parametrize(
    ("noun", "told"), [("article", "2 are listed at a time"), ("alias", "The newest 2 are listed")]
)
def test_a_list_never_counts_past_its_limit(
    monkeypatch: pytest.MonkeyPatch, noun: str, told: str
) -> None:
    monkeypatch.setattr(CappedPaginator, "limit", 2)
    make_rows(3)

    response = sit_down().get(address_of_list(noun))

    assert response.context["cl"].result_count == 2
    assert told in response.content.decode()


def test_a_headline_keeps_its_own_language_and_direction_in_a_list() -> None:
    article = make_article(language="ur")

    page = sit_down("en").get(address_of_list("article")).content.decode()

    assert f'<bdi lang="ur" dir="rtl">{article.headline}</bdi>' in page


def test_list_shows_no_time_where_only_the_day_is_known() -> None:
    noon = datetime(2024, 3, 5, 7, 0, tzinfo=UTC)
    make_article(published_at=noon, published_precision="day", headline="Day")
    make_article(published_at=noon, published_precision="minute", headline="Minute")

    page = sit_down().get(address_of_list("article")).content.decode()

    assert '<td class="field-published">5 March 2024</td>' in page
    assert '<td class="field-published">5 March 2024, 12:00</td>' in page


@pytest.mark.parametrize("noun", [*NOUNS, "user"])
def test_a_list_stands_under_the_name_of_what_it_lists(noun: str) -> None:
    app = "auth" if noun == "user" else "articles"

    response = sit_down("ur").get(reverse(f"admin:{app}_{noun}_changelist"))

    rows = response.context["cl"].opts.verbose_name_plural
    assert f"<h1>{capfirst(rows)}</h1>" in response.content.decode()


def test_load_run_names_its_start_as_the_clock_beside_it_does() -> None:
    run = LoadRun.objects.create(software="newsroom")
    LoadRun.objects.update(started_at=datetime(2024, 3, 5, 20, 30, tzinfo=UTC))

    run.refresh_from_db()

    assert str(run) == "2024-03-06 01:30"


def test_load_run_tells_its_outcomes_in_words() -> None:
    run = LoadRun.objects.create(
        software="newsroom", counts={"held": 3}, arguments={"paths": ["a"]}
    )

    page = sit_down().get(reverse("admin:articles_loadrun_change", args=[run.pk]))

    assert '<dt>held for an editor</dt><dd dir="auto">3</dd>' in page.content.decode()


def test_desk_offers_its_languages_and_leads_back_to_the_page() -> None:
    page = sit_down().get(address_of_list("source") + "?kind=party").content.decode()

    for language, direction in DIRECTIONS.items():
        address = reverse("choose_language", args=[language])
        assert f'{address}?next=%2Fadmin%2Farticles%2Fsource%2F%3Fkind%3Dparty"' in page
        assert f'lang="{language}" dir="{direction}"' in page


def test_scripts_of_the_desk_speak_its_language() -> None:
    words = {
        language: sit_down(language).get(reverse("admin:jsi18n")).content.decode()
        for language in DIRECTIONS
    }

    assert '"Today": ' in words["ur"]
    assert '"Today": ' in words["sd"]
    assert words["ur"] != words["sd"]


def test_articles_come_first_on_the_desk() -> None:
    apps = sit_down().get(reverse("admin:index")).context["app_list"]

    assert apps[0]["app_label"] == "articles"
    assert apps[0]["models"][0]["object_name"] == "Article"


def test_stranger_is_sent_to_the_login_page() -> None:
    response = Client().get(address_of_list("article"))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("admin:login"))
