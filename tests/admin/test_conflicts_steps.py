"""A step over what another saved meanwhile: taken once all is seen, and its note is not lost."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from articles.actions import publish, submit
from tests.admin.conflicts import Two
from tests.admin.desk import form_of, said, sit_down
from tests.factories import make_article

pytestmark = pytest.mark.django_db


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
