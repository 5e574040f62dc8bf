"""The list of articles: what a row tells, and how it is found and narrowed."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from articles.admin.article_rights import ArticleRights
from articles.admin.base import headline_of, in_language
from articles.admin.filters import HeldFilter, OwnLanguageFilter, SectionFilter, SourceFilter
from articles.admin.finding import matching, scope_of
from articles.admin.moment import in_two_zones
from articles.admin.waiting import mark_waiting, marks_of
from articles.admin.windows import DeskChangeList
from articles.models import Article
from articles.models.article import ArticleQuerySet
from articles.search import MOST


class ArticleChangeList(DeskChangeList):
    """The list, which knows whether it shows only the newest of what was searched for."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        mark_waiting(self.result_list, request.user)

    @property
    def is_cut(self) -> bool:
        return super().is_cut or (bool(self.query) and self.result_count >= MOST)


class ArticleList(ArticleRights):
    """What the list of articles looks like; who sees which rows is the base's to say."""

    list_display = [
        "headline_cell",
        "edition",
        "status",
        "own_section",
        "own_source",
        "published",
    ]
    list_filter = [
        ("language", OwnLanguageFilter),
        "status",
        HeldFilter,
        ("section", SectionFilter),
        ("source", SourceFilter),
    ]
    list_select_related = ["language", "source__language", "section"]
    list_defer = ("body", "search_key", "source__furniture")
    ordering = ["-modified_at", "-pk"]
    list_windows = "modified_at"
    sortable_by = ["published"]  # Any other column would be sorted whole for each page.
    search_fields = ["headline"]
    search_help_text = _("Words of the headline or the text; spelling variants are found too.")

    def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[ChangeList]:
        return ArticleChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Search the folded words, so that every spelling of an Urdu or Sindhi word finds it."""
        articles = cast(ArticleQuerySet, queryset)
        return matching(articles, search_term, scope_of(request, articles)), False

    @admin.display(description=_("headline"))
    def headline_cell(self, article: Article) -> str:
        """The headline, and what waits to change the article."""
        return format_html("{}{}", headline_of(article), marks_of(article))

    @admin.display(description=_("language"))
    def edition(self, article: Article) -> str:
        return in_language(article.language.endonym, article.language)

    @admin.display(description=_("section"))
    def own_section(self, article: Article) -> str | None:
        section = article.section
        return in_language(section.title, article.language) if section else None

    @admin.display(description=_("source"))
    def own_source(self, article: Article) -> str | None:
        source = article.source
        return in_language(source.name, source.language) if source else None

    @admin.display(description=_("published at"), ordering="published_at")
    def published(self, article: Article) -> str | None:
        """The moment, or the day alone when only the day is known: midnight would be a guess."""
        if article.published_at is None:
            return None
        is_day = article.published_precision == Article.Precision.DAY
        if not is_day and article.published_at > timezone.now():
            return in_two_zones(article.published_at)
        return moment_of(article.published_at, "DATE_FORMAT" if is_day else "DATETIME_FORMAT")


def moment_of(moment: datetime, form: str = "DATETIME_FORMAT") -> str:
    """A moment in the desk's time zone, in the words of its language."""
    return date_format(localtime(moment), form)
