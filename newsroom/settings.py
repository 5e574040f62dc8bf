"""Every setting of the newsroom, ruled by environment variables and working with none set.

Variables may also stand in a file ``.env`` beside ``manage.py``; the environment wins over it.
The README lists them. Only the web server needs a secret: see ``newsroom/wsgi.py``.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import global_settings

from newsroom import env
from newsroom.languages import read_editions, register

BASE_DIR = Path(__file__).resolve().parent.parent

env.read_file(BASE_DIR / ".env")

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY", "for-development-only" if DEBUG else "")
SITE_URL = env.site("SITE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])

DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var"))).resolve()
with contextlib.suppress(OSError):  # A read-only host may keep nothing here: PostgreSQL and S3 do.
    DATA_DIR.mkdir(parents=True, exist_ok=True)

INSTALLED_APPS = [
    "articles.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "articles.apps.ArticlesConfig",  # Named: the module holds the admin's configuration too.
]

MIDDLEWARE = [
    "newsroom.middleware.BodilessHeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages, feeds and sitemaps; WhiteNoise has its files compressed already.
    "django.middleware.gzip.GZipMiddleware",
    # Before sessions, so that choosing a reader's language never touches one.
    "newsroom.middleware.EditionMiddleware",
    "articles.views.errors.tell_refusals",
    "newsroom.middleware.DeskSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "newsroom.middleware.DeskCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

# Databases -------------------------------------------------------------------------------------
# SQLite under several writers: with Django's defaults most concurrent saves end in "database is
# locked". WAL lets readers pass a writer, IMMEDIATE takes the lock before the first read (so that
# waiting is possible at all), and FULL keeps the last commits through a power cut.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA journal_size_limit=67108864;"
    ),
}
POSTGRESQL_OPTIONS: dict[str, Any] = {
    "connect_timeout": 10,
    "pool": {"min_size": 1, "max_size": 16, "timeout": 10},
}

# Quoted, because a folder's name may hold what has a meaning in an address.
SQLITE_URL = f"sqlite:///{quote(str(DATA_DIR / 'newsroom.sqlite3'))}"
DATABASES = {"default": env.database("DATABASE_URL", SQLITE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] = {
        **POSTGRESQL_OPTIONS,
        **DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.redis("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "newsroom.cache.ForgivingRedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# Languages, places and times -------------------------------------------------------------------
EDITIONS = read_editions(BASE_DIR / "fixtures" / "languages.json")
register(EDITIONS)
LANGUAGES = [(edition.code, edition.endonym) for edition in EDITIONS]
LANGUAGES_BIDI = sorted(
    {*global_settings.LANGUAGES_BIDI, *(edition.code for edition in EDITIONS if edition.is_rtl)}
)
LANGUAGE_CODE = env.choice("LANGUAGE_CODE", "en", [edition.code for edition in EDITIONS])
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["newsroom.formats"]
TIME_ZONE = env.time_zone("TIME_ZONE", "Asia/Karachi")
USE_TZ = True

# Files -----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "newsroom.fonts.FontFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "newsroom.fonts.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# Mail and errors -------------------------------------------------------------------------------
vars().update(env.mail("EMAIL_URL", "consolemail://"))
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "newsroom@localhost")

# Safety ----------------------------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# What only makes sense over TLS follows from the site's own address, so that one variable is set.
IS_HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
# Browsers remember this promise, so it starts small and binds no host but this one. Raise it when
# TLS has proved itself; subdomains and the browsers' preload list are for the owner of the domain.
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 3600 if IS_HTTPS else 0, least=0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_INCLUDE_SUBDOMAINS")
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD")
# W003 looks for Django's own middleware by name and does not know the desk's, which is made of it.
SILENCED_SYSTEM_CHECKS = ["security.W003", "security.W005", "security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
CSRF_TRUSTED_ORIGINS = [SITE_URL] if IS_HTTPS else []
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "articles.views.errors.csrf_failure"
LOGIN_URL = "admin:login"
