"""Who may be shown on a page of ours: a table of providers, and the address of each one's player.

An address that no row matches is shown nowhere. From one that does, nothing but the names of what
is shown is taken over: the player's address is our own, of the provider's kind that sets the fewest
cookies, where there are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, quote, urlsplit


@dataclass(frozen=True)
class Provider:
    """``hosts`` without "www." and "m.", ``paths`` that name what is shown, by ``id`` and ``of``.

    ``query`` is the parameter that names it where the path does not. ``page`` and ``player`` are
    made of these names.
    """

    name: str
    hosts: tuple[str, ...]
    paths: tuple[str, ...]
    page: str
    player: str
    query: str = ""
    is_video: bool = True


class Embed(NamedTuple):
    """Something that a provider shows: its page there, and the address of the player for it."""

    provider: str
    page: str
    player: str
    is_video: bool

    @property
    def host(self) -> str:
        """Who learns of a reader that plays it."""
        return urlsplit(self.player).hostname or ""


PROVIDERS = (
    Provider(
        "YouTube",
        ("youtube.com", "youtube-nocookie.com", "youtu.be"),
        (
            r"youtu\.be/(?P<id>[\w-]{11})",
            r"youtube\.com/watch",
            r"[a-z-]+\.com/(?:shorts|live|embed)/(?P<id>[\w-]{11})",
        ),
        page="https://www.youtube.com/watch?v={id}",
        player="https://www.youtube-nocookie.com/embed/{id}",
        query="v",
    ),
    Provider(
        "YouTube",
        ("youtube.com",),
        (r"youtube\.com/channel/(?P<id>UC[\w-]{22})/live",),
        page="https://www.youtube.com/channel/{id}/live",
        player="https://www.youtube-nocookie.com/embed/live_stream?channel={id}",
    ),
    Provider(
        "Vimeo",
        ("vimeo.com", "player.vimeo.com"),
        (r"vimeo\.com/(?P<id>[0-9]{6,12})", r"player\.vimeo\.com/video/(?P<id>[0-9]{6,12})"),
        page="https://vimeo.com/{id}",
        player="https://player.vimeo.com/video/{id}?dnt=1",
    ),
    Provider(
        "Dailymotion",
        ("dailymotion.com", "dai.ly"),
        (r"dailymotion\.com/video/(?P<id>[0-9a-z]{6,12})", r"dai\.ly/(?P<id>[0-9a-z]{6,12})"),
        page="https://www.dailymotion.com/video/{id}",
        player="https://geo.dailymotion.com/player.html?video={id}",
    ),
    Provider(
        "TikTok",
        ("tiktok.com",),
        (r"tiktok\.com/@(?P<of>[\w.-]{2,40})/video/(?P<id>[0-9]{8,24})",),
        page="https://www.tiktok.com/@{of}/video/{id}",
        player="https://www.tiktok.com/player/v1/{id}",
    ),
    Provider(
        "Internet Archive",
        ("archive.org",),
        (r"archive\.org/(?:details|embed)/(?P<id>[\w.-]{3,100})",),
        page="https://archive.org/details/{id}",
        player="https://archive.org/embed/{id}",
    ),
    Provider(
        "SoundCloud",
        ("soundcloud.com",),
        (r"soundcloud\.com/(?P<of>[\w-]{2,60})/(?P<id>[\w-]{2,120})",),
        page="https://soundcloud.com/{of}/{id}",
        player="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/{of}/{id}",
        is_video=False,
    ),
    Provider(
        "Spotify",
        ("open.spotify.com",),
        (r"open\.spotify\.com/(?P<of>episode|track)/(?P<id>[0-9A-Za-z]{22})",),
        page="https://open.spotify.com/{of}/{id}",
        player="https://open.spotify.com/embed/{of}/{id}",
        is_video=False,
    ),
)
NAMES = tuple(dict.fromkeys(provider.name for provider in PROVIDERS))


def embed_of(address: str) -> Embed | None:
    """Return what a web address shows, if it is one of an allowed provider; else None."""
    try:
        parts = urlsplit(address.strip())
        is_plain = parts.port is None and parts.username is None and parts.password is None
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not is_plain:
        return None
    return next(_embeds(parts), None)


def _embeds(parts: SplitResult) -> Iterator[Embed]:
    host = re.sub(r"^(?:www|m)\.", "", (parts.hostname or "").lower())
    place = host + parts.path.rstrip("/")
    for provider in PROVIDERS:
        if host not in provider.hosts:
            continue
        for path in provider.paths:
            names = _names(provider, re.fullmatch(path, place, re.ASCII), parts.query)
            if names:
                page, player = (form.format(**names) for form in (provider.page, provider.player))
                yield Embed(provider.name, page, player, provider.is_video)


def _names(provider: Provider, found: re.Match[str] | None, query: str) -> dict[str, str]:
    if found is None:
        return {}
    names = found.groupdict()
    if "id" not in names:
        names["id"] = next(iter(parse_qs(query).get(provider.query, [])), "")
        if not re.fullmatch(r"[\w-]{11}", names["id"], re.ASCII):
            return {}
    return {name: quote(value, safe="") for name, value in names.items()}
