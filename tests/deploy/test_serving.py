"""The site as ``deploy/`` sets it up: nginx before gunicorn, whose files these are."""

from __future__ import annotations

import gzip
import os
import re
import signal
import socket
import ssl
import subprocess
import time
from collections import Counter
from contextlib import suppress
from http.client import HTTPConnection, RemoteDisconnected
from urllib.parse import urlencode

import pytest

from articles.models import Article
from tests.admin.desk import form_of, sent_from_html, sit_down
from tests.deploy.load import readers
from tests.deploy.machine import Gunicorn, Machine, ask, wait_for
from tests.factories import make_article, make_editor

pytestmark = pytest.mark.nginx


def cookies() -> dict[str, str]:
    """The cookies of a new editor, as the site over TLS calls them."""
    client = sit_down(member=make_editor())
    told = {name: morsel.value for name, morsel in client.cookies.items()}
    return {"__Host-desk": told.pop("desk"), **told}


def post_form(host: Gunicorn, article: Article, site: str, **typed: str) -> int:
    """Open an article's form at a host, type into it, send it, and return the answer's status."""
    known = cookies()
    sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in known.items())}
    named = {"Host": site.partition("//")[2], "Origin": site, "Referer": f"{site}/"}
    page = host.ask(form_of(article), **sent, **named)
    assert page.status == 200, page.text[:2000]
    given = page.headers.get("Set-Cookie", "").partition(";")[0]
    sent["Cookie"] += f"; {given}" if given else ""
    form = {**sent_from_html(page.text), **typed}
    told = host.ask(
        form_of(article),
        "POST",
        urlencode(form, doseq=True),
        **sent,
        **named,
        Content_Type="application/x-www-form-urlencoded",
    )
    return told.status


def test_what_is_published_at_one_host_is_read_at_the_other_within_a_second(serve):
    article = make_article(status="draft", published_at=None, headline="Rain at last")
    machine: Machine = serve(hosts=2)
    here, there = machine.hosts
    assert "Rain at last" not in there.ask("/en/").text
    assert post_form(here, article, machine.site, _verb="publish") == 302
    published, slowest, is_read = time.monotonic(), 0.0, False
    while not is_read:
        asked = time.monotonic()
        is_read = "Rain at last" in there.ask("/en/").text
        slowest = max(slowest, time.monotonic() - asked)
        assert time.monotonic() - published < 1 + 2 * slowest  # A second, and the asking itself.
    assert there.ask(f"/en/{article.pk}/x/").status == 301


def test_nobody_is_refused_or_kept_waiting_while_gunicorn_reloads_under_load(serve):
    article = make_article()
    machine: Machine = serve()
    paths = ["/en/", article.get_absolute_url(), "/en/latest/", "/en/search/?q=rain", "/healthz"]
    before = machine.hosts[0].workers()
    with readers(machine.connection, paths) as load:
        for _reload in range(3):
            time.sleep(1)
            there = set(machine.hosts[0].workers())
            machine.hosts[0].reload()
            wait_for(lambda there=there: not there & set(machine.hosts[0].workers()))
    assert not set(before) & set(machine.hosts[0].workers())
    assert load.failed == []
    assert load.slowest < 10  # Sent away at once, they were missed for 15 by a busy computer.
    assert load.sent > 50


def test_nginx_does_for_a_site_over_tls_what_its_file_says(serve):
    """One machine for all of it, since a start takes seconds."""
    article = make_article()
    machine: Machine = serve(METRICS="on", LOG_FORMAT="json")
    page = article.get_absolute_url()
    assert_plain_http_leads_to_tls(machine)
    assert_pages_are_kept_by_coding_and_not_for_sessions(machine, page)
    assert_others_are_refused(machine, page)
    assert_monsters_are_refused(machine)
    assert_requests_are_counted_over_workers(machine)
    assert_logs_rotate(machine)
    assert_a_machine_without_gunicorn_gives_what_it_keeps(machine, page)


def assert_plain_http_leads_to_tls(machine: Machine) -> None:
    connection = HTTPConnection("localhost", machine.plain, timeout=10)
    told = ask(connection, "/en/?q=1")
    assert (told.status, told.headers["Location"]) == (308, f"{machine.site}/en/?q=1")
    (machine.folder / "challenges" / ".well-known" / "acme-challenge").mkdir(parents=True)
    proof = machine.folder / "challenges" / ".well-known" / "acme-challenge" / "proof"
    proof.write_text("proof", encoding="ascii")
    assert ask(connection, "/.well-known/acme-challenge/proof").text == "proof"
    connection.close()


def assert_pages_are_kept_by_coding_and_not_for_sessions(machine: Machine, page: str) -> None:
    whole = machine.ask(page)
    assert "Strict-Transport-Security" in whole.headers
    assert whole.headers["X-Request-ID"]
    brotli = machine.ask(page, Accept_Encoding="br")
    zipped = machine.ask(page, Accept_Encoding="gzip")
    assert brotli.headers["Content-Encoding"] == "br"
    assert gzip.decompress(zipped.body) == whole.body
    for _ask in range(5):
        assert machine.ask(page, Accept_Encoding="br").body == brotli.body
        machine.ask(page, Cookie="__Host-desk=somebody")
        machine.ask(page, Authorization="Basic YTpi")
    lines = machine.log(page, least=3 + 5 * 3)
    kept = Counter(line["cache"] for line in lines)
    assert kept["BYPASS"] == 10
    assert kept["HIT"] + kept["STALE"] >= 4, kept
    assert {line["network"] for line in lines} == {"127.0.0.0"}
    assert whole.headers["X-Request-ID"] in {line["request_id"] for line in lines}


def assert_others_are_refused(machine: Machine, page: str) -> None:
    with pytest.raises(RemoteDisconnected):
        machine.ask(page, Host="elsewhere.example")
    assert machine.ask("/.env").status == 404
    assert machine.ask("/media/.git/config").status == 404
    assert machine.ask("/readyz").status == 200
    stranger = machine.connection()
    stranger.source_address = ("127.0.0.2", 0)
    assert ask(stranger, "/readyz").status == 403
    stranger.close()


def assert_monsters_are_refused(machine: Machine) -> None:
    """A megabyte of headers, ten thousand parameters, a form without end, a page far away."""
    assert machine.ask("/en/", X_Monster="x" * 9_000).status == 400
    assert machine.ask("/en/search/?q=" + "x" * 9_000).status == 414
    with suppress(OSError):  # nginx has long let go when the last of it is sent.
        assert machine.ask("/en/", X_Monster="x" * 1_000_000).status == 400
    with suppress(OSError):
        assert machine.ask("/en/search/?q=" + "x" * 1_000_000).status == 414
    parameters = "&".join(f"a{number}=1" for number in range(10_000))
    with suppress(OSError):
        assert machine.ask(f"/en/search/?{parameters}").status == 414
    host = machine.hosts[0]
    assert host.ask(f"/en/search/?{parameters}").status == 414
    assert host.ask("/en/search/?" + "a&" * 1_500).status == 400
    form = "application/x-www-form-urlencoded"
    assert machine.ask("/en/contact/", "POST", parameters, Content_Type=form).status in {400, 403}
    assert machine.ask("/en/contact/", "POST", Content_Length="4000000").status == 413
    for place in ("before=9999999999", "after=0", "before=" + "9" * 300, "page=100000"):
        assert machine.ask(f"/en/latest/?{place}").status in {200, 301, 404}
    assert "Traceback" not in host.said


def assert_requests_are_counted_over_workers(machine: Machine) -> None:
    def count() -> int:
        told = re.search(r'_total\{status="2xx"\} (\d+)', machine.ask("/metrics").text)
        return int(told[1]) if told else 0

    host, before = machine.hosts[0], count()
    for _ask in range(10):
        assert host.ask("/healthz").status == 200
    os.kill(host.workers()[0], signal.SIGKILL)
    assert 10 <= count() - before <= 12


def assert_logs_rotate(machine: Machine) -> None:
    made = machine.folder / "made" / "logrotate" / "newsroom"
    made.chmod(0o644)
    state = machine.folder / "rotated"
    subprocess.run(["logrotate", "--force", "--state", str(state), str(made)], check=True)
    log = machine.folder / "logs" / "newsroom.log"
    assert log.with_name("newsroom.log.1").stat().st_size
    wait_for(log.exists)
    machine.ask("/healthz")
    wait_for(lambda: "/healthz" in log.read_text(encoding="utf-8"))


def assert_a_machine_without_gunicorn_gives_what_it_keeps(machine: Machine, page: str) -> None:
    machine.ask(page)
    machine.hosts[0].close()
    assert machine.ask(page).status == 200
    away = machine.ask("/en/never-asked-before/")
    assert (away.status, away.headers["Retry-After"]) == (503, "5")
    assert away.headers["Cache-Control"] == "no-store"
    assert all(f'lang="{code}"' in away.text for code in ("en", "ur", "sd"))


@pytest.mark.slow
def test_slow_clients_keep_nginx_and_not_the_site(serve):
    article = make_article()
    machine: Machine = serve(THREADS="4")
    dripping = [socket.create_connection(("localhost", machine.port)) for _n in range(150)]
    trust = ssl.create_default_context(cafile=str(machine.folder / "certificate.pem"))
    slow = [trust.wrap_socket(each, server_hostname="localhost") for each in dripping]
    for each in slow:
        each.sendall(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    form = b"POST /en/contact/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n"
    for each in slow[::2]:
        each.sendall(b"x\r\n\r\n" + form)  # nginx lets these drip on, and holds them by itself.
    with readers(machine.connection, ["/en/", article.get_absolute_url()], count=2) as load:
        begun = time.monotonic()
        while time.monotonic() - begun < 20:
            time.sleep(1)
            for each in slow:
                with suppress(OSError):
                    each.sendall(b"x")
    assert load.failed == []
    assert load.slowest < 5
    assert all(is_closed(each) for each in slow[1::2])
    for each in slow[::2]:
        each.close()


def is_closed(connection: ssl.SSLSocket) -> bool:
    """Whether the other end has let go of it, after all that it may have sent."""
    connection.settimeout(1)
    try:
        while connection.recv(65536):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    finally:
        connection.close()
    return True
