"""The services that five groups of tests need: where each is, and what to do when it is not.

The groups are the pytest markers ``browser``, ``nginx``, ``postgresql``, ``redis`` and ``vnu``. On
a person's machine a group whose service is absent skips with a sentence; where ``CI=true`` or
``REQUIRE_ALL_TESTS=1`` is set, it fails with the same sentence.
"""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
CHECKER = Path(__file__).parent.parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first has no windows, and opens a page in a quarter of the time."""
# On a closed network, what Chromium asks for by itself is refused many times a second.
CHROMIUM_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # Root has no sandbox.
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]

MISSING = {
    "browser": "No Chromium is on the PATH; install it (Debian: apt install chromium "
    "fonts-noto-core) to run the browser tests.",
    "nginx": "nginx, openssl, systemd-analyze or logrotate is not on the PATH; install them "
    "(Debian: apt install nginx openssl systemd logrotate) to serve the site as on a server.",
    "postgresql": "These tests run on PostgreSQL only; install it (Debian: apt install postgresql) "
    "and give a database that may be created and dropped as TEST_DATABASE_URL.",
    "redis": f"No Redis answers at {REDIS_URL}; install it (Debian: apt install redis-server) "
    "or give another address as TEST_REDIS_URL.",
    "vnu": "No HTML checker is here; install Java and npm (Debian: apt install "
    "default-jre-headless npm) and run 'make dev' to check pages against the standard.",
}


def all_tests_are_required() -> bool:
    """Tell whether a missing service is a failure: it is under continuous integration."""
    return os.environ.get("CI") == "true" or os.environ.get("REQUIRE_ALL_TESTS") == "1"


def chromium_path() -> str | None:
    """Return the path of the first Chromium on the PATH, or None."""
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def checker_command() -> list[str] | None:
    """Return how to call the Nu Html Checker (its arguments follow), or None without it or Java."""
    java = shutil.which("java")
    return [java, "-Xss4m", "-jar", str(CHECKER)] if java and CHECKER.is_file() else None


def has_a_server() -> bool:
    """Tell whether the programs are here with which ``deploy/`` makes a server of a computer."""
    return all(shutil.which(name) for name in ("nginx", "openssl", "systemd-analyze", "logrotate"))


def redis_answers() -> bool:
    """Tell whether something listens where the tests look for Redis."""
    address = urlsplit(REDIS_URL)
    try:
        socket.create_connection((address.hostname, address.port or 6379), timeout=1).close()
    except OSError:
        return False
    return True


def postgresql_url() -> str | None:
    """Return the address of a PostgreSQL whose user may create databases, or None.

    ``TEST_DATABASE_URL`` or ``DATABASE_URL`` when it names one, else the server on this machine.
    """
    named = (os.environ.get(name, "") for name in ("TEST_DATABASE_URL", "DATABASE_URL"))
    here = (f"postgres://{user}@127.0.0.1:5432/postgres" for user in ("postgres", "root"))
    urls = [url for url in named if url.startswith("postgres")] or list(here)
    return next((url for url in urls if _may_create_databases(url)), None)


def _may_create_databases(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])
