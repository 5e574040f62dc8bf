"""Articles at the desk, with what somebody typed and did not save, and with who else is here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from articles.actions import Refused, drop_draft, take_draft
from articles.actions.draft import may_type
from articles.admin.article_list import ArticleList
from articles.admin.drafts.endpoint import answer, refuse
from articles.admin.drafts.listed import DraftsChangeList
from articles.admin.drafts.offered import Offered, is_typed, offer
from articles.admin.drafts.presence import names_of, people_in, saved_since
from articles.admin.drafts.rows import drafts_for, mark_of, unsaved_of
from articles.admin.unsent import unsent_note
from articles.admin.verbs import editor_of
from articles.models import Article, Draft

TAB = "_tab"
"""The field in which a form says which tab it is in."""

SHOWN = 10
"""Unsaved texts that one form offers; the older ones follow when these are settled."""


class ArticleDrafts(ArticleList):
    """Forms that offer what was typed into them, and lists that tell of it."""

    class Media:
        js = ["admin-desk/typed-store.js", "admin-desk/autosave.js"]
        css = {"all": ["admin-desk/saving.css", "admin-desk/drafts.css"]}

    def get_urls(self) -> list[URLPattern]:
        """What the form's script talks to, beside the form, and what settles an unsaved text."""
        tell = self.admin_site.admin_view(self.draft_view)
        settle = self.admin_site.admin_view(self.unsaved_view)
        own = [
            path("add/draft/", tell, name="articles_article_add_draft"),
            path("<path:object_id>/draft/", tell, name="articles_article_draft"),
            path("unsaved/<uuid:tab>/", settle, name="articles_article_unsaved"),
        ]
        return [*own, *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "POST"]))
    def draft_view(self, request: HttpRequest, object_id: str = "") -> HttpResponse:
        """Answer the script of an article's form, or of that for a new one."""
        article = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and article is None:
            return refuse(Refused([_("This article is not there any more.")]), 404)
        return answer(self, request, article)

    @method_decorator(require_POST)
    def unsaved_view(self, request: HttpRequest, tab: UUID) -> HttpResponse:
        """Take an unsaved text of one's own into the form, or throw it away."""
        draft = Draft.objects.of(editor_of(request)).filter(tab=tab).first()
        address = form_address(draft.article_id if draft else None)
        if "_drop" in request.POST:
            drop_draft(by=editor_of(request), tab=tab)
            messages.success(request, _("The unsaved text is thrown away."))
            return HttpResponseRedirect(address)
        try:
            taken = take_draft(by=editor_of(request), tab=tab, into=uuid4())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        return HttpResponseRedirect(f"{address}?draft={taken.tab}")

    # Forms ---------------------------------------------------------------------------------------

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """A form that was saved, in whatever way, leads elsewhere: its tab keeps nothing then."""
        response = super().changeform_view(request, object_id, *args, **kwargs)
        tab = uuid_in(request.POST.get(TAB, ""))
        if tab and response.status_code == 302:
            drop_draft(by=editor_of(request), tab=tab)
        return response

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Article]]:
        """The form, filled with the unsaved text that the address names."""
        form = super().get_form(request, obj, change=change, **kwargs)
        tab = uuid_in(request.GET.get("draft", "")) if request.method == "GET" else None
        own = Draft.objects.of(editor_of(request)).unsaved()
        draft = own.filter(tab=tab, article=obj).first() if tab else None
        return with_text(form, draft) if draft else form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = kwargs.get("obj")
        if not context.get("is_popup"):
            context = {**context, **self._of_drafts(request, article, context["adminform"].form)}
        return super().render_change_form(request, context, *args, **kwargs)

    def _of_drafts(
        self, request: HttpRequest, article: Article | None, form: Any
    ) -> dict[str, Any]:
        """What the form's template tells: the tab, who is here, and what may be taken up."""
        user = editor_of(request)
        drafts = drafts_for(user, article)
        taken: Draft | None = getattr(form, "draft", None)
        tab = taken.tab if taken else uuid_in(request.POST.get(TAB, "")) or uuid4()
        # After a refused save the instance says what was typed: the script asks for offers later.
        left = [] if form.is_bound else unsaved_of(user, (d for d in drafts if d.tab != tab))
        return {
            "tab": tab,
            "taken": taken,
            "is_typed": form.is_bound or taken is not None,
            "note": request.POST.get("_note")
            or (taken.data.get("_note") if taken else "")
            or unsent_note(request, article),
            "keeps": draft_address(article) if may_type(user, article) else None,
            # Of one's own tabs the script tells: one that was just left still seems to be open.
            "people": [each for each in people_in(drafts, user) if not each.is_you],
            "saved": saved_since(article, taken.base_version) if article and taken else None,
            "unsaved": self.offers(request, article, left),
            "unsaved_mark": mark_of(left),
        }

    def offers(
        self, request: HttpRequest, article: Article | None, drafts: Iterable[Draft]
    ) -> list[Offered]:
        """The ``drafts`` with what is in them, newest first, each against what is stored."""
        keys = [draft.pk for draft in drafts][:SHOWN]
        if not keys:
            return []
        names = flatten_fieldsets(self.get_fieldsets(request, article))
        form = super().get_form(request, article, change=article is not None, fields=names)
        rows = Draft.objects.filter(pk__in=keys).order_by("-changed_at", "-pk")
        return [offer(draft, article, form) for draft in rows]

    # Lists ---------------------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[DraftsChangeList]:
        return DraftsChangeList

    @admin.display(description=gettext_lazy("headline"), ordering="headline")
    def headline_cell(self, article: Article) -> str:
        people = getattr(article, "people", ())
        return format_html("{}{}", super().headline_cell(article), names_of(people))


def with_text(form: type[forms.ModelForm[Article]], draft: Draft) -> type[forms.ModelForm[Article]]:
    """The ``form`` as ``draft`` left it, made from the version that it began from."""
    typed = {
        name: field.widget.value_from_datadict(draft.data, {}, name)
        for name, field in form.base_fields.items()
        if is_typed(field, name, draft.data)
    }
    if draft.base_version:
        typed["base_version"] = draft.base_version

    class Filled(form):  # type: ignore[valid-type, misc]
        def __init__(self, *args: Any, initial: Any = None, **kwargs: Any) -> None:
            super().__init__(*args, initial={**(initial or {}), **typed}, **kwargs)

    Filled.draft = draft
    return Filled


def form_address(article: int | None) -> str:
    """The form of an article, or that for a new one."""
    if article is None:
        return reverse("admin:articles_article_add")
    return reverse("admin:articles_article_change", args=[article])


def draft_address(article: Article | None) -> str:
    """What the script of a form talks to."""
    if article is None:
        return reverse("admin:articles_article_add_draft")
    return reverse("admin:articles_article_draft", args=[article.pk])


def uuid_in(text: str) -> UUID | None:
    """The UUID that ``text`` is, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None
