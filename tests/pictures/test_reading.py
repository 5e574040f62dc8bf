"""What is a picture and what is none: hostile files among them, each made here."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from articles.pictures import reading
from articles.pictures.ladder import renditions
from articles.pictures.reading import KINDS, Reason, UnfitPicture, read
from articles.pictures.rendering import render
from tests.pictures.made import drawn, encoded

FORMS = list(KINDS)
WHOLE = {form: encoded(drawn(320, 200), form) for form in FORMS}


def refusal(data: bytes) -> Reason:
    with pytest.raises(UnfitPicture) as refused:
        read(data)
    return refused.value.reason


def png_of(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG whose head says a size, with as few bytes of pixels as one likes."""

    def chunk(name: bytes, inside: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + inside))
        return struct.pack(">I", len(inside)) + name + inside + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(data, 9))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + pixels + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_is_known_by_what_it_holds(form):
    picture = read(WHOLE[form])
    assert picture.media_type == KINDS[form].media_type
    assert (picture.width, picture.height) == (320, 200)
    assert len(picture.sha256) == 64


@pytest.mark.parametrize("orientation", range(1, 9))
def test_width_and_height_are_those_that_are_seen(orientation):
    exif = Image.Exif()
    exif[reading.ORIENTATION] = orientation
    picture = read(encoded(drawn(320, 200), exif=exif))
    seen = (200, 320) if orientation >= 5 else (320, 200)
    assert (picture.width, picture.height) == seen


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_depth_of_colour_comes_in(mode):
    picture = drawn(mode=mode) if mode != "I;16" else Image.new(mode, (800, 600), 40_000)
    assert read(encoded(picture, "PNG")).width == 800


def test_a_picture_for_the_printer_comes_in():
    assert read(encoded(drawn(mode="CMYK"))).media_type == "image/jpeg"


def test_a_moving_picture_is_its_first_frame():
    frames = [drawn(320, 200), drawn(320, 200).transpose(Image.Transpose.ROTATE_180)]
    for form in ("GIF", "WEBP", "PNG"):
        moving = encoded(frames[0], form, save_all=True, append_images=frames[1:])
        assert read(moving).width == 320


def test_a_telephones_picture_with_a_second_one_inside_is_a_jpeg():
    two = encoded(drawn(320, 200), "MPO", save_all=True, append_images=[drawn(160, 100)])
    assert read(two).media_type == "image/jpeg"
    assert read(two).width == 320


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"<html><script>alert(1)</script>", Reason.UNKNOWN),
        (b"%PDF-1.7\n", Reason.UNKNOWN),
        (b"MZ" + b"\0" * 500, Reason.UNKNOWN),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', Reason.SVG),
        (b'\xef\xbb\xbf <?xml version="1.0"?>\n<!-- a -->\n<SVG/>', Reason.SVG),
        (b"<?xml version='1.0'?><rss/>", Reason.UNKNOWN),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Reason.HEIC),
        (encoded(drawn(), "BMP"), Reason.UNKNOWN),
        (encoded(drawn(), "TIFF"), Reason.UNKNOWN),
        (encoded(drawn(), "ICO"), Reason.UNKNOWN),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", Reason.UNKNOWN),
        (b"GIF89a<script>alert(1)</script>", Reason.DAMAGED),
        (b"\xff\xd8\xff\xe0" + b"<script>" * 9, Reason.DAMAGED),
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_is_called(data, reason):
    found = refusal(data)
    assert found in {reason, Reason.UNKNOWN if reason is Reason.DAMAGED else reason}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_a_picture_that_was_cut_off_is_refused(form, share):
    whole = WHOLE[form]
    assert refusal(whole[: int(len(whole) * share)]) in {Reason.DAMAGED, Reason.UNKNOWN}


def test_a_small_file_of_many_pixels_takes_no_memory():
    assert refusal(png_of(30_000, 30_000)) is Reason.PIXELS
    assert refusal(png_of(2**31 - 1, 2**31 - 1)) in {Reason.PIXELS, Reason.DAMAGED}
    assert refusal(png_of(8_000, 5_001)) is Reason.PIXELS


def test_forty_million_pixels_come_in():
    picture = read(encoded(Image.new("RGB", (8_000, 5_000)), quality=40))
    assert (picture.width, picture.height) == (8_000, 5_000)
    assert read(encoded(Image.new("L", (8_000, 5_000)), "PNG")).width == 8_000


def test_a_picture_of_endless_length_is_refused():
    assert refusal(encoded(Image.new("L", (reading.LONGEST_SIDE + 1, 4)))) is Reason.LONG


def test_a_file_of_too_many_bytes_is_refused_unread(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 1_000)
    assert refusal(b"\0" * 1_001) is Reason.HEAVY


def test_a_jpeg_of_a_thousand_passes_is_refused():
    whole = encoded(Image.new("RGB", (64, 64)), progressive=True)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    assert read(whole).width == 64
    assert refusal(whole[:-2] + last * 1_000 + b"\xff\xd9") is Reason.DAMAGED


def test_a_programme_hidden_behind_a_picture_is_not_in_what_readers_get():
    both = WHOLE["PNG"] + b"<script>alert(1)</script>"
    picture = read(both)
    for _rendition, data in render(both, renditions(picture.width, picture.height)):
        assert b"<script>" not in data


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMS), st.data())
def test_no_broken_file_is_anything_but_refused(form, data):
    broken = bytearray(WHOLE[form])
    for _number in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(broken) - 1))
        broken[place] = data.draw(st.integers(0, 255))
    try:
        picture = read(bytes(broken))
    except UnfitPicture:
        return
    assert picture.width > 0


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_refused_in_the_same_way(data):
    for head in (b"", *(whole[:30] for whole in WHOLE.values())):
        with pytest.raises(UnfitPicture):
            read(head + data)


def test_a_reader_gives_way_to_the_next_also_when_it_fails():
    for _number in range(3):
        refusal(b"nothing")
        assert read(WHOLE["JPEG"]).width == 320
