"""The pages of a crawl, each with its address and the moment it was fetched."""

from __future__ import annotations

import datetime as dt
import gzip

import pytest

from tests.captures.formats import made

FETCHED = dt.datetime(2024, 7, 17, 14, 20, 44, tzinfo=dt.UTC)


def test_a_page_of_a_crawl_is_a_document():
    page = made.page(language="sd")
    raw = made.warc(made.record(page))
    for told in (raw, gzip.compress(raw)):
        (document,) = made.unpack(told, "a.warc")
        assert document.raw == page
        assert document.target_uri == "https://example.org/rain"
        assert document.captured_at == FETCHED
        assert document.media_type == "text/html"
        assert made.check(document).drafts[0].paragraphs == made.SINDHI


def test_resource_and_conversion_records_are_read():
    text = "\n\n".join(made.ENGLISH).encode()
    raw = made.warc(
        made.record(made.page(), warc_type="resource", kind="text/html"),
        made.record(text, warc_type="conversion", kind="text/plain"),
        made.record(b"software: x", warc_type="warcinfo", kind="application/warc-fields"),
        made.record(b"GET / HTTP/1.1\r\n\r\n", warc_type="request", kind="application/http"),
    )
    assert [document.media_type for document in made.unpack(raw)] == ["text/html", "text/plain"]


def test_pictures_errors_and_redirects_are_passed_over():
    raw = made.warc(
        made.record(b"\x89PNG", kind="image/png"),
        made.record(b"a{}", kind="text/css"),
        made.record(made.page(), status="404 Not Found"),
        made.record(made.page(), status="302 Found"),
        made.record(made.page(), uri="https://example.org/ok"),
    )
    assert [document.target_uri for document in made.unpack(raw)] == ["https://example.org/ok"]


def test_the_header_of_the_server_names_the_character_set():
    words = "".join(made.URDU).replace("ی", "ي")
    raw = b"<html><body><p>" + words.encode("cp1256", "xmlcharrefreplace") + b"</p></body></html>"
    (document,) = made.unpack(made.warc(made.record(raw, kind="text/html; charset=windows-1256")))
    assert document.capture.charset == "cp1256"
    assert made.check(document).drafts[0].language == "ur"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_broken_record_does_not_hide_the_next(pack):
    good = [made.record(made.page(), uri=f"https://example.org/{n}") for n in range(3)]
    good[1] = good[1].replace(b"WARC/1.1", b"WERC/9.9", 1)
    found = made.unpack(b"".join(pack(one) for one in good), "a.warc.gz")
    uris = [document.target_uri for document in found if not document.problem]
    assert uris == ["https://example.org/0", "https://example.org/2"]
    assert any("broken" in document.problem for document in found)


def test_a_page_that_the_crawler_cut_is_held():
    raw = made.warc(made.record(made.page(), more="WARC-Truncated: length\r\n"))
    (document,) = made.unpack(raw)
    (draft,) = made.check(document).drafts
    assert draft.held
    assert any("cut this page short" in reason for reason in draft.reasons)


def test_a_record_that_ends_early_is_no_surprise():
    raw = made.warc(made.record(made.page()), made.record(made.page()))
    for cut in range(0, len(raw), 37):
        for document in made.unpack(raw[:cut]):
            made.check(document)
