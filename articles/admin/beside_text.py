"""What stands in an article beside its text, as links from its form to the screens of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.actions.rights import may
from articles.models import Article, Event, Language
from articles.models.recording import UNLISTED
from articles.templating.events import when_words
from articles.templating.recordings import clock

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


def beside_text(article: Article, asker: AbstractUser) -> str:
    """A list of links to the event and the recordings of a stored article, and to where they are
    added; what ``asker`` may not add is not offered.
    """
    is_own = may(asker, "change", article)
    rows = [*_event(article, is_own), *_recordings(article, is_own)]
    return format_html('<ul class="beside-text">{}</ul>', format_html_join("", "<li>{}</li>", rows))


def _event(article: Article, is_own: bool) -> Iterator[tuple[str]]:
    event = Event.objects.filter(article=article).first()
    if event:
        told = when_words(event, Language(code=get_language() or article.language_id))
        yield (_link("event", _("Event"), event.pk, told),)
    elif is_own:
        yield (_adding("event", _("Add an event: when and where it takes place"), article),)


def _recordings(article: Article, is_own: bool) -> Iterator[tuple[str]]:
    for row in article.recordings.in_order().defer(*UNLISTED):
        length = clock(row.seconds) if row.seconds else ""
        told = " · ".join(
            filter(None, [row.title, row.embed.provider if row.embed else "", length])
        )
        yield (_link("recording", _("Video") if row.is_video else _("Sound"), row.pk, told),)
    if is_own:
        yield (_adding("recording", _("Add sound or video"), article),)


def _link(noun: str, name: str, pk: int, told: str) -> str:
    address = reverse(f"admin:articles_{noun}_change", args=[pk])
    return format_html('<a href="{}">{}</a> <bdi>{}</bdi>', address, name, told)


def _adding(noun: str, words: str, article: Article) -> str:
    address = f"{reverse(f'admin:articles_{noun}_add')}?article={article.pk}"
    return format_html('<a class="addlink" href="{}">{}</a>', address, words)
