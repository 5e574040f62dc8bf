"""Sections of pictures: a wall of first pictures, with headlines and how many there are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import WHEN, make_article, make_figure, make_image, make_section
from tests.views.pages import CODES, Page

COUNTS = {
    "en": ("2 pictures", "1 picture"),
    "ur": ("2 تصویریں", "1 تصویر"),
    "sd": ("2 تصويرون", "1 تصوير"),
}


def make_wall(code: str = "en"):
    section = make_section(language=code, slug="gallery", layout="gallery")
    placed = {"language": code, "section": section}
    images = [make_image() for _number in range(2)]
    two = make_article(**placed, headline="Two")
    one = make_article(**placed, headline="One", published_at=WHEN - timedelta(days=1))
    none = make_article(**placed, headline="None", published_at=WHEN - timedelta(days=2))
    for image in images:
        make_figure(two, image=image)
    make_figure(one, image=images[0])
    return section, [two, one, none]


@pytest.mark.parametrize("code", CODES)
def test_a_wall_shows_first_pictures_with_headlines_and_counts(client, editions, code):
    section, made = make_wall(code)
    page = Page(client.get(section.get_absolute_url()))
    assert len(page.all("img")) == 2
    text = " ".join(page.text.split())
    digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    for words in COUNTS[code]:
        assert words in text or words.translate(digits) in text
    for article in made:
        assert article.get_absolute_url() in page.links


def test_pictures_of_a_wall_wait_until_they_are_near_but_for_the_first(client):
    section, _made = make_wall()
    first, second = Page(client.get(section.get_absolute_url())).all("img")
    assert first["fetchpriority"] == "high"
    assert second["loading"] == "lazy"
    assert first["sizes"] != second["sizes"]


def test_a_lite_wall_has_headlines_and_no_pictures(client):
    section, _made = make_wall()
    page = Page(client.get(f"{section.get_absolute_url()}?lite"))
    assert not page.all("img")
    assert "Two" in page.text


def test_a_wall_costs_the_same_queries_however_long(client, django_assert_num_queries):
    section, made = make_wall()
    for _more in range(2):
        with django_assert_num_queries(4):
            client.get(section.get_absolute_url())
        for _number in range(4):
            article = make_article(section=section)
            make_figure(article, image=made[0].figures.first().image)


def test_reader_never_sees_on_a_wall_what_is_not_live(client):
    section, _made = make_wall()
    make_figure(make_article(section=section, status="draft", headline="secret"))
    assert "secret" not in client.get(section.get_absolute_url()).text
