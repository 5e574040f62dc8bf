"""Articles: found by any spelling, written in their own direction, moved by verbs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import DateTimeField, ForeignKey
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.actions import rights, was_seen
from articles.admin.article_form import ArticleForm, LanguageSelect
from articles.admin.article_list import moment_of
from articles.admin.article_rights import asker_of
from articles.admin.beside_text import beside_text
from articles.admin.board import BoardPages
from articles.admin.bulk import bulk_action, join_selected
from articles.admin.changes import ChangesAdmin, form_address
from articles.admin.drafts.pages import ArticleDrafts
from articles.admin.moment import MomentField, MomentWidget
from articles.admin.notice import list_of_notices, notice_address, notice_page
from articles.admin.preview import preview_page
from articles.admin.reading import ReadingAdmin
from articles.admin.saving import has_merged
from articles.admin.sentences import label_of
from articles.admin.sharing import SharingAdmin
from articles.admin.story import languages_of_story
from articles.admin.taking_back import TakingBackAdmin
from articles.admin.translating import TranslatingAdmin
from articles.admin.unsent import settle_note
from articles.admin.verbs import BY_NAME, VERBS, Said, Verb, do_one, note_of
from articles.models import Article
from articles.templatetags.held import doubts

BODY_HELP = _(
    "HTML. Kept are paragraphs (p), headings (h2, h3, h4), lists (ul, ol, li), quotations "
    "(blockquote, q), links (a), emphasis (strong, em) and lines (br, hr); most other tags are "
    "dropped on saving."
)
UNSEEN = _(
    "The text is saved and not published yet: read what came in, then press the button once more."
)
RELATED = {"language", "section", "source", "author"}
ROWS = {"standfirst": 3, "body": 16}
STORY = (("language", "section", "source"), "headline", "standfirst", "body", "figures")
WRITING = (
    (_("Credit"), {"fields": [("byline", "author", "dateline")]}),
    (
        _("Publication"),
        {"fields": ["status", ("published_at", "published_precision"), "embargoed_until"]},
    ),
)
BESIDE = (_("Beside the text"), {"fields": ["beside_text"]})
NOTICES = (_("Notices to readers"), {"fields": ["notices_told"]})
PROVENANCE = (
    _("Provenance"),
    {
        "classes": ["collapse"],
        "fields": [
            *("capture_link", "headline_origin", "held_because", "changed_by_editors"),
            *("version", "entered_at", "told_at"),
        ],
    },
)


class ArticleAdmin(
    BoardPages,
    TranslatingAdmin,
    TakingBackAdmin,
    SharingAdmin,
    ChangesAdmin,
    ReadingAdmin,
    ArticleDrafts,
):
    form = ArticleForm
    formfield_overrides = {DateTimeField: {"form_class": MomentField, "widget": MomentWidget}}
    autocomplete_fields = ["section", "source", "author"]
    readonly_fields = [
        *("story_languages", "status", "capture_link", "headline_origin"),
        *("held_because", "changed_by_editors", "version", "entered_at", "told_at"),
        *("notices_told", "beside_text"),
    ]
    actions = [*(bulk_action(verb) for verb in VERBS if verb.bulk_label), join_selected]

    class Media:
        js = [
            "admin-desk/direction.js",
            "admin-desk/writing/elements.js",
            "admin-desk/library/upload.js",
            *(
                f"admin-desk/writing/{name}.js"
                for name in ("figures", "changes", "shortcuts", "headline", "preview")
            ),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> list[Any]:
        """An article that is not stored yet has no provenance and no other languages to show; of
        one that readers see, other desks read what readers do.
        """
        notices = [NOTICES] if obj and was_seen(obj) else []
        is_own = obj is not None and rights.may(request.user, "history", obj)
        parts = (*WRITING, BESIDE, *notices, PROVENANCE) if is_own else WRITING
        story: list[str] = [] if obj is None else ["story_languages"]
        first = (_("Story"), {"fields": [*story, *STORY, "story", "base_version"]})
        is_form = obj is None or self.has_change_permission(request, obj)
        return [first, *parts] if is_form else self.as_read([first, *parts])

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

        Who may not do it keeps the text that was typed: the action refuses only the step.
        """
        verb, note = BY_NAME.get(request.POST.get("_verb", "")), note_of(request)
        if verb and verb.needs_notice and verb.fits(article) and self.may(request, verb, article):
            return HttpResponseRedirect(notice_address(verb, article))
        is_done = verb is not None and self._do(request, verb, article, note)
        is_sent = is_done and verb is not None and verb.needs_note
        settle_note(request, article, note.text, is_sent=is_sent)
        return HttpResponseRedirect(form_address(article)) if verb else None

    def _do(self, request: HttpRequest, verb: Verb, article: Article, note: Said) -> bool:
        """Take the step and return whether it was taken. Nobody shows readers what others wrote
        before having seen it.
        """
        if verb.makes_public and has_merged(request):
            messages.warning(request, UNSEEN)
            return False
        return do_one(request, verb, article, note)

    def get_urls(self) -> list[URLPattern]:
        """A step that tells readers something has a page of its own under the article's form, and
        so has what readers would see.
        """
        step = self.admin_site.admin_view(self.notice_view)
        preview = self.admin_site.admin_view(self.preview_view)
        own = [
            path("add/preview/", preview, name="articles_article_add_preview"),
            path("<path:object_id>/preview/", preview, name="articles_article_preview"),
            path("<path:object_id>/step/<str:name>/", step, name="articles_article_step"),
        ]
        return [*own, *super().get_urls()]

    def preview_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        return preview_page(self, request, object_id)

    def notice_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        """Ask for the notice that a step needs, and take the step."""
        article = self.get_object(request, unquote(object_id))
        verb = BY_NAME.get(name)
        if article is None or verb is None or not verb.needs_notice:
            raise Http404
        if verb.fits(article) and not self.may(request, verb, article):
            raise PermissionDenied
        return notice_page(self, request, verb, article)

    def _allowed(
        self, request: HttpRequest, article: Article | None, status: Article.Status
    ) -> list[Verb]:
        fitting = (verb for verb in VERBS if status in verb.of)
        shown = (verb for verb in fitting if article is None or verb.fits(article))
        return [verb for verb in shown if self.may(request, verb, article)]

    # Showing -----------------------------------------------------------------------------------

    @admin.display(description=_("languages of the story"))
    def story_languages(self, article: Article) -> str:
        return languages_of_story(article, asker_of(article))

    @admin.display(description=_("capture"))
    def capture_link(self, article: Article) -> str:
        if article.capture is None:
            return self.get_empty_value_display()
        name = format_html("<bdi>{}</bdi>", article.capture)
        if not rights.may_on(asker_of(article), "capture", article.language_id):
            return name
        address = reverse("admin:articles_capture_change", args=[article.capture.pk])
        return format_html('<a href="{}">{}</a>', address, name)

    @admin.display(description=_("held because"))
    def held_because(self, article: Article) -> str:
        return doubts(article.hold_reason) or self.get_empty_value_display()

    @admin.display(description=_("entered into this newsroom"))
    def entered_at(self, article: Article) -> str:
        """When the row was made: for an archive, years after its publication."""
        return moment_of(article.created_at)

    @admin.display(description=_("last change that readers are told of"))
    def told_at(self, article: Article) -> str:
        told = article.updated_at
        return moment_of(told) if told else self.get_empty_value_display()

    @admin.display(description=_("event, sound and video"))
    def beside_text(self, article: Article) -> str:
        return beside_text(article, asker_of(article)) or self.get_empty_value_display()

    @admin.display(description=_("notices"))
    def notices_told(self, article: Article) -> str:
        return list_of_notices(article, asker_of(article)) or self.get_empty_value_display()

    @admin.display(description=_("fields an editor changed"))
    def changed_by_editors(self, article: Article) -> str:
        names = map(label_of, article.edited_fields)
        return ", ".join(names) or self.get_empty_value_display()
