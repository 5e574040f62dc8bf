"""Pictures in a real browser: enlarged by keys and without scripts, and no larger than needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.accessibility import violations
from tests.browser.conftest import CODES
from tests.factories import make_article, make_figure, make_gallery, make_image
from tests.pictures.made import photograph

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

ALONG = {"en": "ArrowRight", "ur": "ArrowLeft", "sd": "ArrowLeft"}
"""The arrow that leads on: that of the language's own direction."""
BACK = {"en": "ArrowLeft", "ur": "ArrowRight", "sd": "ArrowRight"}
SHIFTS = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => {
        for (const each of list.getEntries()) sum += each.value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(sum), 600);
})"""


def wait_for_place(page: Page, place: str) -> None:
    """Ask the page where it is: what is told of it comes late, or never when keys are quick."""
    page.wait_for_function(f"() => location.hash === '{place}'")


def open_by_keys(page: Page, site: Site, code: str, number: int = 1) -> None:
    page.goto(site.url + site.pictured[code])
    page.locator(f"#large-{number} > a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_be_visible()


@pytest.mark.parametrize("code", CODES)
def test_keys_open_a_picture_lead_through_all_and_close_it(page, site: Site, code):
    open_by_keys(page, site, code)
    shown = page.locator("dialog img")
    box = shown.bounding_box()
    assert box["width"] > 600
    page.keyboard.press(ALONG[code])
    wait_for_place(page, "#large-2")
    page.keyboard.press(ALONG[code])
    page.keyboard.press(ALONG[code])  # There is no fourth.
    wait_for_place(page, "#large-3")
    page.keyboard.press(BACK[code])
    wait_for_place(page, "#large-2")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("#large-2 > a")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.documentElement).overflowY") != "hidden"


@pytest.mark.parametrize("code", ["en", "ur"])
def test_two_keys_at_once_lead_two_pictures_on(page, site: Site, code):
    open_by_keys(page, site, code)
    press = "document.dispatchEvent(new KeyboardEvent('keydown', { code: '%s' }));"
    page.evaluate(press % ALONG[code] * 2)  # Before the page has heard of the first.
    wait_for_place(page, "#large-3")
    page.evaluate(press % BACK[code] * 2)
    wait_for_place(page, "#large-1")


@pytest.mark.parametrize("code", ["en", "ur"])
def test_keys_stay_with_the_picture_until_it_is_closed(page, site: Site, code):
    open_by_keys(page, site, code, 2)
    for _number in range(9):
        page.keyboard.press("Tab")
        inside = (
            "document.activeElement.closest('dialog') || document.activeElement === document.body"
        )
        assert page.evaluate(inside)
    page.locator("dialog .close").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#large-2 > a")).to_be_focused()


@pytest.mark.parametrize("code", CODES)
def test_the_way_back_closes_a_picture_and_leads_to_the_page(page, site: Site, code):
    open_by_keys(page, site, code)
    page.locator("dialog [rel=next]").click()
    expect(page.locator("dialog [rel=prev]")).to_be_visible()
    page.go_back()
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.url == site.url + site.pictured[code]


@pytest.mark.parametrize("code", CODES)
def test_a_picture_is_enlarged_without_scripts(chromium, site: Site, code):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_viewport_size({"width": 1000, "height": 700})
    page.goto(site.url + site.pictured[code])
    page.locator("#large-1 > a").click()
    for number in (1, 2, 3):
        figure = page.locator(f"#large-{number}")
        box = figure.bounding_box()
        assert (box["width"], box["height"]) == (1000, 700)
        expect(figure.locator("img")).to_be_visible()
        expect(figure.locator("figcaption")).to_be_in_viewport()
        if number < 3:
            figure.locator("[rel=next]").click()
    page.keyboard.press("Tab")
    page.locator("#large-3 .close").click()
    assert page.locator("#large-3").bounding_box()["height"] < 700
    expect(page.locator("#picture-3")).to_be_in_viewport()
    context.close()


def test_the_pictures_go_on_over_the_edge_of_a_page(page, site: Site):
    article = make_gallery(14)
    page.goto(f"{site.url}{article.get_absolute_url()}#large-12")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(r"/\?pictures=2#large-13$"))
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile("/#large-12$"))


@pytest.mark.parametrize("code", CODES)
def test_axe_finds_nothing_to_mend_on_an_enlarged_picture(page, site: Site, code):
    page.emulate_media(reduced_motion="reduce")
    for scripts in (True, False):
        open_by_keys(page, site, code, 2)
        if not scripts:
            page.evaluate("document.documentElement.classList.remove('modal')")
            page.evaluate("document.querySelector('dialog').remove()")
        assert violations(page) == []


@pytest.mark.parametrize(("width", "density"), [(360, 2), (390, 2), (390, 3), (412, 2.625)])
def test_a_telephone_loads_no_more_than_it_shows(chromium, site: Site, width, density):
    article = make_article(language="en")
    make_figure(article, image=make_image(data=photograph(2000, 1300, 9)))
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, device_scale_factor=density
    )
    page = context.new_page()
    for path in (article.get_absolute_url(), "/en/latest/"):
        page.goto(site.url + path)
        page.wait_for_load_state("networkidle")
        picture = page.locator("main img").first
        address = picture.evaluate("each => each.currentSrc")
        shown = picture.bounding_box()["width"] * density
        loaded = int(address.rpartition("-")[2].removesuffix(".avif"))
        assert loaded <= 1.25 * shown, path
        assert loaded >= 0.6 * shown, path
    context.close()


@pytest.mark.parametrize("code", CODES)
def test_nothing_moves_when_a_picture_arrives(page, site: Site, code):
    page.set_viewport_size({"width": 390, "height": 1400})
    for path in (site.pictured[code], f"/{code}/", f"/{code}/latest/"):
        page.goto(site.url + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(SHIFTS) <= 0.02, path


def test_a_picture_that_stands_is_no_wider_than_it_need_be(page, site: Site):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site.url + site.pictured["en"])
    lying, standing, _long = page.locator("figure img").all()
    assert standing.bounding_box()["width"] < 0.7 * lying.bounding_box()["width"]


def test_paper_shows_pictures_and_their_credit_and_no_way_on(page, site: Site):
    page.goto(site.url + site.pictured["en"])
    page.emulate_media(media="print")
    expect(page.locator("figure img").first).to_be_visible()
    expect(page.locator("figcaption .by").first).to_be_visible()
    expect(page.locator(".steps").first).to_be_hidden()
