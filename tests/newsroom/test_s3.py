"""Files in a bucket: the same promises as on a disk, held against a server that speaks S3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client, override_settings
from moto.server import ThreadedMotoServer

from articles.models import Image, Recording
from newsroom.storage import StorageAway, WholeFileStorage
from tests.factories import make_article, make_figure, make_image, make_recording
from tests.newsroom.test_settings import settings_with

KEY = {"S3_ACCESS_KEY_ID": "name", "S3_SECRET_ACCESS_KEY": "secret", "S3_REGION": "eu-west-1"}


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server on this computer that holds a bucket called ``pictures``."""
    made = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    made.start()
    host, port = made.get_host_and_port()
    address = f"http://{host}:{port}"
    connected(address).create_bucket(
        Bucket="pictures", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    yield address
    made.stop()


def connected(address: str) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=address,
        region_name="eu-west-1",
        aws_access_key_id="name",
        aws_secret_access_key="secret",
    )


def storages_at(address: str) -> dict[str, Any]:
    """The storages that the site's settings make of the variables."""
    variables = {"S3_BUCKET": "pictures", "S3_ENDPOINT_URL": address, **KEY}
    made: dict[str, Any] = settings_with("STORAGES", **variables)["STORAGES"]
    made["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    return made


@pytest.fixture
def bucket(server: str) -> Iterator[Any]:
    with override_settings(STORAGES=storages_at(server)):
        yield storages["default"]


@pytest.fixture(params=["disk", "bucket"])
def storage(request, tmp_path: Path) -> Any:
    """Both kinds, which are held to the same."""
    if request.param == "disk":
        return WholeFileStorage(location=tmp_path)
    return request.getfixturevalue("bucket")


def test_a_file_is_given_back_as_it_came(storage):
    name = storage.save("ab/بارش.jpg", ContentFile(b"rain" * 1000))
    assert name == "ab/بارش.jpg"
    assert storage.exists(name)
    assert storage.size(name) == 4000
    with storage.open(name) as file:
        assert file.read() == b"rain" * 1000
    assert storage.url(name) == "/media/ab/%D8%A8%D8%A7%D8%B1%D8%B4.jpg"


def test_the_same_name_replaces_the_file_in_any_storage(storage):
    for content in (b"first", b"second"):
        assert storage.save("a/b.jpg", ContentFile(content)) == "a/b.jpg"
    with storage.open("a/b.jpg") as file:
        assert file.read() == b"second"
    assert storage.listdir("a") == ([], ["b.jpg"])
    storage.delete("a/b.jpg")
    assert not storage.exists("a/b.jpg")
    storage.delete("a/b.jpg")


def test_what_is_not_there_is_a_missing_file(storage):
    with pytest.raises(FileNotFoundError):
        storage.open("never/was.jpg").read()


def test_any_part_of_a_file_is_read_without_the_rest(storage):
    content = bytes(range(256)) * 20_000
    storage.save("long.mp3", ContentFile(content))
    with storage.open("long.mp3") as file:
        for first in (0, 1_000_000, 5_119_990, 70_000):
            file.seek(first)
            assert file.read(100) == content[first : first + 100]
        file.seek(-5, 2)
        assert file.read() == content[-5:]


def test_originals_in_a_bucket_have_no_address(bucket):
    with pytest.raises(ValueError, match="no address"):
        storages["originals"].url("a.jpg")


def test_a_bucket_that_is_away_is_one_error_of_the_system():
    away = storages_at("http://127.0.0.1:1")
    with override_settings(STORAGES=away):
        for act in (
            lambda: storages["default"].open("a.jpg"),
            lambda: storages["default"].save("a.jpg", ContentFile(b"a")),
            lambda: storages["default"].exists("a.jpg"),
        ):
            with pytest.raises(StorageAway):
                act()


@pytest.mark.django_db
def test_pictures_and_recordings_go_through_the_bucket_to_readers(
    bucket, server, client: Client, monkeypatch
):
    for model, name in ((Image, "originals"), (Recording, "recordings")):
        monkeypatch.setattr(model._meta.get_field("file"), "storage", storages[name])
    article = make_article()
    image: Image = make_image()
    make_figure(article=article, image=image)
    recording = make_recording(article=article)
    keys = {
        each["Key"].partition("/")[0]
        for each in connected(server).list_objects_v2(Bucket="pictures")["Contents"]
    }
    assert {"media", "originals", "recordings"} <= keys
    image.refresh_from_db()
    address = image.url_of(image.wanted()[0])
    assert address.startswith("/media/")
    picture = client.get(address)
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    file = f"/recording/{recording.token}.{str(recording.file.name).rpartition('.')[2]}"
    whole = b"".join(client.get(file).streaming_content)
    part = client.get(file, headers={"range": "bytes=10-19"})
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == whole[10:20]


@pytest.mark.django_db
def test_a_reader_is_told_that_a_bucket_is_away_and_when_to_come_back():
    away = storages_at("http://127.0.0.1:1")
    with override_settings(STORAGES=away):
        told = Client(raise_request_exception=False).get(f"/media/{'a' * 16}/12345678-w-320.jpg")
    assert (told.status_code, told["Retry-After"]) == (503, "5")
