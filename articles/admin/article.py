"""Articles: found by any spelling, written in their own direction, moved by verbs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db.models import DateTimeField, ForeignKey, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import linebreaksbr
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.actions import was_seen
from articles.admin.article_form import ArticleForm, LanguageSelect, record_edit
from articles.admin.base import DeskAdmin, headline_of, in_language
from articles.admin.bulk import bulk_action, join_selected
from articles.admin.filters import HeldFilter, OwnLanguageFilter, SectionFilter, SourceFilter
from articles.admin.moment import MomentField
from articles.admin.notice import list_of_notices, notice_address, notice_page
from articles.admin.story import languages_of_story
from articles.admin.verbs import BY_NAME, VERBS, Verb, do_one, note_of, refuse
from articles.models import Article

BODY_HELP = _(
    "HTML. Kept are paragraphs (p), headings (h2, h3, h4), lists (ul, ol, li), quotations "
    "(blockquote, q), links (a), emphasis (strong, em) and lines (br, hr); most other tags are "
    "dropped on saving."
)
RELATED = {"language", "section", "source"}
ROWS = {"standfirst": 3, "body": 16}
STORY = ("language", "section", "source", "headline", "standfirst")
WRITING = (
    (_("Text"), {"fields": ["body"]}),
    (_("Credit"), {"fields": ["byline", "dateline"]}),
    (
        _("Publication"),
        {"fields": ["status", "published_at", "published_precision", "embargoed_until"]},
    ),
)
NOTICES = (_("Notices to readers"), {"fields": ["notices_told"]})
PROVENANCE = (
    _("Provenance"),
    {
        "fields": [
            *("capture_link", "headline_origin", "held_because", "changed_by_editors"),
            *("version", "entered_at", "told_at"),
        ]
    },
)


class ArticleAdmin(DeskAdmin[Article]):
    form = ArticleForm
    formfield_overrides = {DateTimeField: {"form_class": MomentField}}
    list_display = [
        "headline_cell",
        "edition",
        "status",
        "own_section",
        "own_source",
        "published",
    ]
    list_filter = [
        ("language", OwnLanguageFilter),
        "status",
        HeldFilter,
        ("section", SectionFilter),
        ("source", SourceFilter),
    ]
    list_select_related = ["language", "source__language", "section"]
    list_defer = ("body", "search_key", "source__furniture")
    ordering = ["-modified_at", "-pk"]
    search_fields = ["headline"]
    search_help_text = _("Words of the headline or the text; spelling variants are found too.")
    autocomplete_fields = ["section", "source"]
    readonly_fields = [
        *("story_languages", "status", "capture_link", "headline_origin"),
        *("held_because", "changed_by_editors", "version", "entered_at", "told_at"),
        "notices_told",
    ]
    actions = [*(bulk_action(verb) for verb in VERBS if verb.bulk_label), join_selected]

    class Media:
        js = ["admin-desk/direction.js"]

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> list[Any]:
        """An article that is not stored yet has no provenance and no other languages to show."""
        notices = [NOTICES] if obj and was_seen(obj) else []
        parts = WRITING if obj is None else (*WRITING, *notices, PROVENANCE)
        story: list[str] = [] if obj is None else ["story_languages"]
        first = (_("Story"), {"fields": [*story, *STORY, "story", "base_version"]})
        return [first, *parts]

    # Finding -----------------------------------------------------------------------------------

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Search the folded key, so that every spelling of an Urdu or Sindhi word finds it."""
        return queryset.matching(search_term), False  # type: ignore[attr-defined]

    @admin.display(description=_("headline"), ordering="headline")
    def headline_cell(self, article: Article) -> str:
        return headline_of(article)

    @admin.display(description=_("language"), ordering="language")
    def edition(self, article: Article) -> str:
        return in_language(article.language.endonym, article.language)

    @admin.display(description=_("section"), ordering="section__title")
    def own_section(self, article: Article) -> str | None:
        section = article.section
        return in_language(section.title, article.language) if section else None

    @admin.display(description=_("source"), ordering="source__name")
    def own_source(self, article: Article) -> str | None:
        source = article.source
        return in_language(source.name, source.language) if source else None

    @admin.display(description=_("published at"), ordering="published_at")
    def published(self, article: Article) -> str | None:
        """The moment, or the day alone when only the day is known: midnight would be a guess."""
        if article.published_at is None:
            return None
        is_day = article.published_precision == Article.Precision.DAY
        return _moment(article.published_at, "DATE_FORMAT" if is_day else "DATETIME_FORMAT")

    # Writing -----------------------------------------------------------------------------------

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "language":
            kwargs["widget"] = LanguageSelect
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Article]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        fields = form.base_fields
        for name in RELATED & fields.keys():
            fields[name].widget.can_delete_related = False
        if "language" in fields:  # A language comes with a catalogue; it is not added in passing.
            fields["language"].widget.can_add_related = False
            fields["language"].widget.can_change_related = False
        for name, rows in ROWS.items():
            if name in fields:
                fields[name].widget.attrs["rows"] = rows
        if "body" in fields:
            fields["body"].help_text = BODY_HELP
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Prefill from the address, as links for translations do; else write as you read."""
        return {"language": get_language(), **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        before = Article.objects.get(pk=obj.pk) if change else None
        if record_edit(obj, before):
            super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What readers have once seen is withdrawn, not deleted: its address goes on answering."""
        if obj and was_seen(obj):
            return False
        return super().has_delete_permission(request, obj)

    def has_publish_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Who may publish, withdraw and restore: for now, whoever may change articles."""
        codename = get_permission_codename("change", self.opts)
        return request.user.has_perm(f"{self.opts.app_label}.{codename}")

    def view_on_site(self, article: Article) -> str | None:
        return article.get_absolute_url() if article.is_live() else None

    # Moving ------------------------------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = kwargs.get("obj")
        status = article.status if article else Article.Status.DRAFT
        is_popup = context.get("is_popup", False)
        verbs = [] if is_popup else self._allowed(request, article, Article.Status(status))
        return super().render_change_form(
            request,
            {**context, "verbs": verbs, "needs_note": any(verb.needs_note for verb in verbs)},
            *args,
            **kwargs,
        )

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._respond(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._respond(request, obj) or super().response_change(request, obj)

    def _respond(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Do the verb whose button was pressed, the form being saved; None for a plain save.

        Who may not do it keeps the text that was typed: only the step is refused.
        """
        verb = BY_NAME.get(request.POST.get("_verb", ""))
        if verb is None:
            return None
        if not self.may(request, verb, article):
            refuse(
                request, article, [_("Your account does not have the permission for this step.")]
            )
            return None
        if verb.needs_notice and verb.fits(article):
            return HttpResponseRedirect(notice_address(verb, article))
        do_one(request, verb, article, note_of(request))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def get_urls(self) -> list[URLPattern]:
        """A step that tells readers something has a page of its own under the article's form."""
        page = self.admin_site.admin_view(self.notice_view)
        own = path("<path:object_id>/step/<str:name>/", page, name="articles_article_step")
        return [own, *super().get_urls()]

    def notice_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        """Ask for the notice that a step needs, and take the step."""
        article = self.get_object(request, unquote(object_id))
        verb = BY_NAME.get(name)
        if article is None or verb is None or not verb.needs_notice:
            raise Http404
        if not self.may(request, verb, article):
            raise PermissionDenied
        return notice_page(self, request, verb, article)

    def _allowed(
        self, request: HttpRequest, article: Article | None, status: Article.Status
    ) -> list[Verb]:
        fitting = (verb for verb in VERBS if status in verb.of)
        shown = (verb for verb in fitting if article is None or verb.fits(article))
        return [verb for verb in shown if self.may(request, verb, article)]

    def may(self, request: HttpRequest, verb: Verb, article: Article | None) -> bool:
        """Whether the person may do ``verb`` once the article is stored, None being a new one."""
        ask = getattr(self, f"has_{verb.permission}_permission")
        return cast(bool, ask(request, article))

    # Showing -----------------------------------------------------------------------------------

    @admin.display(description=_("languages of the story"))
    def story_languages(self, article: Article) -> str:
        return languages_of_story(article)

    @admin.display(description=_("capture"))
    def capture_link(self, article: Article) -> str:
        if article.capture is None:
            return self.get_empty_value_display()
        address = reverse("admin:articles_capture_change", args=[article.capture.pk])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, article.capture)

    @admin.display(description=_("held because"))
    def held_because(self, article: Article) -> str:
        """The loader's own sentences, which are English at any desk."""
        if not article.hold_reason:
            return self.get_empty_value_display()
        return format_html('<div lang="en" dir="ltr">{}</div>', linebreaksbr(article.hold_reason))

    @admin.display(description=_("entered into this newsroom"))
    def entered_at(self, article: Article) -> str:
        """When the row was made: for an archive, years after its publication."""
        return _moment(article.created_at)

    @admin.display(description=_("last change that readers are told of"))
    def told_at(self, article: Article) -> str:
        told = article.updated_at
        return _moment(told) if told else self.get_empty_value_display()

    @admin.display(description=_("notices"))
    def notices_told(self, article: Article) -> str:
        return list_of_notices(article) or self.get_empty_value_display()

    @admin.display(description=_("fields an editor changed"))
    def changed_by_editors(self, article: Article) -> str:
        names = [str(self.opts.get_field(n).verbose_name) for n in article.edited_fields]  # type: ignore[union-attr]
        return ", ".join(names) or self.get_empty_value_display()


def _moment(moment: datetime, form: str = "DATETIME_FORMAT") -> str:
    return date_format(localtime(moment), form)
