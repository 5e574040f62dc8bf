"""The sentence for a database that does not answer: which it is, and which variable names it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection


def require_database() -> None:
    """Raise ImproperlyConfigured, naming the variable, when the database cannot be connected to.

    Asks past the pool, which would try again and again before it gave up.
    """
    probe = connection.copy()
    probe.settings_dict["OPTIONS"].pop("pool", None)
    try:
        probe.ensure_connection()
    except OperationalError as error:
        raise ImproperlyConfigured(sentence_for(probe.settings_dict, str(error))) from error
    finally:
        probe.close()


def sentence_for(database: dict[str, Any], reason: str) -> str:
    """Say which database (as Django's settings for it) does not answer, and never its password."""
    reason = reason.strip().partition("\n")[0].rpartition(" failed: ")[2].rstrip(".")
    reason = " ".join(reason.split())
    if database["PASSWORD"]:
        reason = reason.replace(database["PASSWORD"], "…")
    if database["ENGINE"].endswith("sqlite3"):
        return (
            f"The database file {database['NAME']} cannot be opened ({reason}): make the file and "
            "its folder yours to write, or name another place in DATA_DIR or DATABASE_URL."
        )
    place = f"{database['HOST'] or 'this computer'}, port {database['PORT'] or 5432}"
    return (
        f"The database '{database['NAME']}' at {place}, which DATABASE_URL names, does not answer "
        f"({reason}): start its server, create the database and its user, or correct DATABASE_URL."
    )
