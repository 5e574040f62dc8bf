"""What all screens of the desk share: short queries, bounded counts, isolated headlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin, ShowFacets, widgets
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.db import transaction
from django.db.models import ForeignKey, Model, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles.actions.rights import is_everywhere
from articles.admin.given import initial_of, keys_of
from articles.admin.windows import CappedPaginator, DeskChangeList
from articles.caching import renew_pages
from articles.models import Article, Language

Row = TypeVar("Row", bound=Model)

if TYPE_CHECKING:
    _ModelAdmin = ModelAdmin
else:

    class _ModelAdmin(ModelAdmin, Generic[Row]):
        """Django's ModelAdmin is generic for type checkers only; this makes it so when it runs."""


NO_ACTION = [("", gettext_lazy("Choose an action"))]

PATTERNS = frozenset({"regex", "iregex"})
"""Lookups that take a pattern."""


class DeskAutocompleteSelect(widgets.AutocompleteSelect):
    """Django's widget in the desk's language: Django writes ``lang="None"`` for ur and sd."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.i18n_name = None

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        return {**super().build_attrs(base_attrs, extra_attrs), "lang": get_language() or "en"}

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        """The chosen rows as options; what was sent and could be no row chooses none."""
        return super().optgroups(name, keys_of(self.field.remote_field.model, value), attr)

    @property
    def media(self) -> forms.Media:
        # Named together with what it needs, which puts it after that: Media sorts by its lists.
        ours = forms.Media(js=["admin/js/jquery.init.js", "admin-desk/autocomplete.js"])
        return super().media + ours


class DeskAdmin(_ModelAdmin[Row]):
    """The base of the newsroom's screens. They are for superusers until they open to the desks.

    Permission rows of Django's decide nothing on them: ``articles.actions.rights`` does.
    """

    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER  # Beside each filter it would count the whole table.
    list_per_page = 50
    list_max_show_all = 200
    list_defer: tuple[str, ...] = ()
    list_windows = ""
    """The moment by which the list goes on past what it counts; see ``articles.admin.windows``."""
    is_on_pages = False
    """Whether readers' pages print the rows that this screen itself stores, without an action."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return is_everywhere(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_everywhere(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return is_everywhere(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return is_everywhere(request.user)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Ask a list's address for no rows that point at it: they may be another desk's.

        Django lets one step through, such as a source's ``?articles=5``. It lets a pattern through
        too, which may be none and fail, or may keep the database busy for hours.
        """
        column, *more = lookup.split(LOOKUP_SEP)
        pointing = {each.name for each in self.opts.related_objects}
        is_refused = column in pointing or not PATTERNS.isdisjoint(more)
        return not is_refused and super().lookup_allowed(lookup, value, request)

    def narrowed(self, request: HttpRequest, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Of the ``rows`` that the column ``name`` could point at, those for the person to choose:
        in the form, in what its address prefills, and among the suggestions.
        """
        return rows

    def get_action_choices(
        self, request: HttpRequest, default_choices: Any = NO_ACTION
    ) -> list[tuple[str, str]]:
        return super().get_action_choices(request, default_choices)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Prefill a new row from the address, with what its columns take."""
        return initial_of(self.model, request.GET.dict())

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Row], *args: Any
    ) -> HttpResponse | None:
        """Act on rows that were ticked; what could be no row was ticked in no list of ours. All of
        a list are those that it counts.
        """
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if request.POST.get("select_across", "0") != "0":
            counted = queryset.values_list("pk", flat=True)[: CappedPaginator.limit]
            queryset = queryset.filter(pk__in=list(counted))
        if keys_of(self.model, ticked) == ticked:
            return super().response_action(request, queryset, *args)
        messages.error(request, _("What was chosen is not in this list. Nothing was changed."))
        return None

    def save_model(self, request: HttpRequest, obj: Row, *args: Any, **kwargs: Any) -> None:
        super().save_model(request, obj, *args, **kwargs)
        self._renew_pages()

    def delete_model(self, request: HttpRequest, obj: Row) -> None:
        super().delete_model(request, obj)
        self._renew_pages()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Row]) -> None:
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            self._renew_pages()

    def _renew_pages(self) -> None:
        if self.is_on_pages:
            renew_pages()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskChangeList

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", DeskAutocompleteSelect(db_field, self.admin_site))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and field.queryset is not None:
            field.queryset = self.narrowed(request, db_field.name, field.queryset)
        return field


class EvidenceAdmin(DeskAdmin[Row]):
    """Screens of what must stay as it came: to be read, never added to, changed or deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False


def in_language(text: str, language: Language) -> str:
    """``text`` as HTML that keeps its own language, face and direction inside any page."""
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language.code, language.direction, text)


def headline_of(article: Article) -> str:
    """The article's headline, as ``in_language`` gives it."""
    return in_language(article.headline or _("(no headline yet)"), article.language)
