"""What a load balancer asks: is the process alive, can it serve pages? And what is counted."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from newsroom.metrics import MEDIA_TYPE, exposition
from newsroom.replica import ALIAS, replica


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process runs; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 with the state of each part, or 503 when the database is not fit to serve pages.

    A cache or a replica that is away is reported but does not make the site unready: pages come
    without it.
    """
    database = _database_state()
    state = {"database": database, "cache": _cache_state()}
    if ALIAS in settings.DATABASES:
        state["replica"] = "ok" if replica.answers() else "The replica does not answer."
    return JsonResponse(state, status=200 if database == "ok" else 503)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with counts of requests, for Prometheus; 404 unless METRICS is on."""
    if not settings.METRICS:
        raise Http404
    return HttpResponse(exposition(), content_type=MEDIA_TYPE)


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
