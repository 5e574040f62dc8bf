"""Images are kept once and found by nobody; figures speak the language of their article."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage, storages
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from articles.models import Article, Figure, Image
from articles.models.media import lead_of, with_lead
from articles.pictures.ladder import FRAME, WHOLE, Form
from tests.factories import make_article, make_figure, make_image

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "given", "stored"),
    [
        ("ur", " علي كي\n\u202eكشتی ", "علی کی کشتی"),
        ("sd", "علي جي ٻيڙي", "علي جي ٻيڙي"),
        ("en", "Cafe\u0301 on\tthe river", "Caf\u00e9 on the river"),
    ],
)
def test_a_figure_is_spelt_as_its_articles_language_asks(code, given, stored):
    figure = make_figure(make_article(language=code), alt_text=given, caption=given)
    found = Figure.objects.get(pk=figure.pk)
    assert found.alt_text == stored
    assert " ".join(found.caption.split()) == stored


def test_an_article_has_a_picture_once():
    figure = make_figure(make_article())
    again = Figure(article=figure.article, image=figure.image)
    with pytest.raises(ValidationError, match="has this picture already"):
        again.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    assert make_figure(make_article(), image=figure.image).pk


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"focal_x": 101}, "inside the picture"),
        ({"focal_y": 101}, "inside the picture"),
        ({"width": 0}, "a pixel wide"),
        ({"media_type": "image/svg+xml"}, "A picture is a JPEG"),
    ],
)
def test_the_database_takes_no_image_that_cannot_be(wrong, sentence):
    image = make_image()
    for name, value in wrong.items():
        setattr(image, name, value)
    with pytest.raises(ValidationError, match=sentence):
        image.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        image.save()


def test_an_image_that_an_article_has_cannot_be_deleted_under_it():
    figure = make_figure(make_article())
    with pytest.raises(ProtectedError):
        figure.image.delete()


def test_the_original_lies_where_no_address_leads():
    image = make_image()
    assert image.file.name == f"{image.sha256[:2]}/{image.sha256}.jpg"
    assert storages["originals"].exists(image.file.name)
    assert not default_storage.exists(image.file.name)
    with pytest.raises(ValueError, match="no address"):
        _ = image.file.url


def test_no_address_of_a_rendition_follows_from_another():
    one, other = make_image(), make_image()
    assert one.token != other.token
    assert len(one.token) == 16
    url = one.url_of(one.steps(WHOLE, Form.JPEG)[0])
    assert url == f"/media/{one.token}/{one.recipe}-whole-180.jpg"
    assert one.sha256[:8] not in url


def test_renditions_get_new_names_when_what_they_are_made_from_changes():
    image = make_image()
    recipes = {image.recipe}
    for change in ({"focal_x": 10}, {"focal_y": 10}, {"credit": "A"}, {"usage_terms": "B"}):
        for name, value in change.items():
            setattr(image, name, value)
        image.save()
        recipes.add(image.recipe)
    assert len(recipes) == 5
    assert list(Image.objects.waiting()) == [image]


def test_readers_are_offered_only_what_is_there():
    image = make_image()
    assert image.steps(FRAME, Form.AVIF)
    image.rendered_as = ""
    assert image.steps(FRAME, Form.JPEG)
    assert not image.steps(FRAME, Form.AVIF)
    image.fallback_as = ""
    assert not image.steps(FRAME, Form.JPEG)


def test_the_former_renditions_are_shown_until_the_new_ones_are_made():
    image = make_image()
    former = image.recipe
    image.focal_x = 12
    image.save()
    assert image.recipe != former
    assert former in image.url_of(image.steps(WHOLE, Form.AVIF)[0])


def test_a_list_fetches_the_first_picture_of_each_article_in_its_own_query(
    django_assert_num_queries,
):
    gallery, plain, single = make_article(), make_article(), make_article()
    figures = [make_figure(gallery, position=place) for place in (2, 1, 1)]
    only = make_figure(single)
    with django_assert_num_queries(1):
        leads = {row.pk: lead_of(row) for row in with_lead(Article.objects.all())}
    assert leads[plain.pk] is None
    for article, figure in ((gallery, figures[1]), (single, only)):
        lead, image = leads[article.pk], figure.image
        step = image.steps(FRAME, Form.AVIF)[0]
        assert lead.steps(FRAME, Form.AVIF)[0] == step
        assert lead.url_of(step) == image.url_of(step)


def test_what_readers_see_is_told_from_what_they_do_not():
    seen = make_figure(make_article()).image
    make_figure(make_article(status="draft"))
    make_image()
    assert list(Image.objects.shown()) == [seen]
