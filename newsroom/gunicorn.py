"""How gunicorn serves the newsroom: ``gunicorn --config python:newsroom.gunicorn newsroom.wsgi``.

Threads, not processes, wait for slow readers: sixty dripping sockets stop two sync workers dead
and leave two workers of 32 threads serving. WEB_CONCURRENCY, THREADS and BIND change the size.
"""

from __future__ import annotations

import os
import sys
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from newsroom import env
from newsroom.logs import FORMATS, logging_of
from newsroom.secret import require_secret
from newsroom.workers import let_go

env.read_file(Path(__file__).resolve().parent.parent / ".env")

bind = env.text("BIND", "127.0.0.1:8000")
worker_class = "newsroom.workers.Worker"
logger_class = "newsroom.workers.Log"
# Each worker touches a file for each request: in memory, that is a tenth of what a kept page takes.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
workers = env.number("WEB_CONCURRENCY", 2)
threads = env.number("THREADS", 32)
timeout = 30
graceful_timeout = 30
keepalive = 5
# Hours of a busy day: pages that are kept cost so little that thousands are given in a second.
max_requests = 2_000_000
max_requests_jitter = 200_000
limit_request_line = 4094
limit_request_fields = 100
forwarded_allow_ips = "127.0.0.1"
forwarder_headers = ""  # By itself, gunicorn would let a proxy say SCRIPT_NAME and PATH_INFO.
accesslog = None
loglevel = env.choice("LOG_LEVEL", "warning", ["debug", "info", "warning", "error", "critical"])
logconfig_dict = logging_of(env.choice("LOG_FORMAT", "text", FORMATS), loglevel.upper())


def on_starting(server: object) -> None:
    """End gunicorn with exit code 1 when a worker would refuse to start, having said why in a line.

    A process of its own tries: what gunicorn imports itself, a reload would never read again.
    """
    trial = get_context("fork").Process(target=_read_the_settings)
    trial.start()
    trial.join()
    if trial.exitcode:
        sys.exit(1)


def on_reload(server: Any) -> None:
    """Let the workers that are there go on until the next ones can serve."""
    let_go(server.worker_age)


def _read_the_settings() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        require_secret()
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
