"""What readers write to the desk of an edition: read, answered by mail, and marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.actions import Refused, settle_message
from articles.actions.message import settled_meanwhile
from articles.actions.rights import may_on
from articles.admin.base import in_language
from articles.admin.filters import OwnLanguageFilter
from articles.admin.moment import on_clock
from articles.admin.of_edition import OfEditionAdmin
from articles.admin.sentences import isolated, name_of
from articles.admin.verbs import editor_of
from articles.models import Message

State = Message.State


if TYPE_CHECKING:
    _MessageModelForm = forms.ModelForm[Message]
else:
    _MessageModelForm = forms.ModelForm


class SettlingForm(_MessageModelForm):
    """What became of a message, as the person knows it who saw it in the state ``seen``."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Message
        fields = ("state", "note")
        widgets = {
            "state": forms.RadioSelect,
            "note": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = self.instance.state
        self.initial["seen"] = self.current

    def clean(self) -> dict[str, Any] | None:
        seen = self.cleaned_data.get("seen")
        if seen and seen != self.current:
            self.instance.state = self.current
            raise ValidationError(settled_meanwhile(self.instance))
        return super().clean()


class MessageAdmin(OfEditionAdmin[Message]):
    """A desk reads what was written to its edition; its publishers may delete it."""

    deed = "message"
    form = SettlingForm
    list_display = ["own_subject", "sender", "edition", "state", "received"]
    list_filter = ["state", ("language", OwnLanguageFilter)]
    list_defer = ("text", "note")
    list_windows = "received_at"
    sortable_by = ["received"]  # Any other column would be sorted whole for each page.
    search_fields = ["subject", "name", "email", "text"]
    actions = ["mark_answered", "mark_spam"]
    readonly_fields = [
        *("own_subject", "sender", "edition", "received"),
        *("own_text", "answer", "settled"),
    ]
    fieldsets = [
        (None, {"fields": ["own_subject", "own_text", "sender", "answer", "edition", "received"]}),
        (gettext_lazy("What became of it"), {"fields": ["state", "note", "settled", "seen"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_on(request.user, "forget", obj.language_id if obj else None)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        return super().get_queryset(request).select_related("settled_by")

    def changeform_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form. When a colleague was a moment quicker, it is shown once more and says so."""
        try:
            return super().changeform_view(*args, **kwargs)
        except Refused:
            return super().changeform_view(*args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Message, form: Any, change: bool) -> None:
        told = {name: form.cleaned_data[name] for name in ("state", "note", "seen")}
        settle_message(message=obj, by=editor_of(request), **told)

    def log_change(self, *args: Any, **kwargs: Any) -> Any:
        """The action has logged it."""

    # Many at once ---------------------------------------------------------------------------------

    @admin.action(description=gettext_lazy("Mark as answered"), permissions=["change"])
    def mark_answered(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        self._mark(request, queryset, State.ANSWERED)

    @admin.action(description=gettext_lazy("Mark as spam"), permissions=["change"])
    def mark_spam(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        self._mark(request, queryset, State.SPAM)

    def _mark(self, request: HttpRequest, queryset: QuerySet[Message], state: State) -> None:
        rows = list(queryset.exclude(state=state))
        for row in rows:
            settle_message(message=row, state=state, note=row.note, by=editor_of(request))
        told = ngettext(
            "%(count)d message was marked.", "%(count)d messages were marked.", len(rows)
        )
        messages.success(request, told % {"count": len(rows)})

    # Columns --------------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("subject"), ordering="subject")
    def own_subject(self, message: Message) -> str:
        return in_language(message.subject, message.language)

    @admin.display(description=gettext_lazy("text"))
    def own_text(self, message: Message) -> str:
        paragraphs = format_html_join("", "<p>{}</p>", ((each,) for each in message.paragraphs))
        language = message.language
        opening = '<div class="readers-words" lang="{}" dir="{}">{}</div>'
        return format_html(opening, language.code, language.direction, paragraphs)

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def sender(self, message: Message) -> str:
        return isolated(message.name)

    @admin.display(description=gettext_lazy("received at"), ordering="received_at")
    def received(self, message: Message) -> str:
        return on_clock(message.received_at)

    @admin.display(description=gettext_lazy("answer by mail"))
    def answer(self, message: Message) -> str:
        """A link that opens a mail to the reader, with the message quoted below."""
        if not message.email:
            return _("The reader gave no mail address.")
        return format_html(
            '<a class="button" href="{}">{}</a> <bdi dir="ltr">{}</bdi>',
            answer_to(message),
            _("Answer by mail"),
            message.email,
        )

    @admin.display(description=gettext_lazy("settled by"))
    def settled(self, message: Message) -> str:
        if message.settled_at is None:
            return ""
        by, at = isolated(name_of(message.settled_by)), on_clock(message.settled_at)
        return format_html("{} · {}", by, at) if message.settled_by else at


def answer_to(message: Message) -> str:
    """The address of a mail to the reader, as RFC 6068 has it."""
    quoted = "\r\n".join(f"> {line}" for line in message.text.splitlines())
    told = urlencode(
        {"subject": f"Re: {message.subject}", "body": f"\r\n\r\n{quoted}"}, quote_via=quote
    )
    return f"mailto:{quote(message.email, safe='@')}?{told}"
