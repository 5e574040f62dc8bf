"""Type: the design's table holds in Chromium, and no ink of two Nastaliq lines touches."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from articles.text.script import guess_language
from tests.browser.conftest import CODES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser, Page, Route

    from tests.browser.conftest import Site

pytestmark = [pytest.mark.walk, pytest.mark.browser]

STYLES = {"body": ".body p", "headline": ".story h1", "small print": ".meta .dates"}
TABLE: dict[str, dict[str, tuple[float, float, float]]] = {
    # size in px, line height as a multiple of it, word spacing in em
    "en": {"body": (18, 1.6, 0), "headline": (36, 1.2, 0), "small print": (14, 1.5, 0)},
    "ur": {
        "body": (20, 2.2, 0.05),
        "headline": (35, 2.1, 0.05),
        "small print": (15.5, 2.2, 0.05),
    },
    "sd": {"body": (20, 1.8, 0), "headline": (34, 1.45, 0), "small print": (16, 1.7, 0)},
}
MEASURE = {"en": (36, 36), "ur": (26, 28), "sd": (28, 30)}
"""Width of a line of text in em, from and to."""

SIZES = """each => {
    const style = getComputedStyle(each), size = parseFloat(style.fontSize);
    return [size, parseFloat(style.lineHeight) / size, parseFloat(style.wordSpacing) / size];
}"""

TALL_WORDS = (
    "کیجیے لکھنؤ ٹھیک لیجیے دیجیے چاہیے مٹھی گھڑیاں پچھتائیے کیچڑ اٹھائیے پہنچائیے ٹیکنالوجی "
    "بھیجیے جمہوریت سیکیورٹی پھیپھڑے چھٹیاں ہچکچاہٹ کبھی گم"
).split()

HEIGHTS = """words => {
    const canvas = document.createElement('canvas');
    canvas.lang = 'ur';
    document.body.append(canvas);
    const pen = canvas.getContext('2d');
    pen.font = '100px "Newsroom Nastaliq"';
    return words.map(word => {
        const ink = pen.measureText(word);
        return ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent;
    });
}"""

# Each pair of lines holds the same words, so that each word stands under itself.
SET_PAIRS = """([rows, size, leading]) => {
    const sheet = document.createElement('div');
    sheet.id = 'sheet';
    sheet.dir = 'rtl';
    sheet.style.cssText = `position: absolute; inset: 0 auto auto 0; padding: 3em; color: #000;
        background: #fff; inline-size: max-content; font-size: ${size}px; line-height: ${leading}`;
    for (const row of rows) for (const name of ['over', 'under', 'between']) {
        const line = sheet.appendChild(document.createElement('div'));
        line.className = name;
        line.style.blockSize = name === 'between' ? '2em' : '';
        for (const word of name === 'between' ? [] : row) {
            const box = line.appendChild(document.createElement('span'));
            box.style.cssText = 'display: inline-block; inline-size: 5em';
            box.textContent = word;
        }
    }
    document.body.replaceChildren(sheet);
}"""
SHOW_ONLY = """name => document.querySelectorAll('#sheet div').forEach(line => {
    line.style.color = line.className === name ? '' : 'transparent';
})"""
TOUCHES = """async pictures => {
    const inks = [];
    for (const picture of pictures) {
        const image = new Image();
        image.src = 'data:image/png;base64,' + picture;
        await image.decode();
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [image.width, image.height];
        const pen = canvas.getContext('2d');
        pen.drawImage(image, 0, 0);
        const shades = pen.getImageData(0, 0, image.width, image.height).data;
        inks.push({width: image.width, has: place => shades[4 * place] < 128,
                   places: image.width * image.height});
    }
    const [over, under] = inks, near = [0, 1, -1, over.width, -over.width];
    const found = {ink: 0, touching: 0};
    for (let place = 0; place < over.places; place++) {
        if (!over.has(place)) continue;
        found.ink++;
        found.touching += near.some(step => under.has(place + step));
    }
    return found;
}"""

MOVED = """new PerformanceObserver(list => {
    for (const shift of list.getEntries()) window.moved += shift.value;
}).observe({type: 'layout-shift'}); window.moved = 0;"""
HAS_NASTALIQ = """() => [...document.fonts].some(
    face => face.family.includes('Newsroom Nastaliq') && !face.family.includes('Stand-in')
        && face.status === 'loaded'
)"""
DRAWN = """async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
}"""
MOST_MOVED = 0.02
"""Cumulative layout shift; https://web.dev/articles/cls calls five times as much good."""


def urdu_of_the_samples() -> set[str]:
    """Every word of the Urdu captures that come along."""
    folder = settings.BASE_DIR / "fixtures" / "samples"
    texts = (file.read_text(encoding="utf-8", errors="replace") for file in folder.glob("*.txt"))
    urdu = [text for text in texts if guess_language(text).language == "ur"]
    return {word for text in urdu for word in re.findall(r"[\u0620-\u06d3]{2,}", text)}


def touching_ink(page: Page, words: list[str], size: float, leading: float) -> dict[str, int]:
    """Count pixels of an upper line's ink, and of those the ones beside ink of the line below."""
    rows = [words[start : start + 10] for start in range(0, len(words), 10)]
    page.evaluate(SET_PAIRS, [rows, size, leading])
    pictures = []
    for name in ("over", "under"):
        page.evaluate(SHOW_ONLY, name)
        pictures.append(base64.b64encode(page.locator("#sheet").screenshot()).decode())
    return page.evaluate(TOUCHES, pictures)


def styles_of_lines(page: Page, site: Site) -> set[tuple[float, float]]:
    """Size and line height of each Urdu text of the site that may fill a second line."""
    found: set[tuple[float, float]] = set()
    for _name in site.walk(page, "ur"):
        found |= {tuple(style) for style in page.evaluate(URDU_STYLES)}
    return found


URDU_STYLES = """() => [...document.body.querySelectorAll('*')].filter(each =>
    [...each.childNodes].some(node => node.nodeType === 3 && /[\\u0620-\\u06d3]/.test(node.data))
    && each.closest('[lang]').lang === 'ur'
    && !each.closest('nav, button, select, .visually-hidden, .skip')
).map(each => {
    const style = getComputedStyle(each), size = parseFloat(style.fontSize);
    return [size, Math.round(1000 * parseFloat(style.lineHeight) / size) / 1000];
})"""


@pytest.mark.parametrize("code", CODES)
def test_the_table_of_type_holds(page, site: Site, code):
    page.goto(site.url + site.articles[code])
    for style, selector in STYLES.items():
        found = page.locator(selector).first.evaluate(SIZES)
        assert found == pytest.approx(TABLE[code][style], abs=0.01), style
    width = page.locator(".text").evaluate(
        "each => parseFloat(getComputedStyle(each).maxInlineSize)"
    )
    least, most = MEASURE[code]
    assert least <= round(width / TABLE[code]["body"][0], 2) <= most


def test_nastaliq_is_never_small_tight_or_cut_off(page, site: Site):
    for name in site.walk(page, "ur"):
        found = page.evaluate(
            """() => [...document.querySelectorAll('body :lang(ur)')].filter(each => {
                const drawnByUs = !each.matches('.visually-hidden, .skip, select, option');
                if (!drawnByUs || !each.textContent.trim()) return false;
                const style = getComputedStyle(each), size = parseFloat(style.fontSize);
                return size < 15 || !(parseFloat(style.lineHeight) >= 1.79 * size)
                    || style.overflowY === 'hidden' || style.webkitLineClamp !== 'none';
            }).map(each => each.outerHTML.slice(0, 90))"""
        )
        assert found == [], name


def test_a_line_under_urdu_words_keeps_away_from_their_ink(page, site: Site):
    for name in site.walk(page, "ur"):
        found = page.evaluate(
            """() => [...document.querySelectorAll('a, mark')].filter(each => {
                const style = getComputedStyle(each);
                return each.closest('[lang]').lang === 'ur'
                    && parseFloat(style.textUnderlineOffset) < 0.499 * parseFloat(style.fontSize);
            }).map(each => each.outerHTML.slice(0, 90))"""
        )
        assert found == [], name


def test_no_ink_of_two_lines_touches_in_the_hundred_tallest_words(chromium, site: Site):
    """At each line height that is in use, in its smallest and its largest size."""
    context = chromium.new_context(device_scale_factor=2, bypass_csp=True)
    page = context.new_page()
    styles = styles_of_lines(page, site)
    page.goto(f"{site.url}/ur/")
    page.evaluate("document.fonts.load('20px \"Newsroom Nastaliq\"', 'کیجیے')")
    tallest = hundred_tallest(page, urdu_of_the_samples() | set(TALL_WORDS))
    for size, leading in sorted(extremes(styles)):
        found = touching_ink(page, tallest, size, leading)
        assert found["ink"] > 10_000
        assert found["touching"] == 0, (size, leading)
    assert touching_ink(page, tallest, 20, 1.6)["touching"] > 0  # The test itself can see.
    context.close()


def hundred_tallest(page: Page, words: Iterable[str]) -> list[str]:
    ordered = sorted(words)
    heights: list[Any] = page.evaluate(HEIGHTS, ordered)
    ranked = sorted(zip(heights, ordered, strict=True), reverse=True)
    return [word for _height, word in ranked[:100]]


def extremes(styles: set[tuple[float, float]]) -> set[tuple[float, float]]:
    """For each line height, the smallest and the largest of its sizes, but for the nameplate's."""
    styles = {(size, leading) for size, leading in styles if size < 50}
    leadings = {leading for _size, leading in styles}
    sizes = {each: [size for size, leading in styles if leading == each] for each in leadings}
    return {(pick(sizes[each]), each) for each in leadings for pick in (min, max)}


def without_nastaliq_of_the_device(route: Route) -> None:
    """Answer with the stylesheet as a device reads it that has no Nastaliq of its own."""
    answer = route.fetch()
    style = re.sub(r'local\("[^"]*Nast[^"]*"\)', 'local("none")', answer.text())
    route.fulfill(response=answer, body=style)


@pytest.mark.parametrize("width", [412, 1280])
@pytest.mark.parametrize("name", ["front", "latest", "article"])
def test_what_is_read_stays_where_it_is_when_nastaliq_arrives(
    chromium: Browser, site: Site, name, width
):
    if not finders.find("fonts/noto-nastaliq-urdu-arabic-400-normal.woff2"):
        pytest.skip("The web fonts are not here; install npm and run 'make dev'.")
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.add_init_script(MOVED)
    late: list[Route] = []
    page.route("**/fonts*.css", without_nastaliq_of_the_device)
    page.route("**/*.woff2", lambda route: late.append(route))
    page.goto(site.url + site.paths("ur")[name], wait_until="domcontentloaded")
    page.wait_for_function("() => performance.getEntriesByType('paint').length")
    assert not page.evaluate(HAS_NASTALIQ)
    for route in late:
        route.continue_()
    page.wait_for_function(HAS_NASTALIQ)
    page.evaluate(DRAWN)
    assert page.evaluate("window.moved") <= MOST_MOVED
    page.close()
