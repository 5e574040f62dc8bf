"""How a headline fits: counted as readers get it, said in words and without chatter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from articles.models import Article
from tests.admin.browsing import LANGUAGES, open_form, save_form, serious_findings
from tests.admin.desk import save, sit_down
from tests.factories import load_languages, make_article, make_section, make_source

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

FIT = "#headline-fit"
HEADLINES = {
    "en": "Internal rifts re-emerge in the party as workers protest against the changes of June",
    "ur": "لطیف آباد کے دھول اڑاتے میدان میں آخرکار گھاس اگ آئی اور چالیس ٹیموں کی بے صبری ختم",
    "sd": "اوڻيهن سالن کان پوءِ اسٽيشن جي گهڙي وري هلڻ لڳي ۽ شهر جا ماڻهو وقت تي پهچڻ لڳا آهن",
}
LINES = """(place) => {
    const height = place.getBoundingClientRect().height;
    return Math.round(height / parseFloat(getComputedStyle(place).lineHeight));
}"""


def numbers(page: Page) -> list[int]:
    """The lines that are told: as the lead, in a column, in lists, in lists on a phone."""
    page.wait_for_function(f"() => document.querySelectorAll('{FIT} span').length > 3")
    words = page.locator(f"{FIT} span").all_inner_texts()[:4]
    return [int("".join(filter(str.isdigit, each))) for each in words]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_that_are_told_are_those_that_readers_get(
    page: Page, live_server: LiveServer, language: str
) -> None:
    load_languages()
    headline = HEADLINES[language]
    source = make_source(language=language)
    for number in range(4):
        section = make_section(language=language, title=f"{number}")
        for _each in range(12):
            make_article(language=language, headline=headline, section=section, source=source)
    open_form(page, live_server, Article.objects.earliest("pk"), "ur")
    told = numbers(page)

    got = []
    for path, width, place in (
        ("", 1280, ".lead h2"),
        ("", 1280, ".columns article h3"),
        ("latest/", 1280, ".list h2"),
        ("latest/", 390, ".list h2"),
    ):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{live_server.url}/{language}/{path}")
        page.evaluate("document.fonts.ready")
        got.append(page.locator(place).first.evaluate(LINES))
    assert told == got
    assert max(told) > 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fit_is_said_in_the_words_of_the_desk(
    page: Page, live_server: LiveServer, language: str
) -> None:
    load_languages()
    article = make_article(headline=HEADLINES["en"] * 2, status="draft")
    open_form(page, live_server, article, language)
    numbers(page)

    words = page.inner_text(FIT)
    if language == "en":
        assert "lines in lists on a phone" in words
        assert "A shorter headline reads better." in words
    else:
        assert not any(letter.isascii() and letter.isalpha() for letter in words)
    assert page.locator(f"{FIT} .is-long").count() > 0
    assert page.get_attribute(FIT, "role") == "status"
    assert "headline-fit" in page.get_attribute("#id_headline", "aria-describedby")
    assert serious_findings(page) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_fit_is_told_once_after_typing_and_not_at_each_key(
    page: Page, live_server: LiveServer
) -> None:
    open_form(page, live_server, make_article(headline="Short", status="draft"))
    assert numbers(page) == [1, 1, 1, 1]
    page.evaluate(
        f"""() => {{
            window.told = 0;
            const region = document.querySelector("{FIT}");
            new MutationObserver(() => window.told++).observe(region, {{ childList: true }});
        }}"""
    )

    page.focus("#id_headline")
    page.keyboard.press("End")
    page.keyboard.type("er", delay=50)
    page.wait_for_timeout(1800)
    assert page.evaluate("window.told") == 0  # It fits as before.
    page.keyboard.type(" and much longer than before" * 3, delay=5)
    page.wait_for_function("() => window.told > 0")
    page.wait_for_timeout(500)
    assert page.evaluate("window.told") == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_box_of_a_headline_grows_and_holds_one_line(
    page: Page, live_server: LiveServer
) -> None:
    article = make_article(headline="Short", status="draft")
    open_form(page, live_server, article)
    low = page.eval_on_selector("#id_headline", "box => box.offsetHeight")

    page.fill("#id_headline", "Two words\nand two more " * 8)
    assert page.eval_on_selector("#id_headline", "box => box.offsetHeight") > low * 1.5
    save_form(page)

    assert Article.objects.get().headline == ("Two words and two more " * 8).strip()


@pytest.mark.django_db
def test_a_headline_that_is_sent_with_line_breaks_is_one_line() -> None:
    article = make_article(status="draft")

    save(sit_down(), article, headline="One\r\n two\n\nthree")

    assert Article.objects.get().headline == "One two three"
