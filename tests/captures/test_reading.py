"""Bytes to lines with spans."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest

from articles.captures import read
from articles.captures.repair import misread, repaired

TEXT = "Café on the river\nدریا چڑھ گیا\nدرياهه چڙهي ويو"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_any_unicode_encoding(charset):
    raw = TEXT.encode(charset)
    capture = read(raw, filename="page.txt")
    assert capture.text == TEXT
    assert capture.sha256 == hashlib.sha256(raw).hexdigest()
    assert (capture.raw, capture.filename) == (raw, "page.txt")


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_a_span_leads_back_to_its_bytes(charset):
    raw = TEXT.encode(charset)
    plain = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(charset, charset)
    for line in read(raw).lines:
        assert raw[line.start : line.end].decode(plain) == line.text
        for index in range(len(line.text) + 1):
            part = raw[line.start : line.offset(index)].decode(plain)
            assert part == line.text[:index]


@pytest.mark.parametrize("page", ["cp1252", "cp1256"])
def test_utf_8_that_was_misread_is_restored_and_its_spans_still_hold(page):
    told = "“Café” on the river…\nدریا چڑھ گیا ۽ ٻيڙي بيهي رهي"
    raw = "\n".join(misread(line.encode(), page) for line in told.split("\n")).encode()
    capture = read(raw)
    assert capture.text == told
    assert capture.charset == f"utf-8+{page}"
    for line in capture.lines:
        for index in range(len(line.text) + 1):
            stored = raw[line.start : line.offset(index)].decode()
            assert stored == misread(line.text[:index].encode(), page)


@pytest.mark.parametrize(
    "text", [*TEXT.split("\n"), "آپ", "بچ", "تک", "Â", "naïve café", "قطار قديم"]
)
def test_honest_text_is_not_repaired(text):
    assert repaired(text) == (text, "")


def test_a_byte_that_does_not_decode_is_kept_as_such_and_reported():
    raw = "آئینہ پرا".encode() + b"\xff" + "نا ہے".encode() + b" " * 200
    capture = read(raw)
    assert [problem.code for problem in capture.problems] == ["bytes"]
    assert "\udcff" in capture.text
    assert capture.fatal is None


def test_many_bytes_that_do_not_decode_are_fatal():
    problem = read("é".encode("latin-1") * 40).fatal
    assert problem is not None
    assert problem.code == "undecodable"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_parts_lines(end):
    assert [line.text for line in read(f"a{end}b{end}".encode()).lines] == ["a", "b", ""]


def test_a_lone_nul_is_reported_and_many_controls_are_binary():
    assert [one.code for one in read(b"The river rose\x00 and fell.").problems] == ["nul"]
    problem = read(b"\x00\x01\x02\x03 text").fatal
    assert problem is not None
    assert problem.code == "binary"


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("The ferry’s captain waited – and waited – for the last of the pupils to come.", "cp1252"),
        ("كشتي رات بھر ركي رہي اور ملاح نے كنارے پر سب كے ليے كھانا پكايا. سب خوش تھے.", "cp1256"),
    ],
)
def test_a_one_byte_character_set_that_gives_clear_words_is_read(text, charset):
    raw = text.encode(charset)
    capture = read(raw)
    assert (capture.charset, capture.text) == (charset, text)
    assert raw[capture.lines[0].offset(9) :].decode(charset) == text[9:]


def test_a_lone_bad_byte_in_english_is_not_taken_for_a_letter():
    assert read(b"The ferry waited for the last of the \xff pupils to come.").charset == "utf-8"


@pytest.mark.parametrize(
    ("raw", "charset"),
    [
        (("ایک <!--x--> é \U0001f600 " * 300).encode(), "utf-8"),
        (("ایک \U0001f600 " * 300).encode("utf-16"), "utf-16-le"),
        (b"\xd8\xa7 \xff a\xc3\xa9 " * 300, "utf-8"),
        (("شہر میں بارش " * 200).encode().decode("cp1256").encode(), "utf-8+cp1256"),
    ],
)
def test_every_character_of_a_long_line_has_its_own_bytes(raw, charset):
    capture = read(raw)
    (line,) = capture.lines
    assert capture.charset == charset
    places = [line.offset(index) for index in range(len(line.text) + 1)]
    assert (places[0], places[-1]) == (line.start, line.end)
    pieces = [raw[start:end] for start, end in pairwise(places)]
    assert pieces == [line.stored(character) for character in line.text]
    assert all(pieces)
