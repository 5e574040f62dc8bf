"""The desk itself: its name, its nouns in the order an editor needs them, and its languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, TypeVar, cast
from urllib.parse import unquote, urlencode

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from articles.admin.accounts.attempts import AttemptAdmin
from articles.admin.accounts.password import password_page
from articles.admin.accounts.signing_in import has_proved_both
from articles.admin.accounts.urls import account_urls
from articles.admin.alias import AliasAdmin
from articles.admin.article import ArticleAdmin
from articles.admin.author import AuthorAdmin
from articles.admin.broadcast import BroadcastAdmin
from articles.admin.capture import CaptureAdmin
from articles.admin.contact import ContactAdmin
from articles.admin.deeds import newest_deeds
from articles.admin.event import EventAdmin
from articles.admin.home import panels
from articles.admin.language import LanguageAdmin
from articles.admin.library.screen import ImageAdmin
from articles.admin.loadrun import LoadRunAdmin
from articles.admin.membership import MembershipAdmin
from articles.admin.message import MessageAdmin
from articles.admin.on_site import view_on_site
from articles.admin.poll import PollAdmin
from articles.admin.recording import RecordingAdmin
from articles.admin.section import SectionAdmin
from articles.admin.source import SourceAdmin
from articles.admin.verbs import editor_of
from articles.models import (
    Alias,
    Article,
    Author,
    Broadcast,
    Capture,
    Contact,
    Desk,
    Event,
    Image,
    Language,
    LoadRun,
    Message,
    Poll,
    Recording,
    Section,
    Source,
)
from articles.views.kept import LOGGED_OUT, kept_form
from newsroom.policy import CSP, policy

ON_SITE = "r/<path:content_type_id>/<path:object_id>/"
"""Django's own address of "view on site", which is answered before Django would."""

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class NewsroomAdminSite(AdminSite):
    site_header = _("Newsroom desk")
    site_title = _("Newsroom desk")
    index_title = _("Your desk")
    empty_value_display = pgettext_lazy("no value", "none")  # type: ignore[assignment]

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.register(Article, ArticleAdmin)
        self.register(Event, EventAdmin)
        self.register(Image, ImageAdmin)
        self.register(Recording, RecordingAdmin)
        self.register(Capture, CaptureAdmin)
        self.register(LoadRun, LoadRunAdmin)
        self.register(Message, MessageAdmin)
        self.register(Poll, PollAdmin)
        self.register(Alias, AliasAdmin)
        self.register(Source, SourceAdmin)
        self.register(Broadcast, BroadcastAdmin)
        self.register(Section, SectionAdmin)
        self.register(Author, AuthorAdmin)
        self.register(Contact, ContactAdmin)
        self.register(Language, LanguageAdmin)
        self.register(Desk, MembershipAdmin)
        self.register(AccessAttempt, AttemptAdmin)

    def get_urls(self) -> list[Any]:
        own = path(ON_SITE, self.admin_view(partial(view_on_site, self)), name="view_on_site")
        return [own, *account_urls(self), *super().get_urls()]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        own = {"deeds": newest_deeds(editor_of(request)), "panels": panels(request)}
        return super().index(request, {**own, **(extra_context or {})})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "desk_languages": _language_links(request)}

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Guard each page of the desk, also against a NUL, which no text of PostgreSQL may hold.

        What is pasted there says by attributes of style what is bold; no sheet may stand in a page.
        """
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if "\0" in unquote(request.get_full_path()):
                raise BadRequest("The address holds a NUL character. Leave it out.")
            if not self.has_permission(request) and (kept := kept_form(request, LOGGED_OUT)):
                return kept
            response = guarded(request, *args, **kwargs)
            response.headers.setdefault(CSP, policy(style_src_attr="'unsafe-inline'"))
            return response

        return cast(View, page)

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in whoever took both steps of the login; asked for every page but those of it."""
        return super().has_permission(request) and has_proved_both(request)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return cast(HttpResponse, password_page(self, request, extra_context))

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
    """Suggestions that say more than a name where a name is not enough (see ``suggestion``), of
    what the person may choose for the column that asks.
    """

    def process_request(self, request: HttpRequest) -> tuple[Any, ...]:
        """Refuse to suggest for what is no column: rows that point at the noun, by their name."""
        term, screen, field, key = super().process_request(request)
        if not field.concrete:
            raise PermissionDenied
        return term, screen, field, key

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset()
        asking = self.model_admin.admin_site._registry.get(self.source_field.model)
        narrow = getattr(asking, "narrowed", None)
        return narrow(self.request, self.source_field.name, rows) if narrow else rows

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
