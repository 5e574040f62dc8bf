"""Queries that are made into SQL once: the ORM takes longer to write one than SQLite to answer it.

What is read is what the QuerySet would have read, into the same models and by the same code of
Django's: only the compiling, which comes to the same text each time, is not done again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Hashable, Sequence
from copy import copy
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, NamedTuple, TypeGuard, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from articles.models.planned import planning_once

Row = TypeVar("Row", bound=Model)
Value = datetime | int

MOST = 200
"""Statements of one query that are kept at once; each takes some thousand bytes."""
_NUMBER = 2**62
_MOMENT = datetime(1801, 2, 3, 4, 5, 6, tzinfo=UTC)


class Prepared(Generic[Row]):
    """The QuerySet that ``build`` makes of values, compiled once for each kind of database.

    Values are moments and whole numbers, given by name; each must reach the database as it is.
    What changes the SQL itself is its shape and is given by place. The QuerySet reads models, not
    ``values()``, and prefetches nothing. Raises TypeError for any other.
    """

    def __init__(self, model: type[Row], build: Callable[..., QuerySet[Row]]) -> None:
        self._model = model
        self._build = build
        self._statements: dict[Hashable, _Statement | None] = {}

    def __call__(self, *shape: Hashable, **values: Value) -> list[Row]:
        """Return the rows. One query, or none where the QuerySet knows that there are no rows."""
        using = router.db_for_read(self._model)
        key = (connections[using].vendor, shape, *values)
        if key not in self._statements:
            if len(self._statements) >= MOST:
                self._statements.clear()
            self._statements[key] = self._statement(shape, values, using)
        statement = self._statements[key]
        if statement is None or any(map(_is_past_every_column, values.values())):
            return list(self._build(*shape, **values))  # Django knows what no column can hold.
        query = _Query(statement, values)
        return list(QuerySet(self._model, query, using))  # type: ignore[arg-type]

    def _statement(
        self, shape: Sequence[Hashable], values: dict[str, Value], using: str
    ) -> _Statement | None:
        """Compile the query; None where marks in the place of its values make it an empty one.

        It is compiled with two sets of marks: what is neither a mark nor the same in both was made
        of a value, and would stay as it is now.
        """
        first, second = (_marks_for(values, number) for number in (0, 1))
        try:
            one, other = (self._compiled(shape, marks, using) for marks in (first, second))
        except EmptyResultSet:
            return None
        if one.places != other.places or one.fixed != other.fixed or one.sql != other.sql:
            raise TypeError("The query makes something else of a value: it cannot be prepared.")
        if absent := values.keys() - set(one.places):
            raise TypeError(f"The query does not hold {absent} as given: it cannot be prepared.")
        return one

    def _compiled(
        self, shape: Sequence[Hashable], marks: dict[str, Value], using: str
    ) -> _Statement:
        queryset = self._build(*shape, **marks)
        beside = ("_prefetch_related_lookups", "_fields", "_known_related_objects")
        if any(vars(queryset)[name] for name in beside):
            raise TypeError("Only a query that reads models by itself can be prepared.")
        compiler = queryset.query.get_compiler(using)
        sql, parameters = compiler.as_sql()
        names = {_adapted(mark, compiler): name for name, mark in marks.items()}
        sql, parameters = _written_out(sql, parameters, but=names.keys())
        places = tuple(names.get(each) for each in parameters)
        fixed = tuple(None if each in names else each for each in parameters)
        read = [selected[0] for selected in compiler.select[: compiler.col_count]]
        return _Statement(compiler, sql, fixed, places, compiler.get_converters(read))


class _Statement(NamedTuple):
    """SQL and its parameters: those that are ``fixed``, and in whose ``places`` values go; and what
    makes Python of the columns that it reads.
    """

    compiler: SQLCompiler
    sql: str
    fixed: tuple[Any, ...]
    places: tuple[str | None, ...]
    converters: dict[int, Any]


def _written_out(
    sql: str, parameters: Sequence[Any], *, but: Container[Any]
) -> tuple[str, tuple[Any, ...]]:
    """Write texts and whole numbers into the SQL; return it with the parameters that are left.

    SQLite compares what is bound with the conditions of partial indexes, and so plans a statement
    anew each time that something is bound: six times as long as the query of an article takes.
    PostgreSQL uses a partial index in a plan that it keeps where the statement says its condition.
    """
    rest, left, written = iter(parameters), [], []
    for part in re.split("(%%|%s)", sql):
        value = next(rest) if part == "%s" else None
        if _may_be_written(value) and value not in but:
            written.append(_literal(value))
        else:
            written.append(part)
            left += [value] if part == "%s" else []
    return "".join(written), tuple(left)


def _may_be_written(value: Any) -> TypeGuard[str | int]:
    """Whether SQL has a word for a value. A text with a NUL would end in the middle, and what a
    backslash means is a setting of PostgreSQL's.
    """
    return isinstance(value, int) or (isinstance(value, str) and not {"\0", "\\"} & set(value))


def _literal(value: str | int) -> str:
    """A value as SQL says it (SQLite, "Literal Values"; PostgreSQL, "Constants", 4.1.2), with every
    per cent sign doubled.
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return str(int(value))
    quoted = str.__str__(value).replace("'", "''").replace("%", "%%")
    return f"'{quoted}'"


class _Query:
    """What a QuerySet asks of its Query when it is read: a compiler, here one that is done."""

    def __init__(self, statement: _Statement, values: dict[str, Value]) -> None:
        self._statement, self._values = statement, values

    def get_compiler(self, using: str) -> SQLCompiler:
        """A compiler that only sends and reads, on the connection of whoever asks."""
        told = self._statement
        compiler = copy(told.compiler)
        compiler.using, compiler.connection = using, planning_once(using)
        given = {name: _adapted(value, compiler) for name, value in self._values.items()}
        pairs = zip(told.places, told.fixed, strict=True)
        ready = (told.sql, tuple(given[name] if name else fixed for name, fixed in pairs))
        setattr(compiler, "as_sql", lambda: ready)  # noqa: B010  No method for mypy.
        setattr(compiler, "get_converters", lambda _read: told.converters)  # noqa: B010
        return compiler


def keep_fetched(row: Model, name: str, related: list[Any]) -> None:
    """Let ``row.name.all()`` be ``related``, as ``prefetch_related`` does."""
    manager = getattr(row, name)
    rows = manager.get_queryset()
    rows._result_cache, rows._prefetch_done = related, True
    for each in related:
        setattr(each, manager.field.name, row)
    kept = row.__dict__.setdefault("_prefetched_objects_cache", {})
    kept[manager.field.remote_field.cache_name] = rows


def _marks_for(values: dict[str, Value], number: int) -> dict[str, Value]:
    """Values of the same types that no query holds by itself."""
    places = range(number * len(values), (number + 1) * len(values))
    return {
        name: _MOMENT + timedelta(days=place) if isinstance(value, datetime) else _NUMBER + place
        for place, (name, value) in zip(places, values.items(), strict=True)
    }


def _is_past_every_column(value: Value) -> bool:
    return isinstance(value, int) and not -(2**63) <= value < 2**63


def _adapted(value: Value, compiler: SQLCompiler) -> Any:
    """A value as a field hands it to the database's driver."""
    if isinstance(value, datetime):
        return compiler.connection.ops.adapt_datetimefield_value(value)
    return value
