"""What only PostgreSQL can promise: many threads at once, over few connections."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from articles.models import Language
from newsroom.settings import POSTGRESQL_OPTIONS

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
LARGEST_POOL = POSTGRESQL_OPTIONS["pool"]["max_size"]


def in_a_thread_of_its_own(question):
    """Ask and give the connection back, as a request does at its end."""
    try:
        return question()
    finally:
        connections.close_all()


def test_more_readers_than_connections_are_all_served():
    def ask() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid() FROM pg_sleep(0.02)")
            return cursor.fetchone()[0]

    with ThreadPoolExecutor(3 * LARGEST_POOL) as threads:
        answers = list(threads.map(lambda _: in_a_thread_of_its_own(ask), range(6 * LARGEST_POOL)))
    assert len(answers) == 6 * LARGEST_POOL
    assert len(set(answers)) <= LARGEST_POOL


def test_two_who_create_the_same_row_at_once_get_one_row():
    ready = Barrier(2)

    def create() -> bool:
        ready.wait(timeout=10)
        values = {"name": "Urdu", "endonym": "اردو", "direction": "rtl", "script": "Aran"}
        return Language.objects.get_or_create(code="ur", defaults=values)[1]

    with ThreadPoolExecutor(2) as threads:
        created = list(threads.map(lambda _: in_a_thread_of_its_own(create), range(2)))
    assert sorted(created) == [False, True]
    assert Language.objects.count() == 1
