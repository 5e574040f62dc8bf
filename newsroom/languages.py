"""Tell Django which languages the newsroom speaks, from the same rows that fill the database.

Django knows no Sindhi, and needs four things before it serves a language of its own: an entry in
``LANG_INFO``, one in ``LANGUAGES_BIDI``, a compiled catalogue and a formats module. The first two
are made here from ``fixtures/languages.json``, so that a fourth language is a row and a catalogue.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf.locale import LANG_INFO


@dataclass(frozen=True)
class Edition:
    """A language that the site is published in: BCP 47 code, English name, own name, direction."""

    code: str
    name: str
    endonym: str
    is_rtl: bool


def read_editions(fixture: Path) -> list[Edition]:
    """Return the languages of a Django fixture of ``articles.language`` rows, in their position.

    Raises OSError when the file cannot be read, KeyError or ValueError when it is no such fixture.
    """
    rows = json.loads(fixture.read_text(encoding="utf-8"))
    rows.sort(key=lambda row: row["fields"]["position"])
    return [
        Edition(
            code=row["pk"],
            name=row["fields"]["name"],
            endonym=row["fields"]["endonym"],
            is_rtl=row["fields"]["direction"] == "rtl",
        )
        for row in rows
    ]


def register(editions: list[Edition]) -> None:
    """Add to Django's ``LANG_INFO`` the languages that Django itself does not know."""
    for edition in editions:
        LANG_INFO.setdefault(
            edition.code,
            {
                "bidi": edition.is_rtl,
                "code": edition.code,
                "name": edition.name,
                "name_local": edition.endonym,
            },
        )
