"""What is placed in an article beside its text, as machines read it: schema.org in JSON-LD 1.1."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin

from django.conf import settings

from articles.models import Article, Broadcast, Event, Recording
from articles.pictures.ladder import FRAME, Form
from articles.templating.events import machine_moment
from articles.views.edition import Edition
from articles.views.facts import iso
from articles.views.frame import Frame, absolute
from articles.views.schema_org import CONTEXT, Node, known, publisher

MOST_BROADCASTS = 5
OF_PLACE = "https://schema.org/OfflineEventAttendanceMode"


def events_of(frame: Frame, article: Article) -> list[Node]:
    """Return https://schema.org/Event for an article with an event, else nothing.

    The properties are those of
    https://developers.google.com/search/docs/appearance/structured-data/event; where only days are
    known, a time is not made up.
    """
    event: Event | None = getattr(article, "event", None)
    if event is None:
        return []
    state = "EventCancelled" if event.is_cancelled else "EventScheduled"
    return [
        known(
            {
                "@context": CONTEXT,
                "@type": "Event",
                "name": frame.title,
                "description": frame.description,
                "url": frame.canonical,
                "inLanguage": article.language_id,
                "startDate": machine_moment(event, event.starts_at),
                "endDate": machine_moment(event, event.ends_at) if event.ends_at else "",
                "eventStatus": f"https://schema.org/{state}",
                "eventAttendanceMode": OF_PLACE if event.place else "",
                "location": _place(frame.edition, event),
                "image": [frame.card.address] if frame.card else [],
                "organizer": publisher(frame.edition),
            }
        )
    ]


def broadcasts_of(frame: Frame, broadcasts: Sequence[Broadcast]) -> list[Node]:
    """Return https://schema.org/BroadcastEvent for each broadcast that is on or will be."""
    return [
        {
            "@context": CONTEXT,
            "@type": "BroadcastEvent",
            "name": frame.edition.plain(each.title, frame.edition.code),
            "isLiveBroadcast": True,
            "startDate": iso(each.starts_at),
            "endDate": iso(each.ends_at),
            "inLanguage": frame.edition.code,
            "url": frame.canonical,
        }
        for each in broadcasts[:MOST_BROADCASTS]
    ]


def _place(edition: Edition, event: Event) -> Node:
    name = edition.plain(event.place, edition.code)
    return {"@type": "Place", "name": name, "address": name} if name else {}


def recordings_in(frame: Frame, article: Article, recordings: Sequence[Recording]) -> list[Node]:
    """Return https://schema.org/VideoObject or AudioObject for each recording of an article.

    The properties are those of
    https://developers.google.com/search/docs/appearance/structured-data/video.
    """
    return [_recording(frame, article, each) for each in recordings]


def _recording(frame: Frame, article: Article, recording: Recording) -> Node:
    edition, embed, poster = frame.edition, recording.embed, recording.poster
    steps = poster.steps(FRAME, Form.JPEG) if poster else []
    stills = [urljoin(settings.SITE_URL, poster.url_of(steps[-1]))] if poster and steps else []
    return known(
        {
            "@context": CONTEXT,
            "@type": "VideoObject" if recording.is_video else "AudioObject",
            "name": edition.plain(recording.name, edition.code),
            "description": frame.description,
            "uploadDate": iso(max(recording.added_at, article.published_at or recording.added_at)),
            "duration": f"PT{recording.seconds}S" if recording.seconds else "",
            "inLanguage": article.language_id,
            "thumbnailUrl": stills or ([frame.card.address] if frame.card else []),
            "contentUrl": absolute(recording.file_url) if recording.file else "",
            "encodingFormat": recording.media_type,
            "contentSize": str(recording.size) if recording.size else "",
            "embedUrl": embed.player if embed else "",
            "publisher": publisher(edition),
        }
    )
