"""The newsroom's own settings, made quick and kept away from the data of whoever runs the tests."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_data = tempfile.mkdtemp(prefix="newsroom-tests-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)

# Before the import: what a person keeps in .env or exports for a site must not rule the tests.
for _name in (
    "ALLOWED_HOSTS",
    "CONTACT_EMAIL",
    "DATABASE_REPLICA_URL",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_URL",
    "HSTS_SECONDS",
    "LANGUAGE_CODE",
    "LOG_FORMAT",
    "METRICS",
    "PAGE_CACHE_MB",
    "PREPARED_STATEMENTS",
    "PROXIES",
    "RECORDING_MEGABYTES",
    "REDIS_URL",
    "S3_BUCKET",
    "SECOND_FACTOR",
    "SENTRY_DSN",
    "SITE_URL",
    "TIME_ZONE",
):
    os.environ.pop(_name, None)
os.environ["ENV_FILE"] = os.devnull
os.environ["SECRET_KEY"] = "tests-sign-nothing-that-leaves-this-process-0123456789"
os.environ["DATA_DIR"] = _data
os.environ.pop("DATABASE_URL", None)
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from newsroom.settings import *  # noqa: E402, F403
from newsroom.settings import DATABASES, STORAGES, TEMPLATES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_AUTOREFRESH = True
TEMPLATES[0]["OPTIONS"]["environment"] = "tests.strict.strict"  # type: ignore[index]
SECOND_FACTOR = False  # Its own tests turn it on; all others sign in by force.
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as on a real site: in memory, the live server and the test would share one connection
    # and one transaction. Power cuts are no matter here, so nothing waits for the disk.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_data) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"]["OPTIONS"],
        "init_command": DATABASES["default"]["OPTIONS"]["init_command"].replace("FULL", "OFF"),
    }
