"""Variables as values: each reader takes a name, and refuses in a sentence that gives that name.

A value that could hold a password (an address of a database, of a mail server or of Redis) is never
repeated in a refusal. Every refusal is an ImproperlyConfigured, which ``manage.py`` and gunicorn
print without a traceback.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from environ import Env

ON = {"1", "true", "yes", "on", "y", "t", "ok"}
OFF = {"", "0", "false", "no", "off", "n", "f"}
REDIS_SCHEMES = {"redis", "rediss", "unix"}
SCALE = (
    "install requirements/scale.txt in place of requirements/run.txt ('make install' does so while "
    "the variable is set)"
)


def read_file(default: Path) -> None:
    """Put the variables of the file that ENV_FILE names, else of ``default``, into the environment.

    What is there already wins. Without ENV_FILE the file may be absent.
    """
    named = os.environ.get("ENV_FILE")
    file = default if named is None else Path(named)
    if named is None and not file.exists():
        return
    try:
        file.read_text(encoding="utf-8")  # django-environ passes over a file that it cannot open.
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"The file of variables '{named if named is not None else file}' cannot be read as "
            "UTF-8 text: let ENV_FILE name a file that is there and yours to read, or unset it to "
            "use .env."
        ) from error
    Env.read_env(file)


def text(name: str, default: str) -> str:
    """Return the variable as it stands."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """Return whether the variable says on; absent and empty mean ``default``."""
    value = text(name, "").strip()
    if value.lower() not in ON | OFF:
        raise ImproperlyConfigured(
            f"{name} is '{value}', which says neither on nor off: set it to on or off, or unset it "
            f"for {'on' if default else 'off'}."
        )
    return value.lower() in ON if value else default


def number(name: str, default: int, *, least: int = 1, most: int = 999_999_999) -> int:
    """Return the variable as a whole number from ``least`` to ``most``."""
    value = text(name, str(default)).strip()
    if not re.fullmatch("[0-9]{1,9}", value) or not least <= int(value) <= most:
        raise ImproperlyConfigured(
            f"{name} is '{value}', which is no whole number from {least} to {most}: set it to one, "
            f"or unset it for {default}."
        )
    return int(value)


def choice(name: str, default: str, choices: Collection[str]) -> str:
    """Return the variable when it is one of the choices."""
    value = text(name, default).strip()
    if value not in choices:
        raise ImproperlyConfigured(
            f"{name} is '{value}', which the newsroom does not know: set it to one of "
            f"{', '.join(choices)}, or unset it for {default}."
        )
    return value


def hosts(name: str, default: list[str]) -> list[str]:
    """Return the variable's host names, which commas part."""
    value = text(name, ",".join(default))
    found = [host.strip() for host in value.split(",") if host.strip()]
    if not found or "/" in value:
        raise ImproperlyConfigured(
            f"{name} is '{value}', which lists no host names, so every page would be refused: set "
            "it to names such as news.example,www.news.example, or unset it for this computer only."
        )
    return found


def addresses(name: str) -> list[str]:
    """Return the variable's mail addresses, which commas part; none when it is empty."""
    value = text(name, "")
    found = [address.strip() for address in value.split(",") if address.strip()]
    if any(not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+", address) for address in found):
        raise ImproperlyConfigured(
            f"{name} is '{value}', which lists something that is no mail address: set it to "
            "addresses such as desk@news.example,night@news.example, or unset it."
        )
    return found


def site(name: str, default: str) -> str:
    """Return the variable as the site's own address: scheme and host, with no slash at the end."""
    value = text(name, default).strip().rstrip("/")
    if not re.fullmatch(r"https?://[^\s/?#@\\]+", value) or not _has_host(value):
        raise ImproperlyConfigured(
            f"{name} is no address of a site: set it to a scheme and a host with nothing behind, "
            f"such as https://news.example, or unset it for {default}."
        )
    return value


def time_zone(name: str, default: str) -> str:
    """Return the variable when it names a zone of the IANA time zone database."""
    value = text(name, default).strip()
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ImproperlyConfigured(
            f"{name} is '{value}', which is no time zone of the IANA database: set it to one such "
            f"as Asia/Karachi or UTC, or unset it for {default}."
        ) from error
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """Return the variable, an address of SQLite or PostgreSQL, as Django's settings for it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # They say what is wrong, and repeat the password.
            found: dict[str, Any] = Env.db_url_config(text(name, default).strip())
    except (ValueError, UserWarning, ImproperlyConfigured):
        found = {}
    if not _names_a_database(found):
        raise ImproperlyConfigured(
            f"{name} is no address of a database that the newsroom runs on: set it to "
            "postgres://user:password@host/name (with %-escapes for special characters in the "
            "password) or sqlite:////path/to/file, or unset it for SQLite in DATA_DIR."
        )
    if found["ENGINE"].endswith("postgresql"):
        _require_package(name, "psycopg", "psycopg_pool")
    return found


def replica(name: str, first: dict[str, Any]) -> dict[str, Any] | None:
    """Return the variable, an address of a PostgreSQL that follows ``first``, or None."""
    if not text(name, "").strip():
        return None
    found = database(name, "")
    if not {found["ENGINE"], first["ENGINE"]} == {"django.db.backends.postgresql"}:
        raise ImproperlyConfigured(
            f"{name} is set, and a replica follows a PostgreSQL only: let it and DATABASE_URL both "
            "name one, or unset it."
        )
    return found


def bucket(name: str) -> str:
    """Return the variable, the name of a bucket of S3, or an empty text."""
    value = text(name, "").strip()
    if not value:
        return ""
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", value):
        raise ImproperlyConfigured(
            f"{name} is '{value}', which is no name of a bucket: give 3 to 63 small letters, "
            "digits, dots and hyphens, or unset it to keep files in DATA_DIR."
        )
    _require_package(name, "boto3", "storages")
    return value


def reporting(name: str) -> str:
    """Return the variable, where errors are reported to, or an empty text."""
    value = text(name, "").strip()
    if not value:
        return ""
    if not value.startswith(("http://", "https://")) or "@" not in value or not _has_host(value):
        raise ImproperlyConfigured(
            f"{name} is no address that errors can be reported to: set it to "
            "https://key@host/number, as the service gives it, or unset it to report none."
        )
    _require_package(name, "sentry_sdk")
    return value


def redis(name: str) -> str:
    """Return the variable, an address of Redis, or an empty text."""
    value = text(name, "").strip()
    if not value:
        return ""
    if value.partition("://")[0] not in REDIS_SCHEMES or not _has_host(value, or_path=True):
        raise ImproperlyConfigured(
            f"{name} is no address of Redis: set it to redis://host:6379/0, or unset it to do "
            "without."
        )
    _require_package(name, "redis")
    return value


def mail(name: str, default: str) -> dict[str, Any]:
    """Return the variable, an address of a mail server, as Django's settings for it."""
    value = text(name, default).strip()
    try:
        found: dict[str, Any] = Env.email_url_config(value)
    except (ValueError, ImproperlyConfigured):
        found = {}
    if not found or (value.startswith("smtp") and not found["EMAIL_HOST"]):
        raise ImproperlyConfigured(
            f"{name} is no address of a mail server: set it to smtp+tls://user:password@host:587 "
            "(with %-escapes for special characters in the password), or unset it to have mail "
            "written to the terminal."
        )
    return found


def _names_a_database(found: dict[str, Any]) -> bool:
    match found.get("ENGINE"):
        case "django.db.backends.sqlite3":
            return not found.get("HOST")  # Two slashes where three belong.
        case "django.db.backends.postgresql":
            return bool(found["NAME"] or "service" in found.get("OPTIONS", {}))
        case _:
            return False


def _has_host(address: str, *, or_path: bool = False) -> bool:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  Raises ValueError when it is none.
    except ValueError:
        return False
    return bool(parts.hostname or (or_path and parts.path))


def _require_package(name: str, *modules: str) -> None:
    for module in modules:
        if find_spec(module) is None:
            raise ImproperlyConfigured(
                f"{name} is set and the package {module} is not installed: {SCALE}, or unset it."
            )
