"""Two people save one article: both texts are kept, and what only a person can decide is asked."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from articles.actions import Refused, publish, submit, withdraw
from articles.models import Article, Desk
from tests.actions.test_revisions import copy
from tests.admin.desk import form_of, said, save, sent_from, sit_down, typed
from tests.factories import (
    WHY,
    make_article,
    make_editor,
    make_language,
    make_member,
    make_section,
)

pytestmark = pytest.mark.django_db

ASKS = "Two texts: choose what the article says"
ADD = "admin:articles_article_add"


class Two:
    """One person who has opened an article's form, and another who saves it meanwhile."""

    def __init__(self, article: Article, me: Client | None = None) -> None:
        self.article = article
        self.me = me or sit_down()
        self.they = make_editor(username="ayesha", first_name="Ayesha", last_name="Khan")
        self.opened = self.me.get(form_of(article))

    def save_theirs(self, **changes: Any) -> None:
        save(sit_down(member=self.they), self.article, **changes)

    def save_mine(self, **changes: Any) -> Any:
        posted = typed(self.opened, **changes)
        return self.me.post(form_of(self.article), posted, follow=True)

    def decide(self, page: Any, **answers: Any) -> Any:
        """Answer on the page of questions and press its first button."""
        choices = {f"_choice_{name}": choice for name, choice in answers.items()}
        return self.send(page, **choices)

    def send(self, page: Any, **changes: Any) -> Any:
        name, value, _label = page.context["buttons"][0]
        posted = sent_from(page, **{name: value, **changes})
        return self.me.post(form_of(self.article), posted, follow=True)

    @property
    def now(self) -> Article:
        return Article.objects.get(pk=self.article.pk)

    def history(self, name: str) -> list[str]:
        """What the field said in each revision, newest first."""
        return [one.snapshot[name] for one in self.article.revisions.kept()]


@pytest.fixture
def two() -> Two:
    return Two(make_article(status="draft", headline="First", standfirst="Begun"))


def text_of(response: Any) -> str:
    return " ".join(unescape(strip_tags(response.content.decode())).split())


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


# Status and times ---------------------------------------------------------------------------------


def test_a_status_that_moved_is_asked_about_and_never_merged_silently(two: Two) -> None:
    publish(article=two.article, by=two.they)

    page = two.save_mine(headline="Mine")

    assert "Ayesha Khan published it meanwhile: readers see at once what you save." in text_of(page)
    assert two.now.headline == "First"
    two.decide(page)
    assert two.now.headline == "First"
    two.decide(page, status="on")
    assert (two.now.headline, two.now.status) == ("Mine", "published")


def test_a_status_that_moves_again_is_asked_about_again(two: Two) -> None:
    submit(article=two.article, by=two.they)
    page = two.save_mine(headline="Mine")
    publish(article=two.article, by=two.they)

    again = two.decide(page, status="on")

    assert "published it meanwhile" in text_of(again)
    assert two.now.headline == "First"


def test_a_time_that_another_moved_is_asked_about_even_where_mine_is_untouched() -> None:
    two = Two(make_article(headline="First"))
    two.save_theirs(published_at_0="2023-01-02")

    page = two.save_mine(headline="Mine")

    assert ASKS in page.content.decode()
    assert "Asia/Karachi" in text_of(page)
    assert "UTC" in text_of(page)
    two.decide(page, published_at="theirs")
    assert two.now.headline == "Mine"
    assert timezone.localtime(two.now.published_at).date().isoformat() == "2023-01-02"


def test_an_edited_time_is_typed_into_its_two_boxes() -> None:
    two = Two(make_article(headline="First"))
    two.save_theirs(published_at_0="2023-01-02")
    page = two.save_mine(published_at_0="2023-01-03")

    boxes = {"edited-published_at_0": "2023-01-04", "edited-published_at_1": "10:00"}
    two.send(page, _choice_published_at="edit", **boxes)

    assert two.now.published_at == datetime(2023, 1, 4, 5, tzinfo=UTC)


# Steps of the workflow ----------------------------------------------------------------------------


def test_a_step_is_not_taken_before_the_texts_are_decided(two: Two) -> None:
    two.save_theirs(headline="Theirs")

    page = two.save_mine(headline="Mine", _verb="submit")

    assert two.now.status == "draft"
    assert page.context["buttons"][0][:2] == ("_verb", "submit")
    two.decide(page, headline="mine")
    assert (two.now.headline, two.now.status) == ("Mine", "review")


def test_a_step_that_can_no_longer_be_taken_is_not_offered(two: Two) -> None:
    two.save_theirs(headline="Theirs")
    submit(article=two.article, by=two.they)

    page = two.save_mine(headline="Mine", _verb="submit")

    assert [name for name, _value, _label in page.context["buttons"]] == ["_save"]


# A merge is held against the rules ----------------------------------------------------------------


def test_a_merge_that_breaks_a_rule_is_shown_as_it_was_merged() -> None:
    make_language("ur")
    two = Two(make_article(status="draft", headline="First"))
    section = make_section(language="en", title="Cities")
    two.save_theirs(section=section.pk)

    response = two.save_mine(language="ur", headline="Mine")

    assert "This section belongs to another edition." in response.content.decode()
    assert (two.now.language_id, two.now.headline) == ("en", "First")
    form = typed(response)
    assert str(form["section"]) == str(section.pk)
    two.me.post(form_of(two.article), {**form, "section": ""})
    assert (two.now.language_id, two.now.headline, two.now.section) == ("ur", "Mine", None)


def test_what_is_chosen_is_held_against_the_rules_too() -> None:
    two = Two(make_article(headline="First"))
    two.save_theirs(headline="Theirs")
    page = two.save_mine(headline="Mine")

    response = two.send(page, _choice_headline="edit", **{"edited-headline": ""})

    assert "A published article needs a headline." in response.content.decode()
    assert two.now.headline == "Theirs"


# Refused ------------------------------------------------------------------------------------------


def test_what_an_action_refuses_after_all_is_a_sentence_in_the_form(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_given: Any) -> None:
        raise Refused(["A reason of the last moment."])

    monkeypatch.setattr("articles.admin.saving.save_revision", refuse)

    response = two.save_mine(headline="Mine")

    assert response.status_code == 200
    assert "A reason of the last moment." in response.content.decode()
    assert typed(response)["headline"] == "Mine"
    assert two.now.headline == "First"


def test_writer_whose_draft_went_to_review_gets_back_what_was_typed() -> None:
    writer = make_member("en", "writer")
    two = Two(make_article(status="draft"), sit_down(member=writer))
    submit(article=two.article, by=two.they)

    response = two.save_mine(headline="Typed at length", body="<p>And <b>more</b>.</p>")

    assert response.status_code == 403
    told = text_of(response)
    assert "Ayesha Khan sent it to review meanwhile." in told
    assert "Only editors and publishers of the desk of" in told
    assert "Typed at length" in told
    assert "And more." in told


def test_whoever_lost_the_desk_gets_back_what_was_typed() -> None:
    writer = make_member("en", "writer")
    two = Two(make_article(status="draft", headline="Secret"), sit_down(member=writer))
    Desk.objects.all().delete()

    response = two.save_mine(headline="Typed at length")

    assert response.status_code == 403
    assert "Typed at length" in text_of(response)
    assert "This article is on none of your desks" in text_of(response)
    assert "Secret" not in text_of(response)


def test_text_for_an_article_that_was_deleted_is_given_back(two: Two) -> None:
    two.article.delete()

    response = two.save_mine(headline="Typed at length")

    assert response.status_code == 403
    assert "Typed at length" in text_of(response)


def test_whoever_lost_the_desk_gets_back_a_new_article() -> None:
    client = sit_down(member=make_member("en", "writer"))
    form = typed(client.get(reverse(ADD)), headline="Typed at length")
    Desk.objects.all().delete()

    response = client.post(reverse(ADD), form)

    assert response.status_code == 403
    assert "Typed at length" in text_of(response)
    assert not Article.objects.exists()


def test_nothing_that_was_typed_is_given_back_unescaped(two: Two) -> None:
    two.article.delete()
    script = "<script>alert(1)</script>"

    response = two.save_mine(headline=script, body=f"<p>{script}Words</p>")

    assert script not in response.content.decode()


def test_a_withdrawal_meanwhile_is_told_before_the_text_is_saved() -> None:
    two = Two(make_article(headline="First"))
    withdraw(article=two.article, by=two.they, notice=WHY)

    page = two.save_mine(headline="Mine")

    assert "Ayesha Khan withdrew it meanwhile: readers no longer see it." in text_of(page)


def test_scheduling_meanwhile_is_told_as_such() -> None:
    two = Two(make_article(status="draft", published_at=timezone.now() + timedelta(days=1)))
    publish(article=copy(two.article), by=two.they)

    page = two.save_mine(headline="Mine")

    assert "Ayesha Khan set the time of its publication meanwhile." in text_of(page)


# Steps --------------------------------------------------------------------------------------------


def test_readers_see_nothing_of_others_that_the_publisher_has_not_seen(two: Two) -> None:
    two.save_theirs(standfirst="Not read by me")

    page = two.save_mine(headline="Mine", _verb="publish")

    assert (two.now.status, two.now.headline, two.now.standfirst) == (
        *("draft", "Mine"),
        "Not read by me",
    )
    assert "Ayesha Khan changed this meanwhile: standfirst." in said(page)
    assert "not published yet: read what came in" in said(page)
    assert "Not read by me" in page.content.decode()
    two.opened = page
    two.save_mine(_verb="publish")
    assert two.now.is_live()


def test_what_was_chosen_and_seen_is_published_at_once(two: Two) -> None:
    two.save_theirs(headline="Theirs")
    page = two.save_mine(headline="Mine", _verb="publish")
    two.decide(page, headline="theirs")
    assert (two.now.headline, two.now.status) == ("Theirs", "published")


def in_review() -> Two:
    return Two(make_article(status="review", headline="First"))


def box(page: Any) -> str:
    return str(page.context["note"])


def test_a_note_to_the_writer_that_could_not_be_sent_is_given_back() -> None:
    two = in_review()
    publish(article=two.article, by=two.they)
    page = two.save_mine(_verb="return", _note="Shorter, <please>.")
    page = two.decide(page, status="on")
    assert "The note to the writer was not sent: “Shorter, <please>.”" in unescape(said(page))


def test_a_note_is_in_the_form_until_it_is_sent() -> None:
    two = in_review()
    two.save_mine(headline="Mine", _note="Shorter, please.", _continue="1")

    two.opened = two.me.get(form_of(two.article))

    assert box(two.opened) == "Shorter, please."
    page = two.save_mine(_verb="return", _note=box(two.opened))
    assert two.now.status == "draft"
    assert "not sent" not in said(page)
    submit(article=two.now, by=two.they)
    assert box(two.me.get(form_of(two.article))) == ""


def test_a_note_that_was_emptied_is_not_given_back() -> None:
    two = in_review()
    two.save_mine(_note="Shorter, please.")
    two.opened = two.me.get(form_of(two.article))
    two.save_mine(_note="")
    assert box(two.me.get(form_of(two.article))) == ""


def test_a_note_is_given_back_in_no_other_article_and_to_nobody_else() -> None:
    two = in_review()
    two.save_mine(_note="Shorter, please.")
    other = make_article(status="review", headline="Other")
    assert box(two.me.get(form_of(other))) == ""
    assert box(sit_down(member=two.they).get(form_of(two.article))) == ""
