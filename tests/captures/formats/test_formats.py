"""Formats are told by their bytes, and whatever bytes come, nothing is raised."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.captures.files import find
from articles.captures.formats import Limits, counts, detect
from articles.captures.formats.moments import moment
from tests.captures import accuracy, seeds
from tests.captures.formats import made

LIMITS = Limits(members=50, member=200_000, total=2_000_000, floor=400_000)
WHOLE = {
    "html": made.page(),
    "feed": made.rss(made.entry(), made.entry(title="")),
    "wxr": made.wxr(made.post(), made.post(status="draft")),
    "ninjs": json.dumps([made.ninjs()]).encode(),
    "jsonfeed": json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"content_text": "x"}]}
    ).encode(),
    "zip": made.zipped({"1.txt": made.page(), "2.json": json.dumps(made.ninjs()).encode()}),
    "gzip": made.tarred({"1.txt": made.page(), "2.xml": made.wxr(made.post())}),
    "tar": gzip.decompress(made.tarred({"1.html": made.page(language="ur")})),
    "warc": made.warc(made.record(made.page()), made.record(made.rss(made.entry()))),
}
PIECES = [*WHOLE.values(), gzip.compress(WHOLE["warc"])]


@pytest.mark.parametrize("kind", WHOLE)
def test_a_format_is_told_by_its_bytes_whatever_the_name(kind):
    for name in ("a.txt", "a.html", "a.json", "a.zip", "a"):
        assert detect(WHOLE[kind], name=name) == kind


def test_every_text_capture_in_the_tree_stays_text():
    for folder in (accuracy.GOLD, seeds.SEEDS):
        for path in folder.glob("*.txt"):
            for name in (path.name, "a.html", "a.json", "a.xml"):
                raw = path.read_bytes()
                kinds = ["gzip"] if raw.startswith(b"\x1f\x8b") else ["text"]
                assert detect(raw, name=name) in kinds, path.name


@pytest.mark.parametrize(
    "raw",
    [
        b"[JUSTIFY] It rained.",
        b"{curly} words",
        b"< 5 per cent",
        b"",
        b"[email protected]",
        b"<3 rain",
    ],
)
def test_text_that_opens_like_something_else_is_text(raw):
    assert detect(raw, name="a.html") == "text"


def test_text_is_read_as_before_with_a_span_for_every_byte():
    from articles.captures import read, segment

    for path in seeds.SEEDS.glob("*.txt"):
        raw = path.read_bytes()
        assert made.parse(raw, path.name) == segment(read(raw, filename=path.name))


def read_all(raw: bytes, name: str = "a") -> None:
    for document in made.unpack(raw, name, LIMITS):
        made.check(document)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"<html>", b'{"', b"<?xml", b"<rss>"]
    ),
)
def test_random_bytes_never_raise(raw, start):
    read_all(start + raw)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PIECES), st.data())
def test_a_truncated_or_altered_file_never_raises(raw, data):
    start = data.draw(st.sampled_from([0, 0, 0, 1, 40]))
    piece = bytearray(raw[start : data.draw(st.integers(0, len(raw)))])
    for _ in range(data.draw(st.integers(0, 8))):
        if piece:
            piece[data.draw(st.integers(0, len(piece) - 1))] = data.draw(st.integers(0, 255))
    read_all(bytes(piece))


MORE = ("embargoedUntil", "usageTerms", "items", "value", "rightsInfo")
TAGS = [
    "<p>",
    "</p>",
    "<article>",
    "</article>",
    "<b>",
    "<a href=x>",
    "</a>",
    "<table><td>",
    "<h1>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<title>",
    "<br>",
    "<time datetime=2023-07-29>",
    "&nbsp;",
    "<aside>",
    "It rained all day in the old town. ",
    "بارش ہوئی ",
    "&#xd800;",
    "\x00",
    "<svg>",
    "<![CDATA[",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=60))
def test_soups_of_tags_never_raise(tags):
    read_all(("<!doctype html>" + "".join(tags)).encode())


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from([*made.ninjs(), *MORE]),
                inner,
                max_size=6,
            )
        ),
        max_leaves=15,
    )
)
def test_news_items_of_any_shape_never_raise(value):
    for told in (
        {**made.ninjs(), "x": value},
        made.ninjs(**(value if isinstance(value, dict) else {})),
    ):
        read_all(json.dumps(told).encode())
    read_all(json.dumps({"version": "https://jsonfeed.org/version/1", "items": [value]}).encode())


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=40)
    | st.from_regex(r"\d{1,4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?")
)
def test_no_text_makes_the_reading_of_a_date_raise(text):
    moment(text)


MEGABYTE = 1_000_000
LONG = {
    "nested": b"<!doctype html>" + b"<div>" * (MEGABYTE // 5) + b"x",
    "nested bold": b"<!doctype html>" + b"<b><p>" * (MEGABYTE // 6) + b"x",
    "attributes": b"<!doctype html><a "
    + b"".join(b"x%d=1 " % n for n in range(100_000))
    + b">x</a>",
    "paragraphs": b"<!doctype html>" + b"<p>It rained all day long in the old town." * 20_000,
    "articles": b"<!doctype html>"
    + b"<article><p>It rained all day long in the old town." * 15_000,
    "times": b"<!doctype html>" + b"<time>Posted 2 hours ago</time>" * 30_000 + b"<p>x",
    "headings": b"<!doctype html>" + b"<h1>It rained</h1>" * 50_000,
    "opened comments": b"<!doctype html>" + b"<!--" * (MEGABYTE // 4),
    "schemas": b"<!doctype html>"
    + b'<script type="application/ld+json">{"@graph":[]}</script>' * 15_000,
    "lists in schema": b'<!doctype html><script type="application/ld+json">' + b"[" * MEGABYTE,
    "items": made.rss(*["<title>x y z</title>"] * 4_000),
    "one long item": made.rss(made.entry(title="word " * (MEGABYTE // 5))),
    "unclosed items": made.rss().replace(b"</channel></rss>", b"<item><title>a" * 10_000),
    "posts": made.wxr(*[made.post()] * 500),
    "shortcodes": made.wxr(made.post(content__encoded="[caption " * 100_000)),
    "openings": b"<?xml " * (MEGABYTE // 6),
    "prolog": b"<?xml?>" * (MEGABYTE // 7) + b"<rss>",
    "json": b'{"uri": "x", "headlines": ' + b"[" * MEGABYTE,
    "words": json.dumps(made.ninjs(bodies=[{"value": "word " * (MEGABYTE // 5)}])).encode(),
    "records": made.warc(*[made.record(b"<p>x</p>")] * 3_000),
    "broken records": b"WARC/1.0\r\nx\r\n\r\n" * 60_000,
}


@pytest.mark.parametrize("name", LONG)
def test_time_grows_with_length_and_no_faster(name):
    began = time.process_time()
    for document in made.unpack(LONG[name]):
        made.check(document)
    assert time.process_time() - began < 20


NO_EXTRAS = """
import sys
for name in ("lxml", "feedparser", "warcio", "defusedxml"):
    sys.modules[name] = None
from articles.captures.formats import documents
for name, raw in eval(sys.stdin.read()).items():
    for document in documents(raw, name=name):
        said = document.problem or document.parse().kind
        print(name, document.media_type, len(document.raw), said, sep="|")
"""


def test_without_the_extra_text_is_read_and_other_formats_name_the_extra():
    files = {**WHOLE, "text": b"It rained all day."}
    done = subprocess.run(
        [sys.executable, "-c", NO_EXTRAS],
        input=repr(files),
        capture_output=True,
        text=True,
        check=True,
    )
    told = [line.split("|") for line in done.stdout.splitlines()]
    assert {name for name, *_ in told} == set(files)
    for name, _kind, size, said in told:
        if name == "text":
            assert said in ("stub", "article")
        else:
            assert "make archive" in said
            assert int(size) == len(WHOLE[name]) or name in ("zip", "gzip", "tar")


def test_a_folder_counts_what_may_hold_captures(tmp_path):
    kept = {
        "1.txt": b"x",
        "2.HTML": b"x",
        "3.json": WHOLE["ninjs"],
        "4.warc.gz": b"x",
        "5.zip": b"x",
    }
    passed = {
        "manifest.json": b"{}",
        "a.json": b'{"a": 1}',
        "a.png": b"x",
        ".b.txt": b"x",
        "README": b"x",
    }
    for name, raw in {**kept, **passed}.items():
        (tmp_path / name).write_bytes(raw)
    assert [found.name for found in find([tmp_path], counts=counts)] == sorted(kept)


def test_a_file_that_cannot_be_read_as_a_whole_keeps_its_digest():
    raw = gzip.compress(WHOLE["html"])[:-9]
    (document,) = made.unpack(raw, "a.html.gz")
    assert document.problem
    assert document.sha256 == hashlib.sha256(raw).hexdigest()
