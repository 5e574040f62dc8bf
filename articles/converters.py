"""What may stand in an address for a language, a part of a date, a kind of feed or a picture."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings

from articles.recordings.reading import EXTENSIONS


class EditionConverter:
    """Match the code of a language that the site speaks; whether it is published is asked later."""

    regex = "[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,4}){0,2}"

    def to_python(self, value: str) -> str:
        """Return the code. Raises ValueError, which means "no match", for any other language."""
        if value not in dict(settings.LANGUAGES):
            raise ValueError(f"The site does not speak '{value}'.")
        return value

    def to_url(self, value: str) -> str:
        return value


class YearConverter:
    """Match the four ASCII digits of a year."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class TwoDigitsConverter:
    """Match the two ASCII digits of a month or a day."""

    regex = "[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02}"


class PartConverter:
    """Match the number of a further part of a long file: from 2 on, since the first has none."""

    regex = "(?:[2-9]|[1-9][0-9]{1,3})"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Feed(NamedTuple):
    media_type: str
    name: str


FEEDS = {
    "rss": Feed("application/rss+xml", "RSS"),
    "atom": Feed("application/atom+xml", "Atom"),
    "json": Feed("application/feed+json", "JSON Feed"),
}
"""The kinds of feed, by what stands for each at the end of a list's address."""


class FeedConverter:
    """Match one of ``FEEDS``."""

    regex = "|".join(FEEDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class RenditionConverter:
    """Match the name of a picture's rendition: its folder, its recipe, its cut and its width."""

    regex = r"[0-9a-f]{16}/[0-9a-f]{8}-[0-9a-z]{1,9}-[0-9]{1,5}\.(?:avif|webp|jpg)"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class RecordingConverter:
    """Match the name of a recording's file or of its captions."""

    regex = rf"[0-9a-f]{{16}}\.(?:{'|'.join((*EXTENSIONS, 'vtt'))})"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
