"""Whose a capture is when nothing of it is left: its own desk's, and no other's."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from articles.models import Article, Capture
from tests.admin.desk import make_capture, sit_down
from tests.admin.test_incoming import decide, page_of
from tests.factories import load_languages, make_article, make_member

pytestmark = pytest.mark.django_db

TEXT = "Rain fills the wells of the village\n\n5 March 2024\n\nThe wells are full after the rain.\n"


@pytest.fixture
def capture(tmp_path: Path) -> Capture:
    """A capture of which the loader made one article, in English."""
    load_languages()
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    call_command("load_captures", str(tmp_path), verbosity=0)
    assert Article.objects.get().language_id == "en"
    return Capture.objects.get()


def reject(capture: Capture, language: str) -> None:
    decide(sit_down(member=make_member(language, "editor")), capture, "reject")
    assert not Article.objects.exists()


def is_read_by(capture: Capture, language: str) -> set[bool]:
    """Whether an editor of a language is shown it: in the list, and on each of its pages."""
    client = sit_down(member=make_member(language, "editor"))
    listed = client.get(reverse("admin:articles_capture_changelist")).content.decode()
    pages = [
        page_of(capture),
        reverse("admin:articles_capture_change", args=[capture.pk]),
        reverse("admin:articles_capture_history", args=[capture.pk]),
    ]
    codes = {client.get(page).status_code for page in pages}
    return {capture.filename in listed, *(code == 200 for code in codes)}


def test_a_capture_stays_with_its_desk_when_its_drafts_are_rejected(capture: Capture) -> None:
    reject(capture, "en")
    assert is_read_by(capture, "ur") == {False}
    assert is_read_by(capture, "en") == {True}


def test_a_capture_stays_with_its_desk_when_its_article_is_deleted(capture: Capture) -> None:
    delete = reverse("admin:articles_article_delete", args=[Article.objects.get().pk])
    sit_down().post(delete, {"post": "yes"})
    assert not Article.objects.exists()
    assert is_read_by(capture, "ur") == {False}
    assert is_read_by(capture, "en") == {True}


def test_a_copy_of_which_nothing_was_made_is_its_desks_too(
    capture: Capture, tmp_path: Path
) -> None:
    (tmp_path / "copy.txt").write_text("Home\n" + TEXT, "utf-8")
    call_command("load_captures", str(tmp_path), verbosity=0)
    copy = Capture.objects.exclude(pk=capture.pk).get()
    assert (copy.state, Article.objects.count()) == ("duplicate", 1)
    assert is_read_by(copy, "ur") == {False}
    assert is_read_by(copy, "en") == {True}


def test_only_its_own_desk_lets_a_rejected_capture_wait_again(capture: Capture) -> None:
    reject(capture, "en")
    for language, state in (("ur", "rejected"), ("en", "new")):
        decide(sit_down(member=make_member(language, "editor")), capture, "reopen")
        assert Capture.objects.get().state == state


def test_a_draft_that_moved_to_another_desk_is_rejected_and_read_there(capture: Capture) -> None:
    Article.objects.update(language="ur")
    reject(capture, "ur")
    assert is_read_by(capture, "ur") == {True}
    assert is_read_by(capture, "sd") == {False}


def test_what_was_rejected_before_languages_were_kept_finds_its_desk(capture: Capture) -> None:
    other = make_capture()
    Article.objects.all().delete()
    make_article(capture=other, language="sd")
    capture.languages.clear()

    import_module("articles.migrations.0022_languages_of_what_was_made").languages(apps, None)

    assert [one.pk for one in capture.languages.all()] == ["en"]
    assert [one.pk for one in other.languages.all()] == ["sd"]
