"""Keys and voice: what a keyboard reaches and what a screen reader is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accessibility import violations
from tests.browser.conftest import CODES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Site

pytestmark = [pytest.mark.walk, pytest.mark.browser]

ALSO = {"runOnly": ["color-contrast"]}
"""Of a dark page, only its colours differ from the light one."""

FOCUSABLE = """() => [...document.querySelectorAll(
    'a[href], input:not([type=hidden]), select, textarea, button, summary, [controls]'
)].filter(each => each.tabIndex >= 0 && (each.checkVisibility() || each.matches('.skip')))
    .filter((each, at, all) => each.type !== 'radio'
        || all.findIndex(other => other.matches(`[type=radio][name="${each.name}"]`)) === at)
    .length"""
"""Of the radio buttons of one question, the key reaches one; arrows lead on from there."""

AT_FOCUS = """() => {
    const each = document.activeElement, box = each.getBoundingClientRect();
    const style = getComputedStyle(each);
    return {
        html: each.outerHTML.slice(0, 90), isBody: each === document.body,
        outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
        colour: style.outlineColor, isSeen: box.width > 10 && box.height > 10
            && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        isPlayer: each.matches('audio, video'),
        isFirst: each.dataset.reached === undefined, reached: each.dataset.reached = 1,
    };
}"""

LANDMARKS = """() => {
    const nameOf = each => each.getAttribute('aria-label')
        || document.getElementById(each.getAttribute('aria-labelledby'))?.textContent.trim() || '';
    const landmarks = 'nav, form, aside, section[aria-labelledby]';
    return [...document.querySelectorAll(landmarks)].map(nameOf);
}"""


def stops_of(page: Page) -> list[dict]:
    """Press Tab until the focus has left the page, and return what held it."""
    stops = []
    for _step in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(AT_FOCUS)
        if stop["isPlayer"] and not stop["isFirst"]:
            continue  # A browser's own controls are within the one element.
        if stop["isBody"] or not stop["isFirst"]:
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize("code", CODES)
def test_axe_finds_nothing_to_mend_by_day_or_by_night(page, site: Site, code):
    for name in site.walk(page, code):
        for scheme, options in (("light", {}), ("dark", ALSO)):
            page.emulate_media(color_scheme=scheme)
            assert violations(page, options) == [], f"{name}, {scheme}"


def test_the_tab_key_reaches_everything_and_shows_where_it_is(page, site: Site):
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 800})
    for name in site.walk(page, "ur"):
        stops = stops_of(page)
        assert len(stops) == page.evaluate(FOCUSABLE), name
        unseen = [stop for stop in stops if stop["outline"] < 2 or not stop["isSeen"]]
        assert unseen == [], name
        assert {stop["colour"] for stop in stops} == {"rgb(132, 24, 27)"}, name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ring_of_focus_stands_out_from_the_paper(page, site: Site, scheme):
    """Three to one at the least: WCAG 2.2, 1.4.11."""
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site.url}/en/")
    page.keyboard.press("Tab")
    ring, paper = page.evaluate(
        """() => [[document.activeElement, 'outlineColor'],
            [document.documentElement, 'backgroundColor']].map(([each, name]) =>
                getComputedStyle(each)[name].match(/\\d+/g).map(Number))"""
    )
    lighter, darker = sorted((luminance(ring), luminance(paper)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 3


def luminance(colour: list[int]) -> float:
    """Relative luminance of red, green and blue from 0 to 255 (WCAG 2.2)."""
    parts = [part / 255 for part in colour]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("code", CODES)
def test_landmarks_have_names_of_their_own_and_a_page_has_one_heading(page, site: Site, code):
    for name in site.walk(page, code):
        names = page.evaluate(LANDMARKS)
        assert all(names), name
        assert len(set(names)) == len(names), name
        assert page.locator("h1").count() == 1, name
        assert page.locator("main").count() == 1, name
        if name not in {"our fault", "every language"}:
            assert page.locator(".skip").first.get_attribute("href") == "#content", name
            assert page.locator("#content").count() == 1, name


@pytest.mark.parametrize("code", CODES)
def test_names_of_landmarks_are_in_the_language_of_the_page(page, site: Site, code):
    spoken = {}
    for each in CODES:
        page.goto(site.url + site.articles[each])
        spoken[each] = set(page.evaluate(LANDMARKS))
    others = set().union(*(spoken[each] for each in CODES if each != code))
    assert spoken[code] & others <= {"ثقافت"}
