"""The board: stories by languages, where each stands, and what is missing one click away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.actions import Refused, rights, start_translation
from articles.admin.article_rights import ArticleRights
from articles.admin.base import in_language
from articles.admin.board_rows import LOOKED_AT, Asked, Stood, page_of
from articles.admin.cells import Cell, cells_of, with_language
from articles.admin.verbs import editor_of
from articles.models import Article, Language, Section

TEMPLATE = "admin/articles/article/board.html"
WORDS: dict[str, str | Promise] = {
    "missing": gettext_lazy("Missing in"),
    "stale": gettext_lazy("Stale in"),
    "standing": gettext_lazy("Withdrawn elsewhere, not in"),
}
"""What the board can be narrowed to; a language follows each."""


@dataclass(frozen=True)
class Row:
    """A story: when it was last changed (or went stale), its section and its languages."""

    moment: datetime
    section: Section | None
    cells: Sequence[Cell]
    is_day: bool = False


@dataclass(frozen=True)
class Choice:
    """A link that narrows the board, or widens it again where it is narrowed so."""

    label: str
    address: str
    is_chosen: bool


class BoardPages(ArticleRights):
    """Articles with a board of their stories, and an address that starts a translation."""

    def get_urls(self) -> list[URLPattern]:
        ask = self.admin_site.admin_view
        start = require_POST(self.translate_view)
        return [
            path("board/", ask(self.board_view), name="articles_article_board"),
            path(
                "<path:object_id>/translate/<str:code>/",
                ask(start),
                name="articles_article_translate",
            ),
            *super().get_urls(),
        ]

    def board_view(self, request: HttpRequest) -> HttpResponse:
        """The board, as the address narrows it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        languages = list(Language.objects.all())
        asked = Asked.read(request.GET.dict(), [language.pk for language in languages])
        sections = list(Section.objects.filter(rights.sections(request.user)))
        reader = editor_of(request)
        page = page_of(asked, reader, [each.pk for each in sections if each.slug == asked.section])
        cells = cells_of([each.story for each in page.rows], reader, languages)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Stories by languages"),
            "asked": asked,
            "languages": languages,
            "rows": [_row(each, cells[each.story], sections) for each in page.rows],
            "groups": list(_groups(asked, languages)),
            "own": _own(asked, bool(rights.roles_of(reader))),
            "sections": _titles(sections),
            "all_address": reverse("admin:articles_article_board"),
            "newest_address": asked.address() if asked.before else "",
            "older_address": f"{asked.address()}&before={page.older}" if page.older else "",
            "looked_at": LOOKED_AT if page.is_cut else 0,
        }
        return TemplateResponse(request, TEMPLATE, context)

    def translate_view(self, request: HttpRequest, object_id: str, code: str) -> HttpResponse:
        """Start a translation and lead to its form; lead to the one that there is already."""
        source = self.get_object(request, unquote(object_id))
        language = Language.objects.filter(pk=code).first()
        if source is None or language is None:
            raise Http404
        try:
            draft = start_translation(source=source, language=language, by=editor_of(request))
        except Refused as refusal:
            messages.error(request, " ".join(refusal.reasons))
            return HttpResponseRedirect(self._instead(request, source, language))
        messages.success(
            request,
            with_language(_("Its translation into %(language)s is yours to write."), language),
        )
        return HttpResponseRedirect(_form_of(draft))

    def _instead(self, request: HttpRequest, source: Article, language: Language) -> str:
        """Where to go when nothing was started: who pressed twice finds what they have started."""
        told = self.get_queryset(request).filter(story=source.story, language=language).first()
        back = request.POST.get("next", "")
        if told is None and url_has_allowed_host_and_scheme(back, None):
            return back
        return _form_of(told or source)


def _form_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def _row(stood: Stood, cells: Sequence[Cell], sections: Iterable[Section]) -> Row:
    """A row, under the section of an article of it that the reader may see: rather of the one in
    the language of the desk.
    """
    seen = {cell.article.section_id for cell in cells if cell.article}
    own = [each for each in sections if each.pk in seen]
    code = get_language()
    section = min(own, key=lambda each: each.language_id != code, default=None)
    return Row(stood.moment, section, cells, stood.is_day)


def _groups(asked: Asked, languages: Iterable[Language]) -> Iterator[tuple[str, list[Choice]]]:
    for name, words in WORDS.items():
        yield str(words), [_choice(asked, name, language) for language in languages]


def _choice(asked: Asked, name: str, language: Language) -> Choice:
    is_chosen = asked.show == name and asked.language == language.pk
    show, code = ("", "") if is_chosen else (name, language.pk)
    label = in_language(language.endonym, language)
    return Choice(label, asked.address(show=show, language=code), is_chosen)


def _own(asked: Asked, has_desk: bool) -> Choice | None:
    """The stories of the reader's own desks, for who has one."""
    if not has_desk:
        return None
    return Choice(_("My desks"), asked.address(is_own=not asked.is_own), asked.is_own)


def _titles(sections: Iterable[Section]) -> list[Section]:
    """Each section once, in the language of the desk where its edition has it."""
    titles: dict[str, Section] = {}
    for section in sections:
        if section.slug not in titles or section.language_id == get_language():
            titles[section.slug] = section
    return list(titles.values())
