"""What stands in an article beside its text and has a screen of its own: an event, a recording.

Who may change the article may change it; an action does, and what it refuses is shown in the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.actions import Refused, rights
from articles.admin.base import DeskAdmin, headline_of
from articles.models import Article
from articles.search import DeskScope, find_at_desk

Row = TypeVar("Row", bound=Model)
REFUSED = "_refused"
"""Where a request keeps the reasons for which its form is shown once more."""

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm
else:

    class _ModelForm(forms.ModelForm):
        def __class_getitem__(cls, _item: Any) -> type[forms.ModelForm]:
            return cls


class BesideForm(_ModelForm[Any]):
    """A form that shows what its action refused. ``article`` is the one that it is for."""

    refused: tuple[str, ...] = ()

    @property
    def article(self) -> Article | None:
        """The article of the row, or the one that a new row's form was opened for."""
        if self.instance.pk:
            own: Article = self.instance.article
            return own
        key = self.data.get("article") or self.initial.get("article")
        field = self.fields.get("article")
        try:
            found: Article | None = field.clean(key) if field and key else None
        except forms.ValidationError:
            return None
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for reason in self.refused:
            self.add_error(None, reason)
        return cleaned

    def _post_clean(self) -> None:
        """Set what was typed on the row; whether it can be is the action's to say, in one place."""
        if not self.errors:
            self.instance = forms.models.construct_instance(
                self, self.instance, self._meta.fields, self._meta.exclude
            )


class BesideAdmin(DeskAdmin[Row]):
    """The screen of rows with an ``article``. ``store`` and ``drop`` call the actions.

    Of ``search_fields`` those of the article are looked for in the index of its words.
    """

    list_select_related = ["article__language"]
    list_defer: tuple[str, ...] = ("article__body", "article__search_key")
    autocomplete_fields = ["article"]
    actions = None

    def store(self, request: HttpRequest, row: Row, form: Any) -> None:
        """Store what was typed. Raises Refused."""
        raise NotImplementedError

    def drop(self, request: HttpRequest, row: Row) -> None:
        """Take the row away. Raises Refused."""
        raise NotImplementedError

    # Who may -----------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        own = Article.objects.filter(rights.where(request.user, "view"), pk=OuterRef("article"))
        return super().get_queryset(request).filter(Exists(own))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Row], search_term: str
    ) -> tuple[QuerySet[Row], bool]:
        """Rows whose own columns, or whose article, hold the words."""
        seen = Article.objects.filter(rights.where(request.user, "view"))
        numbers = find_at_desk(search_term, DeskScope(seen))
        if numbers is None:
            return queryset, False
        own = [name for name in self.search_fields if not name.startswith("article__")]
        found = Q(article__in=numbers)
        for name in own:
            found |= Q(**{f"{name}__icontains": search_term.strip()})
        return queryset.filter(found), False

    def narrowed(self, request: HttpRequest, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(rights.where(request.user, "change")) if name == "article" else rows

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "view", obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rights.may_somewhere(request.user, "change")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", obj)

    def _may(self, request: HttpRequest, deed: str, row: Any) -> bool:
        if row is None:
            return rights.may_somewhere(request.user, deed)
        return rights.may(request.user, deed, row.article)

    # Saving ------------------------------------------------------------------------------------

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """It stays with the article that it was made for, where its rights were asked."""
        return [*super().get_readonly_fields(request, obj), *(["article_link"] if obj else [])]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form. What an action refuses is shown in it, as it was typed, and nothing is kept."""
        shown = super().changeform_view
        try:
            return shown(request, object_id, form_url, extra_context)
        except Refused as refusal:
            setattr(request, REFUSED, tuple(refusal.reasons))
        return shown(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Any]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refused = getattr(request, REFUSED, ())  # type: ignore[attr-defined]
        if "article" in form.base_fields:
            widget = form.base_fields["article"].widget
            widget.can_add_related = widget.can_change_related = False
            widget.can_view_related = widget.can_delete_related = False
        return form

    def save_model(self, request: HttpRequest, obj: Row, form: Any, change: bool) -> None:
        self.store(request, obj, form)

    def delete_model(self, request: HttpRequest, obj: Row) -> None:
        try:
            self.drop(request, obj)
        except Refused as refusal:  # Somebody moved the article while the question stood open.
            raise PermissionDenied(" ".join(refusal.reasons)) from refusal

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask, and lead back to the article from which it was taken."""
        row: Any = self.get_object(request, unquote(object_id))
        response = super().delete_view(request, object_id, extra_context)
        is_done = isinstance(response, HttpResponseRedirect) and row is not None
        return self._to_article(row.article) if is_done else response

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        told = super().response_add(request, obj, post_url_continue)
        return self._back(request, obj) or told

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        told = super().response_change(request, obj)
        return self._back(request, obj) or told

    def _back(self, request: HttpRequest, row: Any) -> HttpResponse | None:
        """Back to the article, unless another button than Save was pressed."""
        is_more = {"_continue", "_addanother", "_popup"} & request.POST.keys()
        return None if is_more else self._to_article(row.article)

    def _to_article(self, article: Article) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    @admin.display(description=_("article"), ordering="article__headline")
    def headline(self, row: Any) -> str:
        return headline_of(row.article)

    @admin.display(description=_("article"))
    def article_link(self, row: Any) -> str:
        """The headline as a way back to the article's form."""
        address = reverse("admin:articles_article_change", args=[row.article.pk])
        return format_html('<a href="{}">{}</a>', address, headline_of(row.article))
