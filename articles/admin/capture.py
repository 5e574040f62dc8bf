"""Raw captures: the bytes as they came, what was read from them, and why. Read-only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from articles.admin.base import EvidenceAdmin, in_language
from articles.admin.evidence import gather
from articles.admin.filters import SourceFilter
from articles.models import Capture


class CaptureAdmin(EvidenceAdmin[Capture]):
    list_display = ["name", "own_source", "state", "captured_at", "received_at", "charset"]
    list_filter = ["state", ("source", SourceFilter)]
    list_select_related = ["source__language"]
    list_defer = ("raw", "report", "source__furniture")
    search_fields = ["filename", "target_uri", "sha256"]
    fieldsets = [
        (None, {"fields": ["name", "own_source", "state", "load_run"]}),
        (_("Origin"), {"fields": ["address", "captured_at", "rendered_at", "received_at"]}),
        (_("Bytes"), {"fields": ["digest", "size", "media_type", "charset", "download"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        raw = self.admin_site.admin_view(self.raw_view)
        return [path("<int:pk>/raw/", raw, name="articles_capture_raw"), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        capture = self.get_object(request, object_id)
        if capture and self.has_view_permission(request, capture):
            extra_context = {**(extra_context or {}), **_shown(capture)}
        return super().change_view(request, object_id, form_url, extra_context)

    def raw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The bytes as they came, as a file to keep: never as a page of this site."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        capture = Capture.objects.filter(pk=pk).only("raw", "filename").first()
        if capture is None:
            raise Http404
        filename = capture.filename.rpartition("/")[2]
        headers = {
            "Content-Disposition": content_disposition_header(True, filename) or "attachment",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        }
        return HttpResponse(bytes(capture.raw), content_type="text/plain", headers=headers)

    @admin.display(description=_("file name"), ordering="filename")
    def name(self, capture: Capture) -> str:
        return format_html("<bdi>{}</bdi>", capture.filename)

    @admin.display(description=_("source"), ordering="source__name")
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


def _shown(capture: Capture) -> dict[str, Any]:
    made = capture.articles.select_related("language").defer("body", "search_key")
    return {
        "evidence": gather(bytes(capture.raw), capture.charset, capture.report),
        "made_articles": list(made.order_by("capture_item")),
    }
