"""The order of pages, set by numbers on the section's screen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.actions import Refused, order_pages
from articles.models import Article
from tests.admin.desk import sent_from, sit_down
from tests.factories import load_languages, make_article, make_member, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def editions():
    return load_languages()


def make_pages(code: str = "en", number: int = 4):
    section = make_section(language=code, layout="pages")
    made = [
        make_article(language=code, section=section, headline=f"{letter}", source=None)
        for letter in "ABCDEFGH"[:number]
    ]
    return section, made


def order_of(section) -> str:
    return "".join(section.articles.in_order().values_list("headline", flat=True))


def screen(section) -> str:
    return reverse("admin:articles_section_change", args=[section.pk])


@pytest.mark.parametrize("code", ["en", "ur"])
@pytest.mark.parametrize(
    ("typed", "order"),
    [({3: "1"}, "DABC"), ({0: "3"}, "BCAD"), ({0: "4", 3: "1"}, "DBCA"), ({2: "900"}, "ABDC")],
)
def test_a_number_moves_a_page_and_the_others_make_room(code, typed, order):
    section, _made = make_pages(code)
    client = sit_down(code, make_member(code, "publisher"))
    boxes = {f"articles-{row}-position": place for row, place in typed.items()}

    client.post(screen(section), sent_from(client.get(screen(section)), **boxes))

    assert order_of(section) == order
    assert list(section.articles.in_order().values_list("position", flat=True)) == [1, 2, 3, 4]


def test_a_new_page_stands_last_until_it_is_placed():
    section, _made = make_pages()
    client = sit_down()
    boxes = {"articles-3-position": "1"}
    client.post(screen(section), sent_from(client.get(screen(section)), **boxes))
    make_article(section=section, headline="N", source=None)
    assert order_of(section) == "DABCN"


def test_the_order_is_no_change_of_any_text():
    section, made = make_pages()
    order_pages(section=section, places={made[3].pk: 1}, by=None)
    moved = Article.objects.get(pk=made[3].pk)
    assert (moved.version, moved.updated_at) == (made[3].version, made[3].updated_at)
    assert not moved.revisions.exists()


@pytest.mark.parametrize("typed", ["0", "-1", "first", "", "99999999999", "1.5"])
def test_a_place_that_is_none_is_refused_and_nothing_moves(typed):
    section, _made = make_pages()
    client = sit_down()
    page = client.get(screen(section))
    response = client.post(screen(section), sent_from(page, **{"articles-3-position": typed}))
    assert response.status_code == 200
    assert "errorlist" in response.text
    assert order_of(section) == "ABCD"


@pytest.mark.parametrize("role", ["writer", "editor"])
def test_only_publishers_put_pages_in_order(role):
    section, made = make_pages("ur")
    member = make_member("ur", role)
    client = sit_down(member=member)
    page = client.get(screen(section))
    assert 'name="articles-0-position"' not in page.text
    assert made[0].headline in page.text
    sent = {**sent_from(page), "articles-3-position": "1", "title": "x"}
    assert client.post(screen(section), sent).status_code == 403
    with pytest.raises(Refused):
        order_pages(section=section, places={made[3].pk: 1}, by=member)
    assert order_of(section) == "ABCD"


def test_a_forged_form_moves_no_article_of_another_section():
    section, made = make_pages()
    other, foreign = make_pages("ur")
    order_pages(section=section, places={foreign[3].pk: 1, made[3].pk: 1}, by=None)
    assert order_of(other) == "ABCD"
    assert order_of(section) == "DABC"


def test_many_pages_are_put_in_order_at_the_cost_of_few(django_assert_max_num_queries):
    section = make_section(layout="pages")
    for number in range(60):
        make_article(section=section, source=None, headline=f"{number}")
    client = sit_down()
    with django_assert_max_num_queries(15):
        client.get(screen(section))
