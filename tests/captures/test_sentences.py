"""What is said to an editor is English where it is made, and can be said otherwise later."""

from __future__ import annotations

import json
import pickle

import pytest

from articles.captures.sentences import Filled, as_line, sentences_of

TWO_WAYS = Filled("It reads %(day)s or %(others)s.", day="2024-02-03", others=["2024-03-02", "x"])


def test_a_filled_sentence_is_plain_english_to_whoever_does_not_ask() -> None:
    assert TWO_WAYS == "It reads 2024-02-03 or 2024-03-02 or x."
    assert json.dumps([TWO_WAYS]) == json.dumps([str(TWO_WAYS)])


def test_a_filled_sentence_keeps_its_parts_from_one_process_to_another() -> None:
    other = pickle.loads(pickle.dumps(TWO_WAYS))  # noqa: S301  Our own bytes.
    assert (other, other.template, other.parts) == (TWO_WAYS, TWO_WAYS.template, TWO_WAYS.parts)


@pytest.mark.parametrize(
    "part", ["ریل “پل” 100 %(day)s", "two\nlines\x00\x1b[2J", '{"says": "x"}', ""]
)
def test_a_sentence_is_one_line_and_comes_back_whole(part: str) -> None:
    sentence = Filled("“%(headline)s” is uncertain.", headline=part)
    line = as_line(sentence)
    assert "\n" not in line
    assert sentences_of(f"A plain one.\n{line}") == ["A plain one.", sentence]


@pytest.mark.parametrize(
    "line",
    ["100 % of it.", '{"says": ', '{"says": 7}', '{"says": "x"}', '{"says": "%(a)s", "parts": {}}'],
)
def test_a_line_that_is_no_stored_sentence_is_one_itself(line: str) -> None:
    assert sentences_of(line) == [line]
