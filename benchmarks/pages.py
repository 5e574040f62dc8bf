"""What a page takes of the processor: made by Django, given from memory, and beside two floors.

The floors, of the same run and under the same gunicorn, are a constant and a bare view of Django's
that reads one article and prints it, with no middleware around it. Each size of archive is filled
in a process of its own: ``python -m benchmarks.pages 1000,100000``.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import cycle, islice, repeat
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.table import Row, show

ROOT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
HOST = "127.0.0.1"
MADE, GIVEN = 40, 2000
"""How many requests are measured at once, of pages that are made and that are given."""
RUNS = 5
PATIENCE_SECONDS = 60


class Cost(NamedTuple):
    """What a request takes: milliseconds of the server's processors, and requests in a second."""

    processor: float
    speed: float


class Server(NamedTuple):
    port: int
    pid: int


def measure(folder: Path, sizes: list[int]) -> Iterator[Row]:
    """Rows of the table, for each size of archive."""
    for size in sizes:
        environment = _environment(folder / str(size))
        pages, new = _filled(size, environment)
        with _server("benchmarks.constant", environment) as server:
            constant = _cost(server, "/", GIVEN)
        with _server("benchmarks.bare", environment) as server:
            bare = _cost(server, cycle(new), MADE)
        yield _row("a constant", size, constant, constant, "the constant", "")
        yield _row("a bare view of an article", size, bare, constant, "the constant", "")
        with _server("newsroom.wsgi", {**environment, "PAGE_CACHE_MB": "0"}) as server:
            for name, address in pages.items():
                asked = "1.5" if name == "an article" else ""
                made = _cost(server, address, MADE)
                yield _row(f"{name}, made", size, made, bare, "the bare view", asked)
        with _server("newsroom.wsgi", environment) as server:
            first = _cost(server, cycle(new), MADE)
            name = "an article that nobody asked for yet, made"
            yield _row(name, size, first, bare, "the bare view", "1.5")
            for name, address in pages.items():
                given = _cost(server, address, GIVEN)
                yield _row(f"{name}, given", size, given, constant, "the constant", "1.25")


def _row(what: str, size: int, cost: Cost, floor: Cost, against: str, asked: str) -> Row:
    return Row(
        f"{what}, {size:,} articles",
        f"{cost.processor:.3f} ms, {cost.speed:,.0f} a second",
        f"{against}: {floor.processor:.3f} ms",
        f"{cost.processor / floor.processor:.2f}",
        asked,
    )


def _environment(folder: Path) -> dict[str, str]:
    folder.mkdir()
    return {
        **os.environ,
        "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder / 'db.sqlite3'}"),
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "benchmarks-sign-nothing",
        "WEB_CONCURRENCY": "1",
    }


def _filled(size: int, environment: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """The addresses of the pages to measure, in an archive that was made of so many articles, and
    those of other articles.
    """
    command = [sys.executable, "-m", "benchmarks.pages", "--fill", str(size)]
    done = subprocess.run(  # noqa: S603  Its own interpreter.
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    pages, new = json.loads(done.stdout.splitlines()[-1])
    return pages, new


@contextmanager
def _server(application: str, environment: dict[str, str]) -> Iterator[Server]:
    """One worker of gunicorn, as the site starts it."""
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:newsroom.gunicorn"]
    server = subprocess.Popen(  # noqa: S603  Its own interpreter.
        [*gunicorn, application], cwd=ROOT, env={**environment, "BIND": f"{HOST}:{port}"}
    )
    try:
        _wait(port)
        yield Server(port, server.pid)
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            _ask(HTTPConnection(HOST, port, timeout=10), "/healthz")
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def _cost(server: Server, asked: str | Iterator[str], number: int) -> Cost:
    """The medians of several runs of ``number`` requests, one after another, on one connection."""
    addresses = repeat(asked) if isinstance(asked, str) else asked
    costs = [_one_run(server, addresses, number) for _run in range(RUNS)]
    return Cost(median(each.processor for each in costs), max(each.speed for each in costs))


def _one_run(server: Server, addresses: Iterator[str], number: int) -> Cost:
    connection = HTTPConnection(HOST, server.port, timeout=60)
    _ask(connection, next(addresses))
    before, began = _processor_of(server), time.perf_counter()
    for address in islice(addresses, number):
        _ask(connection, address)
    seconds = time.perf_counter() - began
    connection.close()
    return Cost((_processor_of(server) - before) / number * 1000, number / seconds)


def _ask(connection: HTTPConnection, address: str) -> bytes:
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200 and address != "/healthz":  # A fault would look quick.
        raise HTTPException(f"{address}: {answer.status}")
    return body


def _processor_of(server: Server) -> float:
    """Seconds of processor that the server's workers have taken so far."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii")
    stats = (Path(f"/proc/{pid}/stat").read_text(encoding="utf-8") for pid in children.split())
    fields = (stat.rpartition(")")[2].split() for stat in stats)
    return sum(int(each[11]) + int(each[12]) for each in fields) / TICKS


def fill(size: int) -> None:
    """Fill the database that DATABASE_URL names; print the addresses to measure as JSON."""
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks import search

    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0)
    call_command("flush", verbosity=0, interactive=False)
    call_command("loaddata", "fixtures/languages.json", verbosity=0)
    search._fill(size)
    _place()
    sys.stdout.write(json.dumps([_addresses(), _new()]) + "\n")


def _place() -> None:
    """Give every article one of three sources and one of eight sections of its edition."""
    from django.db.models import F

    from articles.models import Article, Language, Section, Source

    for number in range(3):
        source = Source.objects.create(
            slug=f"source-{number}", name=f"Press {number}", language_id="en", kind="newspaper"
        )
        Article.objects.annotate(part=F("pk") % 3).filter(part=number).update(source=source)
    for language in Language.objects.all():
        for number in range(8):
            section = Section.objects.create(
                language=language, slug=f"s-{number}", title=f"S{number}"
            )
            own = Article.objects.filter(language=language)
            own.annotate(part=F("pk") % 8).filter(part=number).update(section=section)


def _addresses() -> dict[str, str]:
    from articles.models import Article
    from articles.models.place import Place

    english = Article.objects.live().in_language("en").newest_first()
    middle = english[english.count() // 2]
    return {
        "the front page": "/en/",
        "the list": "/en/latest/",
        "the list's middle": f"/en/latest/?before={Place.of(middle)}",
        "a section": "/en/section/s-1/",
        "an article": middle.get_absolute_url(),
        "a search": "/en/search/?q=the",
        "a feed": "/en/latest/rss",
    }


def _new() -> list[str]:
    """Addresses of articles, each to be asked for once."""
    from articles.models import Article

    english = Article.objects.live().in_language("en").newest_first()
    return [each.get_absolute_url() for each in english[: (MADE + 1) * RUNS]]


def main(sizes: str) -> None:
    with tempfile.TemporaryDirectory(prefix="newsroom-pages-") as folder:
        show(measure(Path(folder), [int(size) for size in sizes.split(",")]))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--fill"]:
        fill(int(sys.argv[2]))
    else:
        main(sys.argv[1] if sys.argv[1:] else "1000,100000")
