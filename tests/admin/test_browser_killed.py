"""The server dies between autosave and save: at most three seconds of typing are missing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from articles.models import Article
from tests.admin.browsing import wait_for_scripts
from tests.admin.desk import form_of, sit_down
from tests.factories import load_languages, make_article
from tests.test_serving import free_port, wait_until_ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_LOST = 3.0
"""Seconds of typing."""


class Server:
    """gunicorn over the test's own database, on one port through all its lives."""

    def __init__(self, log: Any) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log
        self.start()

    def start(self) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "python:newsroom.gunicorn", "newsroom.wsgi"],
            cwd=settings.BASE_DIR,
            env={**kept, **self._variables()},
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        wait_until_ready(self.url, self.process)

    def _variables(self) -> dict[str, str]:
        return {
            "BIND": f"127.0.0.1:{self.port}",
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(settings.DATA_DIR),
            "DEBUG": "on",  # Static files as they lie in the tree.
            "ENV_FILE": os.devnull,
            "SECOND_FACTOR": "off",
            "SECRET_KEY": settings.SECRET_KEY,
            "WEB_CONCURRENCY": "1",
        }

    def kill(self) -> None:
        """End gunicorn and its workers as a power cut would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=20)


def database_url() -> str:
    """The database of the test, as a variable gives it."""
    row = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(row['NAME']))}"
    owner = f"{quote(row['USER'])}:{quote(row['PASSWORD'])}".removesuffix(":")
    return f"postgres://{owner}@{row['HOST']}:{row['PORT'] or 5432}/{row['NAME']}"


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    with (tmp_path / "output").open("wb") as log:
        server = Server(log)
        try:
            yield server
        finally:
            server.kill()


def browser_of(chromium: Browser, server: Server, cookies: dict[str, Any]) -> BrowserContext:
    """A browser in which the editor has logged in, with nothing else in it."""
    context = chromium.new_context(service_workers="block")
    values = [(name, cookie.value) for name, cookie in cookies.items()]
    context.add_cookies([{"name": n, "value": v, "url": server.url} for n, v in values])
    return context


def type_until(page: Page, end: float) -> list[tuple[float, str]]:
    """Type a word every tenth of a second without a pause; return when each was typed."""
    typed: list[tuple[float, str]] = []
    while time.monotonic() < end:
        word = f"word{len(typed)}"
        page.keyboard.type(f"{word} ")
        typed.append((time.monotonic(), word))
        page.wait_for_timeout(100)
    return typed


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [4.6, 7.3])
def test_a_server_that_is_killed_loses_at_most_three_seconds_of_typing(
    chromium: Browser, server: Server, seconds: float
) -> None:
    load_languages()
    article = make_article(status="draft", standfirst="")
    cookies = dict(sit_down().cookies)
    here = browser_of(chromium, server, cookies)
    page = here.new_page()
    page.goto(server.url + form_of(article))
    wait_for_scripts(page)
    page.focus("#id_standfirst")
    typed = type_until(page, time.monotonic() + seconds)
    killed = time.monotonic()
    server.kill()
    here.set_offline(True)  # The browser has gone with it, for all that the server will hear.

    server.start()
    elsewhere = browser_of(chromium, server, cookies)
    other = elsewhere.new_page()
    other.goto(server.url + form_of(article))
    kept = re.findall(r"word\d+", other.locator(".unsaved ins").inner_text())
    must = [word for at, word in typed if at < killed - MOST_LOST]
    assert kept[: len(must)] == must
    elsewhere.close()

    # Had the browser lived on, nothing at all would be missing.
    here.set_offline(False)
    page.locator("[name=_continue]").click()
    expect(page.locator(".messagelist")).to_contain_text("changed successfully", timeout=15_000)
    here.close()
    assert Article.objects.get().standfirst.split() == [word for _at, word in typed]


def test_a_server_that_is_killed_when_the_button_is_pressed_costs_no_text(
    chromium: Browser, server: Server
) -> None:
    load_languages()
    article = make_article(status="draft", standfirst="")
    here = browser_of(chromium, server, dict(sit_down().cookies))
    page = here.new_page()
    page.goto(server.url + form_of(article))
    wait_for_scripts(page)
    page.fill("#id_standfirst", "Typed before the power went.")
    server.kill()

    page.locator("[name=_continue]").click()
    expect(page.locator("[data-alert=silent]")).to_be_visible(timeout=15_000)
    assert page.input_value("#id_standfirst") == "Typed before the power went."
    page.close()
    server.start()
    again = here.new_page()
    again.goto(server.url + form_of(article))
    expect(again.locator(".unsaved ins")).to_contain_text("Typed before the power went.")
    here.close()
