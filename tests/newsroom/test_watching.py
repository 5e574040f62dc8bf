"""What whoever watches over the site is told: logs, counts and errors, and nothing of readers."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import brotli
import pytest
from django.test import Client, override_settings

from newsroom import metrics
from newsroom.logs import JsonFormatter, begin_request, request_id
from tests.newsroom.test_settings import run_python, settings_with

CODINGS = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}
QUIET = {"PYTHONWARNINGS": "ignore"}  # No static files were collected.
FAIL = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
import django
django.setup()
from django.test import Client
from articles.views import errors
import newsroom.health
newsroom.health._cache_state = lambda: 1 / 0
secret = "hunter2"
client = Client(raise_request_exception=False, HTTP_HOST="127.0.0.1")
client.cookies["desk"] = "session-of-somebody"
answer = client.post("/readyz?word=typed", {"text": "private words"}, REMOTE_ADDR="203.0.113.7")
assert answer.status_code == 500, answer
import sentry_sdk
if len(sys.argv) > 1:
    sentry_sdk.flush(10)
"""


def record(message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("newsroom", logging.ERROR, "file.py", 1, message, args, None)


def test_a_line_of_the_log_is_one_object_whatever_was_sent():
    begin_request({"HTTP_X_REQUEST_ID": "0123456789abcdef"})
    line = JsonFormatter().format(record("Not found: %s", '/x"\n{"level": "info"}بارش'))
    assert "\n" not in line
    told = json.loads(line)
    assert told["message"] == 'Not found: /x"\n{"level": "info"}بارش'
    assert (told["level"], told["request_id"]) == ("error", "0123456789abcdef")


@pytest.mark.parametrize("sent", ["", "short", "x" * 65, 'a"b-c-d-e-f', "abcdefgh\n"])
def test_an_id_that_no_proxy_of_ours_gives_is_passed_over(sent):
    begin_request({"HTTP_X_REQUEST_ID": sent})
    assert request_id.get() == ""
    assert "request_id" not in json.loads(JsonFormatter().format(record("x")))


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_error_of_the_site_is_logged_with_its_traceback(tmp_path, form):
    variables = {"DATA_DIR": str(tmp_path), "SECRET_KEY": "s" * 50, "LOG_FORMAT": form, **QUIET}
    assert run_python(
        "import django; django.setup(); from django.core.management import call_command as c;"
        "c('migrate', verbosity=0)",
        DJANGO_SETTINGS_MODULE="newsroom.settings",
        **variables,
    ).returncode == 0  # fmt: skip
    done = run_python(FAIL, **variables)
    assert done.returncode == 0, done.stderr
    assert "ZeroDivisionError" in done.stderr
    if form == "json":
        (line,) = (json.loads(line) for line in done.stderr.splitlines())
        assert (line["logger"], line["status"]) == ("django.request", 500)


def test_counts_of_all_workers_are_added_up(client: Client):
    def answer(environ, start_response):
        start_response(environ["status"], [])
        return [b""]

    def sum_of(name: str) -> float:
        lines = metrics.exposition().splitlines()
        return float(next(line.split()[-1] for line in lines if line.startswith(name)))

    names = ('newsroom_requests_total{status="5xx"}', "newsroom_request_seconds_count")
    before = [sum_of(name) for name in names]
    counted = metrics.observed(answer, counting=True)
    try:
        for worker in (1, 2, 2 + metrics.ROWS):
            metrics.take_row(worker)
            counted({"status": "503 Service Unavailable"}, lambda status, headers: None)
            counted({"status": "200 OK"}, lambda status, headers: None)
    finally:
        metrics.take_row(0)
    assert [sum_of(name) - old for name, old in zip(names, before, strict=True)] == [3, 6]
    assert sum_of('newsroom_request_seconds_bucket{le="+Inf"}') == sum_of(names[1])


@pytest.mark.django_db
def test_counts_are_shown_only_where_they_are_asked_for(client: Client):
    assert client.get("/metrics").status_code == 404
    with override_settings(METRICS=True):
        told = client.get("/metrics")
    assert told["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "no-store" in told["Cache-Control"]
    assert b"# TYPE newsroom_requests_total counter" in told.content


@pytest.fixture
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a service that collects errors, and what it was sent."""
    sent: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            sent.append(CODINGS[self.headers.get("Content-Encoding")](body))
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://key@127.0.0.1:{server.server_port}/1", sent
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_error_is_reported_without_anything_of_who_read(tmp_path, collector):
    dsn, sent = collector
    variables = {"DATA_DIR": str(tmp_path), "SECRET_KEY": "s" * 50, "SENTRY_DSN": dsn, **QUIET}
    done = run_python(FAIL, "flush", **variables)
    assert done.returncode == 0, done.stderr
    told = b"".join(sent)
    assert b"ZeroDivisionError" in told
    for private in (b"hunter2", b"session-of", b"typed", b"private words", b"203.0.113.7"):
        assert private not in told


def test_without_an_address_nothing_is_reported():
    assert settings_with("SENTRY_DSN") == {"SENTRY_DSN": ""}
