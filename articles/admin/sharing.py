"""Giving somebody outside an address at which an article is seen before readers see it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions import Refused, rights, share_preview
from articles.actions.sharing import LASTS
from articles.admin.article_rights import ArticleRights
from articles.admin.verbs import editor_of, sentence_on
from articles.models import Article
from articles.views.frame import absolute
from articles.views.preview import has_page


class SharingAdmin(ArticleRights):
    """The part of an article's screen that shares its preview."""

    def get_urls(self) -> list[URLPattern]:
        share = self.admin_site.admin_view(self.share_view)
        own = path("<path:object_id>/share/", share, name="articles_article_share")
        return [own, *super().get_urls()]

    def share_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say what such an address does and make one when the button is pressed."""
        article = self.get_object(request, unquote(object_id))
        if article is None or not has_page(article):
            raise Http404
        if not rights.may(request.user, "share", article):
            raise PermissionDenied
        if request.method != "POST":
            return self._show_sharing(request, article)
        now = timezone.now()
        try:
            token = share_preview(article=article, by=editor_of(request), at=now)
        except Refused as refusal:
            messages.error(request, sentence_on(article, refusal.reasons))
            form = reverse("admin:articles_article_change", args=[article.pk])
            return HttpResponseRedirect(form)
        address = absolute(reverse("shared_preview", args=[token]))
        return self._show_sharing(request, article, address=address, until=now + LASTS)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = kwargs.get("obj")
        may = (
            article is not None
            and not article.is_live()
            and has_page(article)
            and rights.may(request.user, "share", article)
        )
        return super().render_change_form(request, {**context, "may_share": may}, *args, **kwargs)

    def _show_sharing(self, request: HttpRequest, article: Article, **told: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "article": article,
            "title": _("Share a preview"),
            **told,
        }
        return render(request, "admin/articles/article/share.html", context)
