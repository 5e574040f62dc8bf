"""The whole way, as ``make run`` goes it: an empty folder, a start, and pages over the network."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse

import pytest
from django.conf import settings

PATIENCE_SECONDS = 120


def free_port() -> int:
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Ports on which nothing listens now, none of them twice."""
    listeners = [socket.create_server(("127.0.0.1", 0)) for _each in range(count)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


def ask(address: str, **headers: str) -> HTTPResponse:
    request = urllib.request.Request(address, headers=headers)  # noqa: S310
    return urllib.request.urlopen(request, timeout=20)  # noqa: S310


def text(address: str) -> str:
    with ask(address) as answer:
        return answer.read().decode("utf-8")


def wait_until_ready(site: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, "The server stopped before it served."
        try:
            ask(f"{site}/readyz").close()
        except OSError:  # Not there yet, or a port that its last owner let fall.
            time.sleep(0.2)
        else:
            return
    pytest.fail("The server did not become ready.")


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[str]:
    """The address of a site that was started with an empty data folder and nothing else set."""
    folder = tmp_path_factory.mktemp("serving")
    (folder / "env").write_text(f"SECRET_KEY={'secret' * 10}\n", encoding="utf-8")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    variables = {"DATA_DIR": str(folder / "data"), "ENV_FILE": str(folder / "env")}
    port = free_port()
    with (folder / "output").open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "quickstart", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env={**kept, **variables},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=60) == 0, (folder / "output").read_text(encoding="utf-8")


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("ur", "rtl"), ("sd", "rtl")])
def test_every_edition_has_a_front_page_with_stories(site, code, direction):
    front = text(f"{site}/{code}/")
    assert re.search(rf'<html[^>]* lang="{code}"[^>]* dir="{direction}"', front)
    assert len(re.findall(rf'href="/{code}/\d+/', front)) >= 4


@pytest.mark.parametrize(
    ("words", "day"),
    [("anonymous PTI workers", "2023-07-29"), ("Internal rifts re-emerge", "2025-02-09")],
)
def test_both_seeds_are_public(site, words, day):
    listed = text(f"{site}/en/latest/?since={day}&until={day}")
    path = re.search(rf'href="(/en/\d+/[^"]*)"[^>]*>[^<]*{words}', listed)
    assert path, listed
    page = text(site + path[1])
    assert words in page
    assert f'datetime="{day}' in page


def test_static_files_carry_their_digest_and_come_compressed(site):
    sheet = re.search(r'href="(/static/css/[\w.-]+\.[0-9a-f]{12}\.css)"', text(f"{site}/en/"))
    assert sheet
    with ask(site + sheet[1], **{"Accept-Encoding": "br"}) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in answer.headers["Cache-Control"]


def test_the_desk_asks_for_a_password(site):
    with ask(f"{site}/admin/") as answer:
        assert "/admin/login/" in answer.url
