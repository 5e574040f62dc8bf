"""A backup that is restored elsewhere is the newsroom as it was at one moment."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from articles.models import Alias, Article
from newsroom.backup import back_up, backups_in
from tests.factories import make_article
from tests.loader.test_faults import database_url

pytestmark = pytest.mark.django_db(transaction=True)

Rows = dict[str, list[str]]


def run(*arguments: str | Path, url: str, data: Path) -> subprocess.CompletedProcess[str]:
    """``manage.py`` on the database at ``url``, with its files below ``data``."""
    variables = {"DATABASE_URL": url, "DATA_DIR": str(data)}
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env={**os.environ, **variables, "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with what belongs to a database, and what does not."""
    data = tmp_path / "data"
    for name in ("originals/ab/abc.jpg", "media/token/1.webp", "recordings/x.mp3", "static/a.css"):
        (data / name).parent.mkdir(parents=True)
        (data / name).write_bytes(name.encode() * 1000)
    (data / "media" / ".part-x").write_bytes(b"half")
    return data


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of the same kind."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{quote(str(tmp_path / 'elsewhere.sqlite3'))}"
        return
    here = urlsplit(database_url())
    name = f"restored_{os.getpid()}"
    with psycopg.connect(urlunsplit(here._replace(path="/postgres")), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(here._replace(path=f"/{name}"))
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def rows_of(url: str) -> Rows:
    """Every row of every table of ours, but for what says that pages are to be made anew."""
    connected: Any
    if url.startswith("sqlite"):
        connected = sqlite3.connect(unquote(urlsplit(url).path))
        question = "SELECT name FROM sqlite_master WHERE type = 'table'"
    else:
        connected = psycopg.connect(url)
        question = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    names = [name for (name,) in connected.execute(question).fetchall()]
    ours = [name for name in names if name.startswith(("articles_", "auth_", "django_"))]
    found = {
        name: sorted(map(repr, connected.execute(f'SELECT * FROM "{name}"').fetchall()))  # noqa: S608
        for name in ours
        if name != "articles_generation"
    }
    connected.close()
    return found


def test_a_backup_is_restored_row_by_row_and_byte_by_byte(tmp_path, data, elsewhere):
    make_article(headline="بارش سے گاؤں")
    here = database_url()
    before = rows_of(here)
    done = run("backup", tmp_path / "backups", url=here, data=data)
    assert done.returncode == 0, done.stderr
    Article.objects.all().delete()
    (backup,) = (tmp_path / "backups").glob("2*")

    done = run("restore", backup, url=elsewhere, data=tmp_path / "new")
    assert done.returncode == 0, done.stderr
    assert rows_of(elsewhere) == before
    assert digests(tmp_path / "new") == {
        name: digest for name, digest in digests(data).items() if not name.startswith("static")
    }

    done = run("restore", backup, url=here, data=data)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "--over" in done.stderr
    assert not Article.objects.exists()
    done = run("restore", backup, "--over", url=here, data=data)
    assert done.returncode == 0, done.stderr
    connection.close()
    assert rows_of(here) == before


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("[!.]*")
        if path.is_file()
    }


def test_a_backup_holds_whole_transactions_while_others_write(tmp_path, data, elsewhere):
    article = make_article()
    is_over = Event()

    def write() -> None:
        number = 0
        while not is_over.wait(0.002):
            number += 1
            with transaction.atomic():
                for path in (f"first/{number}", f"second/{number}"):
                    Alias.objects.create(article=article, path=path)
        connection.close()

    thread = Thread(target=write)
    thread.start()
    try:
        done = run("backup", tmp_path / "backups", url=database_url(), data=data)
    finally:
        is_over.set()
        thread.join()
    assert done.returncode == 0, done.stderr
    (backup,) = (tmp_path / "backups").glob("2*")
    assert run("restore", backup, url=elsewhere, data=data).returncode == 0
    rows = rows_of(elsewhere)["articles_alias"]
    assert rows
    assert len(rows) % 2 == 0
    assert len(rows) < Alias.objects.count()


def test_a_process_that_has_the_database_open_reads_what_was_restored(tmp_path, data, elsewhere):
    make_article(headline="Kept for good")
    assert run("backup", tmp_path / "backups", url=database_url(), data=data).returncode == 0
    (backup,) = (tmp_path / "backups").glob("2*")
    assert run("restore", backup, url=elsewhere, data=data).returncode == 0
    if connection.vendor != "sqlite":
        return  # PostgreSQL's tables are restored under whoever reads them.
    with closing(sqlite3.connect(unquote(urlsplit(elsewhere).path), timeout=20)) as reader:
        count = "SELECT count(*) FROM articles_article WHERE headline = 'Kept for good'"
        with reader:
            reader.execute("UPDATE articles_article SET headline = 'Changed'")
        assert reader.execute(count).fetchone() == (0,)
        done = run("restore", backup, "--over", url=elsewhere, data=data)
        assert done.returncode == 0, done.stderr
        assert reader.execute(count).fetchone() == (1,)


def test_old_backups_go_with_the_files_that_only_they_name(tmp_path, data):
    backups = tmp_path / "backups"
    for number in range(3):
        (data / "originals" / f"{number}.jpg").write_bytes(b"x")
        done = run("backup", backups, "--keep", "2", url=database_url(), data=data)
        assert done.returncode == 0, done.stderr
        (data / "originals" / f"{number}.jpg").unlink()
    assert len(list(backups.glob("2*"))) == 2
    kept = {path.name for path in (backups / "files" / "originals").glob("*.jpg")}
    assert kept == {"1.jpg", "2.jpg"}


def test_two_backups_of_one_second_are_both_kept_in_their_order(tmp_path, settings, data):
    settings.DATA_DIR = data
    at = datetime(2026, 12, 1, 6, 57, tzinfo=UTC)
    made = [back_up(tmp_path / "backups", at=at).folder for _each in range(12)]
    assert backups_in(tmp_path / "backups") == made
    for _each in range(3):
        last = back_up(tmp_path / "backups", at=at, keep=1).folder
        assert backups_in(tmp_path / "backups") == [last]


def test_a_damaged_backup_is_refused_before_anything_changes(tmp_path, data, elsewhere):
    make_article()
    assert run("backup", tmp_path / "backups", url=database_url(), data=data).returncode == 0
    (backup,) = (tmp_path / "backups").glob("2*")
    told = json.loads((backup / "backup.json").read_text())
    (backup / "backup.json").write_text(json.dumps({**told, "sha256": "0" * 64}))
    done = run("restore", backup, url=elsewhere, data=tmp_path / "new")
    assert done.returncode == 1
    assert "is damaged" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "new" / "originals").exists()


@pytest.mark.parametrize("name", ["absent", "file"])
def test_what_is_no_backup_and_no_folder_is_refused_in_a_sentence(tmp_path, data, name):
    (tmp_path / "file").touch()
    for command in ("restore", "backup"):
        if (command, name) == ("backup", "absent"):
            continue  # It is made.
        done = run(command, tmp_path / name, "--verbosity", "1", url=database_url(), data=data)
        assert done.returncode == 1
        assert str(tmp_path / name) in done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr
