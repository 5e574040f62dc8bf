"""The readers' pages in a real browser: letters, room, voice and keys."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.models import Section
from tests.browser.conftest import CODES
from tests.factories import WHEN, make_article

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Site

pytestmark = [pytest.mark.walk, pytest.mark.browser]

FACES = {"en": "", "ur": "Noto Nastaliq Urdu", "sd": "Noto Naskh Arabic"}

BARE = ["our fault", "every language"]
"""Pages of a fault have no masthead: whatever fetches its sections may be what is at fault."""


def faces_of(page: Page, selector: str) -> dict[str, int]:
    """The faces that the browser really drew an element with, and how many glyphs of each."""
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    root = client.send("DOM.getDocument")["root"]["nodeId"]
    node = client.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = client.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {font["familyName"]: font["glyphCount"] for font in fonts}


@pytest.mark.parametrize("code", CODES)
def test_a_page_runs_in_its_direction_and_in_the_face_of_its_script(page, site: Site, code):
    page.goto(site.url + site.articles[code])
    language = site.languages[code]
    assert page.locator("html").get_attribute("lang") == code
    assert page.evaluate("getComputedStyle(document.body).direction") == language.direction
    page.evaluate("document.fonts.ready")
    for selector in ("h1", ".body p:last-child", ".standfirst", ".nameplate a"):
        faces = faces_of(page, selector)
        drawn = max(faces, key=lambda face: faces[face])
        if FACES[code]:
            assert drawn == FACES[code], selector
        else:
            assert "Arab" not in drawn
            assert "Nastaliq" not in drawn


def test_sindhi_is_never_set_in_nastaliq(page, site: Site):
    for path in site.paths("sd").values():
        page.goto(site.url + path)
        assert "Noto Nastaliq Urdu" not in faces_of(page, "main")
    page.goto(f"{site.url}/ur/")
    assert "Noto Nastaliq Urdu" not in faces_of(page, ".editions [lang=sd]")


def test_english_words_in_an_urdu_page_are_set_in_the_serif(page, site: Site):
    page.goto(f"{site.url}/en/")
    serif = next(iter(faces_of(page, "h2 a")))
    page.goto(f"{site.url}/ur/source/party/")
    assert set(faces_of(page, "h1[lang=en]")) == {serif}


def test_an_english_page_fetches_no_face(page, site: Site):
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    for path in site.paths("en").values():
        page.goto(site.url + path)
        page.evaluate("document.fonts.ready")
    assert [url for url in fetched if ".woff" in url] == []


@pytest.mark.parametrize("code", CODES)
def test_a_gap_is_spoken(page, site: Site, code):
    page.goto(site.url + site.articles[code])
    spoken = page.locator(".gap .visually-hidden").inner_text()
    assert len(spoken) > 10
    assert spoken in page.locator(".body").aria_snapshot()
    assert page.locator(".gap [aria-hidden]").inner_text() == "[…]"
    assert page.locator(".gap [aria-hidden]").is_visible()


@pytest.mark.parametrize("code", ["ur", "sd"])
def test_joined_letters_are_never_spaced_slanted_or_capitalised(page, site: Site, code):
    for name, path in site.paths(code).items():
        page.goto(site.url + path)
        found = page.evaluate(
            """() => [...document.body.querySelectorAll('*')].filter(each => {
                const style = getComputedStyle(each);
                const joined = each.closest('[lang]').lang !== 'en';
                return style.display && joined && (style.letterSpacing !== 'normal'
                    || style.fontStyle !== 'normal' || style.textTransform !== 'none'
                    || style.textAlign === 'justify');
            }).map(each => each.outerHTML.slice(0, 80))"""
        )
        assert found == [], name


@pytest.mark.parametrize("code", CODES)
def test_everything_works_without_scripts(chromium, site: Site, code):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/{code}/")
    page.locator(".lead h2 a").click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(site.url + site.articles[code])
    page.locator("details.provenance summary").first.click()
    expect(page.locator("details.provenance dl").first).to_be_visible()
    page.goto(f"{site.url}/{code}/latest/")
    page.locator(".filters details summary").click()
    page.locator("[name=section]").select_option("culture")
    page.locator("[name=since]").fill("2024-03-05")
    page.locator(".filters button").click()
    expect(page.locator(".list li")).to_have_count(1)
    other = "ur" if code != "ur" else "sd"
    page.locator(f".editions [lang={other}]").click()
    expect(page).to_have_url(f"{site.url}/{other}/latest/")
    page.goto(site.url)
    expect(page).to_have_url(f"{site.url}/{other}/")
    context.close()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("width", [390, 1280])
def test_the_search_button_stands_beside_its_box_whatever_is_wrong(page, site: Site, code, width):
    page.set_viewport_size({"width": width, "height": 800})
    for name in ("search", "refused"):
        page.goto(site.url + site.paths(code)[name])
        box, button = (
            page.locator(f".words {each}").bounding_box() for each in ("input", "button")
        )
        assert abs(box["y"] - button["y"]) < 1, name
        assert abs(box["height"] - button["height"]) < 1, name


@pytest.mark.parametrize("code", CODES)
def test_where_the_reader_is_shows_without_colour(page, site: Site, code):
    page.goto(f"{site.url}/{code}/latest/")
    for selector, name in ((".sections", "box-shadow"), (".editions", "text-decoration-line")):
        marked = page.locator(f"{selector} [aria-current]")
        other = page.locator(f"{selector} a:not([aria-current])").first
        style = f"each => getComputedStyle(each).getPropertyValue('{name}')"
        assert other.evaluate(style) == "none"
        assert marked.evaluate(style) != "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_letter_of_a_nastaliq_lead_stays_in_its_column(page, site: Site, scheme):
    section = Section.objects.get(language="ur", slug="culture")
    lead = make_article(
        language="ur",
        headline="کشتی پر آنے والا کتب خانہ",
        section=section,
        published_at=WHEN + timedelta(days=1),
    )
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for path, column in (("/ur/", ".lead"), (lead.get_absolute_url(), ".story .heading")):
        page.goto(site.url + path)
        page.evaluate("document.fonts.ready")
        heading = page.locator(f"{column} :is(h1, h2)")
        box, room = heading.bounding_box(), page.locator(column).bounding_box()
        beyond = {**box, "x": room["x"] + room["width"], "width": 24}
        drawn = page.screenshot(clip=beyond)
        heading.evaluate("each => { each.style.visibility = 'hidden' }")
        assert page.screenshot(clip=beyond) == drawn, path


@pytest.mark.parametrize("code", CODES)
def test_search_is_one_step_from_every_page(page, site: Site, code):
    for name, path in site.paths(code).items():
        if name in BARE:
            continue
        page.goto(site.url + path)
        step = page.locator(".sections .search a")
        expect(step).to_have_attribute("href", re.compile(rf"^/{code}/search/"))
        if name not in {"front", "article", "not found"}:
            continue
        step.click()
        expect(page.locator("#id_q")).to_be_focused()
        page.keyboard.type("2024")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=2024*")


@pytest.mark.parametrize("code", CODES)
def test_the_first_key_offers_a_way_past_the_masthead(page, site: Site, code):
    page.goto(f"{site.url}/{code}/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#content"
    box = skip.bounding_box()
    assert box["width"] > 40
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


@pytest.mark.parametrize("code", CODES)
def test_what_a_thumb_must_hit_is_large_enough(page, site: Site, code):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site.url + site.articles[code])
    for selector in (".sections a", ".editions a", ".siblings a", "summary"):
        for box in [link.bounding_box() for link in page.locator(selector).all()]:
            assert box["height"] >= 44, selector


@pytest.mark.parametrize("code", CODES)
def test_the_narrow_front_page_keeps_the_order_of_the_wide_one(page, site: Site, code):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site.url}/{code}/")
    tops = [page.locator(each).bounding_box()["y"] for each in (".lead", ".seconds", ".newest")]
    assert all(above < below for above, below in pairwise(tops))


def test_addresses_and_digests_keep_their_direction_in_a_page_from_right_to_left(page, site: Site):
    page.goto(site.url + site.articles["ur"])
    page.locator("details.provenance summary").first.click()
    for run in page.locator("details.provenance bdi").all():
        assert run.evaluate("each => getComputedStyle(each).direction") == "ltr"
