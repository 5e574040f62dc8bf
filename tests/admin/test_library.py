"""The image library: what is taken in, what is refused and why, and whose deed each is."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from articles.models import Image
from articles.models.media import originals
from tests.admin.desk import said, sent_from, sit_down
from tests.factories import (
    load_languages,
    make_article,
    make_figure,
    make_image,
    make_member,
)
from tests.pictures.made import drawn, encoded, photograph, with_exif

pytestmark = pytest.mark.django_db

LIBRARY = reverse("admin:articles_image_changelist")
UPLOAD = reverse("admin:articles_image_add")
CHOOSE = reverse("admin:articles_image_choose")
ARTIST = 0x013B
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def form_of_image(image: Image) -> str:
    return reverse("admin:articles_image_change", args=[image.pk])


def a_file(data: bytes, name: str = "boats.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def a_picture(seed: int = 1) -> bytes:
    return photograph(180, 120, seed=seed)


def upload(client: Any, *files: SimpleUploadedFile, **typed: Any) -> Any:
    return client.post(UPLOAD, {"files": list(files), **typed}, follow=True)


def send(client: Any, file: SimpleUploadedFile, **typed: Any) -> dict[str, Any]:
    """Upload as a browser with scripts does, and return what became of the file."""
    sent = {"files": [file], **typed}
    (one,) = client.post(UPLOAD, sent, headers={"accept": "application/json"}).json()["files"]
    return dict(one)


# Taking in --------------------------------------------------------------------------------------


def test_several_pictures_come_in_at_once_and_each_is_told_for_itself():
    files = [a_file(a_picture(1), "a.jpg"), a_file(SVG, "b.svg"), a_file(a_picture(2), "c.jpg")]
    page = upload(sit_down(), *files).content.decode()

    assert sorted(Image.objects.values_list("filename", flat=True)) == ["a.jpg", "c.jpg"]
    assert page.count("is-taken") == 2
    assert page.count("is-refused") == 1
    assert "An SVG file is a drawing" in page


def test_one_picture_leads_to_its_form():
    answer = upload(sit_down(), a_file(a_picture()))
    assert answer.redirect_chain[-1][0] == form_of_image(Image.objects.get())


def test_the_same_file_is_recognised_and_the_picture_that_there_is_offered():
    known = make_image(a_picture(), filename="known.jpg", credit="A. Khan")
    answer = upload(sit_down(), a_file(a_picture(), "another.jpg"), credit="Somebody else")

    assert answer.redirect_chain[-1][0] == form_of_image(known)
    assert "has this file already" in said(answer)
    assert "known.jpg" in said(answer)
    assert Image.objects.get().credit == "A. Khan"


def test_a_script_is_told_what_became_of_each_file():
    client = sit_down()
    new, known = send(client, a_file(a_picture())), send(client, a_file(a_picture()))
    refused = send(client, a_file(SVG))

    assert new["is_new"]
    assert not known["is_new"]
    assert new["address"] == known["address"] == form_of_image(Image.objects.get())
    assert f'data-image="{Image.objects.get().pk}"' in new["cell"]
    assert refused.keys() == {"name", "told"}


REFUSED = {
    "svg": SVG,
    "script behind a picture's first bytes": b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
    "page": b"<!doctype html><title>x</title>",
    "cut off": photograph(400, 300, seed=3)[:4000],
    "empty": b"",
    "bomb": encoded(drawn(8, 8).resize((7000, 7000)).convert("1"), "PNG"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("language", ["en", "ur", "sd"])
def test_what_is_no_picture_is_refused_in_the_editors_language_and_leaves_nothing(name, language):
    load_languages()
    before = kept()
    told = send(sit_down(language), a_file(REFUSED[name], "boats.jpg"))["told"]

    assert told
    assert (language == "en") is told.isascii()
    assert not Image.objects.exists()
    assert kept() == before


def kept() -> set[str]:
    """Where originals lie, every file."""
    storage, found, folders = originals(), set[str](), [""]
    while folders:
        folder = folders.pop()
        try:
            inside, files = storage.listdir(folder)
        except FileNotFoundError:
            continue
        folders += [f"{folder}/{each}".lstrip("/") for each in inside]
        found |= {f"{folder}/{each}" for each in files}
    return found


def test_a_file_past_the_limit_is_refused_before_it_is_read(monkeypatch):
    def no(*_args: Any) -> bytes:
        raise AssertionError("It was read.")

    monkeypatch.setattr("articles.pictures.reading.MOST_BYTES", 1000)
    monkeypatch.setattr(ContentFile, "read", no)
    assert "too large" in send(sit_down(), a_file(b"x" * 1001))["told"]


def test_nothing_chosen_is_said_in_a_sentence():
    assert "Choose a picture first." in upload(sit_down()).content.decode()


def test_credit_is_taken_from_the_form_or_else_from_the_file_and_else_asked_for():
    client = sit_down()
    signed = with_exif(a_picture(1), {ARTIST: b"A. Khan"})
    assert "does not say who" not in send(client, a_file(signed))["told"]
    assert "does not say who" in send(client, a_file(a_picture(2)))["told"]
    send(client, a_file(a_picture(3)), credit="Desk")

    assert list(Image.objects.order_by("pk").values_list("credit", flat=True)) == [
        "A. Khan", "", "Desk",
    ]  # fmt: skip


def test_only_members_of_a_desk_add_pictures():
    nobody = sit_down(is_superuser=False)
    assert upload(nobody, a_file(a_picture())).status_code == 403
    upload(sit_down(member=make_member("sd", "writer")), a_file(a_picture()))
    assert Image.objects.count() == 1


# One picture ------------------------------------------------------------------------------------


def change(client: Any, image: Image, **typed: Any) -> Any:
    page = client.get(form_of_image(image))
    return client.post(form_of_image(image), sent_from(page, **typed), follow=True)


def test_focal_point_and_credit_are_set_without_scripts():
    image = make_image()
    change(sit_down(), image, credit="A. Khan", focal_x="20", focal_y="80")
    image.refresh_from_db()
    assert (image.credit, image.focal_x, image.focal_y) == ("A. Khan", 20, 80)


@pytest.mark.parametrize(("name", "value"), [("credit", " "), ("focal_x", "101")])
def test_form_asks_for_a_credit_and_for_a_point_inside_the_picture(name, value):
    image = make_image(credit="A. Khan")
    answer = change(sit_down(), image, **{name: value})
    assert answer.context["adminform"].form.errors.keys() == {name}


def test_two_who_change_different_things_of_a_picture_lose_neither():
    image, client = make_image(credit="A. Khan"), sit_down()
    opened = sent_from(client.get(form_of_image(image)), focal_x="10")
    change(sit_down(), image, usage_terms="Once only.")
    client.post(form_of_image(image), opened)
    image.refresh_from_db()
    assert (image.focal_x, image.usage_terms) == (10, "Once only.")


def test_who_is_no_publisher_changes_nothing_of_what_readers_see():
    image = make_figure(make_article()).image
    client = sit_down(member=make_member("en", "editor"))
    page = client.get(form_of_image(image))
    assert "Readers see this picture: ask a publisher" in page.content.decode()
    assert client.post(form_of_image(image), {"credit": "Mine", "focal_x": 1}).status_code == 403


def test_a_picture_says_where_it_is_used_and_counts_what_others_hide():
    load_languages()
    image = make_image()
    make_figure(make_article(headline="For all to read"), image=image)
    make_figure(make_article(headline="Own draft", status="draft", language="ur"), image=image)
    make_figure(make_article(headline="Hidden draft", status="draft", language="sd"), image=image)
    page = sit_down(member=make_member("ur", "editor")).get(form_of_image(image)).content.decode()

    assert "For all to read" in page
    assert "Own draft" in page
    assert "Hidden draft" not in page
    assert "1 article that you do not see here" in page


def test_a_picture_in_use_is_not_deleted_and_the_editor_is_told_why():
    image = make_figure(make_article(status="draft")).image
    client = sit_down(member=make_member("en", "editor"))
    address = reverse("admin:articles_image_delete", args=[image.pk])
    for answer in (
        client.get(address, follow=True),
        client.post(address, {"post": "yes"}, follow=True),
    ):
        assert "1 article has this picture. Take it out there first." in said(answer)
    assert Image.objects.filter(pk=image.pk).exists()


def test_a_picture_in_no_article_is_deleted_with_its_file():
    image = make_image()
    address = reverse("admin:articles_image_delete", args=[image.pk])
    sit_down(member=make_member("ur", "editor")).post(address, {"post": "yes"})
    assert not Image.objects.exists()


# Finding ----------------------------------------------------------------------------------------


def names_in(page: Any) -> list[str]:
    return [image.filename for image in page.context["cl"].result_list]


def test_pictures_are_found_by_file_credit_and_by_what_is_said_of_them():
    load_languages()
    boats = make_image(filename="IMG_1.jpg", credit="A. Khan")
    make_image(filename="other.jpg")
    make_figure(make_article(language="ur"), image=boats, alt_text="گلی میں کشتیاں")
    client = sit_down()
    for asked in ("img_1", "khan", "كشتياں", "khan کشتیاں"):
        assert names_in(client.get(LIBRARY, {"q": asked})) == ["IMG_1.jpg"], asked
        assert "IMG_1.jpg" in client.get(CHOOSE, {"q": asked}).content.decode()
    assert "other.jpg" not in client.get(CHOOSE, {"q": "khan"}).content.decode()


def test_what_a_hidden_article_says_of_a_picture_finds_nothing():
    load_languages()
    make_figure(make_article(language="sd", status="draft"), alt_text="secret meeting")
    client = sit_down(member=make_member("ur", "editor"))
    assert names_in(client.get(LIBRARY, {"q": "secret"})) == []
    assert "data-image" not in client.get(CHOOSE, {"q": "secret"}).content.decode()


def test_pictures_are_filtered_by_credit_and_use():
    make_image(filename="credited.jpg", credit="A. Khan")
    make_figure(make_article(), image=make_image(filename="used.jpg"))
    client = sit_down()
    assert names_in(client.get(LIBRARY, {"credit": "none"})) == ["used.jpg"]
    assert names_in(client.get(LIBRARY, {"use": "some"})) == ["used.jpg"]
    assert names_in(client.get(LIBRARY, {"use": "none"})) == ["credited.jpg"]
    assert names_in(client.get(LIBRARY, {"use": "mine"})) == []


@pytest.mark.parametrize(("address", "most"), [(LIBRARY, 6), (CHOOSE, 4)])
def test_a_library_of_any_size_costs_the_same_queries(
    address: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
):
    article = make_article()
    for _each in range(12):
        make_figure(article, image=make_image())
    client = sit_down()
    with django_assert_max_num_queries(most):
        page = client.get(address).content.decode()
    assert page.count("<picture>") == 12
