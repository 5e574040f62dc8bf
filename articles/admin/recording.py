"""Recordings at the desk: a file or an address, a poster, captions and a transcript."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files import File
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.actions import add_picture, drop_recording, rights, set_recording
from articles.actions.recording import most_bytes
from articles.admin.beside import BesideAdmin, BesideForm
from articles.admin.filters import OwnLanguageFilter
from articles.admin.verbs import editor_of
from articles.models import Recording
from articles.recordings.captions import MOST_CHARACTERS
from articles.recordings.providers import NAMES
from articles.recordings.reading import LONGEST
from articles.templating.recordings import clock
from articles.text.dates import digits
from articles.views.recordings import send_file

LARGEST_CAPTIONS = 4 * MOST_CHARACTERS
_LENGTH = re.compile(r"(?:(?:([0-9]{1,2}):)?([0-9]{1,3}):)?([0-9]{1,2})", re.ASCII)
KINDS = _("MP3, M4A, Ogg, FLAC, WAV, MP4 or WebM, of at most %(size)s.")
CAPTIONS_HELP = _("A WebVTT file (.vtt) with what is said, for viewers who do not hear it.")


class RecordingForm(BesideForm):
    """A recording; what a file tells of itself is not asked."""

    upload = forms.FileField(label=_("File"), required=False)
    length = forms.CharField(
        label=_("Length"),
        required=False,
        help_text=_("Such as 3:20 or 1:02:03. A file tells its own, where it can."),
        widget=forms.TextInput(attrs={"dir": "ltr", "size": 10}),
    )
    poster_file = forms.FileField(
        label=_("Poster"),
        required=False,
        help_text=_("The picture that stands there until it plays. It goes into the library."),
    )
    without_poster = forms.BooleanField(label=_("Take the poster away"), required=False)
    captions_file = forms.FileField(label=_("Captions"), required=False, help_text=CAPTIONS_HELP)
    without_captions = forms.BooleanField(label=_("Take the captions away"), required=False)

    class Meta:
        model = Recording
        fields = ("article", "position", "title", "credit", "address", "transcript")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.seconds:
            self.initial["length"] = clock(self.instance.seconds)
        if "upload" in self.fields:
            self.fields["upload"].help_text = str(KINDS) % {"size": filesizeformat(most_bytes())}
            self.fields["address"].widget.attrs["dir"] = "ltr"
            self.fields["address"].help_text = gettext(
                "Instead of a file, its page at one of these: %(names)s."
            ) % {"names": gettext(", ").join(NAMES)}
        article = self.article
        told = {"dir": "auto"}
        if article:
            told = {"lang": article.language_id, "dir": article.language.direction}
        for name in {"title", "credit", "transcript"} & self.fields.keys():
            self.fields[name].widget.attrs |= told

    def clean_length(self) -> int | None:
        """The length in seconds."""
        typed = digits(self.cleaned_data["length"].strip(), "latn")
        if not typed:
            return None
        found = _LENGTH.fullmatch(typed)
        hours, minutes, seconds = (
            (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
        )
        told = hours * 3600 + minutes * 60 + seconds
        if not 0 < told <= LONGEST or seconds > 59 or (hours and minutes > 59):
            raise ValidationError(gettext("Write the length as hours:minutes:seconds."))
        return told

    def clean_captions_file(self) -> str:
        """The text of the captions; whether they are some, the action says."""
        file: File[bytes] | None = self.cleaned_data["captions_file"]
        if file is None:
            return ""
        if (file.size or 0) > LARGEST_CAPTIONS:
            raise ValidationError(gettext("The captions are too long."))
        try:
            return bytes(file.read()).decode("utf-8-sig").replace("\0", "")
        except UnicodeDecodeError as error:
            raise ValidationError(
                gettext("Captions are text in UTF-8. Save the file in that encoding.")
            ) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            recording = self.instance
            recording.seconds = cleaned["length"]
            if cleaned["captions_file"] or cleaned["without_captions"]:
                recording.captions = cleaned["captions_file"]
        return cleaned


class RecordingAdmin(BesideAdmin[Recording]):
    form = RecordingForm
    list_display = ["headline", "named", "kind", "length_told"]
    list_filter = ["is_video", ("article__language", OwnLanguageFilter)]
    ordering = ["-pk"]
    sortable_by = ()  # No index leads by a column of theirs.
    list_defer = (*BesideAdmin.list_defer, "captions", "transcript")
    search_fields = ["title", "credit", "article__headline"]

    def get_fieldsets(self, request: HttpRequest, obj: Recording | None = None) -> list[Any]:
        article = "article_link" if obj else "article"
        if obj and not self.has_change_permission(request, obj):
            fields = [article, "kept", "title", "credit", "address", "transcript"]
            return [(None, {"fields": fields})]
        kept = ["kept"] if obj else []
        captions = [
            ("captions_file", "without_captions") if obj and obj.captions else "captions_file"
        ]
        poster = [("poster_file", "without_poster") if obj and obj.poster_id else "poster_file"]
        what = {"fields": [*kept, "upload", "address", "length"]}
        return [
            (None, {"fields": [article, "title", "credit", "position"]}),
            (_("What is played"), what),
            (_("Beside it"), {"fields": [*poster, *captions, "transcript"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Recording | None = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "kept"]

    def store(self, request: HttpRequest, row: Recording, form: Any) -> None:
        typed, editor = form.cleaned_data, editor_of(request)
        if typed["without_poster"]:
            row.poster = None
        if poster := typed["poster_file"]:
            added = add_picture(data=poster.read(), filename=poster.name, by=editor)
            row.poster = added.image
        set_recording(recording=row, by=editor, upload=typed["upload"])

    def drop(self, request: HttpRequest, row: Recording) -> None:
        drop_recording(recording=row, by=editor_of(request))

    def get_urls(self) -> list[URLPattern]:
        file = self.admin_site.admin_view(self.file_view)
        own = path("<int:pk>/file/", file, name="articles_recording_file")
        return [own, *super().get_urls()]

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The file, for who may see its article, before readers may."""
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None or not rights.may(request.user, "view", row.article):
            raise Http404
        return send_file(request, row, str(row.file.name or "").rpartition(".")[2])

    # Showing -----------------------------------------------------------------------------------

    @admin.display(description=_("title"), ordering="title")
    def named(self, recording: Recording) -> str:
        return format_html("<bdi>{}</bdi>", recording.title) if recording.title else ""

    @admin.display(description=_("kind"), ordering="is_video")
    def kind(self, recording: Recording) -> str:
        kind = gettext("video") if recording.is_video else gettext("audio")
        embed = recording.embed
        return f"{kind}, {embed.provider}" if embed else kind

    @admin.display(description=_("length"), ordering="seconds")
    def length_told(self, recording: Recording) -> str:
        told = format_html('<bdi dir="ltr">{}</bdi>', clock(recording.seconds or 0))
        return told if recording.seconds else self.get_empty_value_display()

    @admin.display(description=_("now"))
    def kept(self, recording: Recording) -> str:
        """What it plays now, to be heard or seen by who writes its transcript."""
        if not recording.file:
            link = '<a href="{}" rel="noopener noreferrer" dir="ltr">{}</a>'
            return format_html(link, recording.address, recording.address)
        address = reverse("admin:articles_recording_file", args=[recording.pk])
        name = "video" if recording.is_video else "audio"
        told = f"{recording.media_type}, {filesizeformat(recording.size)}"
        form = '<{} controls preload="none" src="{}"></{}> <bdi dir="ltr">{}</bdi>'
        return format_html(form, name, address, name, told)
