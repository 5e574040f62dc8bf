"""A moment at the desk: typed on the desk's own clock, told there and in universal time (UTC)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import get_current_timezone_name, localtime
from django.utils.translation import gettext as _

from articles.models.moment import in_known_years
from articles.text.bidi import isolate
from articles.text.dates import digits


class MomentWidget(AdminSplitDateTime):
    """Two boxes, with the name of the clock beside them and what it is in universal time.

    The page's script tells the latter anew as the moment is typed.
    """

    class Media:
        js = ["admin-desk/moment.js"]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> Any:
        boxes = super().render(name, value, attrs, renderer)
        identity = (attrs or {}).get("id", f"id_{name}")
        is_moment = isinstance(value, datetime) and value.tzinfo is not None
        told = f"= {_universal(value)}" if is_moment else ""
        return format_html(
            '<div class="moment-boxes">{}<p class="zones"><bdi dir="ltr">{}</bdi> '
            '<output for="{}_0 {}_1" data-zone="{}" dir="ltr">{}</output></p></div>',
            *(boxes, get_current_timezone_name(), identity, identity),
            *(get_current_timezone_name(), told),
        )


class MomentField(forms.SplitDateTimeField):
    """A moment that also reads the digits of the Arabic script, as the readers' search does."""

    widget = MomentWidget
    default_validators = [in_known_years]  # Before anything reckons with it in another time zone.

    def clean(self, value: Any) -> datetime | None:
        moment: datetime | None = super().clean(_in_latin_digits(value))
        return moment

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial, _in_latin_digits(data))


def name_boxes(form: forms.BaseForm, names: Iterable[str]) -> None:
    """Label both boxes of the moments ``names`` of a form, which Django leaves without; digits run
    from left to right in any language.
    """
    for name in names:
        field = form.fields.get(name)
        boxes = getattr(getattr(field, "widget", None), "widgets", ())
        for box, words in zip(boxes, (_("%(field)s: day"), _("%(field)s: time")), strict=False):
            label = words % {"field": field.label if field else name}
            box.attrs |= {"dir": "ltr", "aria-label": label}


def _in_latin_digits(boxes: Any) -> Any:
    if not isinstance(boxes, list | tuple):
        return boxes
    return [digits(text, "latn") if isinstance(text, str) else text for text in boxes]


def in_two_zones(moment: datetime) -> str:
    """``moment`` as HTML, on the desk's clock and in universal time, each with its name.

    The day stands with the second only where it is another one there.
    """
    local, zone, universal = _told(moment)
    parts = [("", local), ("ltr", zone), *([("ltr", universal)] if universal else [])]
    told = format_html_join(" ", '<bdi dir="{}">{}</bdi>', ((d or "auto", t) for d, t in parts))
    return format_html('<time datetime="{}">{}</time>', moment.astimezone(UTC).isoformat(), told)


def in_two_zones_as_text(moment: datetime) -> str:
    """The same as plain text, each part isolated (see ``articles.text.bidi``)."""
    local, zone, universal = _told(moment)
    return " ".join(filter(None, [isolate(local), isolate(zone, "ltr"), isolate(universal, "ltr")]))


def on_clock(moment: datetime) -> str:
    """``moment`` on the desk's clock as HTML that tells universal time to who points at it."""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.astimezone(UTC).isoformat(),
        f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC",
        date_format(localtime(moment), "DATETIME_FORMAT"),
    )


def _told(moment: datetime) -> tuple[str, str, str]:
    zone = get_current_timezone_name()
    universal = "" if zone == "UTC" else f"({_universal(moment)})"
    return date_format(localtime(moment), "DATETIME_FORMAT"), zone, universal


def _universal(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    form = "%H:%M UTC" if utc.date() == localtime(moment).date() else "%Y-%m-%d %H:%M UTC"
    return utc.strftime(form)
