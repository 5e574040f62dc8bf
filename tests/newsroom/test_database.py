"""A database that does not answer is named, with the variable that names it."""

from __future__ import annotations

import os
import time
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from newsroom.database import require_database, sentence_for
from tests.newsroom.test_env import manage


def assert_names_the_database(stderr: str, *words: str) -> None:
    assert "Traceback" not in stderr
    assert "hunter2" not in stderr
    for word in ("DATABASE_URL", *words):
        assert word in stderr.splitlines()[-1]


def test_a_start_without_its_database_server_says_so_at_once():
    begin = time.monotonic()
    url = "postgres://desk:hunter2@127.0.0.1:1/news"
    done = manage("quickstart", "--no-serve", DATABASE_URL=url)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert_names_the_database(done.stderr, "'news'", "127.0.0.1, port 1", "Connection refused")
    assert time.monotonic() - begin < 10, "It waited for the pool to give up."


def test_any_command_says_which_database_file_it_cannot_open(tmp_path):
    (tmp_path / "file").touch()
    done = manage("migrate", DATABASE_URL=f"sqlite:///{tmp_path}/file/news.sqlite3")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert_names_the_database(done.stderr, f"{tmp_path}/file/news.sqlite3", "DATA_DIR")


def test_an_error_of_a_database_that_answers_keeps_its_traceback(tmp_path):
    url = f"sqlite:///{tmp_path}/empty.sqlite3"
    done = manage("changepassword", "editor", DATABASE_URL=url)
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "no such table" in done.stderr.splitlines()[-1]


@pytest.mark.django_db
def test_a_database_that_answers_is_let_through():
    require_database()


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_database_that_is_absent_from_its_server_is_named():
    here = urlsplit(os.environ["DATABASE_URL"])
    absent = urlunsplit(here._replace(path="/never_created"))
    assert connection.vendor == "postgresql"
    done = manage("quickstart", "--no-serve", DATABASE_URL=absent)
    assert done.returncode == 1
    assert_names_the_database(done.stderr, "'never_created'", "does not exist", "create")


def test_a_password_that_a_server_repeats_is_left_out():
    database = {
        "ENGINE": "django.db.backends.postgresql", "NAME": "news", "HOST": "", "PORT": "",
        "PASSWORD": "hunter2",
    }  # fmt: skip
    assert "hunter2" not in sentence_for(database, "password hunter2 was wrong")
