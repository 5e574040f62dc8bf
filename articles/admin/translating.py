"""Translating at the desk: the original beside the form, what changed in it since, and stories that
were withdrawn in another language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.actions import Refused, catch_up, leave_standing, rights
from articles.actions.original import Original, original_of
from articles.admin.article_rights import ArticleRights
from articles.admin.comparing import Compared, Comparison
from articles.admin.given import note_in, version_in
from articles.admin.verbs import editor_of, sentence_on
from articles.models import Article, Language, Notice
from articles.models.placed import FIGURES
from articles.models.revision import TEXTS
from articles.models.story import withdrawn_elsewhere
from articles.text.html import to_text


class Source(NamedTuple):
    """What a translator reads beside the form: the original as it was translated, and what differs
    in it now. ``version`` is that of the text before their eyes.
    """

    original: Original
    language: Language
    texts: list[tuple[str, str]]
    changes: list[Compared]
    version: int
    is_stale: bool


class TranslatingAdmin(ArticleRights):
    """The part of an article's screen that is about the story's other languages."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/caught-up/",
                view(require_POST(self.caught_up_view)),
                name="articles_article_caught_up",
            ),
            path(
                "<path:object_id>/stays/",
                view(require_POST(self.stays_view)),
                name="articles_article_stays",
            ),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = kwargs.get("obj")
        told = {} if article is None else _told(request, article)
        return super().render_change_form(request, {**context, **told}, *args, **kwargs)

    def caught_up_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Note that a translation says what the text says that its translator has read."""
        article = self._article(request, object_id, "change")
        seen = version_in(request.POST, "seen")
        try:
            catch_up(article=article, by=editor_of(request), seen=seen)
        except Refused as refusal:
            messages.error(request, sentence_on(article, refusal.reasons))
        else:
            messages.success(request, _("The translation is up to date with its original."))
        return _back(article)

    def stays_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Note that an article stays before readers, though its story was withdrawn elsewhere."""
        article = self._article(request, object_id, "withdraw")
        note = note_in(request.POST, "stays_note")
        try:
            leave_standing(article=article, by=editor_of(request), note=note)
        except Refused as refusal:
            messages.error(request, sentence_on(article, refusal.reasons))
        else:
            messages.success(request, _("It is noted that the article stays before readers."))
        return _back(article)

    def _article(self, request: HttpRequest, object_id: str, deed: str) -> Article:
        article = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        if not rights.may(request.user, deed, article):
            raise PermissionDenied
        return article


def _back(article: Article) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def _told(request: HttpRequest, article: Article) -> dict[str, Any]:
    return {"translation": _source(request, article), "standing": _standing(request, article)}


def _source(request: HttpRequest, article: Article) -> Source | None:
    """The original beside a translation, as far as the person may read it."""
    if article.translated_from_id is None or not rights.may(request.user, "history", article):
        return None
    original = original_of(article, request.user)
    shown = original and (original.then or original.now)
    if original is None or shown is None:
        return None
    then, now = original.then, original.now
    changes = Comparison(then, now).changed(then, now) if then and now else []
    changes = [change for change in changes if change.name in (*TEXTS, FIGURES)]
    language = original.article.language
    texts = list(_texts(shown))
    is_stale = article.stale_since is not None
    return Source(original, language, texts, changes, original.version, is_stale)


def _texts(snapshot: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The original's texts by field, the body as plain text: it is to be read, not to be copied.
    What is said of its pictures comes last, a paragraph each.
    """
    told = {name: snapshot.get(name) or "" for name in ("headline", "standfirst", "body")}
    told["body"] = to_text(told["body"])
    placed = ((each["alt_text"], each["caption"]) for each in snapshot.get(FIGURES) or ())
    told[FIGURES] = "\n\n".join("\n".join(filter(None, said)) for said in placed)
    return [(name, text) for name, text in told.items() if text]


def _standing(request: HttpRequest, article: Article) -> Notice | None:
    """The notice with which the story was withdrawn in another language, to who may decide."""
    if not rights.may(request.user, "withdraw", article):
        return None
    if not Article.objects.filter(withdrawn_elsewhere(), pk=article.pk).exists():
        return None
    told = Notice.objects.of_withdrawn().filter(article__story=article.story)
    return told.select_related("article__language").order_by("-made_at").first()
