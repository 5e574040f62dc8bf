"""What a page sets into a story or prints below it never becomes the story's text."""

from __future__ import annotations

import pytest

from articles.captures import Draft, read, segment

TITLE = "Old tram bell rings again at the depot"
FIRST = "The bell of the last tram rang again on Monday when a retired driver found its rope."
SECOND = "The depot was silent for a minute, and nobody asked who would pull the bell next."
THIRD = "The rope has been put into a glass case, from which the driver borrows it on Fridays."


def draft(*lines: str) -> Draft:
    parsed = segment(read("\n".join(lines).encode(), filename="a.txt"))
    assert parsed.kind == "article"
    (only,) = parsed.drafts
    return only


@pytest.mark.parametrize(
    "inset",
    [
        ["“nobody asked who would pull the bell”", "A driver"],
        ["Don't miss: Bus sings in the rain"],
        ["Key points", "Bell rings", "Driver thanked"],
        ["Share this story"],
        ["This video cannot be shown: please enable JavaScript."],
        ["<<<"],
        ["Related News", "Bus sings in the rain"],
    ],
    ids=["pull quote", "promotion", "points", "bidding", "placeholder", "mark", "box"],
)
def test_what_is_set_into_a_story_is_no_paragraph_of_it(inset):
    told = draft(TITLE, "March 18, 2023", FIRST, *inset, SECOND, THIRD)
    assert told.paragraphs == (FIRST, SECOND, THIRD)


def test_a_heading_within_a_story_stays_in_it():
    told = draft(TITLE, "March 18, 2023", FIRST, "What the driver heard", SECOND, THIRD)
    assert "What the driver heard" in told.paragraphs


def test_what_a_speaker_says_in_full_stays_in_the_story():
    said = "“I heard it before I pulled it.”"
    told = draft(TITLE, "March 18, 2023", FIRST, said, SECOND)
    assert told.paragraphs == (FIRST, said, SECOND)


@pytest.mark.parametrize(
    "below",
    [
        ["reader says:", "March 19, 2023 at 9:14 am", "I pulled that very bell when I was nine."],
        ["Secretary", "Tram Committee", "Copy to:", "1. All depots"],
        ["Bell House", "14 Harbour Road, Karachi 74000", "Phone: +92 21 5550123"],
        ["Rida Sample writes about trams and can be found on one."],
        [
            "Share",
            "Print",
            "Send",
            "Copy link",
            "Subscribe to our mailing list to get our letters.",
        ],
    ],
    ids=["remark", "copies", "address", "author", "offer"],
)
def test_what_is_printed_below_a_story_is_no_paragraph_of_it(below):
    told = draft(TITLE, "By Rida Sample", "March 18, 2023", FIRST, SECOND, THIRD, *below)
    assert told.paragraphs == (FIRST, SECOND, THIRD)
    assert told.byline == "Rida Sample"


def test_a_page_in_one_line_is_parted_and_held():
    told = draft(f" date 2023-03-18 {TITLE} KARACHI: {FIRST} {SECOND} Read more Bus sings...")
    assert (told.headline, told.headline_origin) == (TITLE, "captured")
    assert (told.dateline, told.paragraphs) == ("KARACHI", (f"{FIRST} {SECOND}",))
    assert told.held


def test_a_date_within_a_sentence_does_not_part_a_page_in_one_line():
    line = f"The depot that was opened on 3 March 1920 has found its bell. {FIRST} {SECOND}"
    told = draft(line)
    assert told.paragraphs == (line,)
    assert told.published is None


def test_a_sentence_between_headline_and_date_is_a_deck():
    deck = "A driver found the rope and could not help himself on Monday."
    told = draft(TITLE, deck, "Rida Sample", "March 18, 2023", FIRST, SECOND)
    assert told.paragraphs == (FIRST, SECOND)
    assert told.decks == (deck,)
    assert told.byline == "Rida Sample"


def test_a_headline_that_only_its_place_tells_is_held():
    told = draft("Harbour Gazette", "Inland", "Clang and clatter", "18 March 2023", FIRST, SECOND)
    assert told.headline == "Clang and clatter"
    assert told.held


def test_the_time_at_which_a_player_stands_is_not_the_time_of_the_story():
    told = draft(TITLE, "March 18, 2023", "00:00", "/", "04:37", FIRST, SECOND)
    assert told.published is not None
    assert told.published.isoformat() == "2023-03-18"


def test_the_date_above_the_masthead_is_not_the_date_below_the_headline():
    told = draft(
        "Monday, November 23, 2026", "Harbour Gazette", TITLE, "March 18, 2023", FIRST, SECOND
    )
    assert told.published is not None
    assert told.published.isoformat() == "2023-03-18"
