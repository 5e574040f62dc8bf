"""Polls at the desk: their question and answers, their times, and how many chose what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.actions import rights, save_poll
from articles.actions.poll import (
    has_votes,
    number_choices,
    reasons_against_choices,
    reasons_against_times,
)
from articles.actions.rights import is_everywhere
from articles.admin.base import in_language
from articles.admin.filters import OwnLanguageFilter
from articles.admin.moment import MomentField, MomentWidget, name_boxes, on_clock
from articles.admin.of_edition import OfEditionAdmin, in_own_direction
from articles.admin.verbs import editor_of
from articles.models import Choice, Poll
from articles.models.poll import PollQuerySet, results_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    _PollModelForm = forms.ModelForm[Poll]
    _TabularInline = admin.TabularInline[Choice, Poll]
    _ChoiceFormSet = forms.BaseInlineFormSet[Choice, Poll, forms.ModelForm[Choice]]
else:
    _PollModelForm, _TabularInline = forms.ModelForm, admin.TabularInline
    _ChoiceFormSet = forms.BaseInlineFormSet

EMPTY = 4
"""Rows for answers in a new poll."""
BEHIND = 1_000
"""A position behind all that answers have."""


class PollForm(_PollModelForm):
    """The person who fills it in is ``by``."""

    by: AbstractUser

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_boxes(self, ("opens_at", "closes_at"))

    def clean(self) -> dict[str, Any] | None:
        """Refuse times that another language's desk would have to agree to."""
        told = super().clean()
        if {"opens_at", "closes_at"} <= self.cleaned_data.keys() and self._slug:
            poll = Poll(pk=self.instance.pk, slug=self._slug)
            poll.opens_at = self.cleaned_data["opens_at"]
            poll.closes_at = self.cleaned_data["closes_at"]
            if reasons := reasons_against_times(poll, by=self.by):
                raise ValidationError(reasons)
        return told

    @property
    def _slug(self) -> str:
        return str(self.cleaned_data.get("slug", self.instance.slug))


class ChoiceFormSet(_ChoiceFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        """Name the boxes of a row: a table's head names them to who sees it only."""
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs.setdefault("aria-label", capfirst(str(field.label or "")))

    def clean(self) -> None:
        """Refuse answers that are too few, not in order, or others in number than elsewhere."""
        super().clean()
        if any(self.errors):
            return
        kept = list(self._kept())
        if reasons := reasons_against_choices(self.instance, len(kept)):
            raise ValidationError(reasons)
        for place, form in enumerate(kept, 1):
            if form.instance.pk is None:  # Behind all others; they are numbered once all is saved.
                form.instance.position = BEHIND + place

    def _kept(self) -> Iterator[Any]:
        for form in self.forms:
            is_filled = form.instance.pk or form.has_changed()
            if is_filled and not form.cleaned_data.get("DELETE"):
                yield form


class ChoicesOfPoll(_TabularInline):
    """Answers stand in the order in which they were written, alike in every language. Once somebody
    has voted they keep their number; a slip may be mended.
    """

    model = Choice
    formset = ChoiceFormSet
    fields = ("position", "text")
    readonly_fields = ("position",)
    ordering = ("position",)
    verbose_name_plural = _("answers, in the same order in every language")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return in_own_direction(super().formfield_for_dbfield(db_field, request, **kwargs))

    def get_extra(self, request: HttpRequest, obj: Poll | None = None, **kwargs: Any) -> int:
        return 0 if obj else EMPTY

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj) and not (obj and has_votes(obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def _may(self, request: HttpRequest, obj: Poll | None) -> bool:
        return rights.may_on(request.user, "poll", obj.language_id if obj else None)


class PollAdmin(OfEditionAdmin[Poll]):
    """A desk sees the polls of its own edition; its publishers set them up."""

    deed = "poll"
    form = PollForm
    inlines = [ChoicesOfPoll]
    formfield_overrides = {DateTimeField: {"form_class": MomentField, "widget": MomentWidget}}
    is_on_pages = True
    list_display = ["own_question", "edition", "opens", "closes", "voters"]
    list_filter = [("language", OwnLanguageFilter)]
    search_fields = ["question", "slug"]
    readonly_fields = ["results"]
    fieldsets = [
        (None, {"fields": ["language", "question", "slug"]}),
        (_("On the site"), {"fields": ["opens_at", "closes_at"]}),
        (_("Results"), {"fields": ["results"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Poll]:
        rows = cast(PollQuerySet, super().get_queryset(request))
        return rows.counted()

    def get_form(
        self, request: HttpRequest, obj: Poll | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Poll]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = editor_of(request)  # type: ignore[attr-defined]
        return form

    def get_readonly_fields(
        self, request: HttpRequest, obj: Poll | None = None
    ) -> list[str] | tuple[str, ...]:
        """What has been voted in stays where readers know it, and in one with its languages."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "language", "slug"] if obj and has_votes(obj) else fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """With a poll go its votes: once there are some, only superusers end it."""
        if is_everywhere(request.user):
            return True
        return self.has_change_permission(request, obj) and not (obj and has_votes(obj))

    def save_model(self, request: HttpRequest, obj: Poll, form: Any, change: bool) -> None:
        save_poll(poll=obj, by=editor_of(request))

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        super().save_related(request, form, *args)
        number_choices(poll=form.instance)

    # Columns --------------------------------------------------------------------------------------

    @admin.display(description=_("question"), ordering="question")
    def own_question(self, poll: Poll) -> str:
        return in_language(poll.question, poll.language)

    @admin.display(description=_("opens at"), ordering="opens_at")
    def opens(self, poll: Poll) -> str:
        return on_clock(poll.opens_at)

    @admin.display(description=_("closes at"), ordering="closes_at")
    def closes(self, poll: Poll) -> str:
        return on_clock(poll.closes_at)

    @admin.display(description=_("votes"))
    def voters(self, poll: Poll) -> int:
        return int(poll.voters)  # type: ignore[attr-defined]  # See PollQuerySet.counted.

    @admin.display(description=_("votes of all languages"))
    def results(self, poll: Poll) -> str:
        """How many chose each answer: who did, nobody can say."""
        if poll._state.adding:
            return ""
        told = results_of(poll, poll.same().with_choices())
        rows = format_html_join(
            "",
            '<tr><th scope="row">{}</th><td>{}</td><td><bdi dir="ltr">{}%</bdi></td></tr>',
            (
                (in_language(result.choice.text, poll.language), result.votes, result.percent)
                for result in told
            ),
        )
        return format_html('<table class="counted"><tbody>{}</tbody></table>', rows)
