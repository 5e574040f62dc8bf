"""What a load balancer is told."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor

from newsroom.cache import ForgivingRedisCache


def test_a_running_process_is_alive_without_asking_the_database(client, django_assert_num_queries):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.content == b"ok\n"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_migrated_site_is_ready(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "cache": "ok"}


@pytest.mark.django_db
def test_a_site_with_waiting_migrations_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *args: ["0002"])
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "manage.py migrate" in answer.json()["database"]


@pytest.mark.django_db
def test_a_site_without_its_database_is_not_ready(client, monkeypatch):
    def fail(*args):
        raise DatabaseError("gone")

    monkeypatch.setattr(MigrationExecutor, "migration_plan", fail)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "The database does not answer."


@pytest.mark.django_db
def test_a_site_without_its_cache_is_ready_and_says_so(client, monkeypatch):
    dead = ForgivingRedisCache("redis://127.0.0.1:1/0", {})
    monkeypatch.setattr("newsroom.health.cache", dead)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "cache": "The cache does not answer."}
