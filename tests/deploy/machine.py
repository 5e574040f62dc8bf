"""A computer that serves the site, as ``deploy/`` sets it up: nginx before one or more gunicorns.

The files of ``deploy/`` are filled in for folders and ports of the test. gunicorn is started by
what the unit for systemd says, with the socket that systemd would hand it; nginx reads the site's
own file, from a main file that says no more than Debian's.
"""

from __future__ import annotations

import configparser
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings

from deploy.render import render, values_of
from tests.test_serving import free_ports

PATIENCE_SECONDS = 60
MAIN = """
user root;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/nginx-main.log warn;
events {{ worker_connections 2048; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    sendfile on;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/unused-1;
    uwsgi_temp_path {folder}/unused-2;
    scgi_temp_path {folder}/unused-3;
    include {folder}/made/nginx/newsroom.conf;
}}
"""

HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
os.execvp(sys.argv[2], sys.argv[2:])
"""
"""What systemd does for a unit with a socket: its file is number 3 (sd_listen_fds(3))."""


class Told(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class SocketConnection(HTTPConnection):
    """HTTP over a socket that is a file, as nginx speaks to gunicorn."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


def ask(
    connection: HTTPConnection, path: str, method: str = "GET", body: Any = None, **headers: str
) -> Told:
    """One request; header names are given with ``_`` for ``-``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body=body, headers=named)
    answer = connection.getresponse()
    return Told(answer.status, dict(answer.headers.items()), answer.read())


class Unit:
    """What a unit of systemd says."""

    def __init__(self, file: Path) -> None:
        self._told = configparser.ConfigParser(strict=False, interpolation=None)
        self._told.optionxform = str  # type: ignore[assignment, method-assign]
        self._told.read(file, encoding="utf-8")

    def __getitem__(self, name: str) -> str:
        return self._told["Service"][name]

    @property
    def environment(self) -> dict[str, str]:
        return dict(pair.split("=", 1) for pair in self["Environment"].split())


class Gunicorn:
    """A host of the site, started and reloaded as systemd would."""

    def __init__(self, unit: Unit, path: Path, variables: Mapping[str, str]) -> None:
        self.unit, self.path, self.variables = unit, path, variables
        self.output = path.with_suffix(".output")
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen(2048)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Gunicorn:
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
        handed = self._listener.fileno()
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", HAND_OVER, str(handed), *self.unit["ExecStart"].split()],
                cwd=self.unit["WorkingDirectory"],
                env={**kept, **self.unit.environment, **self.variables},
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=(handed,),
            )
        return self

    def ask(self, path: str, method: str = "GET", body: Any = None, **headers: str) -> Told:
        """One request past nginx, by the socket."""
        connection = SocketConnection(self.path)
        try:
            return ask(connection, path, method, body, X_Forwarded_Proto="https", **headers)
        finally:
            connection.close()

    def wait_until_ready(self) -> None:
        wait_for(lambda: self.ask("/readyz").status == 200, self.output)

    def reload(self) -> None:
        assert self.process
        command = self.unit["ExecReload"].replace("$MAINPID", str(self.process.pid)).split()
        subprocess.run(command, check=True)

    def workers(self) -> list[int]:
        assert self.process
        pid = self.process.pid
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [int(child) for child in told.split()]

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=60)
            self.process = None

    def close(self) -> None:
        self.stop()
        self._listener.close()

    @property
    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")


def wait_for(happens: Any, output: Path | None = None, seconds: float = PATIENCE_SECONDS) -> float:
    """Wait until ``happens()`` is true, and return the seconds that it took; an OSError is no."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        try:
            if happens():
                return time.monotonic() - begun
        except (OSError, ValueError):
            pass
        time.sleep(0.05)
    pytest.fail(output.read_text(encoding="utf-8") if output else "It did not happen.")


@dataclass
class Machine:
    """The site at ``https://localhost:PORT``: nginx and ``hosts`` gunicorns, on one database."""

    folder: Path
    port: int
    plain: int
    hosts: list[Gunicorn] = field(default_factory=list)
    nginx: subprocess.Popen[bytes] | None = None

    @property
    def site(self) -> str:
        return f"https://localhost:{self.port}"

    def connection(self, timeout: float = 60) -> HTTPSConnection:
        trust = ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))
        return HTTPSConnection("localhost", self.port, timeout=timeout, context=trust)

    def ask(self, path: str, method: str = "GET", body: Any = None, **headers: str) -> Told:
        """One request through nginx, on a connection of its own."""
        connection = self.connection()
        try:
            return ask(connection, path, method, body, **headers)
        finally:
            connection.close()

    def log(self, path: str, least: int) -> list[dict[str, str]]:
        """What nginx wrote of its answers to requests for ``path``, once there are ``least``."""
        file = self.folder / "logs" / "newsroom.log"

        def lines() -> list[dict[str, str]]:
            told = map(json.loads, file.read_text(encoding="utf-8").splitlines())
            return [line for line in told if line["path"] == path]

        wait_for(lambda: len(lines()) >= least)
        return lines()


def certify(folder: Path) -> None:
    """Make a certificate for ``localhost`` that signs itself."""
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost",
            "-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem"),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip


def fill_in(folder: Path, port: int, plain: int, hosts: int) -> dict[str, str]:
    """Fill in the files of ``deploy/`` for a folder of a test; return the values."""
    for name in ("logs", "cache", "data", "backups", "challenges"):
        (folder / name).mkdir()
    values = values_of(
        {
            "site": f"https://localhost:{port}",
            "root": str(settings.BASE_DIR),
            "data": str(folder / "data"),
            "backups": str(folder / "backups"),
            "environment": str(folder / "env"),
            "run": str(folder),
            "pid": str(folder / "nginx.pid"),
            "logs": str(folder / "logs"),
            "cache": str(folder / "cache"),
            "challenges": str(folder / "challenges"),
            "certificate": str(folder / "certificate.pem"),
            "key": str(folder / "key.pem"),
            "tls": f"127.0.0.1:{port}",
            "plain": f"127.0.0.1:{plain}",
            "upload": "220m",
            "upstream": [f"unix:{folder}/web{number}.sock" for number in range(hosts)],
        }
    )
    render(folder / "made", values)
    return values


@contextmanager
def machine(
    folder: Path,
    database_url: str,
    *,
    static: Path,
    hosts: int = 1,
    starts: bool = True,
    **more: str,
) -> Iterator[Machine]:
    """A machine that serves, or with ``starts`` off only nginx of it, until the block ends."""
    tls, plain = free_ports(2)
    made = Machine(folder, tls, plain)
    fill_in(folder, made.port, made.plain, hosts)
    certify(folder)
    (folder / "data" / "static").symlink_to(static)
    variables = {
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": database_url,
        "ENV_FILE": os.devnull,
        "SECOND_FACTOR": "off",
        "SECRET_KEY": settings.SECRET_KEY,  # It has signed the sessions of whoever sits at a desk.
        "THREADS": "16",
        "WEB_CONCURRENCY": "2",
        **more,
    }
    unit = Unit(folder / "made" / "systemd" / "newsroom.service")
    made.hosts = [Gunicorn(unit, folder / f"web{n}.sock", variables) for n in range(hosts)]
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder), encoding="utf-8")
    with (folder / "nginx-start.log").open("wb") as output:
        made.nginx = subprocess.Popen(
            ["nginx", "-e", "stderr", "-c", str(folder / "nginx.conf"), "-g", "daemon off;"],
            stderr=output,
        )
    try:
        if starts:
            for host in made.hosts:
                host.start()
            for host in made.hosts:
                host.wait_until_ready()
            wait_for(lambda: made.ask("/healthz").status == 200, folder / "nginx-start.log")
        yield made
    finally:
        for host in made.hosts:
            host.close()
        made.nginx.send_signal(signal.SIGQUIT)
        made.nginx.wait(timeout=30)


def collect_static_into(folder: Path) -> Path:
    """Collect the static files below ``folder``, and return where they are."""
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "tests.deploy.collecting",
        },
        check=True,
        capture_output=True,
    )
    return folder / "static"
