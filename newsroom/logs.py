"""What is logged, as lines of text for people or as JSON for programs, with the id of the request.

The proxy gives each request an id (X-Request-ID) and writes it into its own log, so that a line of
either leads to the line of the other.
"""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

FORMATS = ("text", "json")
LOGGERS = ("articles", "axes", "newsroom", "psycopg", "py.warnings")
"""Beside Django's and gunicorn's. What else there is goes to the standard error as bare text."""
ID = re.compile(r"[0-9A-Za-z-]{8,64}")

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Of the request that this thread answers; empty when the proxy gave none."""


def begin_request(environ: dict[str, Any]) -> None:
    """Note the id of a request, unless it is none that a proxy of ours would give."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    request_id.set(given if given and ID.fullmatch(given) else "")


class JsonFormatter(logging.Formatter):
    """One object a line. What a reader sent cannot begin another: JSON has no bare line break."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": request_id.get(),
            "status": getattr(record, "status_code", None),
            "process": record.process,
            "error": self.formatException(record.exc_info) if record.exc_info else None,
        }
        kept = {name: value for name, value in told.items() if value not in (None, "")}
        return json.dumps(kept, ensure_ascii=False)


def logging_of(form: str, level: str, *, debug: bool = False) -> dict[str, Any]:
    """Return the configuration of Python's logging: all to the standard error, in one form.

    What readers do wrong (pages that are not there, names that are not ours, forms too long) is no
    news.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
            "json": {"()": "newsroom.logs.JsonFormatter"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form}},
        "loggers": {
            **{name: {"handlers": ["console"], "level": "WARNING"} for name in LOGGERS},
            "django": {"handlers": ["console"], "level": "INFO" if debug else "WARNING"},
            "django.request": {"level": "WARNING" if debug else "ERROR"},
            "django.security": {"level": "CRITICAL"},
            "gunicorn.error": {"handlers": ["console"], "level": level, "propagate": False},
            "gunicorn.access": {"handlers": ["console"], "level": level, "propagate": False},
        },
    }
