"""Servers that are measured, and what a request takes of their processors.

gunicorn starts as the site starts it, with one worker; nginx reads the site's own file of
``deploy/``, but speaks plain HTTP, writes no log and limits nobody, and gives one file by itself,
which is the floor of what it gives from its cache.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from deploy.render import render, values_of

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1"
RUNS = 5
PATIENCE_SECONDS = 60
FILE = "/floor.html"
"""The address of the file that nginx gives by itself."""


class Cost(NamedTuple):
    """What a request takes: milliseconds of the server's processors, and requests in a second."""

    processor: float
    speed: float


class Server(NamedTuple):
    """Where something listens, and the processes that started its workers."""

    port: int
    masters: tuple[int, ...]

    def processor(self) -> float:
        """Seconds of processor that its workers have taken so far, as the scheduler counts them."""
        return (
            sum(_nanoseconds_of(worker) for pid in self.masters for worker in _workers_of(pid))
            / 1e9
        )


def _workers_of(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in told.split()]


def _nanoseconds_of(pid: int) -> int:
    """Those of a process's threads (the kernel's sched-stats: the first of three numbers)."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((each / "schedstat").read_text().split()[0]) for each in threads)


@contextmanager
def gunicorn(application: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """One worker of gunicorn that serves ``application``, configured as the site's."""
    port = free_port()
    serve = ["-m", "gunicorn", "--config", "python:newsroom.gunicorn", application]
    bound = {**environment, "BIND": f"{HOST}:{port}"}
    with running([sys.executable, *serve], bound, port) as pid:
        yield Server(port, (pid,))


@contextmanager
def nginx(folder: Path, behind: Server) -> Iterator[Server]:
    """nginx before a gunicorn, as the shipped file says, with its cache in ``folder``.

    What it asks of gunicorn meanwhile counts as its own.
    """
    port, unused = free_ports(2)
    folder.chmod(0o755)  # Started by root, its workers are nobody.
    (folder / "cache").mkdir(parents=True)
    (folder / FILE.strip("/")).write_bytes(b"<!doctype html>\n" + b"<p>A line of it.</p>\n" * 200)
    main = folder / "nginx.conf"
    main.write_text(_configuration(folder, port, unused, behind.port), encoding="utf-8")
    with running(["nginx", "-e", "stderr", "-c", str(main)], os.environ, port) as pid:
        yield Server(port, (pid, *behind.masters))


def _configuration(folder: Path, port: int, unused: int, upstream: int) -> str:
    told: dict[str, str | list[str]] = {
        "site": "https://localhost",
        "pid": f"{folder}/nginx.pid",
        "logs": str(folder),
        "cache": f"{folder}/cache",
        "tls": f"{HOST}:{port}",
        "plain": f"{HOST}:{unused}",
        "upstream": [f"{HOST}:{upstream}"],
    }
    defaults: dict[str, str | list[str]] = dict.fromkeys(
        ("root", "data", "backups", "environment", "run", "challenges", "certificate", "key"), "/"
    )
    render(folder / "made", values_of({**defaults, "upload": "3m", **told}))
    shipped = (folder / "made" / "nginx" / "newsroom.conf").read_text(encoding="utf-8")
    plain = re.sub(r"^ *(?:ssl_|limit_|access_log ).*\n", "", shipped, flags=re.MULTILINE)
    plain = plain.replace(" ssl http2;", ";").replace(
        "location / {\n        proxy_pass", f"{_FLOOR % folder}location / {{\n        proxy_pass"
    )
    return _MAIN % {"folder": folder} + "http {\n" + _TYPES + plain + "}\n"


_MAIN = """
worker_processes 1;
daemon off;
pid %(folder)s/nginx.pid;
error_log %(folder)s/errors.log warn;
events { worker_connections 512; }
"""
_TYPES = """
default_type text/html;
sendfile on;
access_log off;
"""
_FLOOR = f"location = {FILE} {{ root %s; }}\n    "


@contextmanager
def running(command: list[str], environment: Mapping[str, str], port: int) -> Iterator[int]:
    """Run a server until the block ends; the number of its process, once it answers."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603  Chosen above.
    try:
        _wait(port)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """A port of this computer on which nothing listens now."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """As many such ports, none of them twice."""
    listeners = [socket.create_server((HOST, 0)) for _each in range(count)]
    ports: list[int] = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


def _wait(port: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            ask(HTTPConnection(HOST, port, timeout=10), "/healthz")
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


Asked = dict[str, tuple[Server, Iterator[str]]]
"""By the name of a page the server that is asked, and the addresses that it is asked for."""


def costs(asked: Asked, number: int) -> dict[str, Cost]:
    """What each of the ``asked`` takes: the medians of several runs of ``number`` requests, one
    after another, on one connection.

    Runs take turns, so that a computer that is slower for a while is so for all of them.
    """
    found: dict[str, list[Cost]] = {name: [] for name in asked}
    for _run in range(RUNS):
        for name, (server, addresses) in asked.items():
            found[name].append(_one_run(server, addresses, number))
    return {
        name: Cost(median(each.processor for each in runs), median(each.speed for each in runs))
        for name, runs in found.items()
    }


def _one_run(server: Server, addresses: Iterator[str], number: int) -> Cost:
    connection = HTTPConnection(HOST, server.port, timeout=60)
    ask(connection, next(addresses))
    before, began = server.processor(), time.perf_counter()
    for address in islice(addresses, number):
        ask(connection, address)
    seconds = time.perf_counter() - began
    connection.close()
    return Cost((server.processor() - before) / number * 1000, number / seconds)


def ask(connection: HTTPConnection, address: str) -> tuple[list[tuple[str, str]], bytes]:
    """The headers and the body of ``address``, as a browser takes them.

    Raises HTTPException for a fault, which would look quick.
    """
    connection.request("GET", address, headers={"Accept-Encoding": "gzip", "Host": "localhost"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200 and address != "/healthz":
        raise HTTPException(f"{address}: {answer.status}")
    return answer.getheaders(), body


def keep_answer(server: Server, address: str, to: Path) -> None:
    """Keep what a server says in a file, for ``benchmarks.constant`` to repeat."""
    headers, body = ask(HTTPConnection(HOST, server.port, timeout=60), address)
    own = {"server", "date", "connection"}  # gunicorn says these by itself.
    told = [(name, value) for name, value in headers if name.lower() not in own]
    to.write_text(json.dumps({"headers": told, "body": list(body)}), encoding="utf-8")
