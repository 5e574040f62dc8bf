"""Notices at the desk: the page that asks for one, and the list of those an article has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from articles.actions import Refused, rights
from articles.actions.correction import BESIDE
from articles.admin.base import headline_of, in_language
from articles.admin.changes import DECISIONS
from articles.admin.sentences import filled
from articles.admin.verbs import Said, Verb, do_all, editor_of, sentence_on, told
from articles.models import Article, Language, Notice, Revision
from articles.models.notice import LONGEST, Kind

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from articles.admin.article import ArticleAdmin

TEMPLATE = "admin/articles/article/notice.html"


class NoticeForm(forms.Form):
    """A notice in one language; its kind is asked for where the step does not settle it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("kind"), choices=[(kind.value, kind.label) for kind in BESIDE]
    )
    text = forms.CharField(
        label=gettext_lazy("Notice to readers"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "data-article-text": True}),
    )

    def __init__(
        self, data: Any, *, language: Language, asks_kind: bool = False, required: bool = True
    ) -> None:
        super().__init__(data, prefix=language.code)
        self.fields["text"].required = required
        self.fields["text"].widget.attrs |= {"lang": language.code, "dir": language.direction}
        if not asks_kind:
            del self.fields["kind"]

    @property
    def said(self) -> Said:
        return Said(self.cleaned_data["text"], self.cleaned_data.get("kind", ""))


@dataclass(frozen=True)
class Box:
    """A form with the articles of one language that its notice is for; ``more`` of them are not
    shown but counted.
    """

    language: Language
    articles: Sequence[Article]
    form: NoticeForm
    more: int = 0


def notice_address(verb: Verb, article: Article) -> str:
    """The page that asks for the notice of a step."""
    return reverse("admin:articles_article_step", args=[article.pk, verb.name])


def notice_page(
    desk: ArticleAdmin, request: HttpRequest, verb: Verb, article: Article
) -> HttpResponse:
    """Ask for the notice of one article's step, take it, and lead back to the article's form.

    Who withdraws an article may withdraw the story's others with it: those that get a notice.
    """
    back = HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
    if not verb.fits(article):
        messages.error(request, sentence_on(article, [_("This step cannot be taken now.")]))
        return back
    data = request.POST if request.method == "POST" else None
    others = [] if verb.of_live else _others(request, verb, article)
    own = NoticeForm(data, language=article.language, asks_kind=verb.of_live)
    boxes = [Box(article.language, [article], own)]
    for other in others:
        form = NoticeForm(data, language=other.language, required=False)
        boxes.append(Box(other.language, [other], form))
    if data is not None and _are_valid(boxes) and _do(request, verb, boxes):
        return back
    return _show(desk, request, verb, boxes, {"article": article})


def notices_for_selected(
    desk: ArticleAdmin, request: HttpRequest, verb: Verb, queryset: QuerySet[Article]
) -> HttpResponse | None:
    """Ask for one notice in each language of the selected articles, and then do ``verb`` to them.

    None when it is done: the desk shows its list with what came of it.
    """
    data = request.POST if "_noticed" in request.POST else None
    mine = queryset.filter(rights.where(request.user, verb.name), status__in=verb.of)
    boxes = list(_boxes(desk, mine, data))
    if boxes and (data is None or not _are_valid(boxes)):
        return _show(desk, request, verb, boxes, selection(request))
    said = {box.language.pk: box.form.said for box in boxes}
    changes = _scheduled(mine)
    do_all(request, verb, list(queryset), lambda each: said.get(each.language_id, Said()))
    _tell_of_changes(request, changes)
    return None


def selection(request: HttpRequest) -> dict[str, Any]:
    """What a page between a bulk action and its deed repeats of the rows that were ticked."""
    return {
        "checkbox": ACTION_CHECKBOX_NAME,
        "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "select_across": request.POST.get("select_across", "0"),
    }


def list_of_notices(article: Article, asker: AbstractUser) -> str:
    """All notices of an article, newest first, with who made each; empty when it has none.

    What ``asker`` may take back has a button that does.
    """
    rows = article.notices.newest_first().select_related("made_by")
    may = rights.may(asker, "notice", article)
    told = ((*_row(notice, article), _taking_back(notice) if may else "") for notice in rows)
    items = format_html_join("", "<li>{}{}{}</li>", told)
    return format_html('<ul class="notices">{}</ul>', items) if items else ""


def _taking_back(notice: Notice) -> str:
    """A button for what readers are shown beside the text, with a box that says why."""
    if not notice.public or notice.kind == Kind.WITHDRAWAL:
        return ""
    address = reverse("admin:articles_article_taken_back", args=[notice.article_id, notice.pk])
    label = _("Why readers are to see it no longer")
    return format_html(
        '<details class="take-back"><summary>{}</summary><label for="take-back-{}">{}</label> '
        '<input type="text" id="take-back-{}" name="taken_back_note-{}" form="story-step" '
        'maxlength="500" dir="auto"> <button type="submit" class="button" form="story-step" '
        'formaction="{}">{}</button></details>',
        *(_("Take back"), notice.pk, label, notice.pk, notice.pk, address, _("Take it back")),
    )


def _row(notice: Notice, article: Article) -> tuple[str, str]:
    moment = date_format(localtime(notice.made_at), "DATETIME_FORMAT")
    who = notice.made_by.get_username() if notice.made_by else pgettext("no value", "none")
    hidden = "" if notice.public else _("no longer shown to readers")
    facts = [f"{notice.get_kind_display()}", moment, who, hidden]
    line = format_html_join(" · ", "<bdi>{}</bdi>", ((fact,) for fact in facts if fact))
    text = format_html_join(
        "", "<p>{}</p>", ((in_language(each, article.language),) for each in notice.paragraphs)
    )
    return format_html('<p class="quiet">{}</p>', line), text


def _others(request: HttpRequest, verb: Verb, article: Article) -> list[Article]:
    """The story's other articles that the step could be taken with, by whoever asks."""
    mine = Article.objects.filter(rights.where(request.user, verb.name), status__in=verb.of)
    others = mine.filter(story=article.story).exclude(pk=article.pk).order_by("language")
    return list(others.select_related("language").defer("body", "search_key"))


def _boxes(desk: ArticleAdmin, chosen: QuerySet[Article], data: Any) -> Iterator[Box]:
    """A box for each language of the articles that the step can be taken with."""
    for language in Language.objects.filter(pk__in=chosen.order_by().values("language")):
        mine = chosen.filter(language=language)
        shown = list(mine[: desk.list_per_page])
        form = NoticeForm(data, language=language)
        yield Box(language, shown, form, mine.count() - len(shown))


def _are_valid(boxes: list[Box]) -> bool:
    return all(box.form.is_valid() for box in boxes)


def _do(request: HttpRequest, verb: Verb, boxes: list[Box]) -> bool:
    """Take the step with every article that got a notice or, when one is refused, with none."""
    asked = [(each, box.form.said) for box in boxes for each in box.articles if box.form.said.text]
    done: list[Article] = []
    changes = _scheduled([article for article, _said in asked])
    try:
        with transaction.atomic():
            for article, said in asked:
                done.append(verb.act(article, editor_of(request), said))
    except Refused as refusal:
        messages.error(request, sentence_on(asked[len(done)][0], refusal.reasons))
        return False
    for article in done:
        messages.success(request, told(verb, article))
    _tell_of_changes(request, changes)
    return True


def _scheduled(articles: Iterable[Article]) -> list[int]:
    """The keys of changes of the articles that are scheduled."""
    rows = Revision.objects.filter(article__in=articles, state=Revision.State.SCHEDULED)
    return list(rows.values_list("pk", flat=True))


def _tell_of_changes(request: HttpRequest, changes: list[int]) -> None:
    """Say which of the ``changes`` that were scheduled are so no longer."""
    rows = Revision.objects.filter(pk__in=changes, state=Revision.State.PROPOSED)
    for change in rows.select_related("article__language").order_by("pk") if changes else ():
        headline = headline_of(change.article)
        messages.info(request, filled(DECISIONS["cancel"].done, headline=headline))


def _show(
    desk: ArticleAdmin, request: HttpRequest, verb: Verb, boxes: list[Box], more: dict[str, Any]
) -> HttpResponse:
    context = {
        **desk.admin_site.each_context(request),
        "title": verb.label,
        "opts": desk.opts,
        "verb": verb,
        "boxes": boxes,
        **more,
    }
    return TemplateResponse(request, TEMPLATE, context)
