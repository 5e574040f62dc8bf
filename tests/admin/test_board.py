"""The board: where each language of a story stands, and what is missing one click away."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import get_current_timezone

from articles.actions import publish, save_revision, start_translation, withdraw
from articles.models import Article
from tests.admin.desk import said, save, sit_down
from tests.factories import (
    WHY,
    load_languages,
    make_article,
    make_editor,
    make_member,
    make_section,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("languages")]

BOARD = "admin:articles_article_board"


@pytest.fixture
def languages() -> dict[str, Any]:
    return load_languages()


def board(client: Client, **query: str) -> Any:
    return client.get(reverse(BOARD), query)


def states(response: Any) -> list[dict[str, str]]:
    """The state of each language, row by row."""
    return [
        {cell.language.code: cell.state for cell in row.cells} for row in response.context["rows"]
    ]


def start(client: Client, article: Article, code: str) -> Any:
    address = reverse("admin:articles_article_translate", args=[article.pk, code])
    return client.post(address, follow=True)


def test_a_row_tells_where_each_language_of_a_story_stands() -> None:
    story = uuid.uuid4()
    make_article(story=story)
    make_article(story=story, language="ur", status="review")

    assert states(board(sit_down())) == [{"en": "published", "ur": "review", "sd": "missing"}]


def test_one_click_starts_a_translation_that_remembers_its_original() -> None:
    section = make_section(slug="culture")
    own = make_section(slug="culture", language="ur")
    article = make_article(section=section)

    response = start(sit_down(), article, "ur")

    draft = Article.objects.get(language="ur")
    assert (draft.story, draft.section, draft.status) == (article.story, own, "draft")
    assert draft.translated_from.article == article
    assert response.redirect_chain[-1][0].endswith(f"/{draft.pk}/change/")


def test_a_second_click_leads_to_what_the_first_started() -> None:
    article, client = make_article(), sit_down()
    start(client, article, "ur")
    response = start(client, article, "ur")
    assert Article.objects.filter(language="ur").count() == 1
    draft = Article.objects.get(language="ur")
    assert response.redirect_chain[-1][0].endswith(f"/{draft.pk}/change/")
    assert "already" in said(response)


def test_who_is_on_no_desk_of_the_language_cannot_start_it() -> None:
    article = make_article()
    client = sit_down(member=make_member("sd", "publisher"))
    assert f"/{article.pk}/translate/ur/" not in board(client).content.decode()
    start(client, article, "ur")
    assert not Article.objects.filter(language="ur").exists()


def test_a_draft_of_another_desk_tells_its_state_and_no_word() -> None:
    story = uuid.uuid4()
    make_article(story=story)
    make_article(story=story, language="ur", status="draft", headline="خفیہ")

    response = board(sit_down(member=make_member("sd", "publisher")))

    assert states(response) == [{"en": "published", "ur": "draft", "sd": "missing"}]
    assert "خفیہ" not in response.content.decode()


def test_a_story_of_which_nothing_may_be_seen_is_not_on_the_board() -> None:
    make_article(status="draft", headline="Secret")
    assert states(board(sit_down(member=make_member("ur", "publisher")))) == []


def test_the_board_is_narrowed_to_what_a_language_lacks() -> None:
    told, story = make_article(headline="Only English"), uuid.uuid4()
    make_article(story=story)
    make_article(story=story, language="ur")

    response = board(sit_down(), missing="ur")

    assert len(states(response)) == 1
    assert told.headline in response.content.decode()


def test_the_board_is_narrowed_to_translations_behind_their_original() -> None:
    editor, article = make_editor(), make_article()
    start_translation(source=article, language=load_languages()["ur"], by=editor)
    make_article()
    current = Article.objects.get(pk=article.pk)
    current.body = "<p>Other words.</p>"
    save_revision(article=current, by=editor)

    response = board(sit_down(), stale="ur")

    assert len(states(response)) == 1
    assert response.context["rows"][0].cells[1].is_stale


def test_what_stands_while_its_story_was_withdrawn_is_marked() -> None:
    story = uuid.uuid4()
    english = make_article(story=story)
    make_article(story=story, language="ur")
    withdraw(article=english, by=make_editor(), notice=WHY)

    response = board(sit_down(), standing="ur")

    assert states(response) == [{"en": "withdrawn", "ur": "published", "sd": "missing"}]
    assert "withdrawn in another language" in response.content.decode()


def test_a_schedule_is_told_with_its_moment() -> None:
    article = make_article(status="draft")
    publish(article=article, by=make_editor(), at=timezone.now() + timedelta(days=2))
    response = board(sit_down())
    assert states(response)[0]["en"] == "scheduled"
    assert response.context["rows"][0].cells[0].moment is not None


def test_a_day_is_told_without_an_hour_that_nobody_knows() -> None:
    midnight = datetime(2024, 3, 5, tzinfo=get_current_timezone())
    article = make_article(published_at=midnight, modified_at=midnight, published_precision="day")
    time = re.compile(r"<time [^>]*>([^<]*)</time>")

    assert time.findall(board(sit_down()).content.decode()) == ["5 March 2024"]
    save(sit_down(), article, headline="Changed")
    assert ":" in time.findall(board(sit_down()).content.decode())[0]


def test_a_story_stands_under_its_section_in_the_language_of_the_desk() -> None:
    load_languages()
    story = uuid.uuid4()
    for code, title in (("en", "Science"), ("ur", "سائنس")):
        section = make_section(language=code, slug="science", title=title)
        make_article(language=code, section=section, story=story)

    sections = {
        code: [row.section.title for row in sit_down(code).get(reverse(BOARD)).context["rows"]]
        for code in ("en", "ur", "sd")
    }

    assert sections == {"en": ["Science"], "ur": ["سائنس"], "sd": ["Science"]}


def test_stories_are_found_by_any_spelling() -> None:
    make_article(language="ur", headline="کیا ہوا")
    make_article(language="ur", headline="دوسری خبر")
    assert len(states(board(sit_down(), q="كيا"))) == 1


def test_pages_hold_every_story_once() -> None:
    for number in range(60):
        make_article(headline=f"Story {number}")
    client = sit_down()
    seen: list[str] = []
    query: dict[str, str] = {}
    for _page in range(3):
        response = board(client, **query)
        seen += [row.cells[0].article.headline for row in response.context["rows"]]
        query = {"before": response.context["older_address"].rpartition("before=")[2]}
    assert len(seen) == len(set(seen)) == 60


@pytest.mark.parametrize(
    "query",
    [
        {"missing": "xx"}, {"before": "nonsense"}, {"q": "\x01" * 500}, {"section": "nothing"},
        {"stale": "ur", "before": "20240305T093000.000000Z-1"}, {"desk": "own"},
    ],
)  # fmt: skip
def test_no_address_of_the_board_fails(query: dict[str, str]) -> None:
    make_article()
    assert board(sit_down(), **query).status_code == 200


def test_the_board_costs_the_same_however_many_stories(django_assert_max_num_queries) -> None:
    client = sit_down(member=make_member("ur", "publisher"))
    for _number in range(30):
        make_article()
    board(client)
    with django_assert_max_num_queries(14):
        board(client)


@pytest.mark.parametrize(("language", "words"), [("ur", "اردو"), ("sd", "سنڌي")])
def test_the_board_speaks_the_language_of_the_desk(language: str, words: str) -> None:
    make_article()
    page = board(sit_down(language)).content.decode()
    assert words in page
    assert "Stories by languages" not in page
