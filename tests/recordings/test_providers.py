"""Whose address may be shown: a table, and nothing beside it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from articles.recordings.providers import PROVIDERS, embed_of

YOUTUBE = "https://www.youtube-nocookie.com/embed/abcdefghijk"
ALLOWED = {
    "https://www.youtube.com/watch?v=abcdefghijk&t=10&list=x": YOUTUBE,
    "http://m.youtube.com/watch?v=abcdefghijk": YOUTUBE,
    "https://youtu.be/abcdefghijk?si=tracks": YOUTUBE,
    "https://youtube.com/shorts/abcdefghijk": YOUTUBE,
    "https://www.youtube.com/live/abcdefghijk": YOUTUBE,
    "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/live": (
        "https://www.youtube-nocookie.com/embed/live_stream?channel=UCabcdefghijklmnopqrstuv"
    ),
    "https://vimeo.com/123456789": "https://player.vimeo.com/video/123456789?dnt=1",
    "https://dai.ly/x8abcde": "https://geo.dailymotion.com/player.html?video=x8abcde",
    "https://www.tiktok.com/@a.name/video/7123456789012345678": (
        "https://www.tiktok.com/player/v1/7123456789012345678"
    ),
    "https://archive.org/details/SomeItem_1999.x": "https://archive.org/embed/SomeItem_1999.x",
    "https://soundcloud.com/a-name/a-song": (
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a-name/a-song"
    ),
    "https://open.spotify.com/episode/abcdefghij0123456789AB": (
        "https://open.spotify.com/embed/episode/abcdefghij0123456789AB"
    ),
}
REFUSED = [
    "",
    "javascript:alert(1)",
    "data:text/html,https://youtu.be/abcdefghijk",
    "//youtu.be/abcdefghijk",
    "ftp://youtu.be/abcdefghijk",
    "https://youtube.com.evil.example/watch?v=abcdefghijk",
    "https://evil.example/youtube.com/watch?v=abcdefghijk",
    "https://youtube.com@evil.example/watch?v=abcdefghijk",
    "https://user:word@youtube.com/watch?v=abcdefghijk",
    "https://youtube.com:8443/watch?v=abcdefghijk",
    "https://youtube.com:99999/watch?v=abcdefghijk",
    "https://[youtube.com/watch?v=abcdefghijk",
    'https://youtube.com/watch?v=abc"><script>',
    "https://youtube.com/watch?v=abcdefghijk%22",
    "https://youtube.com/watch",
    "https://youtube.com/redirect?q=https://evil.example",
    "https://youtu.be/abcdefghijk/../../embed",
    "https://youtu.be/abcdefghij\u06f1",
    "https://archive.org/details/a/b",
]


@pytest.mark.parametrize("address", ALLOWED)
def test_an_allowed_address_has_a_player_of_our_own_making(address):
    embed = embed_of(address)

    assert embed.player == ALLOWED[address]
    assert embed_of(embed.page) == embed


@pytest.mark.parametrize("address", REFUSED)
def test_no_other_address_has_a_player(address):
    assert embed_of(address) is None


def test_every_player_is_one_of_the_table_and_over_tls():
    hosts = {urlsplit(provider.player).hostname for provider in PROVIDERS}
    for address in ALLOWED:
        parts = urlsplit(embed_of(address).player)
        assert (parts.scheme, parts.hostname in hosts) == ("https", True)
