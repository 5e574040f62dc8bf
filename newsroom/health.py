"""Two questions a load balancer asks: is the process alive, and can it serve pages?"""

from __future__ import annotations

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process runs; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 with the state of each part, or 503 when the database is not fit to serve pages.

    A cache that is away is reported but does not make the site unready: pages come without it.
    """
    database = _database_state()
    state = {"database": database, "cache": _cache_state()}
    return JsonResponse(state, status=200 if database == "ok" else 503)


def _database_state() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "The database does not answer."
    return "Migrations are waiting: run 'manage.py migrate'." if waiting else "ok"


def _cache_state() -> str:
    cache.set("readyz", "ok", 10)
    return "ok" if cache.get("readyz") == "ok" else "The cache does not answer."
