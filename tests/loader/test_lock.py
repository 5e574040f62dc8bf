"""One load at a time: the second one says so and goes."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from articles.loader.lock import KEY
from articles.models import Capture
from tests.loader.door import load, page, write

HOLDER = """
import sys, time
import psycopg, fcntl
kind, name, key = sys.argv[1:]
if kind == "postgresql":
    held = psycopg.connect(name)
    held.execute("SELECT pg_advisory_lock(%s)", [int(key)])
else:
    held = open(name + ".loading", "w")
    fcntl.flock(held, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def other_load(transactional_db):
    """Another process that holds the newsroom's loading lock, until it is killed."""
    values = connection.settings_dict
    name = str(values["NAME"])
    if connection.vendor == "postgresql":
        name = f"host={values['HOST']} port={values['PORT']} user={values['USER']} dbname={name}"
        name += f" password={values['PASSWORD']}" if values["PASSWORD"] else ""
    command = [sys.executable, "-c", HOLDER, connection.vendor, name, str(KEY)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


@pytest.mark.django_db(transaction=True)
def test_a_second_load_at_the_same_time_ends_with_75_and_a_sentence(
    tmp_path: Path, gazette, other_load
) -> None:
    code, _out, err = load(write(tmp_path, a=page("bridge")), source="gazette")

    assert code == 75
    assert "Another load" in err
    assert "again" in err
    assert not Capture.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_lock_of_a_killed_load_is_gone(tmp_path: Path, gazette, other_load) -> None:
    other_load.kill()
    other_load.wait()
    time.sleep(0.5)  # A database server takes a moment to see that its client is gone.

    code, _out, _err = load(write(tmp_path, a=page("bridge")), source="gazette")

    assert code == 0
    assert Capture.objects.count() == 1


@pytest.mark.django_db
def test_the_lock_is_given_back_at_the_end(tmp_path: Path, gazette) -> None:
    folder = write(tmp_path, a=page("bridge"))

    assert [load(folder, source="gazette")[0] for _ in range(2)] == [0, 0]
