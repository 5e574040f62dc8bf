"""What SQLite is told of tables, so that its plans are those of a large archive.

SQLite keeps no counts by itself: an index on the language looks to it as if it led to ten rows, and
twenty articles that are named by their keys are then looked for among all of a language. Whoever
runs ANALYZE has counts of their own in place of these (https://sqlite.org/fileformat2.html#stat1tab,
https://sqlite.org/queryplanner-ng.html#howtofix).
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models import Model

from articles.models.article import Article
from articles.models.event import Event
from articles.models.language import Language
from articles.models.recording import Recording

ROWS: dict[type[Model], int] = {Article: 1_000_000, Event: 50_000, Recording: 100_000}
"""So many rows each table is planned for."""
ALIKE = {
    "status": 0.25,
    "language_id": 0.3,
    "source_id": 0.1,
    "section_id": 0.05,
    "author_id": 0.002,
    "embargoed_until": 0.9,
    "stale_since": 0.9,
    "position": 0.9,
    "poster_id": 0.9,
}
"""Which part of the rows share a value of a column; of those that are not named, none do."""
FEW = {"article_held": 1_000, "article_stale": 1_000, "article_stale_anywhere": 1_000}
"""Indexes that hold no more than so many rows."""


def tell_statistics(using: str) -> None:
    """Tell SQLite of the tables what it does not know yet; other databases keep counts."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for model, rows in ROWS.items():
            if not _has_counts(cursor, model._meta.db_table):
                _tell(cursor, model._meta.db_table, rows)
        cursor.execute("ANALYZE sqlite_schema")  # Only now are they read.


def _has_counts(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")
    if not cursor.fetchone()[0]:
        # Nothing else makes that table.
        cursor.execute(f"ANALYZE {Language._meta.db_table}")
    cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = %s", [table])
    return bool(cursor.fetchone()[0])


def _tell(cursor: Any, table: str, rows: int) -> None:
    cursor.execute(f"PRAGMA index_list({table})")
    for name in [row[1] for row in cursor.fetchall()]:
        cursor.execute(f"PRAGMA index_info({name})")
        columns = [row[2] for row in cursor.fetchall()]
        told = [table, name, _counts(FEW.get(name, rows), columns)]
        cursor.execute("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)", told)


def _counts(rows: int, columns: list[str]) -> str:
    """How many rows an index holds, and how many share its first column, its first two, …"""
    counts, alike = [rows], float(rows)
    for column in columns:
        alike *= ALIKE.get(column, 0)
        counts.append(max(1, round(alike)))
    return " ".join(map(str, counts))
