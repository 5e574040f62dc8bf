"""Captions: WebVTT that browsers show as it is meant, and nothing but cues in it."""

from __future__ import annotations

import pytest

from articles.recordings.captions import MOST_CHARACTERS, Fault, UnfitCaptions, checked

CUE = "00:01.000 --> 00:04.500 align:start\nپہلی بات\nدوسری"


def test_cues_are_kept_and_what_is_none_is_not():
    text = (
        "\ufeffWEBVTT - a title\r\n\r\nNOTE who wrote it\r\n\r\n"
        "STYLE\r\n::cue { color: red }\r\n\r\n"
        f"intro\r\n{CUE}\r\n\r\n01:00:00.000 --> 01:00:02.000\r\n<v Sana>Rain\r\n"
    )
    assert checked(text) == f"WEBVTT\n\n{CUE}\n\n01:00:00.000 --> 01:00:02.000\n<v Sana>Rain\n"
    assert checked(checked(text)) == checked(text)


@pytest.mark.parametrize(
    ("text", "fault", "line"),
    [
        ("", Fault.SIGNATURE, 1),
        ("Rain at last", Fault.SIGNATURE, 1),
        ("1\n00:00:01,000 --> 00:00:02,000\nRain\n", Fault.SUBRIP, 1),
        ("WEBVTT\n\nRain at last\n", Fault.TIMING, 3),
        ("WEBVTT\n\n00:01 --> 00:02\nRain\n", Fault.TIMING, 3),
        ("WEBVTT\n\none\n00:01.000 -> 00:02.000\nRain\n", Fault.TIMING, 4),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nRain\n00:03.000 --> 00:04.000\nx", Fault.TIMING, 3),
        ("WEBVTT\n\n00:99.000 --> 01:40.000\nRain\n", Fault.TIMING, 3),
        ("WEBVTT\n\n00:02.000 --> 00:02.000\nRain\n", Fault.BACKWARDS, 3),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\n\n", Fault.EMPTY, 5),
        ("WEBVTT\n" + "x" * MOST_CHARACTERS, Fault.LONG, 1),
    ],
)
def test_what_browsers_would_not_show_is_told_by_its_line(text, fault, line):
    with pytest.raises(UnfitCaptions) as caught:
        checked(text)
    assert (caught.value.fault, caught.value.line) == (fault, line)
