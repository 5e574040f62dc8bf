"""System checks: what must agree across settings, files and rows before the site may start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import connections

from articles.models import Language
from articles.search import index


@register(Tags.translation)
def catalogues_are_compiled(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.E001: a language other than English without a catalogue is served as a 404."""
    return [
        Error(
            f"The language '{code}' has no compiled catalogue.",
            hint="Run 'manage.py compile_catalogues'; a new language needs locale/"
            f"{code}/LC_MESSAGES/django.po first.",
            id="newsroom.E001",
        )
        for code, _name in settings.LANGUAGES
        if code != "en" and not _is_compiled(code)
    ]


def _is_compiled(code: str) -> bool:
    return any(
        (Path(folder) / code / "LC_MESSAGES" / "django.mo").is_file()
        for folder in settings.LOCALE_PATHS
    )


@register(Tags.database)
def languages_agree(
    app_configs: Any, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """newsroom.W001: the stored languages are others than those of ``fixtures/languages.json``.

    Django asks this in ``migrate`` and in ``check --database default``.
    """
    return [
        Caution(fault, hint=HINT, id="newsroom.W001")
        for alias in databases or ()
        for fault in _disagreements(alias)
    ]


@register(Tags.database)
def search_has_an_index(
    app_configs: Any, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """newsroom.W002: search does without an index, or without trigrams, and finds less."""
    return [
        Caution(fault, hint=SEARCH_HINT, id="newsroom.W002")
        for alias in databases or ()
        for fault in index.faults(alias)
    ]


@register(Tags.security, deploy=True)
def logging_in_takes_two_steps(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """newsroom.W003: whoever learns a password of the desk may publish."""
    hint = "Unset SECOND_FACTOR, and every account sets up an app at its next login."
    fault = Caution("SECOND_FACTOR is off.", hint=hint, id="newsroom.W003")
    return [] if settings.SECOND_FACTOR else [fault]


SEARCH_HINT = (
    "SQLite needs FTS5 and version 3.34 or newer. On PostgreSQL, install its contrib modules and "
    "let the database's owner run 'CREATE EXTENSION pg_trgm'. Then run 'manage.py rebuild_search'."
)
HINT = (
    "A language is a row in fixtures/languages.json and a catalogue in locale/. Mend the file, "
    "then store its rows with 'manage.py loaddata fixtures/languages.json'."
)


def _disagreements(alias: str) -> Iterator[str]:
    """One sentence a language that differs; none while the table is not there or still empty."""
    if Language._meta.db_table not in connections[alias].introspection.table_names():
        return
    rows = dict(Language.objects.using(alias).values_list("code", "direction"))
    wanted = {code: _direction(code) for code, _name in settings.LANGUAGES}
    for code in sorted(rows.keys() | wanted.keys()) if rows else ():
        if code not in wanted:
            yield f"The language '{code}' is stored but not in the settings: readers never see it."
        elif code not in rows:
            yield f"The language '{code}' is in the settings but not stored: it has no pages."
        elif (stored := rows[code]) != wanted[code]:
            yield f"The language '{code}' is stored as {stored}, the settings say {wanted[code]}."


def _direction(code: str) -> str:
    return "rtl" if code in settings.LANGUAGES_BIDI else "ltr"
