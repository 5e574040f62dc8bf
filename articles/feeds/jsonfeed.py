"""JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from articles.feeds.channel import Channel, Entry
from articles.text.dates import with_zone


def json_feed(channel: Channel, entries: Sequence[Entry], updated: datetime) -> str:
    """Return the feed; the format has no place for ``updated``, which the headers tell."""
    language = channel.edition.language
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.name,
        "home_page_url": channel.page,
        "feed_url": channel.address("json"),
        "user_comment": channel.advice,
        "language": language.code,
        "authors": [{"name": language.site_title}],
        "items": [_item(entry, language.code) for entry in entries],
    }
    return json.dumps(feed, ensure_ascii=False)


def _item(entry: Entry, language: str) -> dict[str, Any]:
    known = {
        "id": entry.identity,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.summary,
        "date_published": with_zone(entry.published),
        "date_modified": with_zone(entry.updated),
        "authors": [{"name": entry.author}] if entry.author else [],
        "tags": [entry.section] if entry.section else [],
        "language": language,
        "image": entry.picture.shared.address if entry.picture else "",
    }
    return {name: value for name, value in known.items() if value}
