"""Search: one interface over SQLite FTS5, PostgreSQL and, where neither is, plain LIKE.

``find`` gives the articles of an edition that hold a reader's words, newest first,
``find_at_desk`` those in any state that hold an editor's. How it stays
quick whatever is asked is told in ``finding``; where the index is kept and why it cannot go stale
in ``sqlite`` and ``postgresql``.
"""

from __future__ import annotations

from articles.search.desk import MOST, find_at_desk
from articles.search.finding import COUNTED, WINDOW, Found, count, find, newer
from articles.search.query import Query
from articles.search.scope import DeskScope, Scope

__all__ = [
    "COUNTED",
    "MOST",
    "WINDOW",
    "DeskScope",
    "Found",
    "Query",
    "Scope",
    "count",
    "find",
    "find_at_desk",
    "newer",
]
