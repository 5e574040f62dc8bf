"""Taking back a notice that readers should not have been shown."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.actions import Refused, rights, take_back_notice
from articles.admin.article_rights import ArticleRights
from articles.admin.given import note_in
from articles.admin.verbs import editor_of, sentence_on


class TakingBackAdmin(ArticleRights):
    """The part of an article's screen that takes notices back."""

    def get_urls(self) -> list[URLPattern]:
        taken_back = self.admin_site.admin_view(require_POST(self.taken_back_view))
        route = "<path:object_id>/notice/<int:pk>/taken-back/"
        return [path(route, taken_back, name="articles_article_taken_back"), *super().get_urls()]

    def taken_back_view(self, request: HttpRequest, object_id: str, pk: int) -> HttpResponse:
        """Show one of the article's notices to readers no longer."""
        article = self.get_object(request, unquote(object_id))
        notice = article.notices.filter(pk=pk).first() if article else None
        if article is None or notice is None:
            raise Http404
        if not rights.may(request.user, "notice", article):
            raise PermissionDenied
        note = note_in(request.POST, f"taken_back_note-{pk}")
        try:
            take_back_notice(notice=notice, by=editor_of(request), note=note)
        except Refused as refusal:
            messages.error(request, sentence_on(article, refusal.reasons))
        else:
            messages.success(request, _("Readers see this notice no longer."))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
