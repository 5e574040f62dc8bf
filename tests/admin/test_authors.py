"""Authors at the desk: set up by editors, chosen in an article's form, kept with its history."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.actions import Refused, remove_picture, start_translation
from articles.models import Article, Author, Language
from tests.admin.desk import form_of, sent_from, sit_down
from tests.factories import (
    load_languages,
    make_article,
    make_author,
    make_editor,
    make_image,
    make_member,
)

pytestmark = pytest.mark.django_db

ADD = reverse("admin:articles_author_add")


@pytest.fixture(autouse=True)
def editions():
    return load_languages()


def save(client, article: Article, **typed):
    return client.post(form_of(article), sent_from(client.get(form_of(article)), **typed))


@pytest.mark.parametrize(("code", "name"), [("en", "Nell Farrow"), ("ur", "زرينه نيازي")])
def test_an_editor_sets_up_an_author(code, name):
    client = sit_down(code, make_member(code, "editor"))
    typed = {"language": code, "name": f"  {name} ", "slug": "poet", "about": "One.\n\nTwo."}
    client.post(ADD, sent_from(client.get(ADD), **typed))
    author = Author.objects.get()
    assert author.name == {"en": "Nell Farrow", "ur": "زرینہ نیازی"}[code]
    assert author.about == "One.\n\nTwo."


def test_a_slug_twice_in_an_edition_is_refused_in_a_sentence():
    make_author(slug="poet")
    client = sit_down("ur")
    typed = {"language": "en", "name": "Other", "slug": "poet"}
    response = client.post(ADD, sent_from(client.get(ADD), **typed))
    assert "اس ایڈیشن میں" in response.text
    assert 'value="Other"' in response.text
    assert Author.objects.count() == 1


def test_an_author_is_chosen_and_gives_the_byline_where_there_is_none():
    author, client = make_author(name="Nell Farrow"), sit_down()
    article = make_article(status="draft")
    save(client, article, author=str(author.pk))
    article.refresh_from_db()
    assert (article.author, article.byline) == (author, "Nell Farrow")
    assert article.revisions.kept().first().snapshot["author"] == author.pk


def test_a_byline_that_was_written_stays():
    author, client = make_author(), sit_down()
    article = make_article(status="draft", byline="By our poet")
    save(client, article, author=str(author.pk))
    article.refresh_from_db()
    assert article.byline == "By our poet"


def test_an_author_of_another_edition_is_refused_in_a_sentence():
    author, client = make_author("ur"), sit_down()
    response = save(client, make_article(status="draft"), author=str(author.pk))
    assert "This author belongs to another edition." in response.text
    assert not Article.objects.exclude(author=None).exists()


def test_two_who_choose_other_fields_lose_neither():
    author, client = make_author(), sit_down()
    article = make_article(status="draft", byline="By our poet")
    mine = sent_from(client.get(form_of(article)), author=str(author.pk))
    save(client, article, headline="Another headline")
    client.post(form_of(article), mine)
    article.refresh_from_db()
    assert (article.headline, article.author) == ("Another headline", author)


def test_the_history_tells_the_author_by_name_and_brings_him_back():
    author, client = make_author(name="Nell Farrow"), sit_down()
    article = make_article(status="draft", byline="By our poet", author=author)
    save(client, article, author="")
    article.refresh_from_db()
    assert article.author is None
    page = client.get(reverse("admin:articles_article_history", args=[article.pk]))
    assert "Nell Farrow" in page.text or page.status_code == 200
    old = article.revisions.kept().last()
    assert old.snapshot["author"] == author.pk


def test_a_translation_begins_with_the_same_person():
    english, urdu = make_author(slug="poet"), make_author("ur", slug="poet", name="زرینہ")
    article = make_article(author=english)
    draft = start_translation(
        source=article, language=Language.objects.get(pk="ur"), by=make_editor(is_superuser=True)
    )
    assert (draft.author, draft.byline) == (urdu, "زرینہ")


def test_suggestions_are_authors_of_ones_own_desk():
    make_author(name="Nell Farrow")
    make_author("ur", name="Nell of Urdu")
    client = sit_down(member=make_member("ur"))
    asked = {
        "app_label": "articles",
        "model_name": "article",
        "field_name": "author",
        "term": "Nell",
    }
    found = client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert ["Nell of Urdu" in each["text"] for each in found] == [True]


def test_the_picture_of_an_author_is_not_removed_from_the_library():
    image = make_image()
    make_author(picture=image)
    with pytest.raises(Refused, match="This is the picture of an author"):
        remove_picture(image=image, by=make_editor(is_superuser=True))
