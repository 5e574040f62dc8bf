"""Pictures in the form of an article: placed, said, ordered and taken out, and lost by nobody."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, Draft, Image
from tests.admin.desk import form_of, said, save, sent_from, sit_down
from tests.factories import (
    FIGURES,
    load_languages,
    make_article,
    make_editor,
    make_figure,
    make_image,
    make_member,
)

pytestmark = pytest.mark.django_db


def shown(article: Article) -> list[str]:
    return [figure.alt_text for figure in article.figures.in_order()]


def row(image: Image, number: int = 0, **said: str) -> dict[str, str]:
    """What the form sends for a picture."""
    fields = {"alt_text": "Two boats", "caption": "", "position": str(number + 1), **said}
    sent = {f"figures-{number}-{name}": text for name, text in fields.items()}
    return {"figures": "1", f"figures-{number}-image": str(image.pk), **sent}


def post(client: Any, article: Article, **typed: Any) -> Any:
    """Open the form and send it as it is, scripts off, with ``typed`` over it."""
    page = client.get(form_of(article))
    return client.post(form_of(article), sent_from(page, **typed), follow=True)


# Placing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["en", "ur", "sd"])
def test_a_picture_is_placed_with_its_texts_in_the_articles_language(code: str):
    load_languages()
    article, image = make_article(language=code), make_image(credit="A. Khan")
    alt_text, caption = FIGURES[code]
    client = sit_down(code)
    post(client, article, **row(image, alt_text=alt_text, caption=caption))

    figure = article.figures.get()
    assert (figure.image, figure.alt_text, figure.caption) == (image, alt_text, caption)
    page = client.get(form_of(article)).content.decode()
    box = re.search(r'<textarea name="figures-0-alt_text"[^>]*>', page)
    direction = "ltr" if code == "en" else "rtl"
    assert box
    assert f'lang="{code}"' in box[0]
    assert f'dir="{direction}"' in box[0]
    assert escape(alt_text) in page


def test_a_picture_is_placed_without_scripts_and_then_described():
    article, image, client = make_article(status="draft"), make_image(), sit_down()
    post(client, article, **{"figures-new": str(image.pk)})
    assert shown(article) == [""]
    post(client, article, **{"figures-0-alt_text": "Two boats"})
    assert shown(article) == ["Two boats"]


def test_a_new_article_comes_with_its_pictures():
    load_languages()
    address, image, client = reverse("admin:articles_article_add"), make_image(), sit_down()
    typed = {"headline": "New", "body": "<p>Text.</p>", "language": "en", **row(image)}
    client.post(address, sent_from(client.get(address), **typed))
    assert shown(Article.objects.get()) == ["Two boats"]


def test_pictures_are_ordered_by_numbers_and_taken_out_by_boxes():
    article = make_article()
    for name in ("First", "Second", "Third"):
        make_figure(article, alt_text=name)
    client = sit_down()
    post(client, article, **{"figures-2-position": "1", "figures-0-position": "3"})
    assert shown(article) == ["Third", "Second", "First"]
    post(client, article, **{"figures-1-remove": "1"})
    assert shown(article) == ["Third", "First"]


def test_a_form_without_the_field_leaves_the_pictures():
    article = make_article()
    make_figure(article, alt_text="Stays")
    client = sit_down()
    sent = sent_from(client.get(form_of(article)), headline="Another")
    client.post(form_of(article), {k: v for k, v in sent.items() if not k.startswith("figures")})
    assert Article.objects.get().headline == "Another"
    assert shown(article) == ["Stays"]


# Refusals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["en", "ur", "sd"])
def test_publishing_without_alt_text_is_refused_in_a_sentence_and_keeps_the_picture(code: str):
    load_languages()
    article = make_article(language=code, status="draft", published_at=None)
    told = post(sit_down(code), article, **row(make_image(), alt_text=""), _verb="publish")

    assert Article.objects.get().status == "draft"
    assert shown(article) == [""]
    assert ("1 picture has no alt text" in said(told)) is (code == "en")
    assert "1" in said(told)


def test_readers_never_get_a_picture_that_is_not_described():
    article = make_article()
    make_figure(article)
    answer = post(sit_down(), article, **{"figures-0-alt_text": "  "})
    assert answer.context["adminform"].form.errors.keys() == {"figures"}
    assert "1 picture has no alt text" in answer.content.decode()
    assert shown(article) == [FIGURES["en"][0]]


def faults(answer: Any) -> str:
    return " ".join(answer.context["adminform"].form.errors["figures"])


def test_what_cannot_be_placed_is_named_and_nothing_typed_is_lost():
    article, image, client = make_article(status="draft"), make_image(), sit_down()
    make_figure(article, image=image)
    twice = post(client, article, **row(image, 1, alt_text="Twice"))
    assert "Picture 2 is in this article already." in faults(twice)
    assert "Twice" in twice.content.decode()
    gone = post(client, article, **{**row(image, 1), "figures-1-image": "999"})
    assert "Picture 2 is not in the library any more" in faults(gone)
    long = post(client, article, **{"figures-0-alt_text": "x" * 301})
    assert "Picture 1, alt text: at most 300 characters." in faults(long)
    assert "x" * 301 in long.content.decode()
    forged = post(client, article, **{"figures-0-image": "1; drop"})
    assert "Picture 1 is not in the library" in faults(forged)


def test_who_may_only_read_an_article_sees_its_pictures_and_sends_none():
    load_languages()
    article = make_article(language="en")
    make_figure(article)
    client = sit_down(member=make_member("ur", "publisher"))
    page = client.get(form_of(article)).content.decode()
    assert FIGURES["en"][0] in page
    assert 'name="figures"' not in page
    typed = client.post(form_of(article), row(make_image(), alt_text="Mine, and not to be lost"))
    assert typed.status_code == 403
    assert "Mine, and not to be lost" in typed.content.decode()
    assert shown(article) == [FIGURES["en"][0]]


# Two people -------------------------------------------------------------------------------------


def test_two_who_place_pictures_at_once_keep_both():
    article, client = make_article(), sit_down()
    opened = sent_from(client.get(form_of(article)), **row(make_image(), alt_text="Mine"))
    save(sit_down(), article, **row(make_image(), alt_text="Theirs"))
    told = client.post(form_of(article), opened, follow=True)

    assert sorted(shown(article)) == ["Mine", "Theirs"]
    assert "pictures" in said(told)


def test_a_headline_saved_meanwhile_loses_no_picture():
    article, client = make_article(), sit_down()
    opened = sent_from(client.get(form_of(article)), headline="Mine")
    save(sit_down(), article, **row(make_image(), alt_text="Theirs"))
    client.post(form_of(article), opened)

    assert Article.objects.get().headline == "Mine"
    assert shown(article) == ["Theirs"]


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_two_who_describe_one_picture_are_shown_both_and_choose(choice: str, kept: str):
    article, client = make_article(), sit_down()
    make_figure(article, alt_text="Old")
    opened = sent_from(client.get(form_of(article)), **{"figures-0-alt_text": "Mine"})
    other = sit_down(member=make_editor(first_name="Ayesha"))
    post(other, article, **{"figures-0-alt_text": "Theirs"})
    asked = client.post(form_of(article), opened)

    page = asked.content.decode()
    assert "Mine" in page
    assert "Theirs" in page
    assert 'value="edit"' not in page
    client.post(form_of(article), sent_from(asked, _choice_figures=choice))
    assert shown(article) == [kept]


def test_a_merge_that_breaks_a_rule_is_shown_with_both_peoples_pictures():
    article, client = make_article(), sit_down()
    undescribed = row(make_image(), alt_text="")
    opened = sent_from(client.get(form_of(article)), **undescribed)
    save(sit_down(), article, **row(make_image(), alt_text="Theirs"))
    answer = client.post(form_of(article), opened)

    sent = sent_from(answer)
    assert sent["figures-1-alt_text"] == ["Theirs"]
    client.post(form_of(article), {**sent, "figures-0-alt_text": "Mine"})
    assert shown(article) == ["Mine", "Theirs"]


# History, drafts and preview --------------------------------------------------------------------


def test_history_tells_pictures_apart_and_brings_them_back():
    article = make_article()
    make_figure(article, image=make_image(filename="boats.jpg"), alt_text="Two boats", caption="")
    client = sit_down()
    post(client, article, **{"figures-0-alt_text": "Three boats"})
    newest, oldest = article.revisions.kept()
    address = reverse("admin:articles_article_compare", args=[article.pk])
    page = client.get(address, {"before": oldest.pk, "after": newest.pk}).content.decode()
    assert "boats.jpg" in page
    assert re.search(r"<del>.*Two.*</del>.*<ins>.*Three.*</ins>", page, re.DOTALL)
    assert (
        "pictures"
        in client.get(reverse("admin:articles_article_history", args=[article.pk]))
        .content.decode()
        .lower()
    )

    client.post(reverse("admin:articles_article_revision", args=[article.pk, oldest.pk]))
    assert shown(article) == ["Two boats"]


def test_a_deleted_picture_is_told_in_the_history_as_one_that_is_gone():
    article, image = make_article(), make_image(filename="boats.jpg")
    make_figure(article, image=image)
    client = sit_down()
    post(client, article, **{"figures-0-remove": "1"})
    image.delete()
    first = article.revisions.kept().last()
    page = client.get(reverse("admin:articles_article_revision", args=[article.pk, first.pk]))
    assert "a picture that the library no longer has" in page.content.decode()


def test_pictures_that_were_not_saved_are_offered_and_come_back():
    article, image = make_article(status="draft"), make_image(filename="boats.jpg")
    editor, tab = make_editor(), uuid4()
    client = sit_down(member=editor)
    sent = sent_from(client.get(form_of(article)), **row(image, alt_text="Not saved"))
    data = {name: value[0] if isinstance(value, list) else value for name, value in sent.items()}
    content = {"tab": str(tab), "base_version": 1, "data": data}
    kept = reverse("admin:articles_article_draft", args=[article.pk])
    assert client.post(kept, content, content_type="application/json").status_code == 200

    assert "boats.jpg" in client.get(form_of(article)).content.decode()
    address = reverse("admin:articles_article_unsaved", args=[tab])
    form = client.post(address, {"_take": "yes"}, follow=True)
    assert sent_from(form)["figures-0-alt_text"] == ["Not saved"]
    client.post(form_of(article), sent_from(form))
    assert shown(article) == ["Not saved"]
    assert not Draft.objects.unsaved().exists()


def test_what_is_typed_and_undone_is_no_unsaved_picture():
    article = make_article()
    make_figure(article)
    client = sit_down()
    sent = sent_from(client.get(form_of(article)))
    data = {name: value[0] for name, value in sent.items() if isinstance(value, list)}
    content = {"tab": str(uuid4()), "base_version": 1, "data": data}
    kept = reverse("admin:articles_article_draft", args=[article.pk])
    client.post(kept, content, content_type="application/json")
    assert "Nothing in it differs" in client.get(form_of(article)).content.decode()


@pytest.mark.parametrize("is_new", [True, False])
def test_preview_shows_pictures_as_they_stand_in_the_form(is_new: bool):
    load_languages()
    article, image, client = make_article(status="draft"), make_image(), sit_down()
    form = reverse("admin:articles_article_add") if is_new else form_of(article)
    address = form.removesuffix("change/") + "preview/"
    typed = {"language": "en", "headline": "Typed", "body": "<p>Text.</p>"}
    sent = sent_from(client.get(form), **typed, **row(image, alt_text="As typed"))
    page = client.post(address, sent)

    assert page.status_code == 200
    assert 'alt="As typed"' in page.content.decode()
    assert image.token in page.content.decode()
    assert not article.figures.exists()


def test_a_translation_begins_with_the_pictures_and_without_their_texts():
    load_languages()
    article = make_article(language="en")
    image = make_figure(article).image
    address = reverse("admin:articles_article_translate", args=[article.pk, "ur"])
    client = sit_down()
    client.post(address)
    translation = Article.objects.get(language="ur")
    figure = translation.figures.get()
    assert (figure.image, figure.alt_text, figure.caption) == (image, "", "")
    page = client.get(form_of(translation)).content.decode()
    assert all(text in page for text in FIGURES["en"])  # What its translator is to say.


def test_a_form_of_many_pictures_costs_no_more_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
):
    client, one, many = sit_down(), make_article(), make_article()
    make_figure(one)
    for _each in range(8):
        make_figure(many)
    counted = []
    for article in (one, many):
        with django_assert_max_num_queries(60) as asked:
            client.get(form_of(article))
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_pictures_in_another_order_are_told_as_a_difference():
    article = make_article()
    for name in ("first.jpg", "second.jpg"):
        make_figure(article, image=make_image(filename=name), alt_text=name)
    client = sit_down()
    post(client, article, **{"figures-0-position": "9"})
    newest = article.revisions.kept()[0]
    address = reverse("admin:articles_article_revision", args=[article.pk, newest.pk])
    page = client.get(address).content.decode()
    for place in ("1", "2"):
        assert re.search(rf"<ins><span[^>]*>[^<]*</span>{place}\b", page), place
