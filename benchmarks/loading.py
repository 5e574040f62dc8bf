"""Loading captures against Django's own way to fill a database, and the memory that it takes."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.cost import Cost, cost
from benchmarks.synthetic import make
from benchmarks.table import Row

SOURCE = [
    {
        "model": "articles.source",
        "fields": {"slug": "gazette", "name": "Gazette", "language": "en", "kind": "newspaper"},
    }
]
EMPTY = "empty.sqlite3"
WHOLE = "all that the load wrote"
DUMPS = {
    "the articles alone, by keys": ["articles.article"],
    "the articles alone, by natural keys": ["articles.article", "--natural-foreign"],
    WHOLE: [f"articles.{model}" for model in ("source", "loadrun", "capture", "article", "sketch")],
}
"""The floors, and what is dumped for each. Triggers of the database keep the index of words, so
that ``loaddata`` fills it as well; only the last leaves a database that a load would: with the
captures' bytes, their evidence, and the sketches by which copies are known.
"""


def measure(folder: Path, captures: int, runs: int) -> Iterator[Row]:
    """Rows of the table: first load, reload, and ``loaddata`` of the same as JSON."""
    pages = folder / "captures"
    make(pages, captures)
    _prepare(folder)
    first: list[Cost] = []
    again: list[Cost] = []
    floors: dict[str, list[Cost]] = {what: [] for what in DUMPS}
    dumps: dict[str, Path] = {}
    for _run in range(runs):
        database = _copy(folder, "loaded.sqlite3")
        first.append(_manage(database, *_command(pages)))
        again.append(_manage(database, *_command(pages)))
        dumps = dumps or {what: _dump(database, what, number) for number, what in enumerate(DUMPS)}
        for what, dump in dumps.items():
            floors[what].append(_manage(_copy(folder, "fixture.sqlite3"), "loaddata", dump))
    _check_same(folder, dumps[WHOLE])
    load, reload = _middle(first), _middle(again)
    for what, costs in floors.items():
        floor = _middle(costs)
        yield Row(
            f"loading {captures:,} captures",
            f"{_told(load)}; {load.clock / captures * 1000:.2f} ms each",
            f"loaddata of {what}: {_told(floor)}",
            _ratio(floor, load),
            "5",
        )
    yield Row(
        "loading them again, unchanged",
        _told(reload),
        f"first load: {_told(load)}",
        _ratio(load, reload),
        "20",
    )


def _middle(costs: Sequence[Cost]) -> Cost:
    clock, processor, peak = (median(column) for column in zip(*costs, strict=True))
    return Cost(clock, processor, int(peak))


def _told(cost: Cost) -> str:
    return f"{cost.clock:.1f} s ({cost.processor:.1f} s of processor)"


def _ratio(floor: Cost, cost: Cost) -> str:
    by_clock, by_processor = floor.clock / cost.clock, floor.processor / cost.processor
    return f"{by_clock:.2f} ({by_processor:.2f} by processor)"


def measure_memory(folder: Path, small: int, large: int) -> Iterator[Row]:
    """One row: peak memory of a first load of ``large`` captures against that of ``small``."""
    low, high = (_peak(folder, captures) for captures in (small, large))
    yield Row(
        f"peak memory at {large:,} captures",
        f"{high / 1024:.0f} MB",
        f"at {small:,}: {low / 1024:.0f} MB",
        f"{high / low:.3f}",
        "1.1",
    )


def _peak(folder: Path, captures: int) -> int:
    pages = folder / f"memory-{captures}"
    make(pages, captures)
    peak = _manage(_copy(folder, "memory.sqlite3"), *_command(pages)).peak
    shutil.rmtree(pages)
    return peak


def _prepare(folder: Path) -> None:
    """A database with the newsroom's languages and one source, and nothing else."""
    database = folder / EMPTY
    source = folder / "source.json"
    source.write_text(json.dumps(SOURCE), encoding="utf-8")
    _manage(database, "compile_catalogues")
    _manage(database, "migrate")
    _manage(database, "loaddata", "fixtures/languages.json", source)


def _copy(folder: Path, name: str) -> Path:
    for suffix in ("", "-wal", "-shm"):
        (folder / f"{name}{suffix}").unlink(missing_ok=True)
    shutil.copy(folder / EMPTY, folder / name)
    return folder / name


def _command(pages: Path) -> list[Path | str]:
    return ["load_captures", pages, "--source", "gazette", "--publish"]


def _dump(database: Path, what: str, number: int) -> Path:
    """What the load wrote, or some of it, as JSON. Articles alone name no captures."""
    path = database.with_name(f"dump-{number}.json")
    _manage(database, "dumpdata", *DUMPS[what], "--output", path)
    if what != WHOLE:
        rows = json.loads(path.read_text(encoding="utf-8"))
        for row in rows:
            row["fields"]["capture"] = None
        path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def _check_same(folder: Path, dump: Path) -> None:
    """Raise AssertionError unless the last floor has left all that the load wrote.

    JSON keeps thousandths of a second of a moment, and writes none where it finds none.
    """
    again = _dump(folder / "fixture.sqlite3", WHOLE, len(DUMPS))
    told, left = (path.read_bytes().replace(b".000Z", b"Z") for path in (dump, again))
    if told != left:
        raise AssertionError("loaddata has left other rows than the load that it is compared with")


def _manage(database: Path, *arguments: Path | str) -> Cost:
    """Run a command in a process of its own; what it took counts the processes that it started."""
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "benchmarks-sign-nothing",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # Nobody compiles the code at each start.
    command = ["manage.py", *map(str, arguments), "--verbosity", "0"]
    return cost(command, environment)
