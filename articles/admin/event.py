"""Events at the desk: days and times as they are told where the event takes place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from articles.actions import drop_event, set_event
from articles.actions.event import told_otherwise
from articles.admin.base import in_language
from articles.admin.beside import BesideAdmin, BesideForm
from articles.admin.filters import OwnLanguageFilter
from articles.admin.sentences import filled
from articles.admin.verbs import editor_of
from articles.admin.windows import JoinedPaginator
from articles.models import Event, Language
from articles.templating.events import when_words

BOXES = ("first_day", "first_time", "last_day", "last_time")
DAY, TIME = "%Y-%m-%d", "%H:%M"
"""What a browser's own boxes show and send (HTML, sections 4.10.5.1.7 and 4.10.5.1.10)."""
CLOCK = _("On the clock of the place, whatever the newsroom's says.")


def _box(kind: str, form: str) -> forms.DateTimeInput:
    """The browser's own box for a day or a time. Django's would speak of the newsroom's clock."""
    return forms.DateTimeInput(format=form, attrs={"type": kind})


class EventForm(BesideForm):
    """An event by its days and times; without any time, only the days are known."""

    first_day = forms.DateField(label=_("First day"), widget=_box("date", DAY))
    first_time = forms.TimeField(
        label=_("Starts at"),
        required=False,
        widget=_box("time", TIME),
        help_text=_("Leave the times empty where only the days are known."),
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=_box("date", DAY),
        help_text=_("Only where it is another one."),
    )
    last_time = forms.TimeField(label=_("Ends at"), required=False, widget=_box("time", TIME))
    base_sequence = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = Event
        fields = ("article", "timezone", "place", "is_cancelled")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "timezone" in self.fields:
            self.fields["timezone"].widget = forms.Select(
                choices=[(zone, zone) for zone in self._zones()], attrs={"dir": "ltr"}
            )
        if self.instance.pk:
            self.initial.update(self._boxes_of(self.instance))
        self._follow_article()

    def _zones(self) -> list[str]:
        """Zones that are named by a place, and the event's own, whatever it is."""
        places = {zone for zone in available_timezones() if "/" in zone}
        return sorted({*places, "UTC", self.instance.timezone})

    def _boxes_of(self, event: Event) -> dict[str, Any]:
        start = event.starts_at.astimezone(event.zone)
        end = event.ends_at.astimezone(event.zone) if event.ends_at else None
        is_other_day = end is not None and end.date() != start.date()
        return {
            "first_day": start.date(),
            "first_time": None if event.all_day else start.time(),
            "last_day": end.date() if end and is_other_day else None,
            "last_time": None if event.all_day or end is None else end.time(),
            "base_sequence": event.sequence,
        }

    def _follow_article(self) -> None:
        """The place is written in the article's language and direction."""
        article = self.article
        told = {"dir": "auto"}
        if article:
            told = {"lang": article.language_id, "dir": article.language.direction}
        if "place" in self.fields:
            self.fields["place"].widget.attrs |= told

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, sentence in self._untold(cleaned):
            self.add_error(name, sentence)
        if not self.errors:
            self._set_moments(cleaned)
        return cleaned

    def _untold(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """What is missing beside something that was typed."""
        starts, ends = cleaned.get("first_time"), cleaned.get("last_time")
        if ends and not starts and "first_time" not in self.errors:
            yield "first_time", gettext("Say at what time it starts, or leave both times empty.")
        if starts and cleaned.get("last_day") and not ends and "last_time" not in self.errors:
            yield "last_time", gettext("Say at what time it ends on its last day.")

    def _set_moments(self, cleaned: dict[str, Any]) -> None:
        event, zone = self.instance, ZoneInfo(cleaned["timezone"])
        first, starts, last, ends = (cleaned[name] for name in BOXES)
        event.all_day = starts is None
        event.starts_at = self._moment("first_time", first, starts or time.min, zone)
        event.ends_at = None
        if last or ends:
            event.ends_at = self._moment("last_time", last or first, ends or time.min, zone)
        if event.pk:
            event.sequence = cleaned["base_sequence"] or 0
        if not self.errors and event.ends_at and event.ends_at < event.starts_at:
            self.add_error("last_time", gettext("An event cannot end before it starts."))

    def _moment(self, name: str, day: date, clock: time, zone: ZoneInfo) -> datetime | None:
        """The moment; one that a clock shows twice, or never, when it is set anew is refused."""
        try:
            with timezone.override(zone):
                return from_current_timezone(datetime.combine(day, clock))
        except (ValidationError, OverflowError) as error:
            self.add_error(name, getattr(error, "messages", [gettext("Enter a valid date.")]))
            return None

    def clean_timezone(self) -> str:
        name: str = self.cleaned_data["timezone"]
        if name not in available_timezones():
            raise ValidationError(gettext("Choose a time zone from the list."))
        return name


class EventAdmin(BesideAdmin[Event]):
    form = EventForm
    list_display = ["headline", "told", "place_told", "is_cancelled"]
    list_windows = "starts_at"
    paginator = JoinedPaginator
    sortable_by = ["told"]
    list_filter = ["is_cancelled", ("article__language", OwnLanguageFilter)]
    search_fields = ["article__headline", "place"]

    def get_fieldsets(self, request: HttpRequest, obj: Event | None = None) -> list[Any]:
        article = "article_link" if obj else "article"
        when = {"fields": [("first_day", "first_time"), ("last_day", "last_time"), "timezone"]}
        if obj and not self.has_change_permission(request, obj):
            when = {"fields": ["told"]}
        return [
            (None, {"fields": [article]}),
            (_("When"), {"description": CLOCK, **when}),
            (_("Where"), {"fields": ["place", "is_cancelled", *self._base(when)]}),
        ]

    def _base(self, when: dict[str, Any]) -> list[str]:
        return [] if when["fields"] == ["told"] else ["base_sequence"]

    def get_readonly_fields(self, request: HttpRequest, obj: Event | None = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "told"]

    def store(self, request: HttpRequest, row: Event, form: Any) -> None:
        event = set_event(event=row, by=editor_of(request))
        if others := told_otherwise(event):
            languages = (each.article.language for each in others)
            names = ((in_language(each.endonym, each),) for each in languages)
            told = _("The story tells of this event differently in other languages: %(languages)s.")
            messages.warning(request, filled(told, languages=format_html_join(" ", "{}", names)))

    def drop(self, request: HttpRequest, row: Event) -> None:
        drop_event(event=row, by=editor_of(request))

    @admin.display(description=_("when"), ordering="starts_at")
    def told(self, event: Event) -> str:
        read = Language(code=get_language() or event.article.language_id)
        return format_html("<bdi>{}</bdi>", when_words(event, read))

    @admin.display(description=_("place"), ordering="place")
    def place_told(self, event: Event) -> str:
        language = event.article.language
        told = '<bdi lang="{}" dir="{}">{}</bdi>'
        return format_html(told, language.code, language.direction, event.place)
