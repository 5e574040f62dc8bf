"""Merging: different fields go together, one field of two people waits for a decision."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.merging import Clash, merge

BASE = {"headline": "Rain", "body": "Wells.", "published_at": "2024"}


def test_fields_that_two_people_changed_apart_are_both_kept():
    done = merge(BASE, {**BASE, "headline": "More rain"}, {**BASE, "body": "Full wells."})
    assert done.values == {**BASE, "headline": "More rain", "body": "Full wells."}
    assert done.taken == ("body",)
    assert done.clashes == ()


def test_a_field_that_both_changed_waits_with_all_three_texts():
    done = merge(BASE, {**BASE, "body": "Mine."}, {**BASE, "body": "Theirs."})
    assert done.clashes == (Clash("body", "Wells.", "Mine.", "Theirs."),)
    assert "body" not in done.values


def test_what_both_changed_alike_is_no_clash():
    same = {**BASE, "body": "Same."}
    assert merge(BASE, same, same).values == same


def test_a_date_that_the_other_moved_is_never_taken_silently():
    done = merge(BASE, BASE, {**BASE, "published_at": "2025"}, asked={"published_at"})
    assert done.clashes == (Clash("published_at", "2024", "2024", "2025"),)


@settings(deadline=None)
@given(*(st.dictionaries(st.just("a"), st.integers(0, 2), min_size=1) for _ in range(3)))
def test_merging_is_the_same_seen_from_either_side_unless_it_clashes(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert bool(one.clashes) == bool(other.clashes)
    assert one.values == other.values
