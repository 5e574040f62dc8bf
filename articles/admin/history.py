"""The pages of an article's history: what was done, two texts compared, and one brought back."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from articles.actions import Refused, revert, rights
from articles.actions.revision import REVERTED
from articles.admin.article_rights import ArticleRights
from articles.admin.comparing import Comparison
from articles.admin.given import keys_of, version_in
from articles.admin.history_rows import page_of, title_of
from articles.admin.moment import on_clock
from articles.admin.sentences import filled, isolated, name_of
from articles.admin.verbs import editor_of, sentence_on
from articles.admin.waiting import waiting_of, waiting_one
from articles.models import Article, Revision
from articles.models.revision import snapshot_of

SIDES = ("before", "after")
"""Names of the two columns in which a revision is chosen to be compared."""


class HistoryAdmin(ArticleRights):
    """The part of the article's screen that shows what it said, and who changed it when."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        compare, one = view(self.compare_view), view(self.revision_view)
        return [
            path("<path:object_id>/history/compare/", compare, name="articles_article_compare"),
            path("<path:object_id>/history/<int:pk>/", one, name="articles_article_revision"),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The revisions of an article, newest first, with what the log tells besides."""
        article = self.article_for(request, object_id, "history")
        page, lines = page_of(article, request.GET.get("page"))
        chosen = self._chosen(request, article)
        shown = [line.revision for line in lines if line.revision]
        newest = dict(zip(reversed(SIDES), shown, strict=False)) if len(shown) > 1 else {}
        context = {
            "title": _("History"),
            "page": page,
            "lines": lines,
            "waiting": waiting_of(article, request.user),
            "chosen": {side: chosen.get(side, newest.get(side)) for side in SIDES},
            "elsewhere": [(side, Told.of(one)) for side, one in chosen.items() if one not in shown],
            **(extra_context or {}),
        }
        return self.answer(request, article, "history", context)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Two states of an article, told apart word by word in each field that differs."""
        article = self.article_for(request, object_id, "history")
        chosen = self._chosen(request, article)
        if len(chosen) < len(SIDES):
            messages.error(request, _("Choose two texts to compare."))
            return HttpResponseRedirect(history_address(article))
        before, after = (chosen[side] for side in SIDES)
        comparison = Comparison(before.snapshot, after.snapshot)
        context = {
            "title": _("Two texts compared"),
            "before": Told.of(before),
            "after": Told.of(after),
            "fields": comparison.changed(before.snapshot, after.snapshot),
        }
        return self.answer(request, article, "compare", context, inside=True)

    def revision_view(self, request: HttpRequest, object_id: str, pk: int) -> HttpResponse:
        """One state of an article: what it changed and all it says; a button brings it back."""
        article = self.article_for(request, object_id, "history")
        revision = revision_of(article, pk)
        if request.method == "POST":
            return self._bring_back(request, article, revision)
        before = _before(article, revision)
        old = before.snapshot if before else revision.snapshot
        comparison = Comparison(old, revision.snapshot)
        is_waiting = revision.state in Revision.PENDING
        context = {
            "title": title_of(revision),
            "revision": Told.of(revision),
            "before": Told.of(before) if before else None,
            "newest": article.revisions.kept().defer("snapshot").first(),
            "fields": comparison.changed(old, revision.snapshot),
            "whole": comparison.all(revision.snapshot, revision.snapshot),
            "waiting": [waiting_one(article, revision, request.user)] if is_waiting else [],
            "may_restore": self._may_restore(request, article, revision),
        }
        return self.answer(request, article, "revision", context, inside=True)

    def _may_restore(self, request: HttpRequest, article: Article, revision: Revision) -> bool:
        now = snapshot_of(article)
        is_other = any(revision.snapshot.get(name) != now[name] for name in REVERTED)
        may = rights.may(request.user, "change", article)
        return may and is_other and revision.state == Revision.State.KEPT

    def _bring_back(
        self, request: HttpRequest, article: Article, revision: Revision
    ) -> HttpResponse:
        seen = version_in(request.POST, "seen")
        try:
            revert(article=article, revision=revision, by=editor_of(request), seen=seen)
        except Refused as refusal:
            messages.error(request, sentence_on(article, refusal.reasons))
            return HttpResponseRedirect(request.path)
        messages.success(
            request,
            filled(
                _("The article says again what version %(number)s said."),
                number=str(revision.number),
            ),
        )
        return HttpResponseRedirect(history_address(article))

    def article_for(self, request: HttpRequest, object_id: str, deed: str) -> Article:
        """The article of an address, for who may do ``deed`` to it."""
        article = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        if not rights.may(request.user, deed, article):
            raise PermissionDenied
        return article

    def _chosen(self, request: HttpRequest, article: Article) -> dict[str, Revision]:
        """The revisions that the address names, by their side; none of another article's."""
        given = {side: request.GET.get(side, "") for side in SIDES}
        keys = keys_of(Revision, [key for key in given.values() if key])
        made = article.revisions.select_related("made_by", "base")
        rows = made.in_bulk([int(key) for key in keys]) if keys else {}
        named = {str(pk): row for pk, row in rows.items()}
        return {side: named[key] for side, key in given.items() if key in named}

    def answer(
        self,
        request: HttpRequest,
        article: Article,
        template: str,
        context: dict[str, Any],
        *,
        inside: bool = False,
    ) -> HttpResponse:
        """A page of the history; ``inside`` it is one that the page of the history leads to."""
        steps = [(history_address(article), _("History"))] if inside else []
        common = {**self.admin_site.each_context(request), "opts": self.opts, "steps": steps}
        name = f"admin/articles/article/{template}.html"
        return TemplateResponse(request, name, {**common, "article": article, **context})


def history_address(article: Article) -> str:
    """Where the history of an article is shown."""
    return reverse("admin:articles_article_history", args=[article.pk])


class Told(NamedTuple):
    """A revision with its name and, in HTML, who made it when."""

    revision: Revision
    title: str
    made: str

    @classmethod
    def of(cls, revision: Revision) -> Told:
        return cls(revision, title_of(revision), made(revision))


def made(revision: Revision) -> str:
    """Who made a revision and when, in HTML."""
    who = name_of(revision.made_by)
    sentence = _("%(who)s, %(moment)s") if who else "%(moment)s"
    return filled(sentence, who=isolated(who), moment=on_clock(revision.made_at))


def revision_of(article: Article, pk: int) -> Revision:
    """One of the article's revisions, of the history or waiting; another's is not found."""
    found = article.revisions.select_related("made_by", "base").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _before(article: Article, revision: Revision) -> Revision | None:
    """What the article said before: of a change that waits, what it was written over."""
    if revision.number is None:
        return revision.base
    return article.revisions.at_version(revision.number - 1).first()
