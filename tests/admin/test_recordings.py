"""Recordings at the desk: uploaded or named by an address, and refused in sentences."""

from __future__ import annotations

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.actions import Refused, remove_picture
from articles.models import Article, Image, Recording
from tests.admin.desk import form_of, sent_from, sit_down
from tests.admin.test_events import errors
from tests.factories import (
    load_languages,
    make_article,
    make_editor,
    make_image,
    make_member,
    make_recording,
)
from tests.pictures.made import photograph
from tests.recordings.made import CAPTIONS, mp4, sound
from tests.views.pages import Page

pytestmark = pytest.mark.django_db

ADD = reverse("admin:articles_recording_add")
YOUTUBE = "https://youtu.be/abcdefghijk?si=somebody"


@pytest.fixture(autouse=True)
def editions():
    return load_languages()


def file(data: bytes, name: str = "song.mp3") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def add(client, article: Article, **typed):
    opened = client.get(f"{ADD}?article={article.pk}")
    return client.post(ADD, sent_from(opened, **typed), follow=True)


def change(client, recording: Recording, **typed):
    address = reverse("admin:articles_recording_change", args=[recording.pk])
    return client.post(address, sent_from(client.get(address), **typed), follow=True)


def test_a_file_is_uploaded_from_the_article_and_heard_before_readers_may():
    client, article = sit_down(), make_article(status="draft")
    assert f"{ADD}?article={article.pk}" in Page(client.get(form_of(article))).links

    response = add(client, article, upload=file(sound(2)), title="Rain", credit="A. Khan")

    recording = Recording.objects.get()
    assert response.redirect_chain[-1][0] == form_of(article)
    assert (recording.media_type, recording.seconds) == ("audio/wav", 2)
    kept = client.get(reverse("admin:articles_recording_file", args=[recording.pk]))
    assert b"".join(kept.streaming_content) == sound(2)
    assert client.get(recording.file_url).status_code == 404


def test_nobody_gets_the_place_where_a_telephone_was(client):
    place = b"+24.8607+067.0011/"
    article = make_article()
    add(sit_down(), article, upload=file(mp4(5, location=place)))

    sent = b"".join(client.get(Recording.objects.get().file_url).streaming_content)

    assert place in mp4(5, location=place)
    assert place not in sent
    assert len(sent) == Recording.objects.get().size


def test_an_address_is_kept_without_what_follows_readers():
    add(sit_down(), make_article(status="draft"), address=YOUTUBE, length="1:02:03")

    recording = Recording.objects.get()
    assert recording.address == "https://www.youtube.com/watch?v=abcdefghijk"
    assert (recording.seconds, recording.is_video) == (3723, True)


def test_poster_captions_and_transcript_stand_beside_a_video():
    article = make_article(status="draft", language="ur")

    add(
        sit_down(),
        article,
        upload=file(mp4()),
        poster_file=file(photograph(90, 60), "still.jpg"),
        captions_file=file(CAPTIONS.encode(), "captions.vtt"),
        transcript="پہلی بات",
    )

    recording = Recording.objects.get()
    assert recording.poster == Image.objects.get()
    assert (recording.captions, recording.transcript) == (CAPTIONS, "پہلی بات")
    change(sit_down(), recording, without_poster="on", without_captions="on")
    bare = Recording.objects.get()
    assert (bare.poster_id, bare.captions) == (None, "")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Give a file, or an address where it can be played."),
        ({"upload": file(b"<html>", "song.mp3")}, "This file is no sound or video"),
        ({"upload": file(b"fLaC" + bytes(20))}, "The recording is damaged or cut off."),
        ({"upload": file(sound()), "address": YOUTUBE}, "Give a file or an address, not both."),
        ({"address": "https://evil.example/x"}, "This site shows nothing of that address."),
        ({"address": "javascript:alert(1)"}, "It shows what is at: YouTube, Vimeo"),
        ({"address": YOUTUBE, "length": "a while"}, "Write the length as hours:minutes:seconds."),
        ({"address": YOUTUBE, "length": "0:00"}, "Write the length as hours:minutes:seconds."),
        ({"address": YOUTUBE, "length": "1:75:00"}, "Write the length as hours:minutes:seconds."),
        ({"upload": file(mp4()), "captions_file": file(b"Rain")}, "whose first line is WEBVTT"),
        ({"upload": file(mp4()), "captions_file": file(b"WEBVTT\n\nRain\n")}, "Line 3 of the"),
        (
            {"upload": file(mp4()), "captions_file": file(b"\xff\xfe")},
            "Captions are text in UTF-8.",
        ),
        ({"upload": file(mp4()), "poster_file": file(b"x")}, "This file is no picture"),
    ],
)
def test_what_cannot_be_played_is_refused_in_a_sentence_and_nothing_is_half_saved(typed, sentence):
    article = make_article(status="draft")
    for each in typed.values():
        each.seek(0) if hasattr(each, "seek") else None

    response = add(sit_down(), article, title="Rain", transcript="Rain at last", **typed)

    assert sentence in errors(response)
    assert not Recording.objects.exists()
    shown = sent_from(response)
    assert (shown["title"], shown["transcript"]) == (["Rain"], ["Rain at last"])


def test_a_file_that_is_too_large_is_refused_with_the_limit(settings):
    settings.RECORDING_MEGABYTES = 1

    response = add(sit_down(), make_article(status="draft"), upload=file(sound(140)))

    assert "at most 1.0\xa0MB is taken" in errors(response)


def test_a_new_file_takes_the_place_of_the_old_one_under_a_new_address():
    recording = make_recording(make_article(status="draft"), sound(1, 901))
    old, name = recording.token, recording.file.name

    change(sit_down(), recording, upload=file(sound(3, 902)))

    recording.refresh_from_db()
    assert recording.seconds == 3
    assert recording.token != old
    assert storages["recordings"].exists(str(recording.file.name))
    assert recording.file.name != name


def test_a_file_stays_as_long_as_a_recording_has_it(django_capture_on_commit_callbacks):
    storage = storages["recordings"]
    articles = [make_article(status="draft") for _number in range(2)]
    first, second = (make_recording(article, sound(1, 903)) for article in articles)
    client = sit_down()
    for recording, is_left in ((first, True), (second, False)):
        with django_capture_on_commit_callbacks(execute=True):
            address = reverse("admin:articles_recording_delete", args=[recording.pk])
            client.post(address, {"post": "yes"})
        assert storage.exists(str(second.file.name)) is is_left
    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    ("role", "status", "may"),
    [
        ("writer", "draft", True),
        ("writer", "published", False),
        ("editor", "review", True),
        ("editor", "published", False),
        ("publisher", "published", True),
    ],
)
def test_who_may_change_an_article_may_change_its_recordings(role, status, may):
    recording = make_recording(make_article(language="ur", status=status), title="قدیم")
    address = reverse("admin:articles_recording_change", args=[recording.pk])

    client = sit_down(member=make_member("ur", role))
    response = client.post(address, {"title": "نیا", "position": "1"})

    recording.refresh_from_db()
    assert response.status_code == (302 if may else 403)
    assert (recording.title == "نیا") is may


def test_a_picture_that_is_a_poster_stays_in_the_library():
    image = make_image()
    make_recording(make_article(), mp4(), poster=image)
    with pytest.raises(Refused, match="poster"):
        remove_picture(image=image, by=make_editor())


def test_a_long_list_of_recordings_costs_few_queries(django_assert_max_num_queries):
    client = sit_down()
    for _number in range(12):
        make_recording(make_article(), address=YOUTUBE)
    with django_assert_max_num_queries(8):
        client.get(reverse("admin:articles_recording_changelist"))
