"""Every setting of the newsroom, ruled by environment variables and working with none set.

Variables may also stand in a file ``.env`` beside ``manage.py``; the environment wins over it.
The README lists them. Only the web server needs a secret: see ``newsroom/wsgi.py``.
"""

from __future__ import annotations

import contextlib
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import global_settings

from newsroom import env
from newsroom.languages import read_editions, register
from newsroom.logs import FORMATS, logging_of
from newsroom.reporting import report_errors

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
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "articles.apps.FailedLoginsConfig",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_prose_editor",  # For its scripts: the desk's body editor is made of them.
    "articles.apps.ArticlesConfig",  # Named: the module holds the admin's configuration too.
]

MIDDLEWARE = [
    # First, so that whatever answers, browsers are told what they may do with it.
    "newsroom.policy.PolicyMiddleware",
    "newsroom.middleware.BodilessHeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages, feeds and sitemaps; WhiteNoise has its files compressed already.
    "newsroom.middleware.TextGZipMiddleware",
    # Before sessions, so that choosing a reader's language never touches one.
    "newsroom.middleware.EditionMiddleware",
    "articles.views.errors.tell_refusals",
    "newsroom.middleware.DeskSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "newsroom.middleware.DeskCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
    # Last, so that what needs no page (files, redirects, refusals) does not wait for it.
    "articles.views.due.DueChangesMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        # The readers' pages.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "site"],
        "OPTIONS": {"environment": "articles.templating.environment.environment"},
    },
    {
        # The desk, which is Django's admin, and the pages that say that something broke.
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
    # While the server is away, who waits is told so after five seconds, and the pool asks for new
    # connections again and again without resting longer than that.
    "pool": {"min_size": 1, "max_size": 16, "timeout": 5, "reconnect_timeout": 5},
}

# Quoted, because a folder's name may hold what has a meaning in an address.
SQLITE_URL = f"sqlite:///{quote(str(DATA_DIR / 'newsroom.sqlite3'))}"
DATABASES = {"default": env.database("DATABASE_URL", SQLITE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    # Opening a file anew for each request took a quarter of the time of a page that is made.
    DATABASES["default"].setdefault("CONN_MAX_AGE", 600)
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] = {
        **POSTGRESQL_OPTIONS,
        **DATABASES["default"].get("OPTIONS", {}),
    }
    # A connection that a restart of the server broke is let go before somebody meets it.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if replica := env.replica("DATABASE_REPLICA_URL", DATABASES["default"]):
    DATABASES["replica"] = {
        **replica,
        "OPTIONS": {
            **POSTGRESQL_OPTIONS,
            # Readers are soon given from the first, when this one is away.
            "pool": {**POSTGRESQL_OPTIONS["pool"], "timeout": 1},
            **replica.get("OPTIONS", {}),
        },
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"MIRROR": "default"},
    }
    DATABASE_ROUTERS = ["newsroom.replica.Router"]
# Behind a PgBouncer that shares a connection between transactions, nothing is kept in one.
PREPARED_STATEMENTS = env.flag("PREPARED_STATEMENTS", default=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.redis("REDIS_URL")
CACHES = {
    "default": {"BACKEND": "newsroom.cache.ForgivingRedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    # Limits are counted here, also while a flood comes from many addresses.
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# Memory that each process may fill with pages (articles.caching). Who edits templates wants none.
PAGE_CACHE_MB = env.number("PAGE_CACHE_MB", 0 if DEBUG else 64, least=0)

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
# What readers are given (renditions of pictures) and what came in (originals) lie apart, so that no
# address of the one can lead to the other.
MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "newsroom.storage.WholeFileStorage"},
    "originals": {
        "BACKEND": "newsroom.storage.PrivateStorage",
        "OPTIONS": {"location": DATA_DIR / "originals"},
    },
    # Served by a view that asks first whether readers may see their article.
    "recordings": {
        "BACKEND": "newsroom.storage.PrivateStorage",
        "OPTIONS": {"location": DATA_DIR / "recordings"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "newsroom.fonts.StaticFilesStorage",
    },
}
S3_BUCKET = env.bucket("S3_BUCKET")
if S3_BUCKET:
    S3_OPTIONS = {
        "bucket_name": S3_BUCKET,
        "endpoint_url": env.text("S3_ENDPOINT_URL", "") or None,
        "region_name": env.text("S3_REGION", "") or None,
        "access_key": env.text("S3_ACCESS_KEY_ID", "") or None,
        "secret_key": env.text("S3_SECRET_ACCESS_KEY", "") or None,
    }
    for name, kind in (("default", ""), ("originals", "Private"), ("recordings", "Private")):
        STORAGES[name] = {
            "BACKEND": f"newsroom.s3.{kind}BucketStorage",
            "OPTIONS": {**S3_OPTIONS, "location": "media" if name == "default" else name},
        }
# The largest file of sound or video that the desk takes.
RECORDING_MEGABYTES = env.number("RECORDING_MEGABYTES", 200, most=4_000)
WHITENOISE_USE_FINDERS = DEBUG

# Mail and errors -------------------------------------------------------------------------------
EMAIL_TIMEOUT = 10  # A mail server that is away holds nobody's thread for longer.
vars().update(env.mail("EMAIL_URL", "consolemail://"))
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "newsroom@localhost")
# Who is told that messages from readers wait; without it, the press contacts of their edition.
CONTACT_EMAIL = env.addresses("CONTACT_EMAIL")

LOG_FORMAT = env.choice("LOG_FORMAT", "text", FORMATS)
LOGGING = logging_of(LOG_FORMAT, "WARNING", debug=DEBUG)
# Whether /metrics answers. It says how many read, so it is for whoever watches over the site.
METRICS = env.flag("METRICS")
if SENTRY_DSN := env.reporting("SENTRY_DSN"):
    report_errors(SENTRY_DSN)

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
# From signing in, however busy the session is: see articles/admin/accounts/signing_in.py.
SESSION_COOKIE_AGE = 12 * 60 * 60
# With the prefix, no other host of the domain can plant a session in an editor's browser.
SESSION_COOKIE_NAME = "__Host-desk" if IS_HTTPS else "desk"
SESSION_COOKIE_SAMESITE = "Lax"
# That a browser has voted: set when it votes, and on no other page than polls read.
VOTER_COOKIE_NAME = "__Host-voter" if IS_HTTPS else "voter"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "articles.views.errors.csrf_failure"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# Accounts --------------------------------------------------------------------------------------
# Whether the desk asks for a code of an app after the password, and sets one up for who has none.
SECOND_FACTOR = env.flag("SECOND_FACTOR", default=not DEBUG)
# How apps list the account: one person may work for several newsrooms.
OTP_TOTP_ISSUER = f"Newsroom {urlsplit(SITE_URL).hostname}"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True

PASSWORD_RESET_TIMEOUT = 60 * 60

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # First: it stops who is shut out before any password.
    "django.contrib.auth.backends.ModelBackend",
]
# How many proxies stand before this server and add to X-Forwarded-For; TLS needs one.
PROXIES = env.number("PROXIES", 1 if IS_HTTPS else 0, least=0, most=9)
# Five failures of an account from one address shut that address out of that account. From there
# nobody is guessed at, and nobody elsewhere can shut an editor out of her own account.
AXES_ENABLED = not DEBUG
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "newsroom.address.client_address"
AXES_LOCKOUT_CALLABLE = "articles.admin.accounts.lockout.answer"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # So that the time that was told holds.
AXES_DISABLE_ACCESS_LOG = True  # It would keep who was where for ever.
AXES_ENABLE_ADMIN = False  # The desk has a list of its own.
AXES_VERBOSE = False
