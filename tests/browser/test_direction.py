"""Numbers, codes and names in pages from right to left, measured where the browser drew them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.factories import load_languages, make_article, make_section, make_source

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.walk, pytest.mark.browser]

# What must be read from left to right, inside the sentence that tears it without an isolate.
TORN = [
    ("021-99203271", "کا نمبر {} ہے"),
    ("+92-300-1234567", "کا نمبر {} ہے"),
    ("+92 300 1234567", "کا نمبر {} ہے"),
    ("+92 (21) 9920-3271", "کا نمبر {}"),
    ("(021) 99203271", "کا نمبر {} ہے"),
    ("0300 1234567", "کا نمبر {} ہے"),
    ("111 222 333", "کا نمبر {} ہے"),
    ("*111*1#", "کا نمبر {} ہے"),
    ("۰۲۱-۹۹۲۰۳۲۷۱", "کا نمبر {} ہے"),
    ("٠٢١-٩٩٢٠٣٢٧١", "کا نمبر {} ہے"),
    ("2023-07-29", "تاریخ {} کو"),
    ("29/7/2023", "تاریخ {} کو"),
    ("14:30", "وقت {} پر"),
    ("2019-2023", "سال {} میں"),
    ("2019–2023", "سال {} میں"),
    ("3.5", "شرح {} ہے"),
    ("12%", "شرح {} ہے"),
    ("-5", "شرح {} ہے"),
    ("18+", "عمر {} ہے"),
    ("Rs 1,200", "قیمت {} ہے"),
    ("$500", "قیمت {} ہے"),
    ("C++", "زبان {} ہے"),
    ("MQM-P", "جماعت {} نے"),
    ("F-16", "طیارہ {} ہے"),
    ("24 News HD", "چینل {} ہے"),
    ("https://press.example/a/", "پتا {} ہے"),
    ("“How to vote?”", "{} — 5 سوال"),
    ('"How to vote?"', "{} — 5 سوال"),
    ("How to vote?", "{} — 5 سوال"),
]

# Each character's box, found through a range over it. A character that is not drawn has no box.
BOXES = """(element, words) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), all = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (let at = 0; at < node.length; at++) all.push([node, at]);
    const text = all.map(([node, at]) => node.data[at]).join('');
    const start = text.indexOf(words);
    if (start < 0) throw new Error(`${words} is not in ${text}`);
    return all.slice(start, start + words.length).map(([node, at]) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getClientRects()[0];
        return [box.left, box.top];
    });
}"""


@pytest.fixture(autouse=True)
def _editions(transactional_db) -> None:
    load_languages()


def boxes(page: Page, selector: str, words: str, *, nth: int = 0) -> list[tuple[float, float]]:
    return page.locator(selector).nth(nth).evaluate(BOXES, words)


def is_left_to_right(places: list[tuple[float, float]]) -> bool:
    return all(before[0] < after[0] for before, after in pairwise(places))


def is_on_one_line(places: list[tuple[float, float]]) -> bool:
    tops = [top for _left, top in places]
    return max(tops) - min(tops) < 2


@pytest.mark.parametrize("code", ["ur", "sd"])
def test_each_number_and_code_is_read_from_left_to_right(page, live_server, code):
    body = "".join(f"<p>{sentence.format(words)}</p>" for words, sentence in TORN)
    article = make_article(language=code, body=body)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + article.get_absolute_url())
    torn = [
        words
        for nth, (words, _sentence) in enumerate(TORN)
        if not is_left_to_right(boxes(page, ".body p", words, nth=nth))
    ]
    assert torn == []


@pytest.mark.parametrize("code", ["ur", "sd"])
def test_the_measure_sees_what_the_browser_tears_without_an_isolate(page, live_server, code):
    article = make_article(language=code, body="<p>کا نمبر 021-99203271 ہے</p>")
    page.goto(live_server.url + article.get_absolute_url())
    page.evaluate("document.querySelectorAll('.body bdi').forEach(e => e.replaceWith(e.innerText))")
    assert not is_left_to_right(boxes(page, ".body p", "021-99203271"))


@pytest.mark.parametrize("code", ["ur", "sd"])
def test_a_helpline_is_right_wherever_its_text_is_printed(page, live_server, code):
    number = "+92-300-1234567"
    text = f"ہیلپ لائن کا نمبر {number} ہے"
    section = make_section(language=code, slug="culture", title=f"ثقافت {number} ہے")
    source = make_source(language=code, slug="press", name=f"اخبار {number} ہے")
    fields = {"headline": text, "standfirst": text, "byline": text, "body": f"<p>{text}</p>"}
    articles = [
        make_article(language=code, section=section, source=source, dateline=text, **fields)
        for _copy in range(12)
    ]
    paths = ["", "latest/", "section/culture/", "source/press/"]
    for path in [f"/{code}/{path}" for path in paths] + [articles[0].get_absolute_url()]:
        page.goto(live_server.url + path)
        blocks = page.locator("body").locator(
            ":is(h1, h2, h3, p, a, bdi[lang], .credit > span):not(:has(:is(p, h1, h2, h3)))"
        )
        printed = [block for block in blocks.all() if number in block.inner_text()]
        assert printed, path
        for block in printed:
            assert is_left_to_right(block.evaluate(BOXES, number)), (path, block.inner_html())


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("code", ["ur", "sd"])
def test_no_line_breaks_inside_a_number(page, live_server, code, width):
    number = "+92-300-1234567"
    words = "".join(f"<p>{'کا ' * count}{number} ہے</p>" for count in range(1, 40))
    article = make_article(language=code, headline=f"ہیلپ لائن کا نمبر {number}", body=words)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + article.get_absolute_url())
    if width > 320:  # There a headline's letters are too large for a line to hold the number.
        assert is_on_one_line(boxes(page, "h1", number))
    for nth in range(39):
        assert is_on_one_line(boxes(page, ".body p", number, nth=nth)), nth


@pytest.mark.parametrize("code", ["ur", "sd"])
def test_a_number_longer_than_the_screen_is_broken_and_widens_nothing(page, live_server, code):
    number = "-".join(["1234567"] * 12)
    article = make_article(language=code, headline=f"نمبر {number}", body=f"<p>نمبر {number}</p>")
    page.set_viewport_size({"width": 320, "height": 900})
    for path in (article.get_absolute_url(), f"/{code}/", f"/{code}/latest/"):
        page.goto(live_server.url + path)
        room = page.evaluate("document.documentElement.clientWidth")
        assert page.evaluate("document.documentElement.scrollWidth") <= room, path


@pytest.mark.parametrize("code", ["ur", "sd"])
@pytest.mark.parametrize("language", ["en", "own"])
@pytest.mark.parametrize("name", ["Geo News 24", "24 News HD", "C++ Weekly (Asia)"])
def test_a_credit_keeps_its_name_and_its_date_apart(page, live_server, code, language, name):
    source = make_source(language=code if language == "own" else language, name=name)
    make_article(language=code, source=source)
    page.set_viewport_size({"width": 1280, "height": 900})
    for path in (f"/{code}/", f"/{code}/latest/"):
        page.goto(live_server.url + path)
        named = boxes(page, ".credit", name)
        assert is_left_to_right(named)
        written = page.locator(".credit time").first.inner_text()
        day, month, year = (
            [left for left, _top in boxes(page, ".credit time", part)]
            for part in written.replace("،", " ").split()[:3]
        )
        assert min(day) > max(month) > min(month) > max(year)
        if path == f"/{code}/":  # A list of a wide page has the two in lines of their own.
            assert min(left for left, _top in named) > max(day)


@pytest.mark.parametrize("code", ["ur", "sd"])
def test_a_phrase_in_quotes_stands_before_what_follows_it(page, live_server, code):
    article = make_article(language=code, headline="“How to vote?” — 5 سوال")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + article.get_absolute_url())
    phrase = [left for left, _top in boxes(page, "h1", "“How to vote?”")]
    (dash, _), (five, _) = boxes(page, "h1", "—") + boxes(page, "h1", "5")
    assert min(phrase) > dash > five


@pytest.mark.parametrize("code", ["en", "ur", "sd"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_a_word_that_cannot_be_broken_widens_no_page(page, live_server, code, width):
    section = make_section(language=code, slug="culture")
    for _copy in range(14):
        make_article(
            language=code,
            section=section,
            headline="w" * 120,
            standfirst="w" * 120,
            body=f"<p>{'w' * 120}</p>",
        )
    article = make_article(language=code, section=section, byline="w" * 120, dateline="w" * 120)
    page.set_viewport_size({"width": width, "height": 900})
    for path in (f"/{code}/", f"/{code}/latest/", article.get_absolute_url()):
        page.goto(live_server.url + path)
        room = page.evaluate("document.documentElement.clientWidth")
        assert page.evaluate("document.documentElement.scrollWidth") <= room, path
