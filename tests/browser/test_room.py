"""Room: no page of any template is wider than what it is shown on, however that is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import CODES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Site

pytestmark = [pytest.mark.walk, pytest.mark.browser]

# 640 and 320 px are a window of 1280 at 200 % and 400 % zoom (WCAG 2.2, 1.4.4 and 1.4.10).
WIDTHS = (1280, 768, 640, 390, 320)

BEYOND = """() => {
    const room = document.documentElement.clientWidth;
    return document.documentElement.scrollWidth <= room ? [] :
        [...document.body.querySelectorAll('*')].filter(each => {
            const box = each.getBoundingClientRect();
            return box.width && (box.right > room + 1 || box.left < -1);
        }).map(each => each.outerHTML.slice(0, 90)).concat(['the page']);
}"""


def widths_beyond(page: Page) -> dict[int, list[str]]:
    """What stands out of the window, by its width in CSS pixels."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = page.evaluate(BEYOND)
    return {width: elements for width, elements in found.items() if elements}


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_wider_than_the_window_at_any_zoom_or_size_of_text(page, site: Site, code):
    for name in site.walk(page, code):
        assert widths_beyond(page) == {}, name
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate(BEYOND) == [], f"{name}, text twice as large"


def test_controls_and_states_show_in_forced_colours(page, site: Site):
    page.emulate_media(forced_colors="active")
    for name in site.walk(page, "ur"):
        boxes = page.evaluate(
            """() => [...document.querySelectorAll('input:not([type=hidden]), select, button')]
                .map(each => getComputedStyle(each))
                .filter(style => style.borderBlockStartStyle === 'none'
                    || style.borderBlockStartWidth === '0px').length"""
        )
        marked = page.evaluate(
            """() => [...document.querySelectorAll('[aria-current], mark')]
                .filter(each => !each.matches('.nameplate a, footer a')
                    && !getComputedStyle(each).textDecorationLine.includes('underline'))
                .map(each => each.outerHTML)"""
        )
        assert (boxes, marked) == (0, []), name
    page.goto(site.url + site.paths("ur")["refused"])
    widths = [
        page.locator(each).evaluate("each => getComputedStyle(each).borderBlockEndWidth")
        for each in (".has-error [name=since]", ".field:not(.has-error) [name=until]")
    ]
    assert widths == ["3px", "1px"]


def test_nothing_moves_for_who_asked_for_stillness(page, site: Site):
    page.emulate_media(reduced_motion="reduce")
    for name in site.walk(page, "en"):
        moving = page.evaluate(
            """() => [...document.querySelectorAll('*')].filter(each => {
                const style = getComputedStyle(each);
                const times = style.transitionDuration.split(',');
                return style.display && (style.animationName !== 'none'
                    || style.scrollBehavior !== 'auto' || times.some(time => parseFloat(time) > 0));
            }).map(each => each.tagName)"""
        )
        assert moving == [], name


@pytest.mark.parametrize("code", CODES)
def test_paper_holds_the_story_where_it_comes_from_and_its_address(page, site: Site, code):
    page.goto(site.url + site.articles[code])
    page.emulate_media(media="print", color_scheme="dark")
    for selector in ("h1", ".body", ".provenance dl", ".provenance code", ".citation bdi[dir=ltr]"):
        assert is_printed(page, selector), selector
    expect(page.locator(".citation")).to_contain_text("/".join(site.articles[code].split("/")[:3]))
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(255, 255, 255)"
    )


def test_paper_holds_nothing_that_must_be_pressed(page, site: Site):
    page.emulate_media(media="print")
    for name in site.walk(page, "ur"):
        controls = page.evaluate(
            """() => [...document.querySelectorAll('input, select, button, nav a, .skip')]
                .filter(each => each.checkVisibility()).map(each => each.outerHTML)"""
        )
        assert controls == [], name


def is_printed(page: Page, selector: str) -> bool:
    return page.locator(selector).first.evaluate(
        """each => each.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})
            && each.getBoundingClientRect().height > 0"""
    )
