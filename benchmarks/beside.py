"""Wagtail beside the site: an environment of its own, the same articles, the same measure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import cycle, repeat
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from benchmarks.serving import HOST, ROOT, Asked, Cost, Server, costs, free_port, running

HOME = ROOT / "var" / "wagtail"
PACKAGES = ["wagtail==8.0.1", "gunicorn==27.0.1", "psycopg[binary]==3.3.9"]
Addresses = tuple[dict[str, str], list[str]]
"""The pages to measure by name, and articles that are asked for once."""


def measure(place: Path, size: int, number: int) -> Iterator[tuple[str, Cost]]:
    """What each page of Wagtail's takes, by its name."""
    from benchmarks.pages import database

    python = _python()
    environment = {
        **os.environ,
        "DATABASE_URL": database(place, "wagtail"),
        "SECRET_KEY": "benchmarks-sign-nothing",
    }
    command = [python, "-m", "benchmarks.wagtail_site.fill", str(size)]
    pages, new = filled(place / "wagtail.json", command, environment)
    port = free_port()
    threads = ["--worker-class", "gthread", "--threads", "32", "--workers", "1"]
    bound = ["--bind", f"{HOST}:{port}", "benchmarks.wagtail_site.wsgi"]
    with running([python, "-m", "gunicorn", *threads, *bound], environment, port) as pid:
        server = Server(port, (pid,))
        asked: Asked = {page: (server, repeat(address)) for page, address in pages.items()}
        asked["an article that nobody asked for yet"] = (server, cycle(new))
        yield from costs(asked, number).items()


def filled(kept: Path, command: list[str], environment: Mapping[str, str]) -> Addresses:
    """What ``command`` printed last when it filled a database, now or in an earlier run.

    What an earlier run did not fill to its end is made anew.
    """
    if not kept.exists():
        begin_anew(environment["DATABASE_URL"])
        done = subprocess.run(  # noqa: S603  Our own command.
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
        kept.write_text(done.stdout.splitlines()[-1], encoding="utf-8")
    pages, new = json.loads(kept.read_text(encoding="utf-8"))
    return pages, new


def begin_anew(url: str) -> None:
    """Let the database at ``url`` be there and be empty."""
    told = urlsplit(url)
    if told.scheme == "sqlite":
        for file in Path(told.path).parent.glob(f"{Path(told.path).name}*"):
            file.unlink()
        return
    name = sql.Identifier(told.path.strip("/"))
    elsewhere = told._replace(path="/postgres").geturl()
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))


def _python() -> str:
    """The interpreter of Wagtail's environment, which is made where it is missing."""
    python = HOME / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)  # noqa: S603
        install = [str(python), "-m", "pip", "install", "--quiet", *PACKAGES]
        subprocess.run(install, check=True)  # noqa: S603
    return str(python)
