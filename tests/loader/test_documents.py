"""Saved pages, feeds, exports, archives and crawls come in by the same command as plain text."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from articles.captures.files import find
from articles.captures.formats import counts
from articles.loader import Loader
from articles.models import Article, Capture, LoadRun
from tests.captures.formats.made import (
    BODIES,
    HEADLINES,
    entry,
    ninjs,
    page,
    post,
    record,
    rss,
    schema,
    tarred,
    warc,
    wxr,
    zipped,
)
from tests.loader.door import SENTENCES, held, load
from tests.loader.door import page as text_page
from tests.loader.snapshot import snapshot
from tests.loader.test_learning import clear

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazette")]

PUBLISHED = "2023-07-29T10:00:00+05:00"
DATED = schema(headline=HEADLINES["en"], datePublished=PUBLISHED)
IN_SINDHI = ninjs(
    language="sd",
    headlines=[{"role": "main", "value": HEADLINES["sd"]}],
    bodies=[{"contentType": "text/html", "value": "".join(f"<p>{t}</p>" for t in BODIES["sd"])}],
)
FILES = {
    "a.html": page(head=schema(headline=HEADLINES["ur"], datePublished=PUBLISHED), language="ur"),
    "b.rss": rss(entry()),
    "c.json": json.dumps(IN_SINDHI).encode(),
    "d.txt": text_page("lighthouse").encode(),
}


def put(folder: Path, **files: bytes) -> Path:
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    return folder


def reported(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("code", ["en", "ur", "sd"])
def test_a_saved_page_becomes_a_live_article_with_its_own_date(tmp_path: Path, code: str) -> None:
    head = schema(headline=HEADLINES[code], datePublished="2023-07-29T10:00:00+05:00")
    put(tmp_path, **{"rain.html": page(head=head, language=code)})

    assert load(tmp_path, source="gazette", publish=True)[0] == 0

    article = Article.objects.live().get()
    assert (article.headline, article.language_id) == (HEADLINES[code], code)
    assert article.published_at == datetime(2023, 7, 29, 5, tzinfo=UTC)
    assert all(text in article.body for text in BODIES[code])
    assert article.capture.media_type == "text/html"
    assert bytes(article.capture.raw) == (tmp_path / "rain.html").read_bytes()


def test_every_story_of_a_feed_becomes_an_article(tmp_path: Path) -> None:
    feed = rss(entry(), entry("A bridge is mended", "Sun, 30 Jul 2023 10:00:00 +0500"))
    put(tmp_path, **{"feed.xml": feed})

    load(tmp_path, source="gazette")

    headlines = Article.objects.order_by("capture_item").values_list("headline", flat=True)
    assert list(headlines) == [HEADLINES["en"], "A bridge is mended"]
    assert Capture.objects.get().media_type == "application/rss+xml"


def test_only_published_posts_of_an_export_reach_readers(tmp_path: Path) -> None:
    statuses = ("publish", "draft", "private", "pending", "future", "trash")
    posts = [
        post(status=status, title=f"The {status} one", wp__post_name=status) for status in statuses
    ]
    put(tmp_path, **{"export.xml": wxr(*posts)})

    load(tmp_path, source="gazette", publish=True)

    live = Article.objects.live().values_list("headline", flat=True)
    assert list(live) == ["The publish one"]


def test_an_embargo_is_kept_until_its_moment(tmp_path: Path) -> None:
    waiting = timezone.now().replace(microsecond=0) + timedelta(days=9)
    item = ninjs(embargoedUntil=waiting.isoformat())
    put(tmp_path, **{"item.json": json.dumps(item).encode()})

    load(tmp_path, source="gazette", publish=True)

    article = Article.objects.get()
    assert article.embargoed_until == waiting
    assert not Article.objects.live().exists()
    assert not article.hold_reason
    assert Article.objects.live(at=article.embargoed_until).exists()


@pytest.mark.parametrize("value", ["soon", 17, ["2023"], "2023-07-29", ""])
def test_an_embargo_that_cannot_be_read_withholds_the_story(tmp_path: Path, value) -> None:
    put(tmp_path, **{"item.json": json.dumps(ninjs(embargoedUntil=value)).encode()})

    load(tmp_path, source="gazette", publish=True)

    article = Article.objects.get()
    assert article.status == Article.Status.DRAFT
    assert "embargo" in held(article)


def test_a_crawl_tells_where_and_when_each_page_was_captured(tmp_path: Path) -> None:
    crawl = warc(
        record(page(head=DATED), uri="https://example.org/rain"),
        record(b"body{}", uri="https://example.org/a.css", kind="text/css"),
    )
    put(tmp_path, **{"crawl.warc": crawl})

    load(tmp_path, source="gazette")

    capture = Capture.objects.get()
    assert capture.target_uri == "https://example.org/rain"
    assert capture.captured_at == datetime(2024, 7, 17, 14, 20, 44, tzinfo=UTC)
    assert capture.filename.startswith("crawl.warc/")


@pytest.mark.parametrize("pack", ["zip", "tar.gz"])
def test_an_archive_gives_the_same_articles_as_its_files(tmp_path: Path, pack: str) -> None:
    load(put(tmp_path, **FILES), source="gazette", publish=True)
    wanted = told()
    assert len(wanted) == len(FILES)
    clear()
    for name in FILES:
        (tmp_path / name).unlink()
    put(tmp_path, **{f"all.{pack}": zipped(FILES) if pack == "zip" else tarred(FILES)})

    load(tmp_path, source="gazette", publish=True)

    assert told() == wanted
    names = {f"all.{pack}/{name}" for name in FILES}
    assert set(Capture.objects.values_list("filename", flat=True)) == names


def told() -> set[tuple]:
    fields = ("headline", "body", "published_at", "byline", "status", "capture__sha256")
    return set(Article.objects.values_list(*fields))


@pytest.mark.parametrize("batch", [1, 2, 200])
def test_loading_again_writes_nothing(tmp_path: Path, batch: int) -> None:
    crawl = record(page(head=DATED), more="WARC-Truncated: length\r\n")
    put(tmp_path, **FILES, **{"e.zip": zipped(FILES | {"f.txt": text_page("harbour").encode()})})
    put(tmp_path, **{"g.warc": warc(crawl), "h.zip": zipped({"x.html": page("", title="Other")})})
    files = find([tmp_path], counts=counts)
    list(Loader(source="gazette", publish=True, batch=batch).load(files))
    before, runs = snapshot(), LoadRun.objects.count()

    _code, out, _err = load(tmp_path, source="gazette", publish=True)

    assert snapshot() == before
    assert LoadRun.objects.count() == runs
    assert "created" not in out
    assert "updated" not in out


def test_what_cannot_be_kept_of_an_archive_fails_the_load_and_nothing_else(tmp_path: Path) -> None:
    files = {"a.txt": text_page("pier").encode(), "../b.txt": b"x", "c.txt": b"y" * 100}
    put(tmp_path, **{"all.zip": zipped(files)})
    report = tmp_path / "report.jsonl"

    code, _out, err = load(tmp_path, source="gazette", report=report)

    assert code == 1
    assert str(tmp_path / "all.zip") in err
    assert "leads out of the archive" in err
    assert Article.objects.get().headline == "The pier was repaired"
    lost = next(line for line in reported(report) if "b.txt" in line["file"])
    assert (lost["kind"], lost["outcome"], lost["sha256"]) == ("reject", "rejected", "")
    assert lost["articles"] == []
    assert not Capture.objects.filter(filename__contains="b.txt").exists()


def test_a_damaged_archive_is_named_and_its_digest_reported(tmp_path: Path) -> None:
    put(tmp_path, **{"all.zip": zipped(FILES)[:300]})
    report = tmp_path / "report.jsonl"

    code, _out, err = load(tmp_path, report=report)

    assert code == 1
    assert "damaged" in err
    assert len(reported(report)[0]["sha256"]) == 64
    assert not Capture.objects.exists()


def test_an_archive_without_a_capture_says_so(tmp_path: Path) -> None:
    put(tmp_path, **{"pictures.zip": zipped({"a.png": b"x", "b.css": b"y"})})

    code, _out, err = load(tmp_path)

    assert code == 1
    assert "no file can be a capture" in err


def test_a_manifest_speaks_of_an_archive_and_of_files_in_it(tmp_path: Path) -> None:
    put(tmp_path, **{"all.zip": zipped(FILES)})
    entries = {
        "all.zip": {"section": "news", "headline": "Not for every page of it"},
        "all.zip/d.txt": {"headline": "The lighthouse stands", "section": "news"},
    }
    (tmp_path / "manifest.json").write_text(json.dumps({"captures": entries}), encoding="utf-8")

    assert load(tmp_path, source="gazette")[0] == 0

    english = Article.objects.filter(language="en")  # The only one that has such a section.
    assert set(english.values_list("section__slug", flat=True)) == {"news"}
    headlines = set(Article.objects.values_list("headline", flat=True))
    assert "The lighthouse stands" in headlines
    assert "Not for every page of it" not in headlines


def test_a_manifest_that_names_no_page_of_an_archive_is_told_and_counted(tmp_path: Path) -> None:
    put(tmp_path, **{"all.zip": zipped(FILES), "page.txt": text_page("mill").encode()})
    put(tmp_path, **{"broken.zip": b"PK\x03\x04 and nothing more"})
    told = ["all.zip/d.txt", "all.zip/e.txt", "page.txt/1", "broken.zip/a.txt"]
    manifest = {"captures": {name: {"section": "news"} for name in told}}
    put(tmp_path, **{"manifest.json": json.dumps(manifest).encode()})
    report = tmp_path / "report"

    code, out, err = load(tmp_path, source="gazette", report=report)

    assert code == 1
    for name in ("all.zip/e.txt", "page.txt/1"):
        assert f"{tmp_path / name}: The manifest names it, and no page of that name" in err
    assert "broken.zip/a.txt" not in err  # The archive itself says that it cannot be read.
    assert "8 files: " in out
    assert "3 failed" in out
    lost = [row["file"] for row in reported(report) if row["outcome"] == "rejected"]
    assert lost == ["all.zip/e.txt", "page.txt/1", "broken.zip"]
    assert Article.objects.filter(capture__filename="all.zip/d.txt", section__slug="news").exists()


def test_a_page_cut_short_by_its_crawler_stays_held_when_it_is_read_again(tmp_path: Path) -> None:
    cut = record(page(head=DATED), more="WARC-Truncated: length\r\n")
    put(tmp_path, **{"crawl.warc": warc(cut)})
    load(tmp_path, source="gazette")
    held = Article.objects.get().hold_reason
    assert "cut this page short" in held
    Capture.objects.update(reading="")  # As after a change of the rules.
    for name in FILES:
        (tmp_path / name).unlink(missing_ok=True)

    load(tmp_path, source="gazette", publish=True)

    article = Article.objects.get()
    assert article.hold_reason == held
    assert article.status == Article.Status.DRAFT


def test_without_the_extra_text_loads_and_other_formats_say_what_to_install(
    tmp_path: Path, monkeypatch
) -> None:
    for name in ("lxml", "lxml.etree"):
        monkeypatch.setitem(sys.modules, name, None)
    put(tmp_path, **FILES)

    code, _out, err = load(tmp_path, source="gazette")

    assert code == 1
    assert "requirements/archive.txt" in err
    assert Article.objects.get().headline == "The lighthouse was repaired"
    assert Capture.objects.count() == 1


def test_an_archive_comes_through_standard_input(monkeypatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(zipped(FILES)))
    monkeypatch.setattr("sys.stdin", stream)

    assert load("-", source="gazette")[0] == 0

    assert Article.objects.count() == len(FILES)


@pytest.mark.parametrize("now", [{"a.txt": b"other"}, {}, {**FILES, "z.txt": b"more"}])
def test_an_archive_that_changes_during_the_load_is_not_taken_for_what_it_was(
    tmp_path: Path, monkeypatch, now: dict[str, bytes]
) -> None:
    put(tmp_path, **{"all.zip": zipped(FILES)})

    def change(*_args: object) -> None:
        put(tmp_path, **{"all.zip": zipped(now)})

    monkeypatch.setattr(Loader, "_learn", change)

    code, _out, err = load(tmp_path, source="gazette")

    assert code == 1
    assert "changed while it was loaded" in err


def test_two_readers_read_what_one_reads(tmp_path: Path, gazette) -> None:
    put(tmp_path, **FILES, **{"crawl.warc": warc(record(page(title="Other words"), uri="x:y"))})
    results = []
    for readers in (0, 2):
        list(Loader(source="gazette", readers=readers).load(find([tmp_path], counts=counts)))
        results.append(snapshot())
        clear()
    assert results[0] == results[1]


@pytest.mark.parametrize("mark", ["\0", "\x1b", "\ud800"])
def test_signs_that_no_database_holds_stop_no_load(tmp_path: Path, mark: str) -> None:
    item = ninjs(uri=f"https://x.example/a{mark}b", embargoedUntil=f"so{mark}on")
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Valley Post",
        "items": [
            {
                "id": "1",
                "url": f"https://x.example/c{mark}d",
                "title": "A bridge is mended",
                "content_text": " ".join(BODIES["en"][::-1]),
            }
        ],
    }
    put(tmp_path, **{"a.json": json.dumps(item).encode(), "b.json": json.dumps(feed).encode()})
    cut = f"WARC-Truncated: len{mark}gth\r\n" if mark != "\ud800" else ""
    crawl = record(page(language="ur"), more=cut)
    put(tmp_path, **{"c.warc": warc(crawl), "d.txt": text_page("lighthouse").encode()})
    report = tmp_path / "report"

    code, out, err = load(tmp_path, source="gazette", report=report)

    assert code == 0
    assert Article.objects.count() == 4
    told = "".join([out, err, *Article.objects.values_list("hold_reason", flat=True)])
    told += "".join(Capture.objects.values_list("target_uri", flat=True))
    assert mark not in told
    assert len(reported(report)) == 4


def test_a_year_at_the_end_of_the_calendar_is_no_date(tmp_path: Path, client) -> None:
    head = schema(headline="Rain", datePublished="1583-01-01T00:00:00+14:00")
    put(tmp_path, **{"a.html": page(head=head), **FILES})

    load(tmp_path, source="gazette", publish=True)

    assert client.get("/en/archive/2025/").status_code == 200
    assert not Article.objects.live().filter(published_at__year__lt=2000).exists()


@pytest.mark.parametrize("claim", ["https://paper.example/", "https://paper.example/one"])
def test_pages_that_claim_one_address_are_as_many_articles_as_stories(tmp_path, claim) -> None:
    head = f'<link rel="canonical" href="{claim}">'
    put(tmp_path, **{"a.html": page(head=DATED + head)})
    other = "".join(f"<p>{line}</p>" for line in SENTENCES)
    body = f"<article><h1>A bridge</h1>{other}</article>"
    put(tmp_path, **{"b.html": page(body, head=head, title="A bridge")})

    load(tmp_path, source="gazette")

    assert Article.objects.count() == 2


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_an_archive_that_breaks_off_gives_what_comes_before(tmp_path: Path, cut: float) -> None:
    noise = {f"{n}.txt": text_page(f"harbour of {n * 7919}").encode() for n in range(40)}
    raw = tarred(noise)
    put(tmp_path, **{"all.tar.gz": raw[: int(len(raw) * cut)]})

    code, _out, err = load(tmp_path, source="gazette")

    assert code == 1
    assert "all.tar.gz" in err
    assert Capture.objects.exists()


def test_a_file_name_moves_no_cursor(tmp_path: Path) -> None:
    put(tmp_path, **{"bad\x1b[31m\nname.html": b"<html></html>"})

    _code, out, err = load(tmp_path)

    assert "\x1b" not in out + err
    assert "bad?[31m?name.html" in err
