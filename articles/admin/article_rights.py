"""Who meets which article at the desk: the admin's hooks, asking ``articles.actions.rights``."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from articles.actions import rights, was_seen
from articles.admin.base import DeskAdmin
from articles.admin.given import keys_of
from articles.admin.verbs import Verb
from articles.models import Article

ASKER = "_asker"


class ArticleRights(DeskAdmin[Article]):
    """A list, a form, a suggestion or an address knows of no article that its asker may not see."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).filter(rights.where(request.user, "view"))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """The article, which remembers who asked for it: fields that are only shown get no request
        (see ``asker_of``).
        """
        article = super().get_object(request, object_id, from_field)
        if article is not None:
            setattr(article, ASKER, request.user)
        return article

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return self._may(request, "view", obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rights.may_on(request.user, "add")

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What readers have once seen is withdrawn, not deleted: its address goes on answering."""
        return not (obj and was_seen(obj)) and self._may(request, "delete", obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Hold the row before it is asked whether it may go: somebody may be publishing it."""
        with transaction.atomic():
            if request.method == "POST":
                _hold(Article.objects.filter(pk__in=keys_of(Article, [unquote(object_id)])))
            return super().delete_view(request, object_id, extra_context)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Delete the rows, unless somebody has published one since it was asked whether they may
        go: then none.
        """
        with transaction.atomic():
            rows = _hold(Article.objects.filter(pk__in=queryset.values_list("pk", flat=True)))
            if not all(self.has_delete_permission(request, row) for row in rows):
                raise PermissionDenied
            super().delete_queryset(request, queryset)

    def may(self, request: HttpRequest, verb: Verb, article: Article | None) -> bool:
        """Whether the person may do ``verb`` once the article is stored, None being a new one."""
        return self._may(request, verb.name, article)

    def _may(self, request: HttpRequest, deed: str, article: Article | None) -> bool:
        if article is None:
            return rights.may_somewhere(request.user, deed)
        return rights.may(request.user, deed, article)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Bulk actions are offered to who may do them on some desk; each row is asked for again."""
        offered = super().get_actions(request)
        deeds = {name: name.removesuffix("_selected") for name in offered}
        may = {name for name, deed in deeds.items() if self._may(request, deed, None)}
        return {name: action for name, action in offered.items() if name in may}

    def narrowed(self, request: HttpRequest, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        own = rights.on_desks(request.user, rights.WRITER)
        return rows.filter(own) if name in {"section", "author"} else rows

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Article]]:
        """An article stays among the desks on which the person might write it."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if "language" in form.base_fields:
            least = rights.RIGHTS["change"].roles[obj.status if obj else Article.Status.DRAFT]
            field = cast("forms.ModelChoiceField[Any]", form.base_fields["language"])
            field.queryset = field.queryset.filter(rights.on_desks(request.user, least, "pk"))  # type: ignore[union-attr]
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Prefill from the address, as links for translations do; else write as you read, where
        you have a desk for it.
        """
        read = get_language() or ""
        own = [read, *sorted(rights.roles_of(request.user))]
        language = next((code for code in own if rights.may_on(request.user, "add", code)), read)
        return {"language": language, **super().get_changeform_initial_data(request)}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = kwargs.get("obj")
        own = article and {
            "sees_history": rights.may(request.user, "history", article),
            "sees_capture": rights.may_on(request.user, "capture", article.language_id),
            "why_read": self._why_read(request, article),
        }
        return super().render_change_form(request, {**context, **(own or {})}, *args, **kwargs)

    def _why_read(self, request: HttpRequest, article: Article) -> str | None:
        """Why the article is shown and not to be written, for whom it is so."""
        if self.has_change_permission(request, article):
            return None
        return rights.reason_against(request.user, "change", article)


def _hold(articles: QuerySet[Article]) -> list[Article]:
    """The rows as they are now, held until the transaction ends."""
    return list(articles.select_for_update().order_by("pk"))


def asker_of(article: Article) -> AbstractUser:
    """Who opened the form that shows the article."""
    return cast(AbstractUser, getattr(article, ASKER))
