"""Statements whose plans PostgreSQL keeps: to plan the query of an article takes it five
milliseconds, to answer it less than half of one.

It plans a statement anew five times, and from then on where a plan for any values would cost more
than those for the given ones did (PostgreSQL, "PREPARE", notes).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

MOST = 200
"""Statements that one connection keeps; those of readers' pages are some thirty a language."""


def planning_once(using: str) -> Any:
    """Return the connection ``using`` as a compiler asks for it; on PostgreSQL, unless the settings
    say no, one whose cursors have their statements kept.
    """
    connection = connections[using]
    keeps = connection.vendor == "postgresql" and settings.PREPARED_STATEMENTS
    return _Keeping(connection) if keeps else connection


class _Keeping:
    """A connection as Django's, but for its cursors.

    Values are bound by the server: in the SQL that Django writes for readers' queries, each stands
    where only one type can.
    """

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        if name == "_connection":  # Of a copy that is being made.
            raise AttributeError(name)
        return getattr(self._connection, name)

    def cursor(self) -> Any:
        """Return a cursor with all that Django wraps around one."""
        self._connection.ensure_connection()
        driver: Any = self._connection.connection
        former = driver.cursor_factory
        driver.cursor_factory = _cursors()
        try:
            return self._connection.cursor()
        finally:
            driver.cursor_factory = former


@cache
def _cursors() -> type:
    """The class of such cursors. A site on SQLite has no psycopg."""
    from psycopg import Cursor, errors
    from psycopg.pq import TransactionStatus
    from psycopg.types.numeric import Int8

    # Somebody between shares the connection with others, where PREPARED_STATEMENTS should be off.
    lost = (errors.InvalidSqlStatementName, errors.DuplicatePreparedStatement)

    class Cursors(Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **_how: Any) -> Any:
            bound = _typed(params or ())
            try:
                self._keep(query, bound)
            except (errors.FeatureNotSupported, *lost) as error:
                if self.connection.info.transaction_status != TransactionStatus.IDLE:
                    raise
                if isinstance(error, lost):
                    super().execute(query, bound, prepare=False)
                else:  # A column has another type: "cached plan must not change result type".
                    self._keep("DEALLOCATE ALL", None, prepare=False)
                    self._keep(query, bound)
            self._query: Any = SimpleNamespace(query=query.encode())  # For Django's log of queries.
            return self

        def _keep(self, query: Any, params: Any, *, prepare: bool = True) -> None:
            driver = self.connection
            driver.prepared_max, driver.prepare_threshold = MOST, 0
            try:
                super().execute(query, params, prepare=prepare)
            finally:
                driver.prepare_threshold = None  # Of other statements nothing is noted.

    def _typed(values: Sequence[Any]) -> list[Any]:
        """By their size, numbers would have three types, and each a statement of its own."""
        return [Int8(each) if type(each) is int else each for each in values]

    return Cursors
