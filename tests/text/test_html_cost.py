"""What it costs to clean the worst HTML that is admitted, in processor time.

Each shape is grown until the guard refuses it. Time that grows with the square of the length would
be sixteen times as long at four times the length; here it may be eight times as long, so that a
busy machine fails nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from articles.text.html import HtmlTooLarge, clean
from articles.text.markup import MOST_BYTES, check_shape, check_size, without_hidden

MOST_SECONDS = 1.0
NOTICEABLE = 0.02
"""Seconds below which the clock is too coarse to tell how a cost grows."""

ATTRIBUTES = " ".join(f"a{number}=b" for number in range(63))
OPENED = "".join(f"<{tag}>" for tag in "b i em strong u s tt code small big".split())
SHAPES: dict[str, Callable[[int], str]] = {
    "flat": lambda n: "<p>x</p>" * n,
    "nested": lambda n: ("<div>" * 30 + "x" + "</div>" * 30) * n,
    "nested inline": lambda n: ("<b>" * 30 + "x" + "</b>" * 30) * n,
    "nested lists": lambda n: ("<ul><li>" * 15 + "x" + "</li></ul>" * 15) * n,
    "unclosed paragraphs": lambda n: "<p>x" * n,
    "unclosed items": lambda n: "<ul>" + "<li>x" * n,
    "unclosed cells": lambda n: "<table>" + "<tr><td>x" * n,
    "unclosed choices": lambda n: "<select>" + "<option>x" * n,
    "unclosed quotes": lambda n: "<a x='\"" * n,
    "reopened in each paragraph": lambda n: OPENED * 3 + "<p>x" * n,
    "misnested": lambda n: "<b><i>x</b></i>" * n,
    "misnested blocks": lambda n: "<b><p>x</b></p>" * n,
    "ends of nothing": lambda n: "<div>" + "</b>" * n,
    "ends that open": lambda n: "</br>" * n,
    "out of tables": lambda n: "<table>" + "x<td>" * n,
    "attributes": lambda n: f"<p {ATTRIBUTES}>x</p>" * n,
    "one attribute again": lambda n: ("<p " + "a=b " * 63 + ">x</p>") * n,
    "a long attribute": lambda n: "<a href='https://e.example/" + "a" * n + "'>x</a>",
    "attributes of references": lambda n: ("<abbr title='" + "a&amp;" * 50 + "'>x</abbr>") * n,
    "links": lambda n: "<a href='https://e.example/'>x</a>" * n,
    "references": lambda n: "&amp;" * n,
    "marks": lambda n: "&#x301;" * n,
    "brackets": lambda n: "<" * n,
    "comments": lambda n: "<!-- x -->" * n,
    "opened comments": lambda n: "<!--" * n,
    "scripts": lambda n: "<script>x</script>" * n,
    "other rules": lambda n: "<svg><a><b></svg>" * n,
    "newlines of pre": lambda n: "<pre>\n\n</pre>" * n,
    "spaces": lambda n: "<p>" + " " * n + "</p>",
    "directions": lambda n: "\u202e" * n,
    "nothing": lambda n: "\0<p>" * n,
}


def is_admitted(html: str) -> bool:
    try:
        check_size(html)
        check_shape(without_hidden(html))
    except HtmlTooLarge:
        return False
    return True


def largest(shape: Callable[[int], str]) -> int:
    """The greatest number of repetitions that the guard admits."""
    low, high = 1, MOST_BYTES
    while low < high:
        middle = (low + high + 1) // 2
        fits = len(shape(middle)) <= MOST_BYTES and is_admitted(shape(middle))
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def seconds(html: str) -> float:
    """The least processor time of three, or of the first that leaves no doubt."""
    least = float("inf")
    for _run in range(3):
        began = time.process_time()
        clean(html)
        least = min(least, time.process_time() - began)
        if least < NOTICEABLE:
            break
    return least


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_admitted_is_cleaned_within_a_second_and_in_time_that_grows_with_it(name):
    shape = SHAPES[name]
    number = largest(shape)
    assert number > 4
    try:
        whole = seconds(shape(number))
        quarter = seconds(shape(number // 4))
    except HtmlTooLarge:  # Written out as it is stored, it is longer than a story may be.
        return
    assert whole < MOST_SECONDS
    if quarter > NOTICEABLE:
        assert whole / quarter < 8
