"""What a file of sound or video is, by its bytes; and what is refused with a reason."""

from __future__ import annotations

import io
import random
import struct

import pytest

from articles.recordings.places import without_places
from articles.recordings.reading import Reason, UnfitRecording, read
from tests.pictures.made import photograph
from tests.recordings.made import box, mp3, mp4, sound, webm

MOST = 1_000_000
KINDS = {
    "wav": (sound(3), "audio/wav", 3),
    "mp3": (mp3(), "audio/mpeg", 2),
    "mp3 with tags": (mp3(tags=b"ID3\x04\0\0\0\0\0\0"), "audio/mpeg", 2),
    "mp4": (mp4(5), "video/mp4", 5),
    "m4a": (mp4(5, (b"soun",)), "audio/mp4", 5),
    "webm": (webm(), "video/webm", None),
    "weba": (webm(b"A_OPUS"), "audio/webm", None),
}


def reason_of(data: bytes, most: int = MOST) -> Reason:
    with pytest.raises(UnfitRecording) as caught:
        read(io.BytesIO(data), most)
    return caught.value.reason


@pytest.mark.parametrize("name", KINDS)
def test_a_file_is_told_by_its_content_and_measured(name):
    data, media_type, seconds = KINDS[name]

    found = read(io.BytesIO(data), MOST)

    assert (found.media_type, found.seconds, found.size) == (media_type, seconds, len(data))
    assert found.is_video is media_type.startswith("video/")


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script>",
        b"MZ" + bytes(500),
        b"#EXTM3U\n",
        b"\xff\xfb",
        b"OggS" + bytes(200),
        b"RIFF\0\0\0\0AVI ",
        photograph(40, 30),
        b"\xff\xd8\xff\xe0" + bytes(99),
    ],
)
def test_what_is_no_recording_is_not_taken_for_one(data):
    assert reason_of(data) is Reason.UNKNOWN


def test_an_empty_file_and_one_too_large_are_refused_as_such():
    assert reason_of(b"") is Reason.EMPTY
    assert reason_of(sound(2), most=1_000) is Reason.HEAVY


@pytest.mark.parametrize(
    "data",
    [
        b"fLaC" + bytes(20),
        b"OggS" + bytes(24) + b"OpusHead" + bytes(4),
        box(b"ftyp", b"isom", bytes(4)) + b"\0\0\0\x10moovcut",
        b"RIFF" + struct.pack("<I", 99) + b"WAVE",
        box(b"ftyp", b"isom", bytes(4)) + box(b"free") * 2_000,
    ],
)
def test_a_damaged_file_is_refused_and_not_a_fault(data):
    assert reason_of(data) is Reason.DAMAGED


@pytest.mark.parametrize("name", KINDS)
def test_no_broken_file_is_a_fault(name):
    chance = random.Random(name)  # noqa: S311  Always the same for a kind.
    data = bytearray(KINDS[name][0])
    for _turn in range(150):
        broken = bytearray(data[: chance.randrange(1, len(data))])
        for _byte in range(8):
            broken[chance.randrange(min(len(broken), 300))] = chance.randrange(256)
        try:
            found = read(io.BytesIO(bytes(broken)), MOST)
        except UnfitRecording:
            continue
        assert found.seconds is None or found.seconds > 0


@pytest.mark.parametrize(
    "place", [b"+24.8607+067.0011/", b"+24.8607+067.0011+012.5/", b"+2451.64+06700.07/"]
)
def test_where_a_telephone_was_is_taken_out_and_nothing_moves(place):
    data = mp4(5, location=place)

    with without_places(io.BytesIO(data)) as copy:
        kept = copy.read()

    assert place in data
    assert place not in kept
    assert len(kept) == len(data)
    assert kept.replace(b"0", b"") != data
    assert read(io.BytesIO(kept), MOST).seconds == 5


def test_a_file_that_says_no_place_is_kept_as_it_is():
    file = io.BytesIO(mp4(5))
    assert without_places(file) is file
