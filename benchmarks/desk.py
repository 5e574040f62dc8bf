"""Every list of the editors' desk at two sizes of archive: its queries, and its processor time.

Each size is filled and asked in a process of its own, ``python -m benchmarks.desk 100000``, on the
database that DATABASE_URL names. The two are asked in turn, page by page, so that a busy machine
slows both. With KEEP=1 databases are taken as they are.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.table import Row

ROOT = Path(__file__).parent.parent
TIMES = int(os.environ.get("RUNS", "7"))
ASKED = "2; under 15 queries"
PEOPLE = {
    "editor": "person-0",
    "writer": "person-1",
    "publisher": "person-2",
    "superuser": "person-3",
}
SEE_ALL = {"editor", "writer"}
"""Those who are measured on every list; the others on those that neither of these may see."""
SEARCHES = ["the", "کے", "rareword", "nothinglikethis"]
NARROWED = (
    "status__exact=published&language__code__exact=ur",
    "status__exact=draft&language__code__exact=ur&held=yes",
    "status__exact=draft&language__code__exact=en",
    "language__code__exact=ur&section__id__exact=16",
    "source__id__exact=15&status__exact=review",
    "q=کے&language__code__exact=ur&status__exact=published",
    "q=کے&held=yes",
)
SUGGESTED = {
    "article": ["source", "section"],
    "revision": ["article"],
    "alias": ["article"],
    "desk": ["user"],
}
"""Columns that are chosen by typing, by their noun."""


class Page(NamedTuple):
    """Whose page it is, and its address."""

    person: str
    address: str


def measure(folder: Path, few: int, many: int) -> Iterator[Row]:
    """Rows of the table: of each list the page that grew most, and the most queries of any.

    The floor of a page is what it takes among few articles, where it may have fewer rows, and no
    less than the first page of its list does there.
    """
    urls = [f"sqlite:///{folder}/desk-{{}}.sqlite3", os.environ.get("BENCH_DATABASE_URL", "")]
    for url in filter(None, urls):
        with ExitStack() as stack:
            small, large = (
                stack.enter_context(Sized(folder, url.format(size), size)) for size in (few, many)
            )
            fewer = small.lists()
            for name, pages in large.lists().items():
                pairs = _paired(pages, fewer.get(name, []))
                yield _row(f"{name}, {url.partition(':')[0]}", pairs, small, large)


def _paired(pages: list[Page], own: list[Page]) -> dict[Page, Page]:
    """For each page of the larger archive the one of the smaller: the same address or, where pages
    are called by the keys of rows, the one at its place.
    """
    same = pages if len(own) != len(pages) else own
    return {page: page if page in own else same[place] for place, page in enumerate(pages)}


def _row(name: str, pages: Mapping[Page, Page], small: Sized, large: Sized) -> Row:
    queries = max(large.queries(page) for page in pages)
    took: dict[Page, tuple[float, float]] = {}
    for page, other in pages.items():
        pairs = [(large.seconds(page), small.seconds(other)) for _time in range(TIMES)]
        took[page] = tuple(median(side) for side in zip(*pairs, strict=True))
    first = next(iter(took.values()))[1]
    ratios = {page: above / max(below, first) for page, (above, below) in took.items()}
    worst = max(ratios, key=ratios.__getitem__)
    return Row(
        f"{name}: {len(pages)} pages, most {unescape(worst.address)}",
        f"{took[worst][0] * 1000:.0f} ms, {queries} queries",
        f"{max(took[worst][1], first) * 1000:.0f} ms",
        f"{ratios[worst]:.2f}",
        ASKED,
    )


class Sized:
    """A process that has a newsroom of one size and answers a line of JSON with another."""

    def __init__(self, folder: Path, url: str, size: int) -> None:
        self.size = size
        self.environment = {
            **os.environ,
            "DATABASE_URL": url,
            "DATA_DIR": str(folder / f"desk-{size}"),  # Both collect their files at once.
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "ENV_FILE": os.devnull,
            "SECRET_KEY": "benchmarks-sign-nothing",
        }

    def __enter__(self) -> Sized:
        self.process = subprocess.Popen(  # noqa: S603  Its own interpreter.
            [sys.executable, "-m", "benchmarks.desk", str(self.size)],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_exception: object) -> None:
        self.process.communicate()

    def _ask(self, what: str, page: Page | None = None) -> Any:
        assert self.process.stdin  # noqa: S101  They are pipes.
        assert self.process.stdout  # noqa: S101
        self.process.stdin.write(json.dumps([what, *(page or ())]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def lists(self) -> Mapping[str, list[Page]]:
        """The pages of each list, its first one first."""
        return {name: [Page(*page) for page in pages] for name, pages in self._ask("lists").items()}

    def queries(self, page: Page) -> int:
        return int(self._ask("queries", page))

    def seconds(self, page: Page) -> float:
        return float(self._ask("seconds", page))


# In the process of one size ----------------------------------------------------------------------


def main(size: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    if "KEEP" not in os.environ:
        from benchmarks.archive import fill

        call_command("migrate", verbosity=0)
        call_command("flush", verbosity=0, interactive=False)
        call_command("loaddata", "fixtures/languages.json", verbosity=0)
        fill(size)
    _look_for_nothing_due()
    clients = {name: _signed_in(username) for name, username in PEOPLE.items()}
    for line in sys.stdin:
        what, *page = json.loads(line)
        answer = _lists(clients) if what == "lists" else _took(what, clients[page[0]], page[1])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _look_for_nothing_due() -> None:
    """Leave out three queries that whoever comes first makes once a second, of any size."""
    from datetime import timedelta

    from articles.views import due

    due.INTERVAL = timedelta(days=1)


def _signed_in(username: str) -> Any:
    """A client of the person, who has shown a code of an app."""
    from django.contrib.auth.models import User
    from django.test import Client
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    person = User.objects.get(username=username)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    device, _created = TOTPDevice.objects.get_or_create(user=person, confirmed=True)
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client


def _took(what: str, client: Any, address: str) -> float:
    """Seconds of processor that a page takes, or its queries once it was asked for before."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if what == "seconds":
        began = _spent()
        client.get(address)
        return _spent() - began
    assert client.get(address).status_code in {200, 302}  # noqa: S101  A fault would look quick.
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def _spent() -> float:
    """Seconds of processor that this process took, and the one that PostgreSQL has for it.

    Where the system does not tell the latter, seconds by the clock.
    """
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time()
    try:
        told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    except OSError:
        return time.perf_counter()
    return time.process_time() + int(told.split()[0]) / 1e9


# Which pages there are ----------------------------------------------------------------------------


def _lists(clients: Mapping[str, Any]) -> dict[str, list[Page]]:
    """The pages of each list, by the list's name and the person's."""
    found: dict[str, list[Page]] = {}
    seen: set[str] = set()
    for person, client in clients.items():
        for name, address in _pages(client):
            if person in SEE_ALL or name not in seen:
                found.setdefault(f"{name}, {person}", []).append(Page(person, address))
        seen.update(name.rpartition(",")[0] for name in found)
    return {name: list(dict.fromkeys(pages)) for name, pages in found.items()}


def _pages(client: Any) -> Iterator[tuple[str, str]]:
    """The pages that the client may see, each with the name of its list."""
    from django.contrib import admin
    from django.urls import reverse

    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        if client.get(address).status_code == 200:
            pages = _pages_of(client, address)
            yield from ((str(model._meta.verbose_name_plural), page) for page in pages)
    mine = reverse("admin:articles_article_changelist")
    yield from (("articles", f"{mine}?{query}") for query in NARROWED)
    board = reverse("admin:articles_article_board")
    yield from (("board", page) for page in _pages_of_board(client, board))
    yield "home", reverse("admin:index")
    incoming = reverse("admin:articles_capture_first_waiting")
    if client.get(incoming).status_code == 302:
        yield from (("incoming", page) for page in _pages_of_incoming(client, incoming))
    history = reverse("admin:articles_article_history", args=[1])
    yield from (("history", f"{history}?page={page}") for page in ("1", "last"))
    suggestions = reverse("admin:autocomplete")
    for model_name, columns in SUGGESTED.items():
        for column in columns:
            of = f"app_label=articles&model_name={model_name}&field_name={column}"
            if client.get(f"{suggestions}?{of}").status_code == 200:
                for words in ("", *SEARCHES):
                    yield f"suggestions of {column}", f"{suggestions}?{of}&term={words}"


def _pages_of(client: Any, address: str) -> Iterator[str]:
    """First and deep, through each filter, in the order of each column, and searched."""
    first = client.get(address).content.decode()
    yield address
    yield from (address + query for query in (*_last(first), *_older(client, address, first)))
    narrow = first.partition('id="changelist-filter"')[2]
    for query in map(unescape, re.findall(r'<a href="(\?[^"]+)"', narrow)):
        yield address + query
        yield from (address + last for last in _last(client.get(address + query).content.decode()))
    for query in sorted(set(re.findall(r'href="(\?o=-?\d+)"', first))):
        yield address + query
    if 'id="searchbar"' in first:
        yield from (f"{address}?q={words}" for words in SEARCHES)


def _last(page: str) -> list[str]:
    """The query of the last page of the window that ``page`` is of, if it has several."""
    links = map(unescape, re.findall(r'href="(\?[^"]*\bp=\d+[^"]*)"', page))
    return sorted(links, key=lambda link: int(re.findall(r"\bp=(\d+)", link)[0]))[-1:]


def _older(client: Any, address: str, page: str) -> list[str]:
    """The query of the last page of the tenth window, or of the last there is."""
    query = ""
    for _window in range(10):
        last = _last(page)
        page = client.get(address + last[0]).content.decode() if last else page
        older = re.search(r'href="(\?[^"]*)" rel="next"', page)
        if older is None:
            break
        query = unescape(older[1])
        page = client.get(address + query).content.decode()
    return _last(page) if query else []


def _pages_of_board(client: Any, address: str) -> Iterator[str]:
    first = client.get(address).content.decode()
    yield address
    for query in re.findall(r'href="(\?(?:missing|stale|standing|section|desk)=[^"]*)"', first):
        yield address + unescape(query)
    yield from (f"{address}?q={words}" for words in SEARCHES)
    yield from (address + _far(client, address, query) for query in ("", "?missing=ur"))


def _far(client: Any, address: str, query: str) -> str:
    """The query of the thirtieth page of the board, or of the last."""
    for _page in range(30):
        page = client.get(address + query).content.decode()
        link = re.search(r'href="(\?[^"]*before=[^"]*)"', page)
        query = unescape(link[1]) if link else query
    return query


def _pages_of_incoming(client: Any, address: str) -> Iterator[str]:
    from articles.models import Capture

    waiting = Capture.objects.filter(state="new", articles__isnull=False).order_by("pk")
    for row in (waiting[0], waiting[waiting.count() // 2]):
        page = f"{address.removesuffix('incoming/')}{row.pk}/incoming/"
        if client.get(page).status_code == 200:  # Not that of another desk.
            yield page
    yield address


if __name__ == "__main__":
    main(int(sys.argv[1]))
