"""What tests of a whole machine share: static files, people at the desk, a table of faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.machine import Machine, collect_static_into, machine
from tests.deploy.stock import Stock
from tests.loader.test_faults import database_url


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return collect_static_into(tmp_path_factory.mktemp("collected"))


@pytest.fixture
def serve(
    transactional_db: None, static_files: Path, tmp_path: Path
) -> Iterator[Callable[..., Machine]]:
    """Return what starts machines on the database of the test; they stop when it ends."""
    with ExitStack() as stack:

        def start(**options: Any) -> Machine:
            folder = tmp_path / "machine"
            folder.mkdir()
            return stack.enter_context(
                machine(folder, database_url(), static=static_files, **options)
            )

        yield start


@pytest.fixture
def serve_stock(static_files: Path, tmp_path: Path) -> Iterator[Callable[..., Machine]]:
    """Return what starts machines on a database that is filled; they stop when the test ends."""
    with ExitStack() as stack:

        def start(held: Stock, **options: Any) -> Machine:
            folder = tmp_path / "machine"
            folder.mkdir()
            return stack.enter_context(machine(folder, held.url, static=static_files, **options))

        yield start
