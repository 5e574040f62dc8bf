"""The index on SQLite: two FTS5 tables that triggers keep, in the order of publication.

An FTS5 table gives its hits in the order of their rowid, for nothing; any other order costs a sort
of all hits. So the rowid of an entry *is* its place: language, second of publication and number of
the article, from the highest bit to the lowest. The newest twenty hits of "the" are then the first
twenty that the index yields, the hits of one language or of some days are a range of rowids, and
page 500 begins in the middle of the range.

Section, source and language are words of the entry too, with an underscore, which no search key
holds. The tables are contentless (``content=''``) and keep no positions (``detail=none``): a phrase
is verified in the text, among few candidates. Parts of words are found in an article's opening,
not in its body: trigrams of 300 letters take as much time and room as all words of an article
(0.2 ms and 1.4 kB each, measured on 100,000 articles of 300 words), and a body has six times those.

The words of every article are indexed, since the desk looks for drafts too; a word of the entry
says its language and its state, so that no reader's query meets what is not published. Openings are
for readers alone. Triggers write in the statement that changes the article, whoever sends it.
Django drops them when a migration makes the article's table anew; ``mend`` finds that after every
``migrate``.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import OperationalError

from articles.search.plain import OPENING
from articles.search.sqlite import (
    EPOCH,
    LAST_NUMBER,
    LAST_SECOND,
    NUMBER_BITS,
    OPENINGS,
    SECOND_BITS,
    SLOTS,
    STATES,
    WORDS,
)

# Every character of a search key but the space belongs to a word, in whatever year of Unicode.
_TOKENS = "unicode61 remove_diacritics 0 categories ''L* M* N* S* Co Cn Pc''"
_OPTIONS = "content='', columnsize=0, detail=none"
_TABLES = {
    WORDS: f"words, {_OPTIONS}, tokenize='{_TOKENS}'",
    OPENINGS: f"words, {_OPTIONS}, tokenize='trigram case_sensitive 1'",
}
_WATCHED = (
    *("id", "status", "published_at", "language_id", "section_id", "source_id"),
    "search_key",
)


def is_installed(connection: BaseDatabaseWrapper) -> bool:
    return _exists(connection, WORDS)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the tables that this SQLite can make, fill them, and set the triggers that keep them."""
    remove(connection)
    made = [table for table in _TABLES if _make(connection, table)]
    with connection.cursor() as cursor:
        for table in made:
            cursor.execute(
                f"INSERT INTO {table}(rowid, words) "  # noqa: S608  All of it is our own.
                f"SELECT {_place('a')}, {_text(table, 'a')} "
                f"FROM articles_article a WHERE {_is_indexed(table, 'a')} ORDER BY 1"
            )
        for trigger in _triggers(made):
            cursor.execute(trigger)


def remove(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for name in ("added", "changed", "removed"):
            cursor.execute(f"DROP TRIGGER IF EXISTS search_{name}")
        for table in _TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS {table}")


def mend(connection: BaseDatabaseWrapper) -> bool:
    """Make the index anew if it is there and its triggers are not. Returns whether it did."""
    is_broken = is_installed(connection) and not has_triggers(connection)
    if is_broken:
        install(connection)
    return is_broken


def has_triggers(connection: BaseDatabaseWrapper) -> bool:
    """Whether the triggers are there, as this version of the newsroom writes them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
        stored = {row[0] for row in cursor.fetchall()}
    made = [table for table in _TABLES if _exists(connection, table)]
    return stored.issuperset(_triggers(made))


def has_openings(connection: BaseDatabaseWrapper) -> bool:
    return _exists(connection, OPENINGS)


def _place(row: str) -> str:
    seconds = f"CAST(strftime('%s', substr({row}.published_at, 1, 19)) AS INTEGER)"
    return (
        f"((unicode({row}.language_id) * 5 + coalesce(unicode(substr({row}.language_id, 2)), 0))"
        f" % {SLOTS}) << {SECOND_BITS + NUMBER_BITS}"
        f" | (min(max(coalesce({seconds}, 0) + {EPOCH}, 0), {LAST_SECOND}) << {NUMBER_BITS})"
        f" | {row}.id"
    )


def _text(table: str, row: str) -> str:
    if table == OPENINGS:
        return f"substr({row}.search_key, 1, {OPENING})"
    return (
        f"{row}.search_key || ' _' || {_state(row)} || replace(lower({row}.language_id), '-', '_')"
        f" || ' _s' || coalesce({row}.section_id, '') || ' _o' || coalesce({row}.source_id, '')"
    )


def _state(row: str) -> str:
    cases = " ".join(f"WHEN '{status}' THEN '{letter}'" for status, letter in STATES.items())
    return f"CASE {row}.status {cases} END"


def _is_indexed(table: str, row: str) -> str:
    fits = f"{row}.id <= {LAST_NUMBER}"
    return f"{row}.status = 'published' AND {fits}" if table == OPENINGS else fits


def _triggers(tables: list[str]) -> Iterator[str]:
    """Statements that keep the tables when an article is added, changed or removed.

    Of a contentless table an entry is removed by giving what was indexed.
    """
    add = "".join(
        f"INSERT INTO {table}(rowid, words) SELECT {_place('NEW')}, {_text(table, 'NEW')}"
        f" WHERE {_is_indexed(table, 'NEW')}; "
        for table in tables
    )
    drop = "".join(
        f"INSERT INTO {table}({table}, rowid, words) SELECT 'delete', {_place('OLD')},"
        f" {_text(table, 'OLD')} WHERE {_is_indexed(table, 'OLD')}; "
        for table in tables
    )
    is_changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _WATCHED)
    on = "ON articles_article"
    yield f"CREATE TRIGGER search_added AFTER INSERT {on} BEGIN {add}END"
    yield (
        f"CREATE TRIGGER search_changed AFTER UPDATE OF {', '.join(_WATCHED)} {on}"
        f" WHEN {is_changed} BEGIN {drop}{add}END"
    )
    yield f"CREATE TRIGGER search_removed AFTER DELETE {on} BEGIN {drop}END"


def _make(connection: BaseDatabaseWrapper, table: str) -> bool:
    """Make a table. Returns False where SQLite lacks FTS5, or its trigrams (before 3.34)."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({_TABLES[table]})")
    except OperationalError:
        return False
    return True


def _exists(connection: BaseDatabaseWrapper, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [table])
        return cursor.fetchone() is not None
