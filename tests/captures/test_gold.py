"""Reading must not get worse than it was last measured on the labelled captures."""

from __future__ import annotations

import pytest

from articles.captures import GAP, Hints, account, read, segment
from articles.text.normal import normalise
from tests.captures import scoring, seeds
from tests.captures.inventing.__main__ import pages

FLOORS = {
    "kind": 1.0,
    "number of stories": 1.0,
    "language": 1.0,
    "page stamp": 1.0,
    "headline": 1.0,
    "none invented": 1.0,
    "date": 1.0,
    "byline": 1.0,
    "dateline_place": 1.0,
    "gaps": 1.0,
    "paragraphs": 1.0,
    "body words, F1": 0.999,
    "body words, recall": 0.999,
    "free of furniture": 1.0,
}
UNSEEN_FLOORS = FLOORS | {"time of day": 1.0}
HELD_FLOORS = UNSEEN_FLOORS | {"headline": 0.99, "free of furniture": 0.98}
VARIED_FLOORS = {name: floor for name, floor in UNSEEN_FLOORS.items() if name != "none invented"}
VARIED_HELD_FLOORS = {
    "kind": 0.96,
    "number of stories": 1.0,
    "language": 1.0,
    "page stamp": 1.0,
    "headline": 0.94,
    "date": 0.97,
    "byline": 0.88,
    "dateline_place": 1.0,
    "gaps": 0.96,
    "paragraphs": 0.93,
    "body words, F1": 0.95,
    "body words, recall": 0.94,
    "free of furniture": 0.86,
    "time of day": 0.96,
}
WIDER_FLOORS = VARIED_FLOORS | {"byline": 0.96}
WIDER_HELD_FLOORS = {
    "kind": 1.0,
    "number of stories": 1.0,
    "language": 1.0,
    "page stamp": 1.0,
    "headline": 0.86,
    "date": 1.0,
    "byline": 0.89,
    "dateline_place": 1.0,
    "gaps": 1.0,
    "paragraphs": 0.92,
    "body words, F1": 0.98,
    "body words, recall": 0.99,
    "free of furniture": 0.76,
    "time of day": 1.0,
}
HALVES = [
    (scoring.UNSEEN, "develop", UNSEEN_FLOORS),
    (scoring.UNSEEN, "held", HELD_FLOORS),
    (scoring.VARIED, "develop", VARIED_FLOORS),
    (scoring.VARIED, "held", VARIED_HELD_FLOORS),
    (scoring.WIDER, "develop", WIDER_FLOORS),
    (scoring.WIDER, "held", WIDER_HELD_FLOORS),
]
FILES = sorted(path.name for path in scoring.GOLD.glob("*.txt"))


@pytest.fixture(scope="module")
def tally():
    return scoring.measure()


@pytest.mark.parametrize("name", FLOORS)
def test_a_field_is_read_as_well_as_when_it_was_last_measured(tally, name):
    assert tally.share(name) >= FLOORS[name], "\n".join(tally.faults)


@pytest.mark.parametrize(("folder", "half", "floors"), HALVES)
def test_captures_of_other_sites_are_read_as_well_as_when_they_were_last_measured(
    folder, half, floors
):
    tally = scoring.measure(folder, half)
    low = {
        name: tally.share(name) for name in tally.scores if tally.share(name) < floors.get(name, 0)
    }
    assert low == {}
    # The one varied page without a headline is still given a label of its menu for one.
    missing = {"none invented"} if folder == scoring.VARIED else set()
    assert set(tally.scores) - missing == set(floors)


@pytest.mark.parametrize("folder", [scoring.UNSEEN, scoring.VARIED, scoring.WIDER])
def test_every_byte_of_an_unseen_capture_is_accounted_for(folder):
    for label, _, raw in scoring.labelled(folder):
        capture = read(raw, filename=label["file"])
        spans = account(segment(capture), capture)
        assert not [what for _, _, what in spans if "unplaced" in what], label["file"]


def test_the_invented_captures_are_what_their_generator_writes():
    names = {label["file"] for label, _, _ in scoring.labelled(scoring.UNSEEN)}
    assert names == {path.name for path in scoring.UNSEEN.glob("*.txt")}
    made = [raw for number in (0, 9, 17, 30) for _, raw in pages(number)]
    stored = {path.read_bytes() for path in scoring.UNSEEN.glob("*.txt")}
    assert stored.issuperset(made)


def test_every_label_is_measured(tally):
    assert set(tally.scores) == set(FLOORS)
    assert len(FILES) == 40


def raw_of(name: str) -> bytes:
    folder = seeds.SEEDS if name in seeds.FILES else scoring.GOLD
    return (folder / name).read_bytes()


@pytest.mark.parametrize("name", [*FILES, *seeds.FILES])
def test_kept_dropped_and_gap_spans_are_the_whole_capture(name):
    raw = raw_of(name)
    capture = read(raw, filename=name)
    parsed = segment(capture)
    spans = account(parsed, capture)
    assert b"".join(raw[start:end] for start, end, _ in spans) == raw
    assert not [what for _, _, what in spans if what == "dropped: unplaced"]
    for drop in parsed.dropped:
        if drop.reason == "white space":
            assert not raw[drop.start : drop.end].decode().strip()


def is_straight(name: str) -> bool:
    """Whether the bytes are the text itself: no misreading was undone, and something was read."""
    return "+" not in read(raw_of(name)).charset


@pytest.mark.parametrize("name", [name for name in [*FILES, *seeds.FILES] if is_straight(name)])
def test_the_body_is_exactly_the_bytes_that_the_account_calls_body(name):
    raw = raw_of(name)
    capture = read(raw, filename=name)
    parsed = segment(capture)
    for number, draft in enumerate(parsed.drafts):
        kept = [
            raw[one.start : one.end].decode()
            for one in parsed.kept
            if one.field == "body" and one.draft == number
        ]
        text = normalise("".join("".join(kept).split()), draft.language)
        told = "".join("".join(draft.paragraphs).replace(GAP, "").split())
        assert text == told


def test_every_gap_in_a_body_has_its_span():
    for name in [*FILES, *seeds.FILES]:
        parsed = segment(read(raw_of(name)))
        for number, draft in enumerate(parsed.drafts):
            assert draft.gaps == sum(gap.draft == number for gap in parsed.gaps)


def test_a_known_order_of_numbers_settles_a_date_that_reads_two_ways():
    (name,) = (name for name in FILES if name.startswith("018"))
    (draft,) = segment(read(raw_of(name))).drafts
    assert (draft.date_ambiguous, draft.held) == (True, True)
    (draft,) = segment(read(raw_of(name)), hints=Hints(date_order="mdy")).drafts
    assert (str(draft.published), draft.date_ambiguous, draft.held) == ("2018-04-11", False, False)
    (draft,) = segment(read(raw_of(name)), hints=Hints(date_order="dmy")).drafts
    assert str(draft.published) == "2018-11-04"


def test_a_draft_is_held_exactly_when_it_is_unsure_or_a_reason_is_given():
    for name in FILES:
        for draft in segment(read(raw_of(name))).drafts:
            assert draft.held == bool(draft.reasons)
            assert draft.held or draft.confidence >= 0.8
            assert all(reason.endswith(".") for reason in draft.reasons)
