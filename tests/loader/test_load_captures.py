"""The loading command, through the door that archivists use."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from articles.actions import publish
from articles.models import Alias, Article, Capture, LoadRun
from tests.factories import make_language, make_section, make_source

pytestmark = pytest.mark.django_db

SEEDS = Path(settings.BASE_DIR) / "fixtures" / "seeds"
STATEMENT = "000_687a397a37d3dbac.txt"
STORY = "003_e17d2061561d95de.txt"


@pytest.fixture(autouse=True)
def _newsroom() -> None:
    """The rows that the seeds' manifest names."""
    for code in ("en", "ur", "sd"):
        make_language(code)
    make_source(slug="mqm", name="A party", kind="party", timezone="Europe/London")
    make_source(slug="the-nation", name="A newspaper")
    make_section(slug="news", title="News")


def load(*paths: Path | str, **options: Any) -> tuple[int, str, str]:
    """Run the command and return its exit code and what it printed on each stream."""
    out, err = StringIO(), StringIO()
    try:
        call_command("load_captures", *map(str, paths), stdout=out, stderr=err, **options)
    except CommandError as error:
        return error.returncode, out.getvalue(), f"{err.getvalue()}{error}"
    return 0, out.getvalue(), err.getvalue()


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the newsroom, to be compared before and after."""
    tables = [
        name for name in connection.introspection.table_names() if name.startswith("articles_")
    ]
    with connection.cursor() as cursor:
        rows = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608  Names come from the schema.
            rows[table] = cursor.fetchall()
    return rows


def bare_seeds(folder: Path) -> Path:
    """A folder with the seeds and no manifest."""
    for name in (STATEMENT, STORY):
        shutil.copy(SEEDS / name, folder / name)
    return folder


def article_of(name: str) -> Article:
    return Article.objects.get(capture__filename=name)


# The seeds -------------------------------------------------------------------------------------


def test_both_seeds_go_from_bytes_to_readers() -> None:
    code, out, _err = load(publish=True)

    assert code == 0
    assert "2 files: 2 created." in out
    assert {article.headline for article in Article.objects.live()} == {
        "My message to the devoted, anonymous PTI workers",
        "Internal rifts re-emerge in MQM-P as workers protest organizational changes",
    }


def test_the_statement_is_dated_by_its_label_and_never_by_its_page_or_its_story() -> None:
    load(publish=True)

    statement = article_of(STATEMENT)
    assert statement.published_at.astimezone().date().isoformat() == "2023-07-29"
    assert statement.published_precision == "day"
    assert statement.capture.rendered_at.isoformat() == "2024-07-17T18:20:44+00:00"


def test_the_statement_keeps_its_three_gaps_and_none_of_the_page_around_it() -> None:
    load(publish=True)

    body = article_of(STATEMENT).body
    assert body.count('<span class="gap">') == 3
    assert body.count("<p>") == 3
    for furniture in (
        "Fikri Nishist",
        "+44",
        "protected]",
        "Posted on",
        "7:20:44",
        "July 29, 2023",
    ):
        assert furniture not in body


def test_the_news_story_loses_the_prefix_of_the_capture_tool() -> None:
    load(publish=True)

    story = article_of(STORY)
    assert story.published_at.astimezone().date().isoformat() == "2025-02-09"
    assert story.body.startswith("<p>Internal rifts have resurfaced")
    assert "2025-02-09" not in story.body


def test_old_addresses_of_the_manifest_lead_to_the_article() -> None:
    load(publish=True)

    alias = Alias.objects.get()
    assert alias.path.startswith("/englishnews/43834/")
    assert alias.article == article_of(STATEMENT)


def test_every_byte_of_a_capture_is_kept() -> None:
    load()

    for name in (STATEMENT, STORY):
        assert bytes(Capture.objects.get(filename=name).raw) == (SEEDS / name).read_bytes()


def test_without_a_manifest_headlines_are_derived_and_held(tmp_path: Path) -> None:
    code, out, _err = load(bare_seeds(tmp_path), publish=True)

    assert code == 0
    assert "2 held" in out
    for name in (STATEMENT, STORY):
        article = article_of(name)
        assert article.status == "draft"
        assert article.headline_origin == "derived"
        assert article.hold_reason
        assert len(article.headline) <= 90
        assert article.body.startswith(f"<p>{article.headline.rstrip('…').strip()[:40]}")


def test_a_manifest_that_comes_later_frees_what_was_held(tmp_path: Path) -> None:
    load(bare_seeds(tmp_path), publish=True)

    _code, out, _err = load(publish=True)

    assert "2 updated" in out
    assert Article.objects.live().count() == 2
    assert article_of(STORY).headline_origin == "manifest"


def test_a_manifest_that_goes_missing_takes_nothing_back(tmp_path: Path) -> None:
    load(publish=True)
    before = everything()

    load(bare_seeds(tmp_path), publish=True)

    assert everything()["articles_article"] == before["articles_article"]


# Loading again ---------------------------------------------------------------------------------


def test_a_second_load_changes_nothing() -> None:
    load(publish=True)
    before = everything()

    code, out, _err = load(publish=True)

    assert code == 0
    assert "2 unchanged" in out
    assert everything() == before


def test_what_an_editor_changed_stays(tmp_path: Path) -> None:
    load(bare_seeds(tmp_path))
    story = article_of(STORY)
    story.headline, story.headline_origin = "Our own headline", "editor"
    story.edited_fields = ["headline"]
    story.save()

    load()

    story.refresh_from_db()
    assert story.headline == "Our own headline"
    assert story.headline_origin == "editor"
    assert story.source.slug == "the-nation"


def test_loading_never_brings_back_what_an_editor_withdrew_or_deleted() -> None:
    load(publish=True)
    Article.objects.filter(capture__filename=STATEMENT).update(status="withdrawn")
    article_of(STORY).delete()

    _code, out, _err = load(publish=True)

    assert "2 unchanged" in out
    assert not Article.objects.live().exists()


def test_a_withdrawn_article_that_is_a_draft_again_waits_for_a_person() -> None:
    load(publish=True)
    Article.objects.filter(capture__filename=STORY).update(status="draft")

    load(publish=True)

    assert article_of(STORY).status == "draft"


def test_the_run_is_recorded_with_what_it_did() -> None:
    load(publish=True)

    run = LoadRun.objects.get()
    assert run.exit_code == 0
    assert run.counts == {"created": 2}
    assert run.arguments["publish"] is True
    assert run.ended_at >= run.started_at
    assert run.captures.count() == 2


# Options ---------------------------------------------------------------------------------------


def test_a_dry_run_writes_nothing_and_says_would() -> None:
    before = everything()

    code, out, _err = load(dry_run=True, publish=True)

    assert code == 4
    assert "2 would be created" in out
    assert everything() == before


def test_a_dry_run_over_what_is_loaded_finds_nothing_to_do() -> None:
    load(publish=True)

    code, _out, _err = load(dry_run=True, publish=True)

    assert code == 0


def test_strict_tells_of_held_items_by_its_exit_code(tmp_path: Path) -> None:
    code, _out, _err = load(bare_seeds(tmp_path), strict=True)

    assert code == 3


def test_the_report_has_one_object_a_capture(tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"

    load(report=report)

    objects = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [entry["file"] for entry in objects] == [STATEMENT, STORY]
    assert [entry["outcome"] for entry in objects] == ["created", "created"]
    assert objects[0]["articles"][0]["published"] == "2023-07-29"
    assert objects[0]["articles"][0]["gaps"] == 3
    assert objects[0]["rendered_at"] == "2024-07-17T19:20:44"


def test_the_source_can_be_named_for_a_whole_folder(tmp_path: Path) -> None:
    load(bare_seeds(tmp_path), source="the-nation")

    assert {article.source.slug for article in Article.objects.all()} == {"the-nation"}


# Copies ----------------------------------------------------------------------------------------


def test_the_same_bytes_under_another_name_are_a_duplicate(tmp_path: Path) -> None:
    load()
    shutil.copy(SEEDS / STORY, tmp_path / "copy.txt")

    code, out, _err = load(tmp_path)

    assert code == 0
    assert "1 duplicate" in out
    assert STORY in out
    assert Capture.objects.count() == 2


def test_the_same_text_in_another_wrapping_is_a_duplicate(tmp_path: Path) -> None:
    load()
    text = (SEEDS / STORY).read_text(encoding="utf-8")
    (tmp_path / "again.txt").write_text(text.rstrip() + "\n\n\n", encoding="utf-8")

    _code, out, _err = load(tmp_path)

    assert "1 duplicate" in out
    assert Article.objects.count() == 2
    assert Capture.objects.get(filename="again.txt").state == "duplicate"


def test_two_articles_of_one_story_and_language_are_never_merged(tmp_path: Path) -> None:
    entries = {}
    for number, subject in enumerate(["river", "railway"]):
        name = f"{number}.txt"
        text = (
            f"The {subject} was repaired\nPosted on: 2025-03-0{number + 1}\n"
            f"Workers of the town have repaired the {subject} before the summer and tested it for "
            f"a whole week. The {subject} will be opened to the public on the first day of May.\n"
        )
        (tmp_path / name).write_text(text, encoding="utf-8")
        entries[name] = {"story": "one", "source": "the-nation"}
    (tmp_path / "manifest.json").write_text(json.dumps({"captures": entries}), encoding="utf-8")

    _code, out, _err = load(tmp_path, publish=True)

    assert "already" in out
    assert Article.objects.count() == 2
    assert Article.objects.live().count() == 1


# Bad input -------------------------------------------------------------------------------------


def assert_refused(result: tuple[int, str, str], *said: str, code: int) -> None:
    """The command ended with ``code``, said so in one line, and wrote nothing at all."""
    assert result[0] == code
    for words in said:
        assert words in result[2]
    assert not Article.objects.exists()


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert_refused(load(missing), str(missing), "Check the path", code=2)


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    assert_refused(load(tmp_path), str(tmp_path), "no capture", code=2)


def test_an_empty_file_is_rejected_by_name(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert_refused(load(tmp_path / "empty.txt"), "empty.txt", code=1)


def test_a_file_of_50_megabytes_is_refused_by_name(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert_refused(load(tmp_path), "large.txt", "20 MB", "Split", code=1)
    assert not Capture.objects.exists()


def test_a_binary_is_rejected_by_name(tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    assert_refused(load(tmp_path), "picture.txt", code=1)


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    bare_seeds(tmp_path)
    (tmp_path / "empty.txt").touch()

    code, out, err = load(tmp_path)

    assert code == 0
    assert "empty.txt" in err
    assert "1 rejected" in out
    assert Article.objects.count() == 2


def test_a_file_that_could_not_be_kept_fails_the_run_but_not_the_others(tmp_path: Path) -> None:
    bare_seeds(tmp_path)
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(21 * 1024 * 1024)

    code, _out, _err = load(tmp_path)

    assert code == 1
    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("{", "is not JSON"),
        ("[]", 'no object "captures"'),
        ('{"captures": []}', 'no object "captures"'),
        ('{"captures": {"a.txt": 3}}', "should be an object"),
        ('{"captures": {"a.txt": {"headlines": "x"}}}', "headlines"),
        ('{"captures": {"a.txt": {"headline": 3}}}', "should be text"),
        ('{"captures": {"a.txt": {"published": "29/7/2023"}}}', "ISO 8601"),
        ('{"captures": {"a.txt": {"captured_at": "2023-07-29T10:00"}}}', "no time zone"),
        ('{"captures": {"a.txt": {"aliases": ["no-slash"]}}}', "list of paths"),
        ('{"captures": {"a.txt": {"source": "nobody"}}}', "there is no source “nobody”"),
        ('{"captures": {"a.txt": {"language": "fr"}}}', "there is no language “fr”"),
        ('{"captures": {"a.txt": {"section": "gossip"}}}', "there is no section “gossip”"),
        ('{"captures": {"gone.txt": {}}}', "gone.txt"),
    ],
)
def test_a_wrong_manifest_stops_the_load_before_anything_is_written(
    tmp_path: Path, manifest: str, said: str
) -> None:
    bare_seeds(tmp_path)
    shutil.copy(tmp_path / STORY, tmp_path / "a.txt")
    (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")

    assert_refused(load(tmp_path), said, code=2)
    assert not Capture.objects.exists()


def test_a_manifest_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "other.json"
    assert_refused(load(manifest=missing), str(missing), code=2)


def test_an_unknown_source_is_named_with_those_that_exist() -> None:
    assert_refused(load(source="nobody"), "nobody", "mqm, the-nation", code=2)


def test_a_report_that_cannot_be_written_stops_the_load_first(tmp_path: Path) -> None:
    assert_refused(load(report=tmp_path / "no" / "report.jsonl"), "cannot be written", code=2)


def test_a_live_article_is_the_same_by_hand_as_by_loading(tmp_path: Path) -> None:
    load()
    story = article_of(STORY)

    published = publish(article=story)

    assert published.modified_at == published.published_at
    assert Article.objects.live().get() == story
