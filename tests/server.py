"""The site as gunicorn serves it, in two processes of some threads, on the database of a test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests.loader.test_faults import database_url
from tests.test_serving import free_port, wait_until_ready

PROCESSES = 2


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[str]:
    """Serve until the block ends, with data below ``folder`` and ``more`` variables; give the
    address. Whatever happened, no error was left to the server.
    """
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    variables = {
        "BIND": f"127.0.0.1:{port}",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(folder),
        "DEBUG": "on",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "ENV_FILE": os.devnull,
        "SECRET_KEY": settings.SECRET_KEY,  # It has signed the sessions of the tests.
        "SITE_URL": site,
        "THREADS": "8",
        "WEB_CONCURRENCY": str(PROCESSES),
    }
    command = ["-m", "gunicorn", "--config", "python:newsroom.gunicorn", "newsroom.wsgi"]
    with (folder / "output").open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, *command],
            cwd=settings.BASE_DIR,
            env={**os.environ, **variables, **more},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_ready(site, server)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=60)
    assert "Traceback" not in (folder / "output").read_text(encoding="utf-8")
