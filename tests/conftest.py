"""Fixtures and rules for every test: a real browser, a real Redis, and no silent skips."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.template.backends.jinja2 import Template
from django.test.signals import template_rendered
from django.utils import timezone, translation
from playwright.sync_api import Browser, Page, Request, sync_playwright

from articles.actions import message, rendition
from articles.pictures.ladder import Form
from articles.pictures.rendering import WRITTEN
from articles.views import due
from tests import services
from tests.scheduling import by_server

GROUPS = ("browser", "nginx", "postgresql", "redis", "vnu")
GROUP_OF_FIXTURE = {"chromium": "browser", "redis_url": "redis", "vnu": "vnu"}
IS_AVAILABLE: dict[str, Callable[[], bool]] = {
    "browser": lambda: services.chromium_path() is not None,
    "nginx": services.has_a_server,
    "postgresql": lambda: connection.vendor == "postgresql",
    "redis": services.redis_answers,
    "vnu": lambda: services.checker_command() is not None,
}


@pytest.fixture(autouse=True)
def _nothing_left_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache's entries and the language of the last page asked for outlive a test.

    And a process has just looked for changes that are due and looks no more while a test lasts, so
    that pages cost what they cost all but once a second.
    """
    cache.clear()
    translation.deactivate()
    due.last_look.at = timezone.now()
    monkeypatch.setattr(due, "INTERVAL", timedelta(days=1))


@pytest.fixture(autouse=True)
def _work_at_once(monkeypatch) -> None:
    """What a site does when nothing more urgent is to be done, a test waits for."""
    for module in (message, rendition):
        monkeypatch.setattr(module, "later", lambda work: work())


@pytest.fixture(autouse=True)
def _pages_tell_their_context(monkeypatch) -> None:
    """Django's client keeps what a template was given, of which its Jinja2 backend tells nobody."""
    render = Template.render

    def telling(self: Template, context: Any = None, request: Any = None) -> str:
        template_rendered.send(sender=self, template=self, context=dict(context or {}))
        return render(self, context, request)

    monkeypatch.setattr(Template, "render", telling)


@pytest.fixture(autouse=True)
def _pictures_in_no_time(monkeypatch) -> None:
    """AVIF files that are larger than the site's and made in a tenth of the time."""
    name, how = WRITTEN[Form.AVIF]
    monkeypatch.setitem(WRITTEN, Form.AVIF, (name, {**how, "speed": 10}))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Yield Debian's own Chromium, headless, driven by playwright's synchronous calls.

    Playwright keeps an event loop running in this thread until the session ends, which Django
    takes for asynchronous code; so browser tests are sorted last and Django's guard is lifted here.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=services.chromium_path(), args=services.CHROMIUM_ARGUMENTS
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Yield an empty page of its own context; the test fails if any page asked a third party."""
    strangers: list[str] = []

    def note_strangers(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws"} and address.hostname not in _OWN_HOSTS:
            strangers.append(request.url)

    # No worker outlives a test, to ask the server for something when the next one has begun.
    context = chromium.new_context(service_workers="block")
    context.on("request", note_strangers)
    yield context.new_page()
    context.close()
    assert strangers == [], "A page of the newsroom asked another host for something."


_OWN_HOSTS = {"localhost", "127.0.0.1"}


@pytest.fixture(scope="session")
def redis_url() -> str:
    """Return the address of a Redis that answers; its database 9 belongs to the tests."""
    return services.REDIS_URL


@pytest.fixture(scope="session")
def vnu() -> list[str]:
    """Return the command that checks HTML and CSS against the standards; its arguments follow."""
    return services.checker_command() or []


def pytest_itemcollected(item: pytest.Item) -> None:
    """Put a test into the group of the service that it asks for, so that none is forgotten.

    Of what a browser tries in several languages, one that is written from right to left is tried
    each time, and the others with the walks.
    """
    for fixture, group in GROUP_OF_FIXTURE.items():
        if fixture in getattr(item, "fixturenames", ()):
            item.add_marker(group)
    if "chromium" in getattr(item, "fixturenames", ()) and languages_of(item) & {"en", "sd"}:
        item.add_marker("walk")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return by_server(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="Run only tests that may differ from one database to the next.",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the random order, with the browser's tests after all others (see ``chromium``)."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if config.getoption("only_database"):
        others = [item for item in items if not is_for_each_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if is_for_each_database(item)]


def is_for_each_database(item: pytest.Item) -> bool:
    """Tell whether one database may answer what another did not.

    Of a promise that is tried in three languages, one is tried on each database: none of them knows
    languages apart but for the search.
    """
    is_once_more = languages_of(item) & {"en", "sd"} and "search" not in item.path.parts
    return may_ask_the_database(item) and not is_once_more


def languages_of(item: pytest.Item) -> set[object]:
    """Return the codes of the languages that a promise is tried in here, if it is in several."""
    told = getattr(item, "callspec", None)
    return {told.params.get(name) for name in ("code", "language")} - {None} if told else set()


def may_ask_the_database(item: pytest.Item) -> bool:
    """Tell whether pytest-django lets this test reach the database; it stops all others."""
    opened = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
    asked = opened & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


def pytest_runtest_setup(item: pytest.Item) -> None:
    for group in GROUPS:
        if item.get_closest_marker(group) and not IS_AVAILABLE[group]():
            refuse = pytest.fail if services.all_tests_are_required() else pytest.skip
            refuse(services.MISSING[group])


class _GroupsThatRan:
    """Count the tests that passed in each group, and fail a required run in which one is empty."""

    def __init__(self) -> None:
        self.passed: Counter[str] = Counter()
        self.skipped: list[str] = []
        self.faults: list[Any] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self.passed.update(group for group in GROUPS if group in report.keywords)
        if report.when == "call":
            self.faults += [row for name, row in report.user_properties if name == "fault"]
        if report.skipped:
            self.skipped.append(report.nodeid)

    def _complaints(self) -> list[str]:
        expected = os.environ.get("REQUIRE_GROUPS", "").split()
        empty = [group for group in expected if not self.passed[group]]
        return [f"No test of the group '{group}' ran." for group in empty] + [
            f"{test} was skipped." for test in self.skipped if "REQUIRE_GROUPS" in os.environ
        ]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if session.exitstatus == pytest.ExitCode.OK and self._complaints():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        counts = ", ".join(f"{group} {self.passed[group]}" for group in GROUPS)
        terminalreporter.write_line(f"Tests that passed with a real service: {counts}.")
        for row in self.faults:
            terminalreporter.write_line("Fault: " + " | ".join(row))
        for complaint in self._complaints():
            terminalreporter.write_line(complaint, red=True)


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):  # The rest is for the process where all reports arrive.
        return
    config.pluginmanager.register(_GroupsThatRan())
    call_command("compile_catalogues", stdout=StringIO())  # Stale ones would fail tests.
