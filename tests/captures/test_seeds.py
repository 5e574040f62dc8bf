"""The two seeds of the archive, byte for byte."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from articles.captures import GAP, Hints, Parsed, read, segment
from tests.captures import seeds

LETTER = next(name for name in seeds.FILES if name.startswith("000"))
REPORT = next(name for name in seeds.FILES if name.startswith("003"))


def parse(name: str, given: Hints | None = None) -> Parsed:
    return segment(read((seeds.SEEDS / name).read_bytes(), filename=name), hints=given)


@pytest.mark.parametrize("name", seeds.FILES)
def test_a_seed_is_stored_under_the_digest_of_its_bytes(name):
    digest = hashlib.sha256((seeds.SEEDS / name).read_bytes()).hexdigest()
    assert seeds.expected(name)["with_manifest"]["sha256"] == digest
    assert len(seeds.FILES) == 2


@pytest.mark.parametrize("name", seeds.FILES)
def test_a_seed_reads_as_its_golden_file_says_with_and_without_the_manifest(name):
    expected = seeds.expected(name)
    assert seeds.result(name, seeds.hints(name)) == expected["with_manifest"]
    assert seeds.result(name, Hints()) == expected["without_manifest"]


def test_the_letter_is_dated_by_its_label_and_sign_off_and_never_by_the_page_stamp():
    parsed = parse(LETTER)
    (draft,) = parsed.drafts
    assert draft.published == dt.date(2023, 7, 29)
    assert parsed.rendered_at == dt.datetime.fromisoformat("2024-07-17T19:20:44")
    dates = next(one for one in draft.evidence if one.field == "published")
    assert dates.rule == "date.label+signoff"
    assert not any("2024" in other or "1992" in other for other in dates.alternatives)


def test_the_letter_has_three_gaps_in_its_first_paragraph():
    (draft,) = parse(LETTER).drafts
    assert draft.gaps == 3
    assert [paragraph.count(GAP) for paragraph in draft.paragraphs] == [3, 0, 0]
    first = draft.paragraphs[0]
    assert f"true workers of {GAP} have also been suffering" in first
    assert f"majority of {GAP} leaders were forced to desert Mr {GAP} at this testing" in first


def test_no_furniture_of_the_page_is_left_in_the_letter():
    (draft,) = parse(LETTER).drafts
    body = "\n".join(draft.paragraphs)
    for noise in ("Photo Gallery", "+44", "protected]", "Posted on", "July 29, 2023", "7:20:44"):
        assert noise not in body
    assert body.startswith("Nowadays, you are passing")
    assert body.endswith("Stay blessed.")


def test_a_seed_without_its_manifest_is_held_with_a_headline_that_says_it_was_derived():
    for name in seeds.FILES:
        (draft,) = parse(name).drafts
        assert draft.headline_origin == "derived"
        assert len(draft.headline) <= 90
        assert draft.held
        assert any("lead sentence" in reason for reason in draft.reasons)


def test_an_address_gives_a_headline_that_is_held_too():
    (draft,) = parse(LETTER, Hints(target_uri=seeds.hints(LETTER).target_uri)).drafts
    assert draft.headline == "My message to the devoted anonymous pti workers"
    assert draft.headline_origin == "slug"
    assert draft.held


def test_a_manifest_gives_the_headline_and_lets_the_seed_be_published():
    for name in seeds.FILES:
        (draft,) = parse(name, seeds.hints(name)).drafts
        assert draft.headline == seeds.hints(name).headline
        assert draft.headline_origin == "manifest"
        assert not draft.held


def test_the_report_loses_only_the_mark_of_the_capturing_tool():
    (draft,) = parse(REPORT).drafts
    assert draft.published == dt.date(2025, 2, 9)
    assert draft.paragraphs[0].startswith("Internal rifts have resurfaced")
    assert len(draft.paragraphs) == 9
    assert draft.gaps == 0
