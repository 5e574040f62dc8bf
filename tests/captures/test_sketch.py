"""A sketch estimates how alike two texts are, and finds the text that is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.captures.sketch import BANDS, SIZE, bands, pack, similarity, sketch, unpack

WORDS = [f"word{number}" for number in range(3000)]


def text(seed: int, length: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)  # noqa: S311


def jaccard(one: list[str], other: list[str]) -> float:
    sets = [{tuple(words[n : n + 5]) for n in range(len(words) - 4)} for words in (one, other)]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


@pytest.mark.parametrize("share", [0.01, 0.05, 0.1, 0.2])
def test_the_estimate_is_near_the_true_similarity(share: float) -> None:
    errors = []
    for seed in range(60):
        chance = random.Random(seed)  # noqa: S311
        one = text(seed)
        other = [chance.choice(WORDS) if chance.random() < share else word for word in one]
        estimate = similarity(sketch(one, "en"), sketch(other, "en"))
        errors.append(estimate - jaccard(one, other))
    assert abs(sum(errors)) / len(errors) < 0.02
    assert max(map(abs, errors)) < 0.25


def test_words_put_in_front_move_nothing() -> None:
    one = text(1)

    assert similarity(sketch(one, "en"), sketch(["some", "more", *one], "en")) > 0.9


def test_a_text_of_two_languages_is_not_alike() -> None:
    one = text(1)

    assert similarity(sketch(one, "ur"), sketch(one, "sd")) == 0
    assert not set(bands(sketch(one, "ur"))) & set(bands(sketch(one, "sd")))


def test_unrelated_texts_are_not_alike() -> None:
    assert similarity(sketch(text(1), "en"), sketch(text(2), "en")) < 0.1


@pytest.mark.parametrize("length", [0, 1, 4, 5, 70])
def test_short_texts_are_alike_to_themselves_alone(length: int) -> None:
    one = text(3, length)

    assert similarity(sketch(one, "en"), sketch(one, "en")) == (1.0 if one else 0.0)
    assert len(sketch(one, "en")) == min(SIZE, max(length - 4, 1 if one else 0))


@given(st.lists(st.sampled_from(WORDS[:50]), max_size=200))
def test_packing_loses_nothing_and_keys_fit_a_signed_column(words: list[str]) -> None:
    numbers = sketch(words, "en")

    assert unpack(pack(numbers)) == numbers
    assert len(bands(numbers)) == BANDS
    assert all(0 <= key < 2**63 for key in bands(numbers) if key is not None)
