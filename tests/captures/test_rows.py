"""Rules are asked once of a line that a site repeats."""

from __future__ import annotations

from articles.captures import read
from articles.captures.rows import Row, rows, told_once

PROSE = "The carts and the bicycles may cross the new bridge from the first day of May."


def test_a_rule_is_asked_once_of_a_label_and_each_time_of_prose() -> None:
    asked = []

    @told_once
    def ends_with(row: Row, letter: str) -> bool:
        asked.append((row.text, letter))
        return row.plain.endswith(letter)

    for _capture in range(2):
        for row in rows(capture := read(f"Our own menu\n\n{PROSE}\n".encode()), capture.text):
            assert [ends_with(row, letter) for letter in "u."] == [not row.prose, row.prose]

    assert asked.count(("Our own menu", "u")) == asked.count(("Our own menu", ".")) == 1
    assert asked.count((PROSE, "u")) == asked.count((PROSE, ".")) == 2
