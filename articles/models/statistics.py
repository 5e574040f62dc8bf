"""What SQLite is told of the articles' table, so that its plans are those of a large archive.

SQLite keeps no counts by itself: an index on the language looks to it as if it led to ten rows, and
twenty articles that are named by their keys are then looked for among all of a language. Whoever
runs ANALYZE has counts of their own in place of these (https://sqlite.org/fileformat2.html#stat1tab,
https://sqlite.org/queryplanner-ng.html#howtofix).
"""

from __future__ import annotations

from typing import Any

from django.db import connections

from articles.models.article import Article
from articles.models.language import Language

ROWS = 1_000_000
ALIKE = {
    "status": 250_000,
    "language_id": 300_000,
    "source_id": 100_000,
    "section_id": 50_000,
    "author_id": 2_000,
    "embargoed_until": 900_000,
    "stale_since": 900_000,
    "position": 900_000,
    "story": 3,
    "translated_from_id": 3,
    "fingerprint": 2,
}
"""Of so many rows, how many share a value of a column; of those that are not named, none do."""
FEW = {"article_held": 1_000, "article_stale": 1_000, "article_stale_anywhere": 1_000}
"""Indexes that hold no more than so many rows."""


def tell_statistics(using: str) -> None:
    """Tell SQLite of the table what it does not know yet; other databases keep counts."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    table = Article._meta.db_table
    with connection.cursor() as cursor:
        if _has_counts(cursor, table):
            return
        cursor.execute(f"PRAGMA index_list({table})")
        for name in [row[1] for row in cursor.fetchall()]:
            cursor.execute(f"PRAGMA index_info({name})")
            columns = [row[2] for row in cursor.fetchall()]
            told = [table, name, _counts(FEW.get(name, ROWS), columns)]
            cursor.execute("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)", told)
        cursor.execute("ANALYZE sqlite_schema")


def _has_counts(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")
    if not cursor.fetchone()[0]:
        # Nothing else makes that table.
        cursor.execute(f"ANALYZE {Language._meta.db_table}")
    cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = %s", [table])
    return bool(cursor.fetchone()[0])


def _counts(rows: int, columns: list[str]) -> str:
    """How many rows an index holds, and how many share its first column, its first two, …"""
    counts, share = [rows], 1.0
    for column in columns:
        share *= ALIKE.get(column, 1) / ROWS
        counts.append(max(1, round(rows * share)))
    return " ".join(map(str, counts))
