"""Queries that are made into SQL once: the ORM takes longer to write one than SQLite to answer it.

What is read is what the QuerySet would have read, into the same models and by the same code of
Django's: only the compiling, which comes to the same text each time, is not done again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from copy import copy
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)
Value = datetime | int

_NUMBER = 2**62
_MOMENT = datetime(1801, 2, 3, 4, 5, 6, tzinfo=UTC)


class Prepared(Generic[Row]):
    """The QuerySet that ``build`` makes of values, compiled once for each kind of database.

    Values are moments and whole numbers, given by name; each must reach the database as it is.
    What changes the SQL itself is its shape and is given by place. The QuerySet reads models, not
    ``values()``, and prefetches nothing.
    """

    def __init__(self, model: type[Row], build: Callable[..., QuerySet[Row]]) -> None:
        self._model = model
        self._build = build
        self._statements: dict[Hashable, _Statement | None] = {}

    def __call__(self, *shape: Hashable, **values: Value) -> list[Row]:
        """Return the rows. One query, or none where the QuerySet knows that there are no rows."""
        if any(isinstance(value, int) and abs(value) >= _NUMBER for value in values.values()):
            return list(self._build(*shape, **values))  # Django knows what no column can hold.
        using = router.db_for_read(self._model)
        key = (connections[using].vendor, shape, *values)
        if key not in self._statements:
            self._statements[key] = self._compiled(shape, values, using)
        statement = self._statements[key]
        if statement is None:
            return []
        return list(QuerySet(self._model, _Query(statement, values), using))  # type: ignore[arg-type]

    def _compiled(
        self, shape: Sequence[Hashable], values: dict[str, Value], using: str
    ) -> _Statement | None:
        marks = _marks_for(values)
        compiler = self._build(*shape, **marks).query.get_compiler(using)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
        names = {_adapted(mark, compiler): name for name, mark in marks.items()}
        places = [names.get(each) for each in parameters]
        if absent := names.keys() - set(parameters):
            raise TypeError(f"The query does not hold {absent} as given: it cannot be prepared.")
        return _Statement(compiler, sql, parameters, places)


def keep_fetched(row: Model, name: str, related: list[Any]) -> None:
    """Let ``row.name.all()`` be ``related``, as ``prefetch_related`` does."""
    manager = getattr(row, name)
    rows = manager.get_queryset()
    rows._result_cache, rows._prefetch_done = related, True
    for each in related:
        setattr(each, manager.field.name, row)
    kept = row.__dict__.setdefault("_prefetched_objects_cache", {})
    kept[manager.field.remote_field.cache_name] = rows


class _Statement:
    """SQL with its parameters; ``places`` names the value that stands for each, or None."""

    def __init__(
        self,
        compiler: SQLCompiler,
        sql: str,
        parameters: Iterable[Any],
        places: Sequence[str | None],
    ) -> None:
        self.compiler, self.sql, self.parameters, self.places = compiler, sql, parameters, places

    def filled(self, values: dict[str, Value]) -> tuple[Any, ...]:
        given = {name: _adapted(value, self.compiler) for name, value in values.items()}
        return tuple(
            fixed if name is None else given[name]
            for name, fixed in zip(self.places, self.parameters, strict=True)
        )


class _Query:
    """What a QuerySet asks of its Query when it is read: a compiler, here one that is done."""

    def __init__(self, statement: _Statement, values: dict[str, Value]) -> None:
        self._statement, self._values = statement, values

    def get_compiler(self, using: str) -> SQLCompiler:
        compiler = copy(self._statement.compiler)
        compiler.using, compiler.connection = using, connections[using]
        ready = (self._statement.sql, self._statement.filled(self._values))
        setattr(compiler, "as_sql", lambda: ready)  # noqa: B010  No method for mypy.
        return compiler


def _marks_for(values: dict[str, Value]) -> dict[str, Value]:
    """Values of the same types that no query holds by itself."""
    return {
        name: _MOMENT + timedelta(days=place) if isinstance(value, datetime) else _NUMBER + place
        for place, (name, value) in enumerate(values.items())
    }


def _adapted(value: Value, compiler: SQLCompiler) -> Any:
    """A value as a field hands it to the database's driver."""
    if isinstance(value, datetime):
        return compiler.connection.ops.adapt_datetimefield_value(value)
    return value
