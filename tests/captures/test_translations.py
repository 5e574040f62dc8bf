"""Pages that name each other as one story in several languages."""

from __future__ import annotations

import pytest

from articles.captures import Hints, read, segment
from articles.captures.translations import same_page, story_key
from tests.captures.formats.made import HEADLINES, page, parse, post, wxr

EN, UR, SD = (f"https://press.example/{code}/rain" for code in ("en", "ur", "sd"))
STORY = "\n\n".join(
    [
        "Rain fills the old reservoir",
        "Posted on: 2023-07-29",
        "Heavy rain filled the old reservoir above the town on Friday, the first time in years.",
        "Engineers who walked along the wall said that it would hold and nobody had to leave.",
    ]
)


def linked(*addresses: str) -> str:
    return "".join(f'<link rel="alternate" hreflang="xx" href="{one}">' for one in addresses)


def test_pages_that_name_the_same_set_share_a_key():
    assert story_key(EN, [UR, SD]) == story_key(UR, [SD, EN]) == story_key(SD, [EN, UR, SD]) != ""


@pytest.mark.parametrize(
    "other",
    [
        "http://press.example/en/rain",
        "https://www.press.example/en/rain/",
        "https://PRESS.example/en/rain#top",
        "https://press.example:443/en/rain?utm_source=x&fbclid=1",
        "https://press.example./en/%72ain",
    ],
)
def test_an_address_is_the_same_however_it_is_written(other):
    assert same_page(other) == same_page(EN)


@pytest.mark.parametrize("other", ["", "https://press.example/", "x", "https://[", "/ur/rain"])
def test_what_names_no_page_joins_nothing(other):
    assert story_key(EN, [other]) == ""
    assert story_key(other, [EN]) == ""


def test_queries_tell_pages_apart():
    first, second = "https://press.example/?p=1", "https://press.example/?p=2"
    assert same_page(first) != same_page(second)
    assert story_key(first, [second])


def test_a_saved_page_names_its_translations():
    head = f'<link rel="canonical" href="{EN}">' + linked(EN, "/ur/rain", SD)
    head += '<link rel="alternate" hreflang="x-default" href="https://press.example/x">'
    draft = parse(page(head=head)).drafts[0]
    assert draft.translations == (UR, SD)
    assert draft.story_key == story_key(UR, [EN, SD])


def test_a_feed_of_a_page_is_no_translation():
    head = f'<link rel="canonical" href="{EN}">'
    head += '<link rel="alternate" type="application/rss+xml" href="/feed">'
    assert parse(page(head=head)).drafts[0].translations == ()


def test_a_site_whose_every_page_names_the_same_front_pages_joins_nothing():
    fronts = linked("https://press.example/ur", "https://press.example/sd")
    keys = {
        parse(page(head=f'<link rel="canonical" href="https://press.example/{number}">{fronts}'))
        .drafts[0]
        .story_key
        for number in range(3)
    }
    assert len(keys) == 3


@pytest.mark.parametrize(
    "line",
    [
        f"اردو میں پڑھیں: {UR}",
        f"Read in Urdu {UR}",
        f"[Read in Urdu]({UR})",
        f"سنڌيءَ ۾ پڙهو <{UR}>",
    ],
)
def test_a_line_that_leads_to_another_language_is_no_text_and_names_it(line):
    raw = f"{STORY}\n\n{line}\n".encode()
    draft = segment(read(raw), hints=Hints(target_uri=EN)).drafts[0]
    assert draft.translations == (UR,)
    assert draft.story_key == story_key(UR, [EN])
    assert all(UR not in text for text in draft.paragraphs)


def test_an_export_joins_the_languages_that_share_a_group():
    group = '<category domain="post_translations" nicename="pll_1"><![CDATA[x]]></category>'
    english, urdu = (
        post(title=HEADLINES[code]).replace("</item>", f"{group}</item>") for code in ("en", "ur")
    )
    drafts = parse(wxr(english, urdu, post(title="Another"))).drafts
    assert drafts[0].story_key == drafts[1].story_key != ""
    assert drafts[2].story_key == ""


def test_letters_are_the_same_however_they_are_encoded():
    spelt = ("https://a.example/سندھ", "https://a.example/%D8%B3%D9%86%D8%AF%DA%BE")
    assert len({same_page(each) for each in (*spelt, spelt[1].lower())}) == 1


def test_a_page_speaks_only_for_the_site_that_it_came_from():
    head = f'<link rel="canonical" href="{EN}">' + linked(EN, UR)
    asked = {
        uri: parse(page(head=head), hints=Hints(target_uri=uri)).drafts[0].story_key
        for uri in (EN, f"{EN}?from=crawl", "https://evil.example/x", "")
    }
    assert asked[EN] == asked[f"{EN}?from=crawl"] == asked[""] == story_key(UR, [EN])
    assert asked["https://evil.example/x"] not in ("", asked[EN])
