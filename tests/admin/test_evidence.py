"""Captures and load runs are evidence: shown whole, explained, and changed by nobody."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.admin.evidence import SHOWN_BYTES, gather
from articles.models import Capture, LoadRun
from tests.admin.desk import RAW, REPORT, make_capture, sit_down
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def page_of(capture: Capture, language: str = "en") -> str:
    address = reverse("admin:articles_capture_change", args=[capture.pk])
    return sit_down(language).get(address).content.decode()


@pytest.mark.parametrize("noun", ["capture", "loadrun"])
def test_evidence_cannot_be_added_changed_or_deleted(noun: str) -> None:
    row = make_capture() if noun == "capture" else LoadRun.objects.create(software="newsroom")
    client = sit_down()
    before = list(type(row)._default_manager.values())

    answers = [
        client.get(reverse(f"admin:articles_{noun}_add")),
        client.post(reverse(f"admin:articles_{noun}_add"), {"filename": "x"}),
        client.post(
            reverse(f"admin:articles_{noun}_change", args=[row.pk]),
            {"filename": "x", "state": "rejected", "software": "y"},
        ),
        client.post(reverse(f"admin:articles_{noun}_delete", args=[row.pk]), {"post": "yes"}),
    ]
    client.post(
        reverse(f"admin:articles_{noun}_changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
    )

    assert [answer.status_code for answer in answers] == [403] * 4
    assert list(type(row)._default_manager.values()) == before


def test_capture_shows_its_raw_text_with_the_fate_of_every_byte() -> None:
    page = page_of(make_capture())

    assert '<pre dir="auto"' in page
    assert '<del title="navigation">Home  News\n</del>' in page
    assert '<span class="kept" title="headline">Rain fills the wells\n</span>' in page


def test_capture_shows_why_each_field_says_what_it_says() -> None:
    page = page_of(make_capture())

    for words in ("headline.first", "75%", "Rain fills the wells", "navigation"):
        assert words in page


def test_capture_shows_the_articles_made_from_it() -> None:
    capture = make_capture()
    article = make_article(language="ur", capture=capture, hold_reason="The date is missing.")

    page = page_of(capture)

    assert f'<bdi lang="ur" dir="rtl">{article.headline}</bdi>' in page
    assert "The date is missing." in page


def test_what_stays_english_says_so_at_an_urdu_desk() -> None:
    doubts = "The date is missing."
    capture = make_capture(report={**REPORT, "dropped": [[0, 11, "wreckage"]], "reason": "Lost."})
    make_article(language="ur", capture=capture, hold_reason=doubts)

    page = page_of(capture, "ur")

    assert f'<li><bdi lang="en" dir="ltr">{doubts}</bdi></li>' in page
    assert '<p class="nothing" lang="en" dir="ltr">Lost.</p>' in page
    assert '<bdi lang="en" dir="ltr">wreckage</bdi>' in page
    assert '<bdi lang="en" dir="ltr"><code>headline.first</code></bdi>' in page


def test_fates_are_told_in_the_language_of_the_desk() -> None:
    report = {**REPORT, "gaps": [[32, 33, "link"]]}

    page = page_of(make_capture(report=report), "ur")

    assert '<del title="سائٹ کے مینو کے لنک">' in page
    assert '<ins title="یہاں لنک کے الفاظ ضائع ہوئے">' in page
    assert "navigation" not in page


def test_markup_in_a_capture_is_text_on_its_page() -> None:
    raw = b"<script>alert(1)</script>\0<b>"

    page = page_of(make_capture(raw=raw, report={}))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;\N{SYMBOL FOR NULL}&lt;b&gt;" in page
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("charset", ["", "utf-8+cp1252", "no-such-charset", "utf-16-le"])
def test_capture_opens_whatever_its_bytes_and_charset(charset: str) -> None:
    assert "<pre" in page_of(make_capture(raw=bytes(range(256)), charset=charset, report={}))


def test_article_leads_to_its_capture() -> None:
    capture = make_capture()
    article = make_article(capture=capture)

    page = sit_down().get(reverse("admin:articles_article_change", args=[article.pk]))

    address = reverse("admin:articles_capture_change", args=[capture.pk])
    assert f'href="{address}"' in page.content.decode()


def test_bytes_are_downloaded_as_they_came_and_never_shown_as_a_page() -> None:
    raw = b"\xef\xbb\xbf<html>\r\n\xff\0"
    capture = make_capture(raw=raw, filename="folder/" + "ص فحہ.html")

    response = sit_down().get(reverse("admin:articles_capture_raw", args=[capture.pk]))

    assert response.content == raw
    assert response.headers["Content-Type"] == "text/plain"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_bytes_are_not_for_who_may_not_see_captures() -> None:
    address = reverse("admin:articles_capture_raw", args=[make_capture().pk])

    assert sit_down(is_superuser=False).get(address).status_code == 403
    assert sit_down().get(reverse("admin:articles_capture_raw", args=[0])).status_code == 404


def test_pieces_of_a_capture_are_the_whole_of_it() -> None:
    evidence = gather(RAW, "utf-8", REPORT)

    assert "".join(piece.text for piece in evidence.pieces) == RAW.decode()
    assert [piece.kind for piece in evidence.pieces] == ["dropped", "kept", "kept"]


def test_spans_that_overlap_show_no_byte_twice() -> None:
    report = {"kept": [[0, 8, "body"]], "dropped": [[4, 12, "noise"]], "gaps": [[9, 9, "link"]]}

    evidence = gather(b"abcdefghijklmnop", "utf-8", report)

    assert "".join(piece.text for piece in evidence.pieces) == "abcdefghijklmnop"


def test_a_large_capture_is_cut_on_its_page_and_says_so() -> None:
    capture = make_capture(raw=b"x" * (SHOWN_BYTES + 1), report={})

    page = page_of(capture)

    assert "Only the beginning is shown." in page
    assert "x" * 1000 in page
    assert page.count("x") < SHOWN_BYTES + 2000
