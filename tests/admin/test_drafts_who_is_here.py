"""Who else has an article open, and who edits it: told on its form and in the list."""

from __future__ import annotations

import json
import re
from uuid import UUID

import pytest

from tests.admin.desk import form_of, save, sit_down
from tests.admin.drafts import LIST, close, tell
from tests.factories import make_article, make_member

pytestmark = pytest.mark.django_db


def test_colleagues_see_who_is_editing_and_who_only_looks() -> None:
    article = make_article(status="draft")
    tell(sit_down(first_name="Ayesha"), article, data={"headline": "Typed"})
    tell(sit_down(username="bilal"), article)

    page = sit_down().get(form_of(article)).content.decode()

    assert re.search(r"<bdi>Ayesha</bdi> is editing here, \d+ s ago\.", page)
    assert re.search(r"<bdi>bilal</bdi> has this open, \d+ s ago\.", page)
    assert "Typed" not in page


def test_the_script_hears_of_colleagues_and_of_ones_other_tabs() -> None:
    article = make_article(status="draft")
    client = sit_down("ur")
    tell(sit_down(first_name="Ayesha"), article, data={"headline": "Typed"})
    tell(client, article, tab=UUID(int=2), data={"headline": "Mine"})

    answer = tell(client, article).json()

    assert "<bdi>Ayesha</bdi> یہاں ترمیم میں مصروف" in answer["here"]
    assert "آپ ایک اور ٹیب میں بھی اس میں ترمیم کر رہے ہیں" in answer["here"]
    assert answer["unsaved"] == f"{UUID(int=2)}+"
    assert "Typed" not in json.dumps(answer)


def test_whoever_left_is_not_here_any_more() -> None:
    article = make_article(status="draft")
    ayesha = sit_down(first_name="Ayesha")
    tell(ayesha, article, data={"headline": "Typed"})
    close(ayesha, article)

    assert "Ayesha" not in tell(sit_down(), article).json()["here"]


def test_a_form_hears_that_the_article_was_saved_by_somebody_else() -> None:
    article = make_article(status="draft")
    save(sit_down(first_name="Sana"), article, byline="By Sana")

    here = tell(sit_down(), article, base_version=1).json()["here"]

    assert "<bdi>Sana</bdi> saved this article" in here
    assert "saved" not in tell(sit_down(), article, base_version=2).json()["here"]


def test_names_are_text_and_keep_their_own_direction() -> None:
    article = make_article(status="draft")
    tell(sit_down(first_name="<b>عائشہ"), article)

    assert "<bdi>&lt;b&gt;عائشہ</bdi>" in tell(sit_down(), article).json()["here"]


def test_the_list_marks_what_colleagues_have_open() -> None:
    article = make_article(status="draft")
    make_article(status="draft")
    tell(sit_down(first_name="Ayesha"), article)

    page = sit_down().get(LIST).content.decode()

    assert page.count('<span class="here">Open with <bdi>Ayesha</bdi></span>') == 1


def test_nobody_learns_who_on_another_desk_works_on_what_readers_see() -> None:
    article = make_article(language="en")
    tell(sit_down(member=make_member("en", "publisher", first_name="Ayesha")), article)
    elsewhere, own = make_member("ur", "publisher"), make_member("en", "writer")

    for address in (LIST, form_of(article)):
        assert "Ayesha" not in sit_down(member=elsewhere).get(address).content.decode()
        assert "Ayesha" in sit_down(member=own).get(address).content.decode()
