"""What stands beside the samples' texts: events, sound, video and Web TV, for a first start.

Their moments are counted from the day of that start, so that something is always to come.
"""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from articles.actions import add_picture, make_renditions, set_event, set_recording
from articles.models import Article, Broadcast, Event, Image, Recording


@transaction.atomic
def place_beside(folder: Path) -> None:
    """Place what ``beside.json`` in ``folder`` tells; an article that was not loaded gets nothing.

    Each entry names the capture of its article, and ``days`` from today and the clock ``at`` which
    it begins.
    """
    told = json.loads((folder / "beside.json").read_text(encoding="utf-8"))
    for entry in told["events"]:
        for article in _articles(entry):
            start, end = _moments(entry)
            event = Event(article=article, starts_at=start, ends_at=end, place=entry["place"])
            set_event(event=event, by=None)
    for entry in told["recordings"]:
        for article in _articles(entry):
            _place_recording(folder, article, entry)
    for entry in told["broadcasts"]:
        start, end = _moments(entry)
        fields = {name: entry[name] for name in ("title", "address")}
        Broadcast(language_id=entry["language"], starts_at=start, ends_at=end, **fields).save()


def _articles(entry: dict[str, Any]) -> list[Article]:
    return list(Article.objects.filter(capture__filename=entry["capture"]))


def _place_recording(folder: Path, article: Article, entry: dict[str, Any]) -> None:
    names = ("title", "credit", "transcript", "seconds")
    fields = {name: entry[name] for name in names if name in entry}
    poster = _poster(folder / entry["poster"]) if "poster" in entry else None
    with (folder / entry["file"]).open("rb") as file:
        recording = Recording(article=article, poster=poster, position=1, **fields)
        set_recording(recording=recording, by=None, upload=File(file))


def _poster(path: Path) -> Image:
    """The picture with its renditions: what would make them in passing ends with this program."""
    image = add_picture(data=path.read_bytes(), filename=path.name).image
    make_renditions(image=image)
    image.refresh_from_db()
    return image


def _moments(entry: dict[str, Any]) -> tuple[datetime, datetime]:
    day = timezone.localdate() + timedelta(days=entry["days"])
    start = timezone.make_aware(datetime.combine(day, time.fromisoformat(entry["at"])))
    return start, start + timedelta(hours=entry["hours"])
