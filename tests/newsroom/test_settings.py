"""What the environment rules, tried in a process of its own for each set of variables."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

RULED = {
    "ALLOWED_HOSTS", "CI", "CONTACT_EMAIL", "DATABASE_URL", "DATA_DIR", "DEBUG",
    "DEFAULT_FROM_EMAIL", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "LANGUAGE_CODE", "PROXIES",
    "REDIS_URL", "SECOND_FACTOR", "SECRET_KEY", "SITE_URL", "TEST_DATABASE_URL", "TIME_ZONE",
}  # fmt: skip
PRINT_SETTINGS = """
import json, sys
from newsroom import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def run_python(code: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run code in the repository with only these variables, and no ``.env``, to rule it."""
    kept = {name: value for name, value in os.environ.items() if name not in RULED}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=settings.BASE_DIR,
        env={**kept, "ENV_FILE": os.devnull, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def settings_with(*names: str, **variables: str) -> dict:
    done = run_python(PRINT_SETTINGS, *names, **variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_with_nothing_set_the_site_is_local_and_closed(tmp_path):
    found = settings_with(
        "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASES", "CACHES", "SECURE_SSL_REDIRECT"
    )
    assert found["DEBUG"] is False
    assert found["SECRET_KEY"] == ""
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert found["DATABASES"]["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert found["DATABASES"]["default"]["NAME"].endswith("/var/newsroom.sqlite3")
    assert found["CACHES"]["default"]["BACKEND"].endswith("LocMemCache")
    assert found["SECURE_SSL_REDIRECT"] is False


def test_sqlite_waits_for_its_turn_and_survives_a_power_cut():
    options = settings_with("DATABASES")["DATABASES"]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert pragma in options["init_command"]


@pytest.mark.parametrize("value", ["1", "true", "on"])
def test_debug_is_on_only_when_it_is_asked_for(value):
    assert settings_with("DEBUG", DEBUG=value)["DEBUG"] is True


def test_the_second_factor_is_asked_for_unless_debugging_or_told_otherwise():
    for variables, is_on in (
        ({}, True),
        ({"DEBUG": "on"}, False),
        ({"SECOND_FACTOR": ""}, True),
        ({"SECOND_FACTOR": "off"}, False),
        ({"SECOND_FACTOR": "on", "DEBUG": "on"}, True),
    ):
        assert settings_with("SECOND_FACTOR", **variables) == {"SECOND_FACTOR": is_on}, variables


def test_the_web_server_does_not_start_without_a_secret(tmp_path):
    done = run_python("import newsroom.wsgi", DATA_DIR=str(tmp_path))
    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr.splitlines()[-1]


def test_the_web_server_starts_with_a_secret(tmp_path):
    done = run_python("import newsroom.wsgi", DATA_DIR=str(tmp_path), SECRET_KEY="s" * 50)
    assert done.returncode == 0, done.stderr


def test_database_url_chooses_a_pooled_postgresql():
    url = "postgres://desk:word@db.example:5433/news"
    database = settings_with("DATABASES", DATABASE_URL=url)["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"]) == ("db.example", 5433)
    assert (database["USER"], database["NAME"]) == ("desk", "news")
    assert database["OPTIONS"]["pool"]["max_size"] == 16


def test_redis_url_chooses_the_cache_that_may_be_away():
    cache = settings_with("CACHES", REDIS_URL="redis://cache.example/1")["CACHES"]["default"]
    assert cache["BACKEND"] == "newsroom.cache.ForgivingRedisCache"
    assert cache["LOCATION"] == "redis://cache.example/1"


def test_an_https_address_turns_on_all_that_needs_tls():
    switches = (
        "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
        "LANGUAGE_COOKIE_SECURE", "SECURE_HSTS_SECONDS",
    )  # fmt: skip
    secure = settings_with(*switches, "CSRF_TRUSTED_ORIGINS", SITE_URL="https://news.example/")
    assert all(secure[name] for name in switches)
    assert secure["CSRF_TRUSTED_ORIGINS"] == ["https://news.example"]
    assert settings_with("SESSION_COOKIE_NAME", SITE_URL="https://news.example") == {
        "SESSION_COOKIE_NAME": "__Host-desk"  # A browser takes it over TLS only, for this host.
    }
    plain = settings_with(*switches, SITE_URL="http://news.example")
    assert not any(plain[name] for name in switches)


def test_data_goes_where_it_is_told(tmp_path):
    found = settings_with("DATABASES", "STATIC_ROOT", DATA_DIR=str(tmp_path / "data"))
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "data" / "newsroom.sqlite3")
    assert found["STATIC_ROOT"] == str(tmp_path / "data" / "static")


@pytest.mark.parametrize("name", ["a b", "50%20", "what?", "c#", "خبریں", "a+b"])
def test_the_database_stays_in_its_folder_whatever_that_is_called(tmp_path, name):
    database = settings_with("DATABASES", DATA_DIR=str(tmp_path / name))["DATABASES"]["default"]
    assert database["NAME"] == str(tmp_path / name / "newsroom.sqlite3")


def test_a_read_only_data_folder_does_not_stop_a_host_that_keeps_its_data_elsewhere(tmp_path):
    (tmp_path / "file").touch()
    url = "postgres://desk@db.example/news"
    settings_with("DEBUG", DATA_DIR=str(tmp_path / "file" / "data"), DATABASE_URL=url)


def test_a_file_of_variables_is_read_and_the_environment_wins(tmp_path):
    file = tmp_path / "env"
    file.write_text("SITE_URL=https://file.example\nTIME_ZONE=Asia/Dubai\n", encoding="utf-8")
    found = settings_with(
        "SITE_URL", "TIME_ZONE", ENV_FILE=str(file), SITE_URL="https://environment.example"
    )
    assert found == {"SITE_URL": "https://environment.example", "TIME_ZONE": "Asia/Dubai"}


def test_a_production_site_is_told_that_a_password_alone_opens_its_desk(tmp_path):
    done = run_python(
        "from django.core.management import execute_from_command_line as run; import sys;"
        "run(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])",
        DJANGO_SETTINGS_MODULE="newsroom.settings",
        DATA_DIR=str(tmp_path),
        SECOND_FACTOR="off",
        SECRET_KEY="".join(map(chr, range(48, 112))),
        SITE_URL="https://news.example",
    )
    assert done.returncode == 1
    assert "(newsroom.W003) SECOND_FACTOR is off." in done.stderr


def test_a_production_site_passes_every_deployment_check(tmp_path):
    done = run_python(
        "from django.core.management import execute_from_command_line as run; import sys;"
        "run(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])",
        DJANGO_SETTINGS_MODULE="newsroom.settings",
        DATA_DIR=str(tmp_path),
        SECRET_KEY="".join(map(chr, range(48, 112))),
        SITE_URL="https://news.example",
    )
    assert done.returncode == 0, done.stderr
