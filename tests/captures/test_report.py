"""A report is the same whether a reader encodes it or the database does."""

from __future__ import annotations

import json

import pytest

from articles.captures import read, segment
from articles.captures.report import describe, dump
from tests.captures.scoring import GOLD

PAGES = sorted(GOLD.glob("*.txt"))
STORY = "The bridge was repaired\n\nPosted on: 2025-03-01\n\nCarts may cross it {} again now.\n"


@pytest.mark.parametrize(
    "raw",
    [
        *(path.read_bytes() for path in PAGES),
        STORY.format("\N{BRIDGE AT NIGHT}").encode(),
        STORY.format(r"\ud83d").encode(),
        STORY.format("XX").encode().replace(b"XX", b"\xff\xfe \xed\xa0\x80"),
    ],
)
def test_the_text_of_a_report_is_what_json_makes_of_its_values(raw: bytes) -> None:
    capture = read(raw, filename="page\udc80.txt")
    parsed = segment(capture)

    assert dump(capture, parsed) == json.dumps(describe(capture, parsed))
    json.dumps(json.loads(dump(capture, parsed)), ensure_ascii=False).encode()
