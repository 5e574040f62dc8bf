"""The record of each load: what was asked, what came of it. Read-only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.actions.rights import may_on
from articles.admin.base import EvidenceAdmin
from articles.models import LoadRun

OUTCOMES = {
    "created": pgettext_lazy("load outcome", "created"),
    "updated": pgettext_lazy("load outcome", "updated"),
    "unchanged": _("unchanged"),
    "held": _("held for an editor"),
    "duplicate": _("duplicate"),
    "rejected": _("rejected"),
    "failed": _("failed"),
}
"""Words for the outcomes of ``articles.loader``."""


class LoadRunAdmin(EvidenceAdmin[LoadRun]):
    list_display = ["started_at", "ended_at", "outcomes", "exit_code", "software"]
    list_filter = ["exit_code"]
    list_windows = "started_at"
    sortable_by = ["started_at"]
    search_fields = ["software"]
    fieldsets = [
        (None, {"fields": ["started_at", "ended_at", "exit_code", "software"]}),
        (_("What was asked and what came of it"), {"fields": ["asked", "outcomes"]}),
    ]

    def has_view_permission(self, request: HttpRequest, obj: LoadRun | None = None) -> bool:
        return may_on(request.user, "loadrun")

    @admin.display(description=_("outcomes"))
    def outcomes(self, run: LoadRun) -> str:
        return pairs({OUTCOMES.get(name, name): count for name, count in run.counts.items()})

    @admin.display(description=_("arguments"))
    def asked(self, run: LoadRun) -> str:
        return pairs(run.arguments)


def pairs(values: Mapping[Any, object]) -> str:
    """A small table of names and values, each kept in its own direction; empty values left out."""
    rows = [(name, value) for name, value in values.items() if value not in ("", None, [], False)]
    return format_html(
        '<dl class="pairs">{}</dl>',
        format_html_join("", '<div><dt>{}</dt><dd dir="auto">{}</dd></div>', rows),
    )
