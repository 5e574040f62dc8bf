"""Recordings before readers: played, fetched in parts, and hidden with their article."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.utils import timezone

from tests.factories import WHEN, make_article, make_image, make_recording, make_section
from tests.recordings.made import CAPTIONS, mp4, sound
from tests.views.pages import CODES, Page

YOUTUBE = "https://youtu.be/abcdefghijk"
PLAYER = "https://www.youtube-nocookie.com/embed/abcdefghijk"
NAMES = {"en": "A song of rain", "ur": "بارش کا گیت", "sd": "برسات جو گيت"}
AHEAD = timezone.now() + timedelta(days=1)
HIDDEN: dict[str, dict[str, Any]] = {
    "draft": {"status": "draft"},
    "in review": {"status": "review"},
    "ahead": {"published_at": AHEAD},
    "embargoed": {"published_at": AHEAD, "embargoed_until": AHEAD},
    "withdrawn": {"status": "withdrawn"},
}


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("code", CODES)
def test_a_file_plays_on_the_page_and_is_fetched_only_then(client, code):
    article = make_article(language=code)
    recording = make_recording(article, title=NAMES[code], transcript="First.\n\nSecond.")

    page = Page(client.get(article.get_absolute_url()))

    audio = page.all("audio")[0]
    assert (audio["src"], audio["preload"]) == (recording.file_url, "none")
    assert NAMES[code] in page.text
    assert "Second." in page.text
    assert page.all("time", datetime="PT1S")


def test_a_video_has_its_poster_and_its_captions_in_the_article_language(client):
    article = make_article(language="ur")
    recording = make_recording(article, mp4(), captions=CAPTIONS, poster=make_image())

    page = Page(client.get(article.get_absolute_url()))

    assert page.all("video")[0]["poster"].endswith(".jpg")
    track = page.all("track")[0]
    assert (track["srclang"], track["kind"]) == ("ur", "captions")
    captions = client.get(track["src"])
    assert captions["Content-Type"] == "text/vtt; charset=utf-8"
    assert captions.content.decode() == recording.captions == CAPTIONS


def test_a_provider_is_asked_for_nothing_before_a_reader_presses(client):
    article = make_article()
    make_recording(article, address=YOUTUBE, seconds=200)

    response = client.get(article.get_absolute_url())

    text = re.sub(r"<template>.*?</template>", "", response.content.decode(), flags=re.DOTALL)
    text = re.sub(r'<script type="application/ld\+json">.*?</script>', "", text, flags=re.DOTALL)
    assert "<iframe" not in text
    assert "youtube-nocookie" not in text
    assert "ytimg" not in text
    link = Page(response).all("a", **{"data-player": ""})[0]
    assert link["href"] == "?play=1#recording-1"


def test_without_scripts_the_link_leads_to_the_player(client):
    article = make_article()
    make_recording(article, address=YOUTUBE, title="Rain")

    page = Page(client.get(f"{article.get_absolute_url()}?play=1"))

    player = page.all("iframe")[0]
    assert player["src"] == PLAYER
    assert player["title"] == "Rain, played by YouTube"
    assert player["referrerpolicy"] == "strict-origin-when-cross-origin"
    assert "allow-top-navigation" not in player["sandbox"]
    assert page.canonical.endswith(article.get_absolute_url())


@pytest.mark.parametrize("query", ["play=0", "play=2", "play=x", "play=", "play=1000", "play=%00"])
def test_what_cannot_be_played_is_a_404(client, query):
    article = make_article()
    make_recording(article, address=YOUTUBE)
    assert client.get(f"{article.get_absolute_url()}?{query}").status_code == 404


def test_a_file_needs_no_page_of_its_own_to_play(client):
    article = make_article()
    make_recording(article)
    assert client.get(f"{article.get_absolute_url()}?play=1").status_code == 404


def test_a_recording_is_sent_as_what_it_is_and_runs_nothing(client):
    recording = make_recording(make_article(), sound(1))

    response = client.get(recording.file_url)

    assert body(response) == sound(1)
    assert response["Content-Type"] == "audio/wav"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"].startswith("inline")
    assert "Vary" not in response or "Cookie" not in response["Vary"]


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=8000-", 8000, 8044),
        ("bytes=-44", 8000, 8044),
        ("bytes=8040-99999", 8040, 8044),
        ("bytes=-99999", 0, 8044),
    ],
)
def test_a_player_is_sent_the_part_that_it_asks_for(client, asked, first, end):
    data = sound(1)
    recording = make_recording(make_article(), data)

    response = client.get(recording.file_url, headers={"range": asked, "accept-encoding": "gzip"})

    assert response.status_code == 206
    assert body(response) == data[first:end]
    assert response["Content-Range"] == f"bytes {first}-{end - 1}/{len(data)}"
    assert response["Content-Length"] == str(end - first)
    assert "Content-Encoding" not in response


@pytest.mark.parametrize("asked", ["bytes=9000-", "bytes=-0", "bytes=8044-8050"])
def test_a_part_past_the_end_is_not_there(client, asked):
    recording = make_recording(make_article(), sound(1))
    response = client.get(recording.file_url, headers={"range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */8044")


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=-", "bytes=0-1,3-4", "rows=0-1", "bytes=x-"])
def test_what_is_no_range_is_answered_with_the_whole(client, asked):
    recording = make_recording(make_article(), sound(1))
    response = client.get(recording.file_url, headers={"range": asked})
    assert (response.status_code, len(body(response))) == (200, 8044)


def test_a_part_of_a_file_that_has_changed_is_the_whole(client):
    recording = make_recording(make_article(), sound(1))
    etag = client.get(recording.file_url)["ETag"]
    same = client.get(recording.file_url, headers={"range": "bytes=0-9", "if-range": etag})
    other = client.get(recording.file_url, headers={"range": "bytes=0-9", "if-range": '"x"'})
    assert (same.status_code, other.status_code) == (206, 200)
    assert client.get(recording.file_url, headers={"if-none-match": etag}).status_code == 304


def test_a_head_is_answered_without_a_byte_of_the_file(client):
    recording = make_recording(make_article(), sound(1))
    response = client.head(recording.file_url)
    assert (response.content, response["Content-Length"]) == (b"", "8044")


@pytest.mark.parametrize("name", HIDDEN)
def test_no_door_shows_a_recording_that_readers_may_not_see(client, name):
    section = make_section(layout="audio", slug="songs")
    article = make_article(section=section, headline="secret", **HIDDEN[name])
    hidden = make_recording(article, mp4(), captions=CAPTIONS, title="secret")
    path = section.get_absolute_url()
    doors = ("/en/", "/en/latest/", path, f"{path}podcast.xml", f"{path}rss", f"{path}json")

    assert client.get(hidden.file_url).status_code == 404
    assert client.get(hidden.captions_url).status_code == 404
    for door in doors:
        text = client.get(door).content.decode()
        assert "secret" not in text, door
        assert hidden.token not in text, door


def test_a_recording_of_an_edition_that_is_not_published_is_not_there(client, editions):
    recording = make_recording(make_article(language="sd"))
    editions["sd"].is_published = False
    editions["sd"].save()
    assert client.get(recording.file_url).status_code == 404


@pytest.mark.parametrize("end", ["wav", "mp4", "vtt"])
def test_a_name_that_no_file_has_is_a_404(client, end):
    recording = make_recording(make_article(), mp4())
    token = recording.token if end != "mp4" else "0" * 16
    assert client.get(f"/recording/{token}.{end}").status_code == 404


@pytest.mark.parametrize("code", CODES)
def test_an_app_reads_the_podcast_of_a_section(client, settings, code):
    section = make_section(language=code, layout="audio", slug="songs")
    first = make_article(language=code, section=section)
    second = make_article(language=code, section=section, published_at=WHEN + timedelta(days=1))
    song = make_recording(first, title=NAMES[code], credit="A. Khan")
    talk = make_recording(second, mp4(), captions=CAPTIONS, poster=make_image())
    make_recording(second, address=YOUTUBE)
    page = Page(client.get(section.get_absolute_url()))
    feeds = page.all("link", type="application/rss+xml")
    address = next(link["href"] for link in feeds if link["href"].endswith("podcast.xml"))

    response = client.get(address.removeprefix(settings.SITE_URL))
    feed = feedparser.parse(response.content)

    assert not feed.bozo
    assert feed.feed.language == code
    assert feed.feed.image.href.endswith("podcast.png")
    assert [entry.enclosures[0].href for entry in feed.entries] == [
        settings.SITE_URL + talk.file_url,
        settings.SITE_URL + song.file_url,
    ]
    enclosure, episode = feed.entries[1].enclosures[0], feed.entries[1]
    assert (enclosure.type, enclosure.length) == ("audio/wav", str(song.size))
    assert (episode.title, episode.itunes_duration) == (NAMES[code], "0:01")
    assert len({entry.id for entry in feed.entries}) == 2
    assert b"<podcast:transcript" in response.content
    etag = response["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304


def test_a_section_of_articles_has_no_podcast(client):
    section = make_section()
    assert client.get(f"{section.get_absolute_url()}podcast.xml").status_code == 404


@pytest.mark.parametrize("layout", ["audio", "video"])
@pytest.mark.parametrize("code", CODES)
def test_a_section_of_recordings_leads_to_each(client, code, layout):
    section = make_section(language=code, layout=layout)
    with_file, at_provider = (make_article(language=code, section=section) for _n in range(2))
    make_recording(with_file, sound(70) if layout == "audio" else mp4(70))
    make_recording(at_provider, address=YOUTUBE, seconds=3723)
    bare = make_article(language=code, section=section)

    response = client.get(section.get_absolute_url())
    page = Page(response)

    for article in (with_file, at_provider, bare):
        assert article.get_absolute_url() in page.links
    assert page.all("time", datetime="PT70S")
    assert "1:02:03" in page.text
    assert b"<iframe" not in response.content
    assert len(page.all("audio")) == (1 if layout == "audio" else 0)


@pytest.mark.parametrize("layout", ["audio", "video"])
def test_a_section_of_recordings_costs_the_same_queries_however_long_it_is(
    client, django_assert_num_queries, layout
):
    section = make_section(layout=layout)
    for _turn in range(2):
        for _number in range(3):
            article = make_article(section=section)
            make_recording(article, address=YOUTUBE, poster=make_image())
        with django_assert_num_queries(5):
            client.get(section.get_absolute_url())
        with django_assert_num_queries(3):
            client.get(f"{section.get_absolute_url()}podcast.xml")


def test_an_article_without_recordings_costs_no_query_for_them(client, django_assert_num_queries):
    article = make_article()
    with django_assert_num_queries(4):
        client.get(article.get_absolute_url())
    make_recording(article)
    make_recording(article, address=YOUTUBE)
    with django_assert_num_queries(5):
        client.get(article.get_absolute_url())


def test_machines_are_told_what_can_be_played(client):
    article = make_article()
    recording = make_recording(article, mp4(5))
    text = client.get(article.get_absolute_url()).content.decode()
    assert '"@type": "VideoObject"' in text
    assert f'"contentUrl": "http://127.0.0.1:8000{recording.file_url}"' in text
    assert '"duration": "PT5S"' in text


def test_a_lite_page_has_a_link_in_place_of_a_player(client):
    article = make_article()
    recording = make_recording(article)
    page = Page(client.get(f"{article.get_absolute_url()}?lite"))
    assert not page.all("audio")
    assert recording.file_url in page.links
