"""Pictures come in whole and once, are rendered after the commit, and go with all that was made."""

from __future__ import annotations

import errno
import io
import re

import pytest
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.utils import translation
from PIL import Image as Pillow

from articles.actions import (
    Refused,
    add_picture,
    change_picture,
    make_renditions,
    remove_picture,
    rendition,
)
from articles.models import Image
from articles.pictures import rendering
from articles.pictures.ladder import Form
from articles.pictures.reading import Reason, UnfitPicture, read
from articles.pictures.rights import Rights
from newsroom.storage import WholeFileStorage
from tests.factories import make_article, make_editor, make_figure, make_image, make_member
from tests.pictures.made import drawn, encoded, photograph, with_iptc

pytestmark = pytest.mark.django_db
JPEG = photograph(180, 120)


def names(image: Image) -> set[str]:
    return set(default_storage.listdir(image.token)[1])


def wanted(image: Image) -> set[str]:
    return {each.file(image.recipe) for each in image.wanted()}


def upload(**overrides):
    fields = {"data": JPEG, "filename": "boats.jpg", "by": make_editor(), **overrides}
    return add_picture(**fields)


def test_a_file_is_kept_byte_for_byte_under_its_digest():
    image, is_new = upload()
    assert is_new
    with image.file.open() as file:
        assert file.read() == JPEG
    assert (image.width, image.height, image.media_type) == (180, 120, "image/jpeg")
    assert image.uploaded_by is not None


def test_the_same_file_is_taken_in_once():
    first = upload().image
    again, is_new = upload(filename="copy of boats.png", rights=Rights("Somebody else"))
    assert not is_new
    assert again == first
    assert Image.objects.get().credit == ""


def test_two_uploads_of_a_file_in_one_moment_become_one_image(monkeypatch):
    first = upload().image
    nobody = Image.objects.none()
    monkeypatch.setattr("articles.actions.picture.known_as", lambda digest: nobody.first())
    assert upload() == (first, False)


def test_what_a_file_says_of_its_rights_stands_where_the_editor_says_nothing():
    told = with_iptc(JPEG, {80: b"A. Khan", 116: b"(c) Agency"})
    image = upload(data=told, rights=Rights(copyright_notice="© The Morning Page")).image
    assert image.rights == Rights("A. Khan", "© The Morning Page", "")


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("boats.jpg", "boats.jpg"),
        ("C:\\fakepath\\boats.PNG", "boats.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("کشتی\u202egpj.exe", "کشتیgpj.jpg"),
        ("", "picture.jpg"),
        (".jpg", "picture.jpg"),
        ("a" * 400 + ".jpg", "a" * 192 + ".jpg"),
        ("nul\x00byte.jpg", "nulbyte.jpg"),
    ],
)
def test_a_files_name_is_only_a_name(given, stored):
    assert upload(filename=given).image.filename == stored


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("code", ["en", "ur", "sd"])
def test_a_file_that_is_no_picture_is_refused_in_a_sentence(monkeypatch, reason, code):
    def refuse(data: bytes) -> None:
        raise UnfitPicture(reason, most=40_000_000)

    monkeypatch.setattr("articles.actions.picture.read", refuse)
    with translation.override(code), pytest.raises(Refused) as refused:
        upload()
    (sentence,) = refused.value.reasons
    assert len(sentence) > 20
    assert "%" not in sentence
    assert (code == "en") is not re.search("[\u0600-\u06ff]", sentence)
    assert not Image.objects.exists()


def test_nothing_is_left_behind_by_a_file_that_is_refused(tmp_path):
    for data in (b"<svg/>", JPEG[:500], b""):
        with pytest.raises(Refused):
            upload(data=data)
    assert not Image.objects.exists()


def test_a_full_disk_is_told_in_a_sentence_and_leaves_nothing(monkeypatch, tmp_path):
    monkeypatch.setitem(storages._storages, "originals", WholeFileStorage(location=tmp_path))
    monkeypatch.setattr("os.fsync", _no_space)
    with pytest.raises(Refused, match="disk may be full"):
        upload()
    assert not Image.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def _no_space(descriptor: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_who_has_no_desk_adds_nothing():
    stranger = make_editor(is_superuser=False)
    with pytest.raises(Refused, match="given you a desk"):
        upload(by=stranger)
    assert upload(by=make_member("ur")).is_new


def test_renditions_are_made_once_the_commit_holds(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        image = upload().image
        assert not default_storage.exists(image.token)
    after = Image.objects.get()
    assert after.rendered_as == after.fallback_as == after.recipe
    assert names(after) == wanted(after)
    for each in after.wanted():
        with default_storage.open(after.name_of(each, after.recipe)) as file:
            found = Pillow.open(io.BytesIO(file.read()))
        assert found.size == (each.width, each.height)


def test_what_every_browser_reads_is_there_before_the_better_formats(
    django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setattr(rendition, "later", lambda work: None)
    with django_capture_on_commit_callbacks(execute=True):
        upload()
    image = Image.objects.get()
    assert (image.fallback_as, image.rendered_as) == (image.recipe, "")
    assert {name.rpartition(".")[2] for name in names(image)} == {Form.JPEG}


def test_a_rendition_says_whose_it_is():
    image = make_image(credit="A. Khan", copyright_notice="© Agency")
    with default_storage.open(image.name_of(image.wanted()[0], image.recipe)) as file:
        assert read(file.read()).rights == Rights("A. Khan", "© Agency")


def test_a_second_making_makes_nothing():
    image = make_image()
    assert make_renditions(image=Image.objects.get(pk=image.pk)) == 0


def test_a_making_that_was_stopped_goes_on_and_shows_no_half_set(monkeypatch):
    image = upload().image
    real, left = default_storage.save, [3]

    def stop(name, content):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return real(name, content)

    monkeypatch.setattr(default_storage, "save", stop)
    for _attempt in range(4):
        left[0] = 3
        with pytest.raises(KeyboardInterrupt):
            make_renditions(image=Image.objects.get())
        found = Image.objects.get()
        assert not found.rendered_as
        assert not found.fallback_as or {
            each.file(found.recipe) for each in found.wanted() if each.form is Form.JPEG
        } <= names(found)
    monkeypatch.undo()
    make_renditions(image=Image.objects.get())
    assert names(Image.objects.get()) == wanted(image)


def test_the_command_makes_what_is_missing_and_counts_truly(capsys):
    image = upload().image
    make_image()
    call_command("make_renditions")
    assert "Pictures rendered: 1. Failed: 0." in capsys.readouterr().out
    assert names(image) == wanted(image)
    call_command("make_renditions")
    assert "Pictures rendered: 0. Failed: 0." in capsys.readouterr().out


def test_the_command_makes_all_anew_after_the_way_of_making_changed(monkeypatch, capsys):
    image = make_image()
    monkeypatch.setattr(rendering, "RECIPE", rendering.RECIPE + 1)
    call_command("make_renditions")
    after = Image.objects.get()
    assert after.rendered_as == after.recipe != image.recipe
    assert wanted(image) | wanted(after) == names(after)


def test_the_command_names_a_picture_that_is_no_longer_what_came_in(capsys):
    broken, whole = upload().image, upload(data=photograph(150, 100, seed=7)).image
    storages["originals"].delete(broken.file.name)
    with pytest.raises(CommandError):
        call_command("make_renditions")
    said = capsys.readouterr()
    assert "Pictures rendered: 1. Failed: 1." in said.out
    assert broken.sha256 in said.err
    assert Image.objects.get(pk=whole.pk).rendered_as


def test_only_the_last_two_sets_of_renditions_are_kept():
    image = make_image()
    editor = make_editor()
    for focus in (10, 20, 30):
        former = Image.objects.get().recipe
        image.focal_x = focus
        change_picture(image=image, by=editor)
        make_renditions(image=Image.objects.get())
    after = Image.objects.get()
    assert {name.partition("-")[0] for name in names(after)} == {former, after.recipe}


def test_a_change_of_the_focal_point_is_rendered(django_capture_on_commit_callbacks):
    image = make_image(data=encoded(drawn(900, 300)))
    image.focal_x = 95
    with django_capture_on_commit_callbacks(execute=True):
        change_picture(image=image, by=make_editor())
    after = Image.objects.get()
    assert after.focal_x == 95
    assert after.rendered_as == after.recipe != image.recipe


def test_a_change_that_no_column_takes_is_refused():
    image = make_image()
    for name, value in (("focal_x", 101), ("credit", "x" * 201)):
        changed = Image.objects.get()
        setattr(changed, name, value)
        with pytest.raises(Refused):
            change_picture(image=changed, by=make_editor())
    assert Image.objects.get().recipe == image.recipe


def test_only_a_publisher_changes_what_is_said_of_a_picture_that_readers_see():
    seen, unseen = make_figure(make_article()).image, make_image()
    writer = make_member("en", "writer")
    change_picture(image=unseen, by=writer)
    with pytest.raises(Refused, match="ask a publisher"):
        change_picture(image=seen, by=writer)
    change_picture(image=seen, by=make_member("en", "publisher"))
    with pytest.raises(Refused, match="given you a desk"):
        change_picture(image=unseen, by=make_editor(is_superuser=False))


def test_a_picture_goes_with_all_that_was_made_of_it(django_capture_on_commit_callbacks):
    image = make_image()
    with django_capture_on_commit_callbacks(execute=True):
        remove_picture(image=image, by=make_editor())
    assert not Image.objects.exists()
    assert not storages["originals"].exists(str(image.file.name))
    assert names(image) == set()


def test_a_picture_of_an_article_is_not_removed():
    image = make_figure(make_article(status="draft")).image
    make_figure(make_article(), image=image)
    with pytest.raises(Refused, match="2 articles have this picture"):
        remove_picture(image=image, by=make_editor())


def test_a_writer_removes_only_what_they_uploaded():
    writer, other = make_member("en", "writer"), make_member("en", "writer")
    image = upload(by=writer).image
    with pytest.raises(Refused, match="Only editors"):
        remove_picture(image=image, by=other)
    remove_picture(image=image, by=writer)
    assert not Image.objects.exists()


def test_a_picture_that_is_removed_while_it_is_rendered_leaves_no_file():
    image = upload().image
    Image.objects.all().delete()
    rendition._make_fallback(image)
    assert names(image) == set()
