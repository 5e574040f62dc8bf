"""The desk itself: its name, its nouns in the order an editor needs them, and its languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import unquote, urlencode

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from articles.admin.alias import AliasAdmin
from articles.admin.article import ArticleAdmin
from articles.admin.capture import CaptureAdmin
from articles.admin.language import LanguageAdmin
from articles.admin.loadrun import LoadRunAdmin
from articles.admin.section import SectionAdmin
from articles.admin.source import SourceAdmin
from articles.models import Alias, Article, Capture, Language, LoadRun, Section, Source

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class NewsroomAdminSite(AdminSite):
    site_header = _("Newsroom desk")
    site_title = _("Newsroom desk")
    index_title = _("What the newsroom keeps")
    empty_value_display = pgettext_lazy("no value", "none")  # type: ignore[assignment]

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.register(Article, ArticleAdmin)
        self.register(Capture, CaptureAdmin)
        self.register(LoadRun, LoadRunAdmin)
        self.register(Alias, AliasAdmin)
        self.register(Source, SourceAdmin)
        self.register(Section, SectionAdmin)
        self.register(Language, LanguageAdmin)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "desk_languages": _language_links(request)}

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Guard each page of the desk, also against a NUL, which no text of PostgreSQL may hold."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if "\0" in unquote(request.get_full_path()):
                raise BadRequest("The address holds a NUL character. Leave it out.")
            return guarded(request, *args, **kwargs)

        return cast(View, page)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Keep the order of registration: English model names have no alphabet in Urdu."""
        order = list(self._registry)
        apps: list[Any] = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda row: order.index(row["model"]))
        return sorted(apps, key=lambda app: app["app_label"] != "articles")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, DeskAutocomplete.as_view(admin_site=self)(request))

    def i18n_javascript(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = DeskCatalogue.as_view(packages=["django.contrib.admin"])
        return cast(HttpResponse, view(request))


class DeskCatalogue(JavaScriptCatalog):
    """The words of the admin's scripts, with the newsroom's own catalogues over Django's."""

    def get_paths(self, packages: Sequence[str]) -> list[str]:
        return [*super().get_paths(list(packages)), *map(str, settings.LOCALE_PATHS)]


class DeskAutocomplete(AutocompleteJsonView):
    """Suggestions that say more than a name where a name is not enough (see ``suggestion``)."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result: dict[str, str] = super().serialize_result(obj, to_field_name)
        suggest = getattr(self.model_admin, "suggestion", str)
        return {**result, "text": suggest(obj)}


def _language_links(request: HttpRequest) -> list[dict[str, str]]:
    """One link a language, leading back to this page; none where the site has no such address."""
    query = urlencode({"next": request.get_full_path()})
    try:
        return [
            {
                "code": code,
                "name": name,
                "dir": "rtl" if get_language_info(code)["bidi"] else "ltr",
                "url": f"{reverse('choose_language', args=[code])}?{query}",
            }
            for code, name in settings.LANGUAGES
        ]
    except NoReverseMatch:
        return []
