"""The failed logins of the last minutes, for superusers, who may let an account in again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import F, Max, QuerySet, Sum, Window
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import Refused
from articles.actions.lockout import unlock
from articles.admin.base import EvidenceAdmin
from articles.admin.verbs import editor_of


class AttemptAdmin(EvidenceAdmin[Any]):
    """One list and no other address: a row says no more than its line."""

    list_display = ["name", "address", "failures_since_start", "attempt_time", "shut_out"]
    list_display_links = None
    search_fields = ["username", "ip_address"]
    actions = ["unlock_selected"]

    def get_urls(self) -> list[Any]:
        return [each for each in super().get_urls() if (each.name or "").endswith("_changelist")]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        note = _("The last %(minutes)d minutes. %(limit)d failures shut an address out.") % {
            "minutes": settings.AXES_COOLOFF_TIME.total_seconds() // 60,
            "limit": settings.AXES_FAILURE_LIMIT,
        }
        return super().changelist_view(request, {"note": note, **(extra_context or {})})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What still counts; the rest is deleted at the next failure."""
        since = timezone.now() - settings.AXES_COOLOFF_TIME
        pair = [F("username"), F("ip_address")]
        rows: QuerySet[Any] = super().get_queryset(request).filter(attempt_time__gte=since)
        counted: QuerySet[Any] = rows.annotate(
            failures=Window(Sum("failures_since_start"), partition_by=pair),
            last=Window(Max("attempt_time"), partition_by=pair),
        )
        return counted

    @admin.display(description=gettext_lazy("username"), ordering="username")
    def name(self, attempt: Any) -> str:
        return format_html("<bdi>{}</bdi>", attempt.username)

    @admin.display(description=gettext_lazy("address"), ordering="ip_address")
    def address(self, attempt: Any) -> str:
        return format_html('<bdi dir="ltr">{}</bdi>', attempt.ip_address or "")

    @admin.display(description=gettext_lazy("shut out until"))
    def shut_out(self, attempt: Any) -> str | None:
        if attempt.failures < settings.AXES_FAILURE_LIMIT:
            return None
        until = localtime(attempt.last + settings.AXES_COOLOFF_TIME)
        return date_format(until, "DATETIME_FORMAT")

    @admin.action(description=gettext_lazy("Let the selected users log in again"))
    def unlock_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for name in sorted(set(queryset.values_list("username", flat=True))):
            try:
                unlock(username=name, by=editor_of(request))
            except Refused as refusal:
                messages.error(request, " ".join(refusal.reasons))
            else:
                told = _("“%(name)s” may try to log in again.") % {"name": name}
                messages.success(request, told)
