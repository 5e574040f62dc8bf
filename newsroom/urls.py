"""Every address of the site: the desk, health, and the readers' pages in ``articles.urls``."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from newsroom.health import healthz, metrics, readyz

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("", include("articles.urls")),
]

handler400 = "articles.views.errors.bad_request"
handler404 = "articles.views.errors.page_not_found"
handler500 = "articles.views.errors.server_error"
