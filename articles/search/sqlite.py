"""Asking the index on SQLite, which ``sqlite_index`` makes: see there how its rows are placed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connections

from articles.models.place import Place
from articles.search.query import Way
from articles.search.scope import DeskScope, Scope

WORDS, OPENINGS = "search_words", "search_openings"

# Seconds since the year 1583 take 35 bits, a number of an article 24, a slot of a language 4.
EPOCH = 12_212_553_600
SECOND_BITS, NUMBER_BITS, SLOTS = 35, 24, 16
LAST_NUMBER = (1 << NUMBER_BITS) - 1
LAST_SECOND = (1 << SECOND_BITS) - 1

STATES = {"published": "l", "draft": "d", "review": "r", "withdrawn": "w"}
"""A letter for each state of an article; with its language it makes a word of the entry."""


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


def at_desk(ways: tuple[Way, ...], scope: DeskScope, limit: int, *, begun: bool) -> list[int]:
    """Return up to ``limit`` numbers of articles in each language and each half of the desk, before
    readers and not, that hold all words of one of the ``ways``: the latest by date.

    With ``begun``, the last word of each way may go on.
    """
    either = " OR ".join(f"({_all(way)}{'*' if begun else ''})" for way in ways)
    parts = [
        (f"({either}) AND ({_states(states, language)}){_of(scope)}", language)
        for language in scope.languages
        for states in _halves(scope)
    ]
    one = (
        f"SELECT * FROM (SELECT rowid & {LAST_NUMBER} FROM {WORDS} WHERE {WORDS} MATCH %s "  # noqa: S608
        "AND rowid >= %s AND rowid <= %s ORDER BY rowid DESC LIMIT %s)"
    )
    values = [(match, *_all_of(language), limit) for match, language in parts]
    with connections[scope.articles.db].cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join([one] * len(parts)), [each for row in values for each in row]
        )
        return [row[0] for row in cursor.fetchall()]


def _halves(scope: DeskScope) -> list[list[str]]:
    """Published and not, for what was never published has no date to be found by among the rest."""
    halves = (
        [status for status in scope.statuses if (status == "published") is is_published]
        for is_published in (True, False)
    )
    return [half for half in halves if half]


def _states(statuses: Iterable[str], language: str) -> str:
    marks = (f'"_{STATES[status]}{_plain(language)}"' for status in statuses)
    return " OR ".join(marks)


def _of(scope: DeskScope) -> str:
    marks = (
        f"_s{scope.section}" if scope.section else "",
        f"_o{scope.source}" if scope.source else "",
    )
    return "".join(f' AND "{mark}"' for mark in marks if mark)


def _all_of(language: str) -> tuple[int, int]:
    first = _first_of(language)
    return first, first + (1 << (SECOND_BITS + NUMBER_BITS)) - 1


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
    marks = [f"_{STATES['published']}{_plain(scope.language)}"]
    if scope.section is not None:
        marks.append(f"_s{scope.section}")
    if scope.source is not None:
        marks.append(f"_o{scope.source}")
    return tuple(marks)


def _plain(language: str) -> str:
    return language.replace("-", "_").lower()


def _all(words: Way) -> str:
    """Words as an FTS5 expression; folded ones hold no quotation mark that could end a string."""
    return " AND ".join(f'"{word}"' for word in words)
