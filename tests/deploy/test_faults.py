"""What breaks while readers read and editors save: the site serves on, and nothing saved is lost.

Each fault is really brought about, on a machine as ``deploy/`` sets it up. What was done, how many
requests were sent, how many failed and what was lost is told in a table at the end of the run.
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import psycopg
import pytest

from tests.admin.desk import sent_from_html
from tests.deploy.load import Load, readers
from tests.deploy.machine import Machine, Told, ask, wait_for
from tests.deploy.services import Cluster, Redis
from tests.deploy.stock import Stock, stock
from tests.deploy.writers import Writers, writers
from tests.pictures.made import photograph

pytestmark = [pytest.mark.slow, pytest.mark.nginx]

SECONDS = float(os.environ.get("FAULTS_SECONDS", "30")) / 5
SEARCHES = [f"/en/search/?q=part+{number}" for number in range(40)]
"""Pages that are made anew most of the time: more than readers come round to in a second."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Stock:
    """A SQLite database that is filled once."""
    folder = tmp_path_factory.mktemp("stock")
    return stock(f"sqlite:///{quote(str(folder / 'news.sqlite3'))}", folder)


@pytest.fixture
def on_sqlite(filled: Stock, tmp_path: Path) -> Stock:
    """A copy of it for one test."""
    copy = tmp_path / "news.sqlite3"
    shutil.copy(path_of(filled), copy)
    return Stock(f"sqlite:///{quote(str(copy))}", filled.pages, filled.editors)


def path_of(filled: Stock) -> Path:
    return Path(unquote(urlsplit(filled.url).path))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    yield made
    made.remove()


@pytest.fixture(scope="module")
def on_postgresql(cluster: Cluster, tmp_path_factory) -> Stock:
    return stock(cluster.create("news"), tmp_path_factory.mktemp("stock"))


@contextmanager
def everybody(
    machine: Machine, held: Stock, more: Sequence[str] = ()
) -> Iterator[tuple[Load, Writers]]:
    """Three readers and two editors at once."""
    pages = [*held.pages, "/en/", "/en/latest/", *more]
    with (
        readers(machine.connection, pages, count=3) as load,
        writers(machine.connection, machine.site, held) as editors,
    ):
        time.sleep(1)
        yield load, editors


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Return what puts a row into the table of faults."""

    def tell(
        what: str, load: Load | None, editors: Writers | None = None, *, more: str = ""
    ) -> None:
        sent = (load.sent if load else 0) + (editors.sent if editors else 0)
        pages = f"{len(load.failed)} of {load.sent} pages" if load else "no pages"
        saves = f"{editors.failed} of {editors.sent} saves" if editors else "no saves"
        lost = f"{len(editors.lost())} of {len(editors.accepted)}" if editors else "-"
        record_property("fault", (what, str(sent), f"{pages}, {saves}", lost, more))

    return tell


def assert_nothing_is_lost(editors: Writers) -> None:
    assert editors.accepted
    assert editors.lost() == []
    assert editors.unlike == []


def assert_all_is_well(machine: Machine, held: Stock) -> None:
    for page in (held.pages[0], "/en/", "/en/search/?q=rain", "/readyz"):
        assert machine.ask(page).status == 200, page


def test_a_worker_that_is_killed_takes_no_page_and_no_saved_text_with_it(
    serve_stock, on_sqlite, tell
):
    machine: Machine = serve_stock(on_sqlite)
    kills = 0
    with everybody(machine, on_sqlite, SEARCHES) as (load, editors):
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            os.kill(random.choice(machine.hosts[0].workers()), signal.SIGKILL)  # noqa: S311
            kills += 1
            wait_for(lambda: len(machine.hosts[0].workers()) == 2)
            time.sleep(SECONDS / 4)
    tell(f"gunicorn worker killed, {kills} times", load, editors)
    # A page whose head nginx had passed on already cannot be asked for again.
    cut = [answer for answer in load.failed if answer.text.startswith("IncompleteRead")]
    assert [answer for answer in load.failed if answer not in cut] == []
    assert len(cut) <= kills
    assert_nothing_is_lost(editors)
    assert_all_is_well(machine, on_sqlite)


def test_connections_that_postgresql_ends_cost_no_more_than_what_they_were_doing(
    serve_stock, cluster, on_postgresql, tell
):
    machine: Machine = serve_stock(on_postgresql)
    ended = 0
    with everybody(machine, on_postgresql, SEARCHES) as (load, editors):
        for _time in range(5):
            time.sleep(SECONDS / 5)
            ended += cluster.terminate_all("news")
        time.sleep(SECONDS / 5)  # Who meets what was ended last still is one of these.
    tell(f"{ended} connections ended by PostgreSQL, in 5 strokes", load, editors)
    assert set(load.statuses) <= {200, 503}
    assert len(load.failed) <= ended
    assert_nothing_is_lost(editors)
    assert_all_is_well(machine, on_postgresql)


def test_a_postgresql_that_crashes_and_comes_back_loses_no_saved_text(
    serve_stock, cluster, on_postgresql, tell
):
    machine: Machine = serve_stock(on_postgresql)
    with everybody(machine, on_postgresql, SEARCHES) as (load, editors):
        time.sleep(2)
        gone = time.monotonic()
        cluster.stop("immediate")
        time.sleep(3)
        cluster.start()
        back = time.monotonic()
        well = wait_for(lambda: machine.ask("/readyz").status == 200)
        time.sleep(SECONDS / 2)
    late = [answer for answer in load.failed if answer.began > back + 6]
    whole = [answer for answer in load.answers if gone < answer.began < back]
    tell(
        f"PostgreSQL killed for {back - gone:.1f} s",
        load,
        editors,
        more=f"ready {well:.1f} s after; {sum(a.status == 200 for a in whole)} of {len(whole)} "
        "pages given meanwhile",
    )
    assert set(load.statuses) <= {200, 503}
    assert all("try again" in answer.text for answer in load.failed)
    assert late == []
    assert any(answer.status == 200 for answer in whole)
    assert_nothing_is_lost(editors)
    assert_all_is_well(machine, on_postgresql)


def test_readers_are_given_what_the_replica_has_and_editors_what_they_saved(
    serve_stock, cluster, on_postgresql, tell
):
    replica = Cluster(followed=cluster)
    try:
        machine: Machine = serve_stock(on_postgresql, DATABASE_REPLICA_URL=replica.url("news"))
        host, editor = machine.hosts[0], on_postgresql.editors[0]
        known = {"Host": machine.site.partition("//")[2], "Cookie": cookie_of(editor["cookies"])}
        page = on_postgresql.pages[0]
        assert '"replica": "ok"' in host.ask("/readyz").text
        replica.say("SELECT pg_wal_replay_pause()")
        with psycopg.connect(on_postgresql.url) as connection:
            connection.execute("UPDATE articles_article SET headline = 'Hail' WHERE id = 1")
            connection.execute("INSERT INTO articles_generation (made_at) VALUES (now())")
        assert "Hail" in host.ask("/admin/articles/article/1/change/", **known).text
        time.sleep(1.5)
        assert "Hail" not in host.ask(page).text
        replica.say("SELECT pg_wal_replay_resume()")
        late = wait_for(lambda: "Hail" in host.ask(page).text, seconds=10)

        with everybody(machine, on_postgresql, SEARCHES) as (load, editors):
            replica.stop("immediate")
            time.sleep(SECONDS)
            replica.start()
            time.sleep(2)
    finally:
        replica.remove()
    tell(f"replica killed for {SECONDS:.0f} s", load, editors, more=f"{late:.1f} s late before")
    assert late < 3
    assert set(load.statuses) <= {200, 503}
    assert len(load.failed) <= 4  # What it was being asked when it was killed.
    assert editors.failed == 0
    assert_nothing_is_lost(editors)


def cookie_of(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def test_a_redis_that_stops_is_missed_by_nobody(serve_stock, on_sqlite, tell):
    redis = Redis()
    try:
        machine: Machine = serve_stock(on_sqlite, REDIS_URL=redis.url)
        with everybody(machine, on_sqlite, SEARCHES) as (load, editors):
            time.sleep(1)
            redis.stop()
            time.sleep(SECONDS)
            away = machine.ask("/readyz")
            redis.start()
            time.sleep(1)
    finally:
        redis.stop()
    tell(f"Redis stopped for {SECONDS:.0f} s", load, editors)
    assert (away.status, away.text) == (
        200,
        '{"database": "ok", "cache": "The cache does not answer."}',
    )
    assert load.failed == []
    assert editors.failed == 0
    assert_nothing_is_lost(editors)


def test_a_full_disk_refuses_in_a_sentence_and_all_is_well_when_there_is_room(
    serve_stock, on_sqlite, tell
):
    """Full for the site's own processes: no file of theirs may grow past what there is."""
    machine: Machine = serve_stock(on_sqlite)
    database, upload = path_of(on_sqlite), picture_ready(machine, on_sqlite)
    with everybody(machine, on_sqlite) as (load, editors):
        time.sleep(2)
        before = len(editors.accepted)
        log = database.with_name(f"{database.name}-wal").stat().st_size
        for pid in machine.hosts[0].workers():
            limit_files(pid, log + 10_000)
        time.sleep(SECONDS / 2)
        uploaded = upload()
        full = editors.statuses[503]
        for pid in machine.hosts[0].workers():
            limit_files(pid, resource.RLIM_INFINITY)
        room = len(editors.accepted)
        wait_for(lambda: len(editors.accepted) > room + 2)
    tell(
        f"disk full for {SECONDS / 2:.0f} s, picture uploaded", load, editors,
        more=f"the picture was answered by {uploaded.status}",
    )  # fmt: skip
    assert before
    assert full
    assert uploaded.status in {200, 503}
    assert re.search("could not be stored|try again in a few seconds", uploaded.text)
    assert leftovers(machine.folder / "data") == []
    assert load.failed == []
    assert_nothing_is_lost(editors)
    with sqlite3.connect(database) as connected:
        assert connected.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert_all_is_well(machine, on_sqlite)


def limit_files(pid: int, size: int) -> None:
    """Let no file that a process writes grow past ``size`` bytes."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def picture_ready(machine: Machine, held: Stock) -> Callable[[], Told]:
    """Open the form for a picture, and return what sends one."""
    cookies = cookie_of(held.editors[-1]["cookies"])
    named = {"Origin": machine.site, "Referer": f"{machine.site}/"}
    page = machine.ask("/admin/articles/image/add/", Cookie=cookies, **named)
    assert page.status == 200, page.text
    given = page.headers.get("Set-Cookie", "").partition(";")[0]
    token = sent_from_html(page.text)["csrfmiddlewaretoken"][0]
    typed = {"csrfmiddlewaretoken": token, "creditline": "Nobody"}
    body, media_type = multipart(typed, "files", photograph(1200, 900))
    named |= {"Cookie": f"{cookies}; {given}", "Content_Type": media_type}
    return lambda: machine.ask("/admin/articles/image/add/", "POST", body, **named)


def multipart(fields: dict[str, str], name: str, file: bytes) -> tuple[bytes, str]:
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in fields.items()
    ]
    head = f'--edge\r\nContent-Disposition: form-data; name="{name}"; filename="a.jpg"\r\n'
    parts += [head.encode() + b"Content-Type: image/jpeg\r\n\r\n" + file + b"\r\n--edge--\r\n"]
    return b"".join(parts), "multipart/form-data; boundary=edge"


def leftovers(data: Path) -> list[Path]:
    """Parts of files that were never finished."""
    return list(data.rglob(".part-*"))


@pytest.mark.parametrize(("seconds", "ends_in"), [(8, {302}), (26, {302, 503})])
def test_eight_editors_wait_for_a_long_writer_or_are_told_that_it_takes_too_long(
    serve_stock, on_sqlite, tell, seconds, ends_in
):
    machine: Machine = serve_stock(on_sqlite)
    path = path_of(on_sqlite)
    with (
        readers(machine.connection, [*on_sqlite.pages, "/en/"], count=2) as load,
        writers(machine.connection, machine.site, on_sqlite, count=8) as editors,
    ):
        time.sleep(2)
        long = sqlite3.connect(path, timeout=20, isolation_level=None)
        long.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        long.execute("COMMIT")
        long.close()
        done = len(editors.accepted)
        wait_for(lambda: len(editors.accepted) >= done + 8)
    slowest = max(writer.slowest for writer in editors.writers)
    tell(
        f"SQLite locked for {seconds} s, 8 editors saving", load, editors,
        more=f"slowest save {slowest:.1f} s, slowest page {load.slowest:.1f} s",
    )  # fmt: skip
    assert set(editors.statuses) == ends_in
    assert load.failed == []
    assert_nothing_is_lost(editors)


def test_a_clock_that_jumps_an_hour_brings_what_is_due_and_breaks_nothing(
    serve_stock, on_sqlite, tell
):
    clock = path_of(on_sqlite).with_name("clock")
    set_clock(clock, 0)
    due = on_sqlite.pages[0]
    with sqlite3.connect(path_of(on_sqlite)) as connected:
        connected.execute(
            "UPDATE articles_article SET published_at = ? WHERE id = ?",
            [
                time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 1800)),
                due.split("/")[2],
            ],
        )
    machine: Machine = serve_stock(
        on_sqlite,
        PYTHONPATH=str(Path(__file__).with_name("clock")),
        TEST_CLOCK=str(clock),
    )
    with everybody(machine, on_sqlite, SEARCHES[:5]) as (load, editors):
        load_failed_before = {answer.path for answer in load.failed}
        assert machine.hosts[0].ask(due).status == 404
        set_clock(clock, 3600)
        forth = wait_for(lambda: machine.hosts[0].ask(due).status == 200, seconds=10)
        time.sleep(SECONDS / 3)
        set_clock(clock, 0)
        back = wait_for(lambda: machine.hosts[0].ask(due).status == 404, seconds=10)
        time.sleep(SECONDS / 3)
    others = [answer for answer in load.failed if answer.path != due]
    tell(
        "clock set forth by an hour, and back", load, editors,
        more=f"what was due came after {forth:.1f} s, and went after {back:.1f} s; the failed "
        "pages are its own while it was not due",
    )  # fmt: skip
    assert load_failed_before <= {due}
    assert others == []
    assert editors.failed == 0
    assert_nothing_is_lost(editors)


def set_clock(file: Path, seconds: int) -> None:
    file.write_text(str(seconds), encoding="ascii")


def test_a_cold_start_under_full_load_keeps_readers_waiting_and_refuses_nobody(
    serve_stock, on_sqlite, tell
):
    machine: Machine = serve_stock(on_sqlite, starts=False)
    wait_for(lambda: ask_plain(machine))
    with readers(machine.connection, [*on_sqlite.pages, *SEARCHES, "/en/"], count=8) as load:
        time.sleep(1)
        machine.hosts[0].start()
        machine.hosts[0].wait_until_ready()
        time.sleep(SECONDS / 2)
    tell("cold start under 8 readers", load, more=f"slowest page {load.slowest:.1f} s")
    assert load.failed == []


def ask_plain(machine: Machine) -> bool:
    from http.client import HTTPConnection

    connection = HTTPConnection("localhost", machine.plain, timeout=5)
    try:
        return ask(connection, "/").status == 308
    finally:
        connection.close()
