"""Old addresses that still lead to their articles."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.base import DeskAdmin, headline_of
from articles.models import Alias


class AliasAdmin(DeskAdmin[Alias]):
    list_display = ["path", "leads_to"]
    list_select_related = ["article__language"]
    list_defer = ("article__body", "article__search_key")
    search_fields = ["path"]
    autocomplete_fields = ["article"]

    @admin.display(description=_("leads to"))
    def leads_to(self, alias: Alias) -> str:
        return headline_of(alias.article)
