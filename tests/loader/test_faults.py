"""Whatever happens to a load, the next one finishes it as if nothing had happened.

The load runs in a process of its own, through the command, on the database of the tests.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from articles.models import Article, Capture, Sketch
from benchmarks.synthetic import make
from tests.loader.snapshot import snapshot
from tests.loader.test_learning import clear

CAPTURES = int(os.environ.get("FAULTS_CAPTURES", "2000"))
KILLS = int(os.environ.get("FAULTS_KILLS", "20"))
"""At moments drawn from the whole length of one load, from its start to its last batch."""


def database_url() -> str:
    """The database of this test, for another process."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(values['NAME']))}"
    login = quote(values["USER"]) + (f":{quote(values['PASSWORD'])}" if values["PASSWORD"] else "")
    return f"postgres://{login}@{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"


def start(
    *arguments: Path | str, url: str, preexec_fn: Callable[[], None] | None = None
) -> subprocess.Popen[str]:
    """``manage.py`` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=preexec_fn,
    )


def load_of(folder: Path) -> list[Path | str]:
    return ["load_captures", folder, "--source", "gazette", "--publish", "--verbosity", "0"]


def run_to_its_end(folder: Path, url: str) -> float:
    """Load everything and return the seconds it took."""
    began = time.monotonic()
    with start(*load_of(folder), url=url) as process:
        assert process.wait() == 0, process.stderr.read()
    return time.monotonic() - began


def killed_after(seconds: float, folder: Path, url: str) -> bool:
    """Kill a load and return whether it was still running."""
    with start(*load_of(folder), url=url) as process:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def assert_whole() -> None:
    """No capture without its articles, no article without its sketch, no page torn."""
    accepted = set(Capture.objects.filter(state="accepted").values_list("pk", flat=True))
    assert accepted == accepted & set(Article.objects.values_list("capture", flat=True))
    assert Article.objects.count() == Sketch.objects.count()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_load_killed_at_any_moment_and_run_again_ends_as_if_undisturbed(
    tmp_path: Path, gazette
) -> None:
    make(tmp_path, CAPTURES)
    url = database_url()
    seconds = run_to_its_end(tmp_path, url)
    expected = snapshot()
    assert len(expected["Capture"]) == CAPTURES
    pace = (seconds - run_to_its_end(tmp_path, url)) / CAPTURES
    chance = random.Random()  # noqa: S311

    kills = partial = 0
    while kills < KILLS:
        clear()
        moments = sorted(chance.uniform(0, seconds) for _ in range(KILLS - kills))
        for moment in moments:  # Each load goes on from where the one before was killed.
            gained = Capture.objects.count() * pace
            if not killed_after(max(0, moment - gained), tmp_path, url):
                break  # It was quicker than the first one; the moments left are drawn anew.
            kills += 1
            assert_whole()
            partial += 0 < Capture.objects.count() < CAPTURES
        run_to_its_end(tmp_path, url)
        assert snapshot() == expected
    assert partial  # Some moments fell between the first batch and the last.


@pytest.mark.slow
def test_a_full_disk_ends_with_a_sentence_and_a_whole_database(tmp_path: Path) -> None:
    url = f"sqlite:///{quote(str(tmp_path / 'small.sqlite3'))}"
    folder = tmp_path / "captures"
    make(folder, 1200)
    for arguments in (["migrate", "-v0"], ["loaddata", "-v0", "fixtures/languages.json"]):
        with start(*arguments, url=url) as process:
            assert process.wait() == 0, process.stderr.read()
    command = [part for part in load_of(folder) if part not in ("--source", "gazette")]
    size = (tmp_path / "small.sqlite3").stat().st_size + 5_000_000

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    with start(*command, url=url, preexec_fn=limit) as process:
        said = process.communicate()[1]

    assert process.returncode == 1
    assert "The load stopped" in said
    assert "run the same command again" in said
    assert "Traceback" not in said
    assert _integrity(tmp_path / "small.sqlite3") == "ok"
    stored = _count(tmp_path / "small.sqlite3")
    assert 0 < stored < 1200

    with start(*command, url=url) as process:
        assert process.wait() == 0, process.stderr.read()
    assert _count(tmp_path / "small.sqlite3") == 1200


def _integrity(path: Path) -> str:
    return str(_ask(path, "PRAGMA integrity_check"))


def _count(path: Path) -> int:
    return int(str(_ask(path, "SELECT count(*) FROM articles_capture")))


def _ask(path: Path, question: str) -> object:
    connected = sqlite3.connect(path)
    answer = connected.execute(question).fetchone()[0]
    connected.close()
    return answer
