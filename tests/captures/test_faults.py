"""Whatever bytes come, reading raises nothing and accounts for each of them.

What it costs is measured in ``benchmarks/hostile.py``, by the same shapes.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.captures import Hints, Parsed, account, read, segment
from articles.captures.formats import documents
from benchmarks.markup import DOCUMENTS
from benchmarks.shapes import TEXTS
from tests.captures import scoring, seeds

PIECES = [
    path.read_bytes()
    for folder in (scoring.GOLD, seeds.SEEDS)
    for path in sorted(folder.glob("*.txt"))
]
LINES = [line for piece in PIECES for line in piece.split(b"\n")]
SIZE = 4_000


def check(raw: bytes, given_hints: Hints | None = None) -> Parsed:
    capture = read(raw)
    parsed = segment(capture, hints=given_hints)
    account(parsed, capture)
    for draft in parsed.drafts:
        "\n".join((draft.headline, draft.byline, draft.dateline, *draft.paragraphs)).encode()
        assert draft.held == bool(draft.reasons)
    assert (parsed.kind == "reject") == (not parsed.drafts)
    assert (parsed.kind == "reject") == bool(parsed.reason)
    return parsed


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=600))
def test_random_bytes_never_raise(raw):
    check(raw)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_random_text_never_raises(text):
    check(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PIECES), st.integers(0, 4100), st.integers(0, 4100))
def test_a_truncated_capture_never_raises(raw, start, stop):
    check(raw[start:stop])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(LINES) | st.binary(max_size=30), max_size=25))
def test_a_mixture_of_captures_never_raises(lines):
    check(b"\n".join(lines))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PIECES), st.sampled_from(["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"]))
def test_a_capture_reads_the_same_in_another_character_set(raw, charset):
    plain = check(raw)
    if plain.kind != "reject" and "+" not in read(raw).charset:
        text = raw.decode("utf-8", "replace").removeprefix("\ufeff")
        told = check(text.encode(charset))
        same = check(text.encode())
        assert [draft.paragraphs for draft in told.drafts] == [d.paragraphs for d in same.drafts]
        assert [draft.headline for draft in told.drafts] == [d.headline for d in same.drafts]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PIECES), st.sampled_from([b"\r\n", b"\r"]))
def test_line_ends_do_not_change_what_is_read(raw, end):
    if b"\r" in raw or check(raw).kind == "reject":
        return
    told, plain = check(raw.replace(b"\n", end)), check(raw)
    assert told.kind == plain.kind
    assert [draft.paragraphs for draft in told.drafts] == [d.paragraphs for d in plain.drafts]


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(PIECES),
    st.text(max_size=80),
    st.text(max_size=80),
    st.sampled_from(["", "mdy", "dmy", "ymd"]),
)
def test_no_hint_makes_reading_raise(raw, headline, uri, order):
    check(raw, Hints(headline=headline, target_uri=uri, date_order=order, byline=headline))


def test_reading_twice_gives_the_same():
    for raw in PIECES:
        assert check(raw) == check(raw)


@pytest.mark.parametrize("name", TEXTS)
def test_text_made_to_be_slow_is_read_and_accounted_for(name):
    check(TEXTS[name](SIZE))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_made_to_be_slow_is_read_or_refused_in_a_sentence(name):
    for document in documents(DOCUMENTS[name](SIZE), name="hostile"):
        parsed = document.parse()
        assert (parsed.kind == "reject") == bool(parsed.reason)
        assert (parsed.kind == "reject") == (not parsed.drafts)


def test_a_mixture_of_everything_is_read_and_accounted_for():
    shuffled = LINES[:]
    random.Random(7).shuffle(shuffled)  # noqa: S311
    check(b"\n".join(shuffled))
