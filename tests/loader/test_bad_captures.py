"""Captures and manifests that would break a careless loader, on every database."""

from __future__ import annotations

import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.management.commands.load_captures import Command
from articles.models import Alias, Article, Capture, LoadRun
from tests.factories import make_article, make_language, make_section, make_source

pytestmark = pytest.mark.django_db

RIVER = (
    "Posted on: 2025-03-01\n"
    "Workers of the town have repaired the river bank before summer and tested it for a week.\n"
    "The bank will be opened to the public on the first of May, the town's engineers say.\n"
)


@pytest.fixture(autouse=True)
def _newsroom() -> None:
    for code in ("en", "ur", "sd"):
        make_language(code)
    make_source(slug="press")
    make_source(slug="radio")
    make_section(slug="news")


def load(*paths: Path, **options: Any) -> tuple[int, str]:
    """Run the command; return its exit code and all that it printed."""
    out = StringIO()
    try:
        call_command("load_captures", *map(str, paths), stdout=out, stderr=out, **options)
    except CommandError as error:
        return error.returncode, f"{out.getvalue()}{error}"
    return 0, out.getvalue()


def write(folder: Path, name: str, text: str | bytes, **entry: Any) -> Path:
    """A capture in ``folder``, with what its manifest says of it."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    manifest = folder / "manifest.json"
    known = json.loads(manifest.read_text())["captures"] if manifest.exists() else {}
    if entry:
        manifest.write_text(json.dumps({"captures": {**known, name: entry}}))
    return folder


def test_two_folders_with_files_of_one_name_keep_their_own_manifests(tmp_path: Path) -> None:
    one = write(tmp_path / "one", "001.txt", RIVER, headline="Of the first", source="press")
    other = RIVER.replace("river", "canal").replace("week", "day")
    two = write(tmp_path / "two", "001.txt", other, headline="Of the second", source="radio")

    load(one, two)

    told = {article.source.slug: article.headline for article in Article.objects.all()}
    assert told == {"press": "Of the first", "radio": "Of the second"}


def test_a_manifest_speaks_for_its_own_folder_only(tmp_path: Path) -> None:
    write(tmp_path / "top", "page.txt", RIVER, headline="Of the top", source="press")
    other = RIVER.replace("river", "canal").replace("week", "day")
    write(tmp_path / "top" / "deep", "page.txt", other, headline="Of the deep", source="radio")

    load(tmp_path / "top")

    told = {article.source.slug: article.headline for article in Article.objects.all()}
    assert told == {"press": "Of the top", "radio": "Of the deep"}


def test_a_folder_that_may_not_be_entered_stops_the_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "good.txt", RIVER)
    locked = write(tmp_path / "locked", "hidden.txt", RIVER)
    scandir = os.scandir

    def refuse(path: str) -> Any:  # Root may enter any folder, so its mode alone tests nothing.
        if Path(path) == locked:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    code, said = load(tmp_path)

    assert code == 2
    assert str(locked) in said
    assert not Capture.objects.exists()


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    code, said = load(tmp_path / "pipe.txt")

    assert code == 2
    assert "pipe.txt" in said


def test_a_name_too_long_for_the_disk_is_a_sentence(tmp_path: Path) -> None:
    code, said = load(tmp_path / ("a" * 300))

    assert code == 2
    assert "cannot be opened" in said


def test_a_text_too_long_for_a_page_fails_alone_and_by_name(tmp_path: Path) -> None:
    write(tmp_path, "good.txt", "A fine headline\n" + RIVER)
    write(tmp_path, "long.txt", "A long headline\n" + RIVER * 1500)

    code, said = load(tmp_path)

    assert code == 1
    assert "long.txt" in said
    assert Article.objects.get().headline == "A fine headline"
    assert Capture.objects.get().load_run is not None


def test_a_text_too_long_comes_first_and_the_run_is_still_recorded(tmp_path: Path) -> None:
    write(tmp_path, "a-long.txt", "A long headline\n" + RIVER * 1500)
    write(tmp_path, "good.txt", "A fine headline\n" + RIVER)

    load(tmp_path)

    assert Capture.objects.get().load_run.exit_code == 1


def test_the_manifest_names_a_language_that_letters_do_not_tell(tmp_path: Path) -> None:
    text = "Lorem ipsum dolor\nPosted on: 2025-03-01\n" + "dolor sit amet " * 30
    folder = write(tmp_path / "a", "1.txt", text, language="en", source="press")

    load(folder)

    assert Article.objects.get().language_id == "en"


def test_bytes_that_do_not_decode_reach_neither_the_database_nor_the_report(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", "1.txt", b"A head\xffline of the town\n" + RIVER.encode() * 20)
    report = tmp_path / "report.jsonl"

    _code, said = load(folder, report=report)

    assert "Traceback" not in said
    assert "\\ud" not in report.read_text(encoding="utf-8")
    assert bytes(Capture.objects.get().raw).startswith(b"A head\xffline")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"target_uri": "https://example.org/" + "a" * 3000}, "2000 is the most"),
        ({"headline": "a" * 301}, "300 is the most"),
        ({"headline": "one\ntwo"}, "on one line"),
        ({"headline": "nul\0"}, "on one line"),
        ({"aliases": ["/with space/x"]}, "without spaces"),
        ({"aliases": ["/" + "a" * 900]}, "without spaces"),
        ({"aliases": ["//evil.example/x"]}, "without spaces"),
        ({"aliases": ["/nul\0"]}, "without spaces"),
        ({"aliases": ["/\ud800"]}, "without spaces"),
        ({"story": "\ud800"}, "on one line"),
        ({"published": "0001-01-01"}, "the year 1"),
        ({"captured_at": "9999-12-31T23:59-05:00"}, "the year 9999"),
    ],
)
def test_manifest_values_are_held_to_what_a_column_takes(
    tmp_path: Path, entry: dict[str, Any], said: str
) -> None:
    code, printed = load(write(tmp_path / "a", "1.txt", RIVER, **entry))

    assert code == 2
    assert said in printed
    assert not Capture.objects.exists()
    assert not Alias.objects.exists()


def test_a_report_is_never_written_over_a_capture(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", "1.txt", RIVER)

    code, said = load(folder, report=folder / "1.txt")

    assert code == 2
    assert "is one of the captures" in said
    assert (folder / "1.txt").read_text() == RIVER


def test_a_load_that_is_interrupted_says_so_and_closes_its_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "a", "1.txt", "A fine headline\n" + RIVER)
    told = Command._say

    def interrupt(*args: Any) -> None:
        told(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(Command, "_say", interrupt)
    code, said = load(folder)

    assert code == 130
    assert "run the same command again" in said
    assert LoadRun.objects.get().exit_code == 130
    assert Article.objects.get().headline == "A fine headline"


def test_a_load_that_only_publishes_is_recorded_too(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", "1.txt", "A fine headline\n" + RIVER, source="press")
    load(folder)

    load(folder, publish=True)

    assert Article.objects.live().exists()
    assert LoadRun.objects.count() == 2


def test_a_held_capture_is_held_again_without_a_write(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", "1.txt", "A fine headline\n" + RIVER)
    load(folder, publish=True)
    before = Article.objects.values().get()

    _code, said = load(folder, publish=True)

    assert "1 held" in said
    assert Article.objects.values().get() == before
    assert LoadRun.objects.count() == 1


def test_a_reload_that_changes_an_article_makes_open_forms_stale(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", "1.txt", RIVER, headline="One", source="press")
    load(folder)
    version = Article.objects.get().version

    write(folder, "1.txt", RIVER, headline="Two", source="press")
    load(folder)

    assert Article.objects.get().headline == "Two"
    assert Article.objects.get().version == version + 1


def test_a_page_that_could_not_be_read_is_read_again(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", "1.txt", "A fine headline\n" + RIVER)
    load(folder)
    Article.objects.all().delete()
    Capture.objects.update(state="rejected")

    load(folder)

    assert Article.objects.get().headline == "A fine headline"
    assert Capture.objects.get().state == "accepted"


def test_a_section_missing_in_the_language_is_told_and_held(tmp_path: Path) -> None:
    make_section(slug="sport", language="ur")
    folder = write(tmp_path / "a", "1.txt", RIVER, headline="One", source="press", section="sport")

    _code, said = load(folder, publish=True)

    assert "no section “sport”" in said
    assert Article.objects.get().status == "draft"


def test_storing_one_column_leaves_texts_that_others_changed_alone() -> None:
    article = make_article()
    Article.objects.filter(pk=article.pk).update(headline="Changed meanwhile")

    article.hold_reason = "A question"
    article.save(update_fields=["hold_reason"])

    assert Article.objects.get().headline == "Changed meanwhile"
