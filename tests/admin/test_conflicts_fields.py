"""Two people save one article: fields of both are kept, and one with two texts is asked about."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin.conflicts import ASKS, Two
from tests.admin.desk import said, save, sent_from, sit_down, text_of
from tests.factories import make_article, make_editor, make_section

pytestmark = pytest.mark.django_db


# Different fields ---------------------------------------------------------------------------------


def test_two_people_in_different_fields_are_both_kept_and_the_second_is_told(two: Two) -> None:
    two.save_theirs(headline="Theirs", byline="A Writer")

    response = two.save_mine(standfirst="Mine")

    assert (two.now.headline, two.now.byline, two.now.standfirst) == ("Theirs", "A Writer", "Mine")
    told = "Ayesha Khan changed this meanwhile: headline, byline. Both changes are kept."
    assert told in said(response)


def test_two_windows_of_one_person_are_both_kept(two: Two) -> None:
    save(two.me, two.article, headline="In one window")

    response = two.save_mine(standfirst="In the other")

    assert (two.now.headline, two.now.standfirst) == ("In one window", "In the other")
    assert "You changed this in another window meanwhile: headline." in said(response)


def test_each_of_several_people_is_named_with_their_own_fields(two: Two) -> None:
    two.save_theirs(headline="Ayesha's")
    third = make_editor(username="bilal")
    save(sit_down(member=third), two.article, byline="Bilal's")

    told = said(two.save_mine(standfirst="Mine"))

    assert "Ayesha Khan changed this meanwhile: headline." in told
    assert "bilal changed this meanwhile: byline." in told


def test_nobody_is_told_anything_where_nobody_else_wrote(two: Two) -> None:
    assert "meanwhile" not in said(two.save_mine(standfirst="Mine"))


def test_what_two_people_typed_alike_is_no_question(two: Two) -> None:
    two.save_theirs(headline="Same")

    two.save_mine(headline="Same", standfirst="Mine")

    assert (two.now.headline, two.now.standfirst) == ("Same", "Mine")


# The same field -----------------------------------------------------------------------------------


def test_two_people_in_one_field_are_asked_with_both_texts_before_them(two: Two) -> None:
    two.save_theirs(headline="First of theirs")

    page = two.save_mine(headline="First of mine", standfirst="Kept")

    assert ASKS in page.content.decode()
    assert two.now.headline == "First of theirs"
    html = page.content.decode()
    for runs in ("of theirs", "of mine"):
        assert re.search(rf"<ins>.*added:.*</span> {runs}<span", html)
    assert "Ayesha Khan saved this:" in text_of(page)
    assert 'name="standfirst" value="Kept"' in html


def test_own_text_of_another_window_is_named_as_ones_own(two: Two) -> None:
    save(two.me, two.article, headline="In one window")

    page = two.save_mine(headline="In the other")

    assert "You saved this yourself in another window:" in text_of(page)


@pytest.mark.parametrize(
    ("choice", "headline"), [("mine", "Mine"), ("theirs", "Theirs"), ("edit", "Both")]
)
def test_what_is_chosen_is_saved_with_everything_else_that_was_typed(
    two: Two, choice: str, headline: str
) -> None:
    two.save_theirs(headline="Theirs", byline="A Writer")
    page = two.save_mine(headline="Mine", standfirst="Kept")

    edited = {"edited-headline": "Both"} if choice == "edit" else {}
    two.send(page, _choice_headline=choice, **edited)

    assert (two.now.headline, two.now.standfirst) == (headline, "Kept")
    assert two.now.byline == "A Writer"
    assert "Theirs" in two.history("headline")


def test_edits_begin_with_what_was_typed(two: Two) -> None:
    two.save_theirs(headline="Theirs")

    page = two.save_mine(headline="Mine at length")

    assert sent_from(page)["edited-headline"] == ["Mine at length"]


def test_a_text_edited_back_to_its_beginning_is_a_decision_too(two: Two) -> None:
    two.save_theirs(headline="Theirs")
    page = two.save_mine(headline="Mine")

    two.send(page, _choice_headline="edit", **{"edited-headline": "First"})

    assert two.now.headline == "First"


@pytest.mark.parametrize("choice", [None, "", "all", "on", "mine\0"])
def test_without_an_answer_that_counts_it_is_asked_again_and_nothing_is_lost(
    two: Two, choice: str | None
) -> None:
    two.save_theirs(headline="Theirs")
    page = two.save_mine(headline="Mine", standfirst="Kept")

    again = two.send(page, _choice_headline=choice)

    assert ASKS in again.content.decode()
    assert "Choose what the article is to say here." in text_of(again)
    assert two.now.headline == "Theirs"
    two.decide(again, headline="mine")
    assert (two.now.headline, two.now.standfirst) == ("Mine", "Kept")


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_a_text_changed_in_the_box_is_not_dropped_for_another_choice(two: Two, choice: str) -> None:
    two.save_theirs(headline="Theirs")
    page = two.save_mine(headline="Mine")

    again = two.send(page, _choice_headline=choice, **{"edited-headline": "Mine, and longer"})

    assert "You changed the text in the box and chose another one." in text_of(again)
    assert two.now.headline == "Theirs"
    two.decide(again, headline="edit")
    assert two.now.headline == "Mine, and longer"


def test_forged_questions_ask_nothing_and_break_nothing(two: Two) -> None:
    two.save_mine(
        headline="Mine",
        _asked=["pk", "version", "hold_reason", "nonsense", "status", "body"],
        _choice_status="theirs",
        _choice_body="theirs",
        _seen="9" * 400,
    )

    assert (two.now.headline, two.now.status) == ("Mine", "draft")


def test_a_third_who_saves_the_same_field_is_asked_about_too(two: Two) -> None:
    two.save_theirs(headline="Theirs")
    page = two.save_mine(headline="Mine")
    two.save_theirs(headline="Theirs again")

    again = two.decide(page, headline="theirs")

    assert "This was saved once more meanwhile." in text_of(again)
    assert "Theirs again" in text_of(again)
    assert two.now.headline == "Theirs again"
    two.decide(again, headline="mine")
    assert two.history("headline") == ["Mine", "Theirs again", "Theirs", "First"]


def test_what_is_decided_is_not_asked_again_when_a_third_saves_another_of_the_fields(
    two: Two,
) -> None:
    two.save_theirs(headline="Theirs", byline="Theirs", dateline="Theirs")
    page = two.save_mine(headline="Mine", byline="Mine", dateline="Mine", standfirst="Kept")
    two.save_theirs(dateline="Theirs again")

    edited = {"edited-headline": "Edited", "_choice_headline": "edit"}
    again = two.send(page, _choice_byline="theirs", _choice_dateline="mine", **edited)

    assert [question.name for question in again.context["questions"]] == ["dateline"]
    two.decide(again, dateline="mine")
    row = two.now
    assert (row.headline, row.byline, row.dateline) == ("Edited", "Theirs", "Mine")
    assert row.standfirst == "Kept"


def test_a_third_who_saves_another_field_is_merged_in(two: Two) -> None:
    two.save_theirs(headline="Theirs")
    page = two.save_mine(headline="Mine")
    two.save_theirs(byline="A Writer")

    two.decide(page, headline="mine")

    assert (two.now.headline, two.now.byline) == ("Mine", "A Writer")


def test_an_edited_text_is_not_lost_when_a_third_saves(two: Two) -> None:
    two.save_theirs(headline="Theirs")
    page = two.save_mine(headline="Mine")
    two.save_theirs(headline="Theirs again")

    again = two.send(page, _choice_headline="edit", **{"edited-headline": "Edited"})

    assert sent_from(again)["edited-headline"] == ["Edited"]
    two.decide(again, headline="edit")
    assert two.now.headline == "Edited"


@pytest.mark.parametrize(("code", "direction"), [("ur", "rtl"), ("sd", "rtl")])
def test_texts_are_told_apart_in_their_own_language_and_word_by_word(
    code: str, direction: str
) -> None:
    article = make_article(language=code, status="draft")
    two = Two(article)
    two.save_theirs(body=article.body.replace("<p>", "<p>۽ "))

    page = two.save_mine(body=article.body.replace("<p>", "<p>۾ "))

    html = page.content.decode()
    assert ASKS in html
    assert html.count(f'<div class="diff" lang="{code}" dir="{direction}">') == 2
    assert re.search(r"<ins>.*</span>۽ <span", html)
    assert re.search(r"<ins>.*</span>۾ <span", html)
    assert "&lt;p&gt;۾" not in re.sub(r"<(textarea|input)\b.*?>[^<]*", "", html)


def test_paragraphs_that_nobody_touched_are_folded() -> None:
    body = "".join(f"<p>Paragraph {number}.</p>" for number in range(9))
    two = Two(make_article(status="draft", body=body))
    two.save_theirs(body=body.replace("Paragraph 4", "Theirs 4"))

    page = two.save_mine(body=body.replace("Paragraph 4", "Mine 4"))

    html = page.content.decode()
    assert html.count('<details class="unchanged">') == 4
    assert "Text that both have" in html


def test_a_choice_of_section_names_both_in_words() -> None:
    two = Two(make_article(status="draft"))
    mine, theirs = make_section(title="Sport"), make_section(title="Cities")
    two.save_theirs(section=theirs.pk)

    page = two.save_mine(section=mine.pk)

    assert {"Sport", "Cities"} <= set(re.findall(r"\w+", text_of(page)))
    two.decide(page, section="theirs")
    assert two.now.section == theirs


def test_page_of_questions_costs_the_same_for_one_field_and_for_five(two: Two) -> None:
    two.save_theirs(headline="Theirs")
    few = queries_of(lambda: two.save_mine(headline="Mine"))
    texts = ("headline", "standfirst", "body", "byline", "dateline")
    two.save_theirs(**dict.fromkeys(texts, "Theirs of all"))

    many = queries_of(lambda: two.save_mine(**dict.fromkeys(texts, "Mine of all")))

    assert many == few <= 35  # Checks of the constraints and their savepoints are half of them.


def queries_of(act: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert ASKS in act().content.decode()
    return len(queries)
