"""A flood of forms from one address: held off in a sentence, while others read, with one mail."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from threading import Event
from urllib.parse import urlencode, urlsplit

import pytest
from django.core import mail

from articles.actions.limits import MESSAGES, POSTS
from articles.models import Message
from tests.admin.desk import sent_from_html
from tests.factories import make_article, make_contact
from tests.server import PROCESSES, serving
from tests.views.pages import Page
from tests.views.test_contact import form_at, send, written

FLOOD = 5_000
SENDERS = 16
SECONDS = 55
WAIT_SECONDS = 0.05
"""Between two pages of a reader while the flood lasts."""


def test_a_small_flood_is_stored_to_its_limit_told_by_one_mail_and_answered_in_a_sentence(
    client, django_capture_on_commit_callbacks
):
    make_contact()
    form = form_at(client, **written())
    answers: Counter[int] = Counter()
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(2 * POSTS.most):
            response = send(client, {**form, "text": f"Message {number}"})
            answers[response.status_code] += 1
    assert answers == {303: MESSAGES.most, 429: 2 * POSTS.most - MESSAGES.most}
    assert "Too much was sent" in Page(response).text
    assert Message.objects.count() == MESSAGES.most
    assert len(mail.outbox) == 1
    assert send(client, form, REMOTE_ADDR="203.0.113.9").status_code == 303


# Over the network ---------------------------------------------------------------------------------


@pytest.fixture
def site(transactional_db, tmp_path: Path) -> Iterator[str]:
    """The address of a server of two processes behind a proxy, which keeps its mails as files."""
    (tmp_path / "mail").mkdir()
    mail = {"CONTACT_EMAIL": "desk@example.org", "EMAIL_URL": f"filemail:///{tmp_path / 'mail'}"}
    with serving(tmp_path, PROXIES="1", **mail) as site:
        yield site


def ask(site: str, path: str, address: str, form: str | None = None) -> tuple[int, str]:
    """The status and the page that a client at ``address`` is given."""
    connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
    headers = {"X-Forwarded-For": address, "Origin": site}
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("GET" if form is None else "POST", path, body=form, headers=headers)
    answer = connection.getresponse()
    told = answer.status, answer.read().decode()
    connection.close()
    return told


def seconds_of_a_page(site: str) -> float:
    begun = time.monotonic()
    status, _page = ask(site, "/en/", "203.0.113.7")
    assert status == 200
    return time.monotonic() - begun


@pytest.mark.slow
def test_five_thousand_posts_in_a_minute_leave_the_site_quick_and_send_one_mail(
    site: str, tmp_path: Path
) -> None:
    make_article()
    _status, page = ask(site, "/en/contact/", "198.51.100.1")
    form = sent_from_html(page)
    time.sleep(4)  # Nobody writes in less.
    calm = sorted(seconds_of_a_page(site) for _page in range(20))
    is_over, read, begun = Event(), [], time.monotonic()

    def post(number: int) -> tuple[int, str]:
        time.sleep(max(0, begun + number * SECONDS / FLOOD - time.monotonic()))
        told = {**form, **written(text=f"Message {number}")}
        return ask(site, "/en/contact/", "198.51.100.1", urlencode(told, doseq=True))

    def reader() -> None:
        while not is_over.wait(WAIT_SECONDS):
            read.append(seconds_of_a_page(site))

    with ThreadPoolExecutor(SENDERS + 1) as threads:
        reading = threads.submit(reader)
        answers = list(threads.map(post, range(FLOOD)))
        took = time.monotonic() - begun
        is_over.set()
        reading.result()

    statuses = Counter(status for status, _page in answers)
    stored = Message.objects.count()
    print(f"{FLOOD} posts in {took:.1f} s: {dict(statuses)}; stored {stored}")  # noqa: T201
    print(f"a page: {calm[10]:.3f} s before, {quantiles(read, n=20)[-1]:.3f} s meanwhile")  # noqa: T201
    assert set(statuses) == {303, 429}
    assert stored == statuses[303] <= PROCESSES * MESSAGES.most  # Each counts for itself.
    assert re.search("Too much was sent", answers[-1][1])
    assert took < 60
    assert quantiles(read, n=20)[-1] < 1
    assert len(list((tmp_path / "mail").iterdir())) == 1
