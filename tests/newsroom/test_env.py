"""A variable that says nothing fit is refused in one sentence that names it, and no other word."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from newsroom import env

DATABASES_THAT_ARE_NONE = [
    "garbage", "", "mysql://desk@host/news", "postgres://host", "sqlite://var/two-slashes.sqlite3",
    "postgres://desk:pa/hunter2@host/news", "postgres://desk:hunter2@host:port/news",
    "postgres://desk:hunter2@[::1/news", "desk:hunter2@host/news",
]  # fmt: skip
MAIL_SERVERS_THAT_ARE_NONE = [
    "", "garbage", "pigeon://host", "smtp://", "smtp+tls://desk:hunter2@host:port",
]  # fmt: skip


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "garbage"),
        ("EMAIL_URL", "pigeon://host"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("LANGUAGE_CODE", "tlh"),
        ("DEBUG", "perhaps"),
        ("SITE_URL", "notaurl"),
        ("ALLOWED_HOSTS", ""),
        ("CONTACT_EMAIL", "desk at news.example"),
        ("HSTS_SECONDS", "long"),
        ("REDIS_URL", "garbage"),
        ("ENV_FILE", "no-such-file"),
    ],
)
def test_a_command_names_the_variable_in_one_line_and_fails(name, value):
    done = manage("check", **{name: value})
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert name in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("value", ["", "²", "٨٠٠٠", "0", "65536", "eight", "9" * 5000])
def test_a_port_that_is_none_is_refused_before_any_work(value):
    done = manage("quickstart", "--no-serve", PORT=value)
    assert done.returncode == 1
    assert done.stderr.startswith("PORT is ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("value", "is_on"), [("on", True), ("YES", True), ("0", False), ("", False)]
)
def test_a_flag_says_on_or_off(monkeypatch, value, is_on):
    monkeypatch.setenv("DEBUG", value)
    assert env.flag("DEBUG") is is_on


def test_hosts_may_have_spaces_between_them(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "news.example, www.news.example,")
    assert env.hosts("ALLOWED_HOSTS", []) == ["news.example", "www.news.example"]


@pytest.mark.parametrize("value", ["", " , ", "https://news.example"])
def test_hosts_that_no_request_could_name_are_refused(monkeypatch, value):
    monkeypatch.setenv("ALLOWED_HOSTS", value)
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS is"):
        env.hosts("ALLOWED_HOSTS", ["localhost"])


@pytest.mark.parametrize(
    "value", ["http://localhost:8000", "https://news.example/", "http://[::1]"]
)
def test_the_address_of_a_site_is_taken(monkeypatch, value):
    monkeypatch.setenv("SITE_URL", value)
    assert env.site("SITE_URL", "") == value.rstrip("/")


@pytest.mark.parametrize(
    "value", ["", "news.example", "ftp://news.example", "https://", "https://a/b", "https://a:port"]
)
def test_an_address_that_no_page_could_have_is_refused(monkeypatch, value):
    monkeypatch.setenv("SITE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="SITE_URL is no address"):
        env.site("SITE_URL", "http://localhost")


@pytest.mark.parametrize("value", ["Asia", "../etc/passwd", "/etc/localtime", "", "PKT5"])
def test_only_a_zone_of_the_database_is_a_time_zone(monkeypatch, value):
    monkeypatch.setenv("TIME_ZONE", value)
    with pytest.raises(ImproperlyConfigured, match="TIME_ZONE is"):
        env.time_zone("TIME_ZONE", "UTC")


@pytest.mark.parametrize("value", DATABASES_THAT_ARE_NONE)
def test_a_database_that_is_none_is_refused_without_its_password(monkeypatch, value):
    monkeypatch.setenv("DATABASE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL is no address") as refusal:
        env.database("DATABASE_URL", "sqlite:////unused")
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize("value", MAIL_SERVERS_THAT_ARE_NONE)
def test_a_mail_server_that_is_none_is_refused_without_its_password(monkeypatch, value):
    monkeypatch.setenv("EMAIL_URL", value)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL is no address") as refusal:
        env.mail("EMAIL_URL", "consolemail://")
    assert "hunter2" not in str(refusal.value)


def test_a_mail_server_is_read(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://desk:a%2Fb@mail.example:587")
    found = env.mail("EMAIL_URL", "consolemail://")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", 587)
    assert (found["EMAIL_HOST_PASSWORD"], found["EMAIL_USE_TLS"]) == ("a/b", True)


@pytest.mark.parametrize("value", ["garbage", "http://host", "redis://", "redis://:hunter2@h:port"])
def test_a_redis_that_is_none_is_refused_without_its_password(monkeypatch, value):
    monkeypatch.setenv("REDIS_URL", value)
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL is no address") as refusal:
        env.redis("REDIS_URL")
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value", "package"),
    [
        ("DATABASE_URL", "postgres://desk:hunter2@host/news", "psycopg"),
        ("REDIS_URL", "redis://:hunter2@host/0", "redis"),
    ],
)
def test_a_service_whose_package_is_absent_says_what_to_install(monkeypatch, name, value, package):
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(env, "find_spec", lambda module: None)
    readers = {"DATABASE_URL": lambda: env.database(name, ""), "REDIS_URL": lambda: env.redis(name)}
    with pytest.raises(ImproperlyConfigured, match=f"{name} is set .* {package} is not") as refusal:
        readers[name]()
    assert "requirements/scale.txt" in str(refusal.value)
    assert "hunter2" not in str(refusal.value)


def test_the_usual_file_of_variables_may_be_absent(monkeypatch, tmp_path):
    monkeypatch.delenv("ENV_FILE")
    env.read_file(tmp_path / ".env")


@pytest.mark.parametrize("content", [None, b"TIME_ZONE=\xff\xfe\n"])
def test_a_file_of_variables_that_cannot_be_read_is_named(monkeypatch, tmp_path, content):
    file = tmp_path / "variables"
    file.mkdir() if content is None else file.write_bytes(content)
    monkeypatch.setenv("ENV_FILE", str(file))
    with pytest.raises(ImproperlyConfigured, match="cannot be read") as refusal:
        env.read_file(Path("unused"))
    assert str(file) in str(refusal.value)
