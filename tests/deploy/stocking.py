"""The newsroom's settings for filling a database in seconds."""

from __future__ import annotations

import os

os.environ["SECRET_KEY"] = "tests-sign-nothing-that-leaves-this-process-0123456789"

from newsroom.settings import *  # noqa: F403
from newsroom.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
