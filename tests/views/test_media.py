"""Renditions are served as data that never changes; nothing else of a picture is reached."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages

from articles.models import Image
from articles.pictures.ladder import Form
from tests.factories import make_image

pytestmark = pytest.mark.django_db


def urls_of(image: Image) -> list[str]:
    return [image.url_of(each) for each in image.wanted()]


def test_every_rendition_has_an_address_that_answers(client):
    image = make_image()
    for url, each in zip(urls_of(image), image.wanted(), strict=True):
        answer = client.get(url)
        assert answer.status_code == 200
        assert answer["Content-Type"] == each.form.media_type
        with default_storage.open(image.name_of(each, image.recipe)) as file:
            assert answer.content == file.read()


def test_a_rendition_is_data_and_kept_for_good(client):
    answer = client.get(urls_of(make_image())[0], headers={"accept-encoding": "gzip"})
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Vary" not in answer
    assert "Content-Encoding" not in answer
    assert not answer.cookies


def test_a_rendition_costs_no_query(client, django_assert_num_queries):
    url = urls_of(make_image())[0]
    with django_assert_num_queries(0):
        assert client.get(url).status_code == 200


def test_head_tells_the_size_and_sends_nothing(client):
    url = urls_of(make_image())[0]
    answer = client.head(url)
    assert int(answer["Content-Length"]) == len(client.get(url).content)
    assert answer.content == b""


def test_no_address_leads_to_an_original(client):
    image = make_image()
    name = str(image.file.name)
    storages["originals"].save("0123456789abcdef/01234567-whole-1.jpg", ContentFile(b"secret"))
    for path in (
        f"/media/{name}",
        f"/originals/{name}",
        f"/media/../originals/{name}",
        f"/media/%2e%2e/originals/{name}",
        f"/media/..%2foriginals%2f{name.replace('/', '%2f')}",
        f"/media/{image.token}/../../originals/{name}",
        f"/media/{image.sha256}.jpg",
        f"/media/{image.token}/",
        f"/media/{image.token}",
        "/media/0123456789abcdef/01234567-whole-1.jpg",
        "/media/",
    ):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize("change", ["token", "recipe", "width", "form"])
def test_what_was_not_made_is_not_found(client, change):
    image = make_image()
    url = urls_of(image)[0]
    wrong = {
        "token": url.replace(image.token, "0" * 16),
        "recipe": url.replace(image.recipe, "0" * 8),
        "width": url.replace("-180.", "-99999."),
        "form": url.replace(f".{Form.JPEG}", ".svg"),
    }[change]
    assert wrong != url
    assert client.get(wrong).status_code == 404
