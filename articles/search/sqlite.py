"""Asking the index on SQLite, which ``sqlite_index`` makes: see there how its rows are placed."""

from __future__ import annotations

from datetime import datetime

from django.db import connections

from articles.models.place import Place
from articles.search.query import Way
from articles.search.scope import Scope

WORDS, OPENINGS = "search_words", "search_openings"

# Seconds since the year 1583 take 35 bits, a number of an article 24, a slot of a language 4.
EPOCH = 12_212_553_600
SECOND_BITS, NUMBER_BITS, SLOTS = 35, 24, 16
LAST_NUMBER = (1 << NUMBER_BITS) - 1
LAST_SECOND = (1 << SECOND_BITS) - 1


def newest(
    ways: tuple[Way, ...], scope: Scope, limit: int, start: Place | None, newer: bool = False
) -> list[int]:
    """Return up to ``limit`` numbers of articles that hold all words of one of the ``ways``.

    They are newest first from ``start`` on; with ``newer``, oldest first of those above it.
    """
    either = " OR ".join(f"({_all(way)})" for way in ways)
    match = f"({either}) AND {_all(_marks(scope))}"
    return _numbers(WORDS, match, scope, limit, start, newer)


def openings(words: Way, scope: Scope, limit: int) -> list[int]:
    """Return up to ``limit`` numbers of articles whose openings may hold all these parts of words.

    Without positions, trigrams say which articles hold them all and not in what order. The scope is
    that of language and days.
    """
    grams = [word[n : n + 3] for word in words for n in range(len(word) - 2)]
    return _numbers(OPENINGS, _all(tuple(dict.fromkeys(grams))), scope, limit, None, False)


def place(language: str, moment: datetime, number: int) -> int:
    """Return the rowid of an article's entry, as the triggers compute it."""
    first, second = ord(language[0]), ord(language[1]) if len(language) > 1 else 0
    slot = (first * 5 + second) % SLOTS
    seconds = min(max(int(moment.timestamp() // 1) + EPOCH, 0), LAST_SECOND)
    return (slot << SECOND_BITS | seconds) << NUMBER_BITS | number


def _numbers(
    table: str, match: str, scope: Scope, limit: int, start: Place | None, newer: bool
) -> list[int]:
    low, high = _range(scope, start, newer)
    order = "ASC" if newer else "DESC"
    with connections[scope.articles.db].cursor() as cursor:
        cursor.execute(
            f"SELECT rowid & {LAST_NUMBER} FROM {table} WHERE {table} MATCH %s "  # noqa: S608
            f"AND rowid >= %s AND rowid <= %s ORDER BY rowid {order} LIMIT %s",
            [match, low, high, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def _range(scope: Scope, start: Place | None, newer: bool) -> tuple[int, int]:
    """The lowest and the highest rowid that are wanted."""
    low = place(scope.language, scope.since, 0) if scope.since else _first_of(scope.language)
    high = place(scope.language, scope.at, LAST_NUMBER)
    if scope.until:
        high = min(high, place(scope.language, scope.until, 0) - 1)
    if start:
        edge = place(scope.language, start.moment, min(start.pk, LAST_NUMBER))
        low, high = (max(low, edge + 1), high) if newer else (low, min(high, edge))
    return low, high


def _first_of(language: str) -> int:
    place_of_any = place(language, datetime.fromisoformat("2000-01-01T00:00:00+00:00"), 0)
    return place_of_any >> (SECOND_BITS + NUMBER_BITS) << (SECOND_BITS + NUMBER_BITS)


def _marks(scope: Scope) -> Way:
    """The words of an entry that no article can write: its language, section and source."""
    marks = [f"_l{scope.language.replace('-', '_').lower()}"]
    if scope.section is not None:
        marks.append(f"_s{scope.section}")
    if scope.source is not None:
        marks.append(f"_o{scope.source}")
    return tuple(marks)


def _all(words: Way) -> str:
    """Words as an FTS5 expression; folded ones hold no quotation mark that could end a string."""
    return " AND ".join(f'"{word}"' for word in words)
