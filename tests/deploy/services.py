"""A PostgreSQL and a Redis of a test's own, which it may stop, kill and start again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psycopg

from tests.deploy.machine import wait_for
from tests.test_serving import free_port


class Cluster:
    """A PostgreSQL on a port of its own, made as its user ``postgres`` where root asks for it."""

    def __init__(self, followed: Cluster | None = None) -> None:
        """Make a new one, or a copy of one that is ``followed`` from then on."""
        self.folder = Path(tempfile.mkdtemp(prefix="newsroom-cluster-"))
        self.port = free_port()
        self._as_whom = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._as_whom:
            shutil.chown(self.folder, "postgres", "postgres")
        if followed:
            address = ["-h", "127.0.0.1", "-p", str(followed.port), "-U", "postgres"]
            self._run("pg_basebackup", *address, "-c", "fast", "-R", "-D", self.data)
        else:
            self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "-D", self.data)
        self.start()

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as_whom, str(programs() / program), *arguments]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=program == "initdb", check=False
        )
        assert done.returncode == 0, done

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-s", "-w", "-D", self.data, "-l", log, "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it; ``immediate`` is as good as pulling the plug."""
        self._run("pg_ctl", "-s", "-w", "-D", self.data, "-m", mode, "stop")

    def url(self, name: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def create(self, name: str) -> str:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        return self.url(name)

    def say(self, question: str) -> object:
        """What the server answers, in the first column of the first row."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            row = connection.execute(question).fetchone()  # type: ignore[arg-type]
            return row and row[0]

    def terminate_all(self, name: str) -> int:
        """End every connection to a database; return how many there were."""
        with psycopg.connect(self.url("postgres")) as connection:
            ended = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            return len(ended.fetchall())

    def remove(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)


def programs() -> Path:
    """Where PostgreSQL's own programs are: where Debian keeps each version's, or on the PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    found = shutil.which("initdb")
    assert found or versions, "PostgreSQL's programs are not on this computer."
    return versions[-1] if versions else Path(str(found)).parent


class Redis:
    """A Redis on a port of its own, which keeps nothing."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""],
            stdout=subprocess.DEVNULL,
        )
        wait_for(self._answers)

    def _answers(self) -> bool:
        import redis

        try:
            return bool(redis.Redis(port=self.port).ping())
        except redis.RedisError:
            return False

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None
