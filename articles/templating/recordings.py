"""Recordings on a page: how long, how heavy, and the player of a provider that was asked for."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.models import Broadcast, Language, Recording
from articles.text import dates
from articles.text.bidi import isolate

SANDBOX = "allow-scripts allow-same-origin allow-presentation allow-popups"
"""What a player needs. It may not move our page, send forms from it or start downloads."""
FEATURES = "autoplay; encrypted-media; fullscreen; picture-in-picture"


def lasting(recording: Recording, language: Language) -> str:
    """Return ``<time>`` with the length, 3:20 or 1:02:03, in the edition's digits; or nothing."""
    if recording.seconds is None:
        return ""
    tag = '<time class="length" datetime="PT{}S" dir="ltr">{}</time>'
    return format_html(tag, recording.seconds, clock(recording.seconds, language.digits))


def clock(seconds: int, system: str = "latn") -> str:
    """Return a length as players show it: 0:07, 3:20, 1:02:03."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    told = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return dates.digits(told, system)


def weight(recording: Recording, language: Language) -> str:
    """Return the size of a recording's file: 4.2 MB, in the edition's digits."""
    return isolate(dates.digits(filesizeformat(recording.size), language.digits))


def player(recording: Recording | Broadcast) -> str:
    """Return the ``<iframe>`` of a provider's player: to be shown to who asked for it only.

    YouTube plays nothing for a page that does not say of which site it is.
    """
    embed = recording.embed
    if embed is None:
        return ""
    title = _("%(name)s, played by %(provider)s") % {
        "name": recording.name,
        "provider": embed.provider,
    }
    return format_html(
        '<iframe src="{}" title="{}" sandbox="{}" allow="{}" allowfullscreen '
        'referrerpolicy="strict-origin-when-cross-origin"></iframe>',
        *(embed.player, title, SANDBOX, FEATURES),
    )


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text, for a transcript."""
    return [line for line in (each.strip() for each in text.splitlines()) if line]
