"""Raw captures: the bytes as they came, what was read from them, and why. Read-only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from articles.actions import rights
from articles.admin.base import EvidenceAdmin, in_language
from articles.admin.evidence import gather
from articles.admin.filters import SourceFilter
from articles.admin.finding import captures_named
from articles.admin.incoming import first_waiting, incoming_page
from articles.models import Capture


class CaptureAdmin(EvidenceAdmin[Capture]):
    list_display = ["name", "own_source", "state", "captured_at", "received_at", "charset"]
    list_filter = ["state", ("source", SourceFilter)]
    list_select_related = ["source__language"]
    list_defer = ("raw", "report", "source__furniture")
    list_windows = "received_at"
    sortable_by = ["received_at"]
    search_fields = ["filename"]  # There is a box; ``captures_named`` says what it finds.
    search_help_text = _("The beginning of a file name or SHA-256, or all of a page's address.")
    fieldsets = [
        (None, {"fields": ["name", "own_source", "state", "load_run"]}),
        (_("Origin"), {"fields": ["address", "captured_at", "rendered_at", "received_at"]}),
        (_("Bytes"), {"fields": ["digest", "size", "media_type", "charset", "download"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Capture]:
        return super().get_queryset(request).filter(rights.captures(request.user))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Capture], search_term: str
    ) -> tuple[QuerySet[Capture], bool]:
        term = search_term.strip()
        return queryset.filter(captures_named(term)) if term else queryset, False

    def has_view_permission(self, request: HttpRequest, obj: Capture | None = None) -> bool:
        return rights.may_on(request.user, "capture")

    def get_urls(self) -> list[URLPattern]:
        raw = self.admin_site.admin_view(self.raw_view)
        first = self.admin_site.admin_view(lambda request: first_waiting(self, request))
        one = self.admin_site.admin_view(lambda request, pk: incoming_page(self, request, pk))
        return [
            path("<int:pk>/raw/", raw, name="articles_capture_raw"),
            path("incoming/", first, name="articles_capture_first_waiting"),
            path("<int:pk>/incoming/", one, name="articles_capture_incoming"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        capture = self.get_object(request, object_id)
        if capture and self.has_view_permission(request, capture):
            extra_context = {**(extra_context or {}), **_shown(capture, request)}
        return super().change_view(request, object_id, form_url, extra_context)

    def raw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The bytes as they came, as a file to keep: never as a page of this site."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        capture = self.get_queryset(request).filter(pk=pk).only("raw", "filename").first()
        if capture is None:
            raise Http404
        filename = capture.filename.rpartition("/")[2]
        headers = {
            "Content-Disposition": content_disposition_header(True, filename) or "attachment",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        }
        return HttpResponse(bytes(capture.raw), content_type="text/plain", headers=headers)

    @admin.display(description=_("file name"))
    def name(self, capture: Capture) -> str:
        return format_html("<bdi>{}</bdi>", capture.filename)

    @admin.display(description=_("source"))
    def own_source(self, capture: Capture) -> str | None:
        source = capture.source
        return in_language(source.name, source.language) if source else None

    @admin.display(description=_("target URI"))
    def address(self, capture: Capture) -> str:
        return format_html('<bdi dir="ltr" class="address">{}</bdi>', capture.target_uri)

    @admin.display(description=_("SHA-256"))
    def digest(self, capture: Capture) -> str:
        return format_html('<bdi dir="ltr" class="address">{}</bdi>', capture.sha256)

    @admin.display(description=_("size"))
    def size(self, capture: Capture) -> str:
        return filesizeformat(len(capture.raw))

    @admin.display(description=_("raw bytes"))
    def download(self, capture: Capture) -> str:
        address = reverse("admin:articles_capture_raw", args=[capture.pk])
        return format_html(
            '<a href="{}" download>{}</a>', address, _("Download the bytes as they came")
        )


def _shown(capture: Capture, request: HttpRequest) -> dict[str, Any]:
    made = capture.articles.select_related("language").defer("body", "search_key")
    return {
        "evidence": gather(bytes(capture.raw), capture.charset, capture.report),
        "made_articles": [
            {"article": article, "is_seen": rights.may(request.user, "view", article)}
            for article in made.order_by("capture_item")
        ],
    }
