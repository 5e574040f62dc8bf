"""How the site is served: by threads, on this computer only unless it is told otherwise."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from gunicorn.config import Config
from gunicorn.workers.gthread import ThreadWorker

import newsroom.gunicorn
from newsroom.logs import logging_of
from newsroom.workers import Log
from tests.newsroom.test_env import manage


@pytest.fixture
def config_with(monkeypatch):
    def config_with(**variables: str) -> Config:
        for name in ("BIND", "LOG_LEVEL", "THREADS", "WEB_CONCURRENCY"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        module = importlib.reload(newsroom.gunicorn)
        config = Config()
        for name in vars(module):
            if name in config.settings:
                config.set(name, getattr(module, name))
        return config

    yield config_with
    monkeypatch.undo()
    importlib.reload(newsroom.gunicorn)


def test_slow_readers_wait_in_threads(config_with):
    config = config_with()
    assert config.address == [("127.0.0.1", 8000)]
    assert issubclass(config.worker_class, ThreadWorker)
    assert (config.workers, config.threads) == (2, 32)


def test_the_environment_sizes_the_server(config_with):
    config = config_with(BIND="0.0.0.0:9000", WEB_CONCURRENCY="3", THREADS="8")
    assert config.address == [("0.0.0.0", 9000)]  # noqa: S104
    assert (config.workers, config.threads) == (3, 8)


def test_every_name_in_the_file_is_a_setting_of_gunicorn():
    module = vars(newsroom.gunicorn)
    names = {name for name in module if not name.startswith("_")} - {"annotations"}
    imported = {name for name in names if isinstance(module[name], type(os) | type)}
    imported |= {"FORMATS", "Any", "get_context", "let_go", "logging_of", "require_secret"}
    assert names - imported <= set(Config().settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [("WEB_CONCURRENCY", "abc"), ("THREADS", "0"), ("THREADS", "²"), ("LOG_LEVEL", "loud")],
)
def test_a_size_that_is_none_is_refused_with_its_name(config_with, name, value):
    with pytest.raises(ImproperlyConfigured, match=f"{name} is '{value}'"):
        config_with(**{name: value})


def test_a_start_refuses_what_gunicorn_would_refuse_before_any_work():
    done = manage("quickstart", WEB_CONCURRENCY="abc")
    assert done.returncode == 1
    assert done.stderr.startswith("WEB_CONCURRENCY is 'abc'")
    assert len(done.stderr.splitlines()) == 1


def serve_with(**variables: str) -> subprocess.CompletedProcess[str]:
    """Start gunicorn as the README says, with variables that keep it from serving."""
    return subprocess.run(
        [sys.executable, "-m", "gunicorn", "--config", "python:newsroom.gunicorn", "newsroom.wsgi"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings", "BIND": "127.0.0.1:0",
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [("SECRET_KEY", ""), ("TIME_ZONE", "Mars/Olympus"), ("THREADS", "abc"), ("ENV_FILE", "absent")],
)
def test_gunicorn_does_not_start_and_says_why_in_one_line(name, value):
    done = serve_with(**{name: value})
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if line]
    assert len(said) == 1, done.stderr
    assert name in said[0]


def test_no_proxy_says_where_the_site_lies():
    assert vars(newsroom.gunicorn)["forwarder_headers"] == ""


@pytest.mark.parametrize(("level", "lines"), [("WARNING", 0), ("INFO", 1)])
def test_a_line_about_a_request_is_made_only_where_somebody_reads_it(level, lines, monkeypatch):
    config = Config()
    config.set("logconfig_dict", logging_of("text", level))
    log = Log(config)
    made: list[object] = []
    monkeypatch.setattr(log, "atoms", lambda *about: made.append(about) or {})
    monkeypatch.setattr(log.access_log, "info", lambda *told: None)
    log.access(None, None, {}, None)
    assert len(made) == lines
