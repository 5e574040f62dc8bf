"""What a page takes of the processor: made by Django, given from memory, and given by nginx.

The floors, of the same run and under the same gunicorn, are a constant, a bare view of Django's
that reads one article and prints it with no middleware around it, and a file that nginx gives.
Beside stands Wagtail, in an environment of its own, with the same articles. Floors and pages take
turns; Wagtail comes after.

"Made" is a page that nobody asked for since the site last changed, among others of the same state;
that it is asked for again and again helps what is newest, which is drawn from what was cut and
dated before. An article "that nobody asked for yet" is another each time.

``python -m benchmarks.pages 1000,100000`` names the sizes of archive, of which none is smaller than
1,000: there would be too few articles that nobody asked for. PAGES_FOLDER keeps what was
filled for the next run and the figures as ``figures-….jsonl``; BENCH_DATABASE_URL names a database
of PostgreSQL beside which others are made; WAGTAIL_SIZES (1000,100000) is for which sizes Wagtail
is measured, and empty for none.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle, repeat
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from benchmarks import beside
from benchmarks.filling import begin, fill
from benchmarks.serving import FILE, RUNS, Asked, Cost, Server, costs, gunicorn, keep_answer, nginx
from benchmarks.table import Row, show

MADE, GIVEN = 40, 2000
"""How many requests are measured at once, of pages that are made and that are given."""
FLOOR_PAGES = {"a bare view", "a constant", "the same answer as a constant", "a file"}
FLOORS = {"made": "a bare view", "given": "a constant", "by nginx": "a file", "Wagtail": "ours"}


class Figure(NamedTuple):
    """What one page takes, of how many articles and served in which way."""

    database: str
    size: int
    page: str
    way: str
    processor: float
    speed: float
    floor: float


def measure(folder: Path, sizes: list[int]) -> Iterator[Figure]:
    """Every figure, for each size of archive."""
    wagtail = [
        int(each) for each in os.environ.get("WAGTAIL_SIZES", "1000,100000").split(",") if each
    ]
    for size in sizes:
        place = folder / f"{vendor()}-{size}"
        made: dict[str, Cost] = {}
        for figure in _ours(place, size):
            if figure.way == "made":
                made[figure.page] = Cost(figure.processor, figure.speed)
            yield figure
        if size in wagtail:
            for page, took in beside.measure(place, size, MADE):
                yield _figure(size, page, "Wagtail", took, made[page])


def _ours(place: Path, size: int) -> Iterator[Figure]:
    environment = _environment(place)
    pages, new = _filled(place, size, environment)
    with ExitStack() as stack:

        def start(application: str, **told: str) -> Server:
            return stack.enter_context(gunicorn(application, {**environment, **told}))

        site, unkept = start("newsroom.wsgi"), start("benchmarks.unkept")
        made: Asked = {
            "a bare view": (start("benchmarks.bare"), cycle(new)),
            **{page: (unkept, repeat(address)) for page, address in pages.items()},
            "an article that nobody asked for yet": (site, iter(new)),
        }
        yield from _figures(size, "made", "a bare view", costs(made, MADE))
        keep_answer(site, pages["an article"], place / "answer.json")
        repeating = start("benchmarks.constant", ANSWER=str(place / "answer.json"))
        kept = {page: repeat(address) for page, address in pages.items()}
        given: Asked = {
            "a constant": (start("benchmarks.constant"), repeat("/")),
            "the same answer as a constant": (repeating, repeat("/")),
            **{page: (site, addresses) for page, addresses in kept.items()},
        }
        yield from _figures(size, "given", "a constant", costs(given, GIVEN))
        temporary = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        front = stack.enter_context(nginx(temporary, site))
        by_nginx: Asked = {"a file": (front, repeat(FILE))}
        by_nginx |= {page: (front, addresses) for page, addresses in kept.items()}
        yield from _figures(size, "by nginx", "a file", costs(by_nginx, GIVEN))


def _figures(size: int, way: str, floor: str, found: dict[str, Cost]) -> Iterator[Figure]:
    """Everything that was measured in one way, the floor of it first."""
    for page, took in found.items():
        yield _figure(size, page, "floor" if page in FLOOR_PAGES else way, took, found[floor])


def _figure(size: int, page: str, way: str, took: Cost, floor: Cost) -> Figure:
    return Figure(vendor(), size, page, way, took.processor, took.speed, floor.processor)


def vendor() -> str:
    """The kind of database that is measured."""
    return "PostgreSQL" if "BENCH_DATABASE_URL" in os.environ else "SQLite"


def database(place: Path, name: str) -> str:
    """The address of the database of this name and of the archive in ``place``."""
    given = os.environ.get("BENCH_DATABASE_URL")
    if not given:
        return f"sqlite:///{place / name}.sqlite3"
    size = place.name.partition("-")[2]
    return urlsplit(given)._replace(path=f"/bench_{name}_{size}").geturl()


def _environment(place: Path) -> dict[str, str]:
    place.mkdir(parents=True, exist_ok=True)
    return {
        **os.environ,
        "DATABASE_URL": database(place, "pages"),
        "DATA_DIR": str(place),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "benchmarks-sign-nothing",
        "WEB_CONCURRENCY": "1",
    }


def _filled(place: Path, size: int, environment: dict[str, str]) -> beside.Addresses:
    """The addresses of the pages to measure, in an archive of so many articles, and of others."""
    command = [sys.executable, "-m", "benchmarks.pages", "--fill", str(size)]
    return beside.filled(place / "addresses.json", command, environment)


def _fill(size: int) -> None:
    """Fill the database that DATABASE_URL names; print the addresses to measure as JSON."""
    import django

    django.setup()
    begin()
    fill(size)
    sys.stdout.write(json.dumps([_addresses(), _new()]) + "\n")


def _addresses() -> dict[str, str]:
    from articles.models import Article
    from articles.models.place import Place

    english = Article.objects.live().in_language("en").newest_first()
    middle = english[english.count() // 2]
    return {
        "the front page": "/en/",
        "the list": "/en/latest/",
        "the list's middle": f"/en/latest/?before={Place.of(middle)}",
        "a section": "/en/section/s-1/",
        "an article": middle.get_absolute_url(),
        "a search for a common word": "/en/search/?q=the",
        "a search for a rare word": "/en/search/?q=rareword",
        "a search in Urdu": "/ur/search/?q=%DA%A9%DB%92",
        "a feed": "/en/latest/rss",
    }


def _new() -> list[str]:
    """Addresses of articles, each to be asked for once."""
    from articles.models import Article

    english = Article.objects.live().in_language("en").newest_first()
    return [each.get_absolute_url() for each in english[: (MADE + 1) * RUNS]]


def rows(figures: Iterator[Figure], to: Path | None) -> Iterator[Row]:
    """The figures as rows of the table, each kept in the file ``to`` as well."""
    for each in figures:
        if to:
            with to.open("a", encoding="utf-8") as kept:
                kept.write(json.dumps(each._asdict()) + "\n")
        yield Row(
            f"{each.page}, {each.way}, {each.database}, {each.size:,} articles",
            f"{each.processor:.3f} ms, {each.speed:,.0f} a second",
            f"{FLOORS[each.way]}: {each.floor:.3f} ms" if each.way in FLOORS else "",
            f"{each.processor / each.floor:.2f}" if each.way in FLOORS else "",
            _asked(each),
        )


def _asked(figure: Figure) -> str:
    if figure.way == "made":
        return "1.5" if figure.page.startswith("an article") else ""
    if figure.way == "Wagtail":
        return "at least " + ("4" if figure.page.startswith("an article") else "8")
    return {"given": "1.25", "by nginx": "1.67"}.get(figure.way, "")


def main(sizes: str) -> None:
    """Print the table."""
    kept = os.environ.get("PAGES_FOLDER")
    with tempfile.TemporaryDirectory(prefix="newsroom-pages-") as temporary:
        folder = Path(kept or temporary)
        to = folder / f"figures-{vendor()}.jsonl" if kept else None
        show(rows(measure(folder, [int(size) for size in sizes.split(",")]), to))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--fill"]:
        _fill(int(sys.argv[2]))
    else:
        main(sys.argv[1] if sys.argv[1:] else "1000,100000")
