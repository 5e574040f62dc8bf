"""What readers would see of an article as it stands in its form, and why that cannot be shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.admin.article_form import ArticleForm
from articles.models import Article
from articles.views.preview import has_page, show_unsaved

if TYPE_CHECKING:
    from articles.admin.article_rights import ArticleRights


class PreviewForm(ArticleForm):
    """The article's form, read and never saved: it waits for nobody and takes nothing over."""

    def merge_with_others(self, cleaned: dict[str, Any]) -> None:
        """What others saved meanwhile comes in when this is saved, and locks the row only then."""


def preview_page(
    screen: ArticleRights, request: HttpRequest, object_id: str | None = None
) -> HttpResponse:
    """Answer with the page of what was typed; ``object_id`` is None for an article that is new.

    Who may only read the article is shown it as it is stored. What the form refuses is told in
    sentences, with status 422. Nothing is stored, and no revision or log entry is written.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    article = None if object_id is None else screen.get_object(request, unquote(object_id))
    if object_id is not None and article is None:
        raise Http404
    if article is not None and not screen.has_change_permission(request, article):
        if not screen.has_view_permission(request, article):
            raise PermissionDenied
        return _shown(screen, request, article)
    if article is None and not screen.has_add_permission(request):
        raise PermissionDenied
    typed = screen.get_form(request, article, change=article is not None, form=PreviewForm)
    form = typed(request.POST, instance=article)
    if not form.is_valid():
        return _refused(screen, request, sentences(form))
    form.instance.derive()
    return _shown(screen, request, form.instance)


def sentences(form: BaseForm) -> Iterator[str]:
    """What is wrong with each field, after its name; what is wrong with the whole stands alone."""
    for name, errors in form.errors.items():
        label = "" if name == NON_FIELD_ERRORS else capfirst(str(form[name].label))
        for error in errors:
            yield f"{label}: {error}" if label else str(error)


def _shown(screen: ArticleRights, request: HttpRequest, article: Article) -> HttpResponse:
    if has_page(article):
        return show_unsaved(request, article)
    return _refused(screen, request, [_("This language has no edition, so readers have no page.")])


def _refused(screen: ArticleRights, request: HttpRequest, reasons: Any) -> HttpResponse:
    context = {
        **screen.admin_site.each_context(request),
        "opts": screen.opts,
        "title": _("This cannot be shown yet"),
        "reasons": list(reasons),
    }
    return render(request, "admin/articles/article/preview_refused.html", context, status=422)
