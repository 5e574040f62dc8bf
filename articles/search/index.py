"""Which index a database has, and making, mending and removing it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from articles.models.place import Place
from articles.search import plain, postgresql, sqlite, sqlite_index
from articles.search.query import Way
from articles.search.scope import DeskScope, Scope

MIGRATION = ("articles", "0002_search")


class Newest(Protocol):
    def __call__(
        self,
        ways: tuple[Way, ...],
        scope: Scope,
        limit: int,
        start: Place | None,
        newer: bool = False,
    ) -> list[int]: ...


class Openings(Protocol):
    def __call__(self, words: Way, scope: Scope, limit: int) -> list[int]: ...


class AtDesk(Protocol):
    def __call__(
        self, ways: tuple[Way, ...], scope: DeskScope, limit: int, *, begun: bool
    ) -> list[int]: ...


class Index(NamedTuple):
    """``newest`` finds whole words in their order of publication, ``openings`` parts of words, and
    ``at_desk`` words of what only a desk sees.
    """

    newest: Newest
    openings: Openings
    at_desk: AtDesk


_known: dict[str, Index] = {}


def index(alias: str) -> Index:
    """Return the index of a database; one that was found is remembered as long as we run."""
    if alias not in _known:
        found = _index_of(connections[alias])
        if found == _PLAIN:
            return found
        _known[alias] = found
    return _known[alias]


def install(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Make the index anew and fill it. On a database that we have none for, do nothing."""
    _known.pop(alias, None)
    if maker := _MAKERS.get(connections[alias].vendor):
        maker.install(connections[alias])


def remove(alias: str = DEFAULT_DB_ALIAS) -> None:
    _known.pop(alias, None)
    if maker := _MAKERS.get(connections[alias].vendor):
        maker.remove(connections[alias])


def mend(alias: str = DEFAULT_DB_ALIAS) -> bool:
    """Make the index anew when a migration has dropped a part of it. Returns whether it had."""
    maker = _MAKERS.get(connections[alias].vendor)
    return maker.mend(connections[alias]) if maker else False


def faults(alias: str) -> Iterator[str]:
    """Say in sentences what the index of a migrated database lacks."""
    connection = connections[alias]
    if MIGRATION not in MigrationRecorder(connection).applied_migrations():
        return
    maker = _MAKERS.get(connection.vendor)
    if maker is None or not maker.is_installed(connection):
        yield "Search has no index: it looks at the newest 2,000 articles of an edition only."
    elif not maker.has_openings(connection):
        yield "Search has no trigrams: parts of words are found in the newest 2,000 articles only."


class _Maker(Protocol):
    def install(self, connection: BaseDatabaseWrapper) -> None: ...
    def remove(self, connection: BaseDatabaseWrapper) -> None: ...
    def mend(self, connection: BaseDatabaseWrapper) -> bool: ...
    def is_installed(self, connection: BaseDatabaseWrapper) -> bool: ...
    def has_openings(self, connection: BaseDatabaseWrapper) -> bool: ...


_MAKERS: dict[str, _Maker] = {"sqlite": sqlite_index, "postgresql": postgresql}
_PLAIN = Index(plain.newest, plain.openings, plain.at_desk)
_ASKED = {
    "sqlite": Index(sqlite.newest, sqlite.openings, sqlite.at_desk),
    "postgresql": Index(postgresql.newest, postgresql.openings, postgresql.at_desk),
}


def _index_of(connection: BaseDatabaseWrapper) -> Index:
    maker = _MAKERS.get(connection.vendor)
    if maker is None or not maker.is_installed(connection):
        return _PLAIN
    whole = _ASKED[connection.vendor]
    return whole if maker.has_openings(connection) else whole._replace(openings=plain.openings)
