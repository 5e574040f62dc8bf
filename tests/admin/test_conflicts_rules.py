"""What was merged or chosen is held against the rules, as what was typed is."""

from __future__ import annotations

import pytest

from tests.admin.conflicts import Two
from tests.admin.desk import form_of, typed
from tests.factories import make_article, make_language, make_section

pytestmark = pytest.mark.django_db


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
