"""``manifest.json``: what is known about captures beside their bytes."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

NAME = "manifest.json"


class ManifestError(ValueError):
    """A manifest cannot be used; the message is a sentence that names the file and the fault."""


class Entry(NamedTuple):
    """What the manifest says of one capture. Empty means that it says nothing.

    ``source`` and ``section`` are slugs, ``language`` is a BCP 47 tag, ``story`` is a key shared by
    the languages of one story, ``captured_at`` is an aware moment (WARC-Date), and ``aliases`` are
    old paths on this site that readers may still follow. ``content_type`` and ``doubts`` are said
    by crawls alone, as :class:`articles.captures.formats.Document` describes them.
    """

    source: str = ""
    section: str = ""
    language: str = ""
    story: str = ""
    headline: str = ""
    standfirst: str = ""
    byline: str = ""
    target_uri: str = ""
    published: dt.date | dt.datetime | None = None
    captured_at: dt.datetime | None = None
    aliases: tuple[str, ...] = ()
    content_type: str = ""
    doubts: tuple[str, ...] = ()

    def shared(self) -> Entry:
        """What an entry of an archive says of every document in it."""
        return Entry(
            source=self.source,
            section=self.section,
            language=self.language,
            captured_at=self.captured_at,
        )


LONGEST = {"headline": 300, "byline": 200, "target_uri": 2000, "story": 200, "standfirst": 2000}
"""How many characters a value may have."""
_OLD_PATH = re.compile("/[^/\\s\ud800-\udfff][^\\s\x00-\x1f\x7f\ud800-\udfff]{0,698}\\Z")
_UNFIT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
YEARS = range(1583, 2200)
"""The Gregorian calendar, and no slip of the keyboard; any time zone still has such a date."""

KEYS = frozenset(Entry._fields) - {"content_type", "doubts"}


def read_manifest(path: Path) -> Mapping[str, Entry]:
    """Return the entries of a manifest by file name.

    Raises ManifestError when the file cannot be read or does not hold what ``Entry`` describes.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ManifestError(
            f"{path}: cannot be read ({error.strerror}). Check the path."
        ) from error
    except (ValueError, RecursionError) as error:
        raise ManifestError(f"{path}: is not JSON ({error}). Mend it and run again.") from error
    captures = data.get("captures") if isinstance(data, dict) else None
    if not isinstance(captures, dict):
        raise ManifestError(
            f'{path}: holds no object "captures". Write {{"captures": {{"FILE": {{…}}}}}}.'
        )
    return {name: _entry(path, name, values) for name, values in captures.items()}


def _entry(path: Path, name: str, values: Any) -> Entry:
    where = f'{path}, "{name}"'
    if not isinstance(values, dict):
        raise ManifestError(f"{where}: should be an object with keys such as source and headline.")
    if unknown := sorted(set(values) - KEYS):
        raise ManifestError(
            f"{where}: does not know “{unknown[0]}”. The keys are {', '.join(sorted(KEYS))}."
        )
    return Entry(**{key: _value(f'{where}, "{key}"', key, value) for key, value in values.items()})


def _value(where: str, key: str, value: Any) -> Any:
    if key == "aliases":
        return _paths(where, value)
    if not isinstance(value, str) or _UNFIT.search(value):
        raise ManifestError(f"{where}: should be text in quotation marks, on one line.")
    if len(value) > (longest := LONGEST.get(key, 100)):
        raise ManifestError(f"{where}: has {len(value)} characters; {longest} is the most.")
    if key == "published":
        return _day_or_moment(where, value)
    return _moment(where, value) if key == "captured_at" else value.strip()


def _paths(where: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(
        isinstance(path, str) and _OLD_PATH.match(path) for path in value
    ):
        raise ManifestError(
            f'{where}: should be a list of paths such as ["/old/page"], without spaces.'
        )
    return tuple(value)


def _day_or_moment(where: str, value: str) -> dt.date | dt.datetime:
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return _moment(where, value)
    _check_year(where, day)
    return day


def _moment(where: str, value: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise ManifestError(
            f"{where}: “{value}” is not a date of ISO 8601 such as 2024-07-17T19:20:44+00:00."
        ) from error
    if moment.tzinfo is None:
        raise ManifestError(f"{where}: “{value}” has no time zone. Add one, such as +05:00.")
    _check_year(where, moment)
    return moment


def _check_year(where: str, day: dt.date) -> None:
    if day.year not in YEARS:
        raise ManifestError(
            f"{where}: the year {day.year} is not between {YEARS[0]} and {YEARS[-1]}. Mend it."
        )
