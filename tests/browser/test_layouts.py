"""What layouts promise to the eye: pairs of half-lines, a wall that fits, contents that lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import CODES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

LINES = "document.querySelectorAll('.body .couplet')[0].children"
BOXES = f"""() => [...{LINES}].filter(each => each.matches('span')).map(each => {{
    const range = document.createRange();
    range.selectNodeContents(each);
    const box = range.getBoundingClientRect();
    return {{ x: box.x, right: box.right, y: box.y, bottom: box.bottom }};
}})"""


def halves(page: Page, site: Site, code: str, width: int) -> list[dict[str, Any]]:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.url + site.poems[code])
    page.evaluate("document.fonts.ready")
    return page.evaluate(BOXES)


@pytest.mark.parametrize("code", ["ur", "sd"])
def test_the_halves_of_a_couplet_are_a_pair_on_a_wide_screen_and_on_paper(page, site: Site, code):
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        first, second = halves(page, site, code, 1280 if media == "screen" else 700)
        assert abs(first["y"] - second["y"]) < 2, media
        assert first["x"] > second["right"], media


@pytest.mark.parametrize("code", CODES)
def test_on_a_telephone_one_half_stands_below_the_other(page, site: Site, code):
    first, second = halves(page, site, code, 390)
    assert second["y"] >= first["bottom"] - 2
    if code != "en":  # Set in from the side where the line begins.
        assert first["right"] - second["right"] > 15


@pytest.mark.parametrize("code", CODES)
def test_no_line_of_verse_is_stretched(page, site: Site, code):
    page.goto(site.url + site.poems[code])
    aligned = (
        "[...document.querySelectorAll('.verse-line')].map(e => getComputedStyle(e).textAlign)"
    )
    assert "justify" not in page.evaluate(aligned)


@pytest.mark.parametrize("code", CODES)
def test_contents_lead_to_a_part_of_the_page_by_keys(page, site: Site, code):
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(site.url + site.pages[code])
    page.locator(".contents a").nth(2).focus()
    page.keyboard.press("Enter")
    target = page.evaluate("decodeURIComponent(location.hash).slice(1)")
    top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", target)
    assert 0 <= top < 700
