"""The desk's first page: what waits for whoever opens it, and nothing of other desks."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.actions import (
    publish,
    return_to_draft,
    save_revision,
    schedule_change,
    start_translation,
    withdraw,
)
from articles.models import Article, Draft
from tests.admin.desk import make_capture
from tests.factories import (
    WHY,
    load_languages,
    make_article,
    make_desk,
    make_editor,
    make_language,
    make_member,
)

pytestmark = pytest.mark.django_db

HOME = "admin:index"


def home_of(member: Any, language: str = "en") -> Any:
    client = Client()
    client.force_login(member)
    client.cookies["language"] = language
    return client.get(reverse(HOME))


def shown(response: Any) -> dict[str, list[str]]:
    """The headlines of each panel, by its name."""
    return {panel.name: [row.name for row in panel.rows] for panel in response.context["panels"]}


def holds(response: Any, panel: str, article: Article) -> bool:
    return any(article.headline in name for name in shown(response).get(panel, []))


def test_an_editor_finds_what_waits_for_review_and_a_writer_does_not() -> None:
    article = make_article(status="review", headline="Waiting")
    assert holds(home_of(make_member("en", "editor")), "review", article)
    assert "review" not in shown(home_of(make_member("en", "writer")))
    assert "review" not in shown(home_of(make_member("ur", "publisher")))


def test_a_writer_finds_what_was_returned_with_its_note() -> None:
    article = make_article(status="review", headline="Try again")
    return_to_draft(article=article, by=make_editor(), note="Name the river.")
    response = home_of(make_member("en", "writer"))
    assert holds(response, "returned", article)
    assert "Name the river." in response.content.decode()


def test_what_was_returned_is_gone_once_somebody_works_on_it() -> None:
    article = make_article(status="review")
    returned = return_to_draft(article=article, by=make_editor(), note="Name the river.")
    returned.headline = "The Indus"
    save_revision(article=returned, by=make_editor())
    assert "returned" not in shown(home_of(make_member("en", "writer")))


def test_what_goes_live_today_is_told_in_its_order_with_changes_among_articles() -> None:
    publisher, now = make_editor(), timezone.now()
    first = make_article(headline="Later", status="draft")
    publish(article=first, by=publisher, at=now + timedelta(hours=3))
    second = make_article(headline="Sooner")
    second.headline = "Sooner, changed"
    schedule_change(article=second, by=publisher, goes_live_at=now + timedelta(hours=1))

    names = shown(home_of(make_member("en", "publisher")))["scheduled"]

    assert ["Sooner" in names[0], "Later" in names[1]] == [True, True]
    assert "scheduled" not in shown(home_of(make_member("sd", "publisher")))


def test_a_translator_finds_what_lags_behind_and_what_is_missing() -> None:
    languages, editor = load_languages(), make_editor()
    article = make_article(headline="Told in English")
    alone = make_article(headline="Only in English")
    start_translation(source=article, language=languages["ur"], by=editor)
    current = Article.objects.get(pk=article.pk)
    current.body = "<p>Other words.</p>"
    save_revision(article=current, by=editor)

    response = home_of(make_member("ur", "writer"))

    assert len(shown(response)["stale"]) == 1
    assert holds(response, "missing-ur", alone)
    assert not holds(response, "missing-ur", article)


def test_a_day_is_told_as_a_day_and_no_hour_is_guessed() -> None:
    load_languages()
    midnight = datetime(2024, 3, 4, 19, tzinfo=UTC)  # In Karachi.
    make_article(published_at=midnight, published_precision="day")

    page = home_of(make_member("ur", "writer"), "ur").content.decode()

    assert ">05/03/2024</time>" in page


def test_a_desk_is_told_that_its_article_stands_while_the_story_was_withdrawn() -> None:
    load_languages()
    story = uuid.uuid4()
    english = make_article(story=story)
    urdu = make_article(story=story, language="ur")
    withdraw(article=english, by=make_editor(), notice=WHY)
    assert holds(home_of(make_member("ur", "publisher")), "standing", urdu)
    assert "standing" not in shown(home_of(make_member("ur", "writer")))


def test_an_editor_is_led_to_what_came_in() -> None:
    capture = make_capture()
    response = home_of(make_member("en", "editor"))
    assert reverse("admin:articles_capture_incoming", args=[capture.pk]) in str(response.content)
    assert "incoming" not in shown(home_of(make_member("en", "writer")))


def test_who_is_editing_is_named_to_those_who_may_see_the_article() -> None:
    article, other = make_article(status="draft"), make_editor(username="ayesha")
    Draft.objects.create(article=article, user_id=other.pk, tab=uuid.uuid4())
    response = home_of(make_member("en", "writer"))
    assert holds(response, "present", article)
    assert "ayesha" in response.content.decode()
    assert "present" not in shown(home_of(make_member("ur", "writer")))


def test_nothing_of_another_desks_draft_is_on_the_page() -> None:
    make_language("ur")
    draft = make_article(status="draft", headline="Secret words")
    editor = make_editor()
    save_revision(article=Article.objects.get(pk=draft.pk), by=editor)
    assert "Secret words" not in home_of(make_member("ur", "publisher")).content.decode()


def test_my_drafts_are_those_i_wrote_in() -> None:
    writer = make_member("en", "writer")
    mine, _other = (make_article(status="draft", headline=name) for name in ("Mine", "Not mine"))
    mine.standfirst = "In my words."
    save_revision(article=mine, by=writer)
    response = home_of(writer)
    assert holds(response, "own", mine)
    assert len(shown(response)["own"]) == 1


def test_an_empty_desk_says_that_nothing_waits() -> None:
    assert "Nothing waits for you." in home_of(make_member("en", "writer")).content.decode()


def test_home_costs_the_same_however_much_waits(django_assert_max_num_queries) -> None:
    load_languages()
    member = make_member("en", "publisher")
    make_desk(member, "ur", "publisher")
    for number in range(12):
        make_article(status="review", headline=f"Waiting {number}")
        make_article(language="sd")
        make_capture()
    client = Client()
    client.force_login(cast(Any, member))
    with django_assert_max_num_queries(14):
        response = client.get(reverse(HOME))
    assert all(len(panel.rows) <= 6 for panel in response.context["panels"])
    assert any(panel.is_cut for panel in response.context["panels"])


@pytest.mark.parametrize(
    ("language", "words"), [("ur", "نظرِ ثانی کے منتظر"), ("sd", "جائزي جا منتظر")]
)
def test_home_speaks_the_language_of_the_desk(language: str, words: str) -> None:
    make_article(status="review")
    assert words in home_of(make_editor(), language).content.decode()


def test_a_sindhi_headline_among_my_actions_keeps_its_own_face_at_an_urdu_desk() -> None:
    editor = make_editor()
    article = make_article(language="sd", status="draft")
    publish(article=article, by=editor)
    page = home_of(editor, "ur").content.decode()
    assert f'<bdi lang="sd" dir="rtl">{article.headline}</bdi></a>' in page
