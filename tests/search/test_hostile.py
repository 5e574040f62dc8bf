"""No query makes the search fail, on any database, and none makes it do much."""

from __future__ import annotations

import random

import pytest
from django.test import Client

from articles.search import Query
from articles.search.query import MOST_WAYS, MOST_WORDS
from articles.text.fold import fold
from tests.factories import make_article
from tests.search.asking import found, headlines

HOSTILE = [
    '"',
    '""',
    "'",
    "\\",
    "'; DROP TABLE articles_article; --",
    '"rain" AND "',
    "rain AND",
    "AND",
    "OR rain",
    "NOT rain",
    "NEAR(rain well)",
    "rain*",
    "*",
    "^rain",
    "-rain",
    "words:rain",
    "search_words : rain",
    "rain:*",
    "(rain",
    ")",
    "{rain",
    "rain & ! | <-> well",
    "_len",
    "_l en _s1",
    "%",
    "_",
    "rain%' OR 1=1",
    "ﷺ",
    "۽ ۾",
    "rain بارش برسات",
    "\u202e\u200f\u2066rain",
    "\ud7ff\ue000",
    "𐏿 😀 ½ ² Ⅷ ㎏",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "a" * 200,
    "ک" * 200,
    "ab " * 66,
    "۱٢3",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_a_fault(client: Client, query: str) -> None:
    make_article(headline="Rain fills wells")
    make_article(language="ur")
    make_article(language="sd")
    for code in ("en", "ur", "sd"):
        assert client.get(f"/{code}/search/", {"q": query}).status_code == 200


@pytest.mark.parametrize(
    "query", ["%00", "%ff%fe", "%ed%a0%80", "%ed%a0%80rain", "rain%ed%b0%80", "%f8%88%80%80%80"]
)
def test_bytes_that_are_no_text_are_no_fault(client: Client, query: str) -> None:
    make_article(headline="Rain")
    assert client.get(f"/en/search/?q={query}").status_code == 200
    assert client.get(f"/en/latest/?q={query}", follow=True).status_code == 200


def test_no_mixture_of_letters_and_signs_is_a_fault(client: Client) -> None:
    make_article(headline="Rain fills wells")
    rng = random.Random(11)  # noqa: S311  Always the same mixtures.
    signs = "ab rain \"'*:^-(){}[]|&!<>\\/%_;,.\u200cکھيںے۾ًٌ\u0653１²½\U0001f600\u0e33\u0903"
    for _round in range(150):
        query = "".join(rng.choices(signs, k=rng.randint(1, 60)))
        assert client.get("/en/search/", {"q": query}).status_code == 200, query


def test_operators_are_signs_and_not_words_of_a_language_of_ours() -> None:
    make_article(headline="Rain", body="<p>x</p>")
    make_article(headline="Sun", body="<p>y</p>")
    assert found("rain OR sun") == []
    assert found('"rain"') == found("-rain") == found("rain*") == ["Rain"]


def test_the_words_of_a_scope_cannot_be_searched_for(client: Client) -> None:
    make_article(headline="Rain", body="<p>x</p>")
    for query in ("_len", "_s", "_o"):
        assert headlines(client.get("/en/search/", {"q": query})) == []


def test_a_query_is_bounded_whatever_is_sent() -> None:
    for text in ("word " * 10_000, "w" * 10_000, " ".join(map(str, range(10_000)))):
        query = Query.read(text, "en")
        assert len(query.words) <= MOST_WORDS
        assert len(query.ways) <= MOST_WORDS
        assert len(query.apart) <= MOST_WAYS
        assert all(len(word) <= 60 for word in query.words)


def test_every_letter_of_unicode_can_be_searched_for(client: Client) -> None:
    """A letter that the index parted a word at would be a fault, or find nothing."""
    letters = [chr(code) for code in range(0x20, 0x3100) if len(fold(chr(code)).strip()) == 1]
    words = sorted({f"q{fold(letter).strip()}q" for letter in letters if fold(letter).isalnum()})
    groups = [words[n : n + 8] for n in range(0, len(words), 8)]
    make_article(headline="all letters", body=f"<p>{' '.join(words)}</p>")
    for group in random.Random(5).sample(groups, 40):  # noqa: S311  Always the same ones.
        assert found(" ".join(group)) == ["all letters"], group
