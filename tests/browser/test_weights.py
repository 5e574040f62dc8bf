"""What a page weighs on its way to a reader, against the budgets, by the bytes of every part."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from articles.models import Article, Section
from newsroom.styles import lean
from tests.browser.conftest import CODES
from tests.factories import make_article, make_figure, make_gallery, make_image, make_section
from tests.pictures.made import photograph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser, Response

    from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

KB = 1024
HTML_WITH_STYLES = 14 * KB
FIRST_VISIT = {"en": 30 * KB, "ur": 200 * KB, "sd": 140 * KB}
LITE = 15 * KB
FIRST_VIEW_OF_A_GALLERY = 250 * 1000
COMPRESSED = {".css", ".js", ".svg"}
FACES = "noto-nastaliq-urdu-arabic-400-normal.woff2"


@pytest.fixture
def full_site(site: Site) -> Site:
    """An edition that fills its templates: six sections, and more articles than a list shows."""
    for code in CODES:
        sections = [make_section(language=code) for _number in range(5)]
        for section in [*sections, Section.objects.get(language=code, slug="culture")]:
            for number in range(5):
                make_article(
                    language=code,
                    section=section,
                    source=None,
                    headline=f"{_headline(code)} {section.pk} {number}",
                    standfirst=_headline(code) * 3,
                )
    return site


def _headline(code: str) -> str:
    article = Article.objects.filter(language=code).order_by("pk").last()
    return f"{article.headline[:60]} "


def html_bytes(path: str) -> int:
    """The bytes of a page as the site itself sends them to a browser that reads gzip."""
    answer = Client().get(path, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    return len(answer.content)


def file_bytes(address: str) -> int:
    """The bytes of a static file as it is collected, and sent by WhiteNoise to the same browser."""
    found = finders.find(urlsplit(address).path.removeprefix("/static/"))
    assert found, address
    content = Path(found).read_bytes()
    if found.endswith(".css"):
        content = lean(content)
    return len(gzip.compress(content)) if Path(found).suffix in COMPRESSED else len(content)


def bytes_of(site: Site, addresses: Iterable[str]) -> dict[str, int]:
    """The bytes of everything but pictures at these addresses of the site, each counted once."""
    found = {}
    for address in dict.fromkeys(addresses):
        path = address.removeprefix(site.url)
        if path.startswith("/media/"):
            continue
        is_file = path.startswith("/static/")
        found[path] = file_bytes(path) if is_file else html_bytes(path)
    return found


KEPT = """async offline => {
    for (let tries = 0; tries < 400; tries++) {
        const kept = [];
        for (const name of await caches.keys()) {
            const requests = await (await caches.open(name)).keys();
            kept.push(...requests.map(each => each.url));
        }
        if (kept.some(each => new URL(each).pathname === offline)) return kept;
        await new Promise(wake => setTimeout(wake, 50));
    }
    throw new Error(`${offline} was not kept`);
}"""
"""What the worker keeps, once the page for no connection is there, which it keeps last."""


def first_visit(chromium: Browser, site: Site, path: str) -> dict[str, int]:
    """All that a browser with nothing kept fetches for a page, and all that is kept for later."""
    context = chromium.new_context(service_workers="allow")
    page = context.new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(site.url + path)
    extras = page.locator("link[rel=manifest], link[rel=icon]")
    fetched += extras.evaluate_all("all => all.map(each => each.href)")
    if page.locator("script[src]").count():
        kept = page.evaluate(KEPT, f"/{path[1:3]}/offline/")
        fetched += [f"{site.url}/sw.js", *kept]
    context.close()
    return bytes_of(site, fetched)


@pytest.mark.parametrize("code", CODES)
def test_a_page_and_its_styles_fit_into_the_first_round_trip(full_site: Site, code):
    styles = file_bytes("css/newsroom.css") + file_bytes("css/fonts.css")
    for name, path in full_site.paths(code).items():
        assert html_bytes(path) + styles <= HTML_WITH_STYLES, name


@pytest.mark.parametrize("code", CODES)
def test_a_first_visit_keeps_within_its_budget(chromium, full_site: Site, code):
    if code != "en" and not finders.find(f"fonts/{FACES}"):
        pytest.skip("The web fonts are not here; install npm and run 'make dev'.")
    for name in ("front", "latest", "article"):
        weights = first_visit(chromium, full_site, full_site.paths(code)[name])
        assert any(path.endswith(".woff2") for path in weights) is (code != "en")
        assert f"/{code}/offline/" in weights
        assert sum(weights.values()) <= FIRST_VISIT[code], weights


@pytest.mark.parametrize("code", CODES)
def test_a_gallery_of_a_hundred_pictures_fits_into_the_first_round_trip(site: Site, code):
    path = make_gallery(100, code).get_absolute_url()
    styles = file_bytes("css/newsroom.css") + file_bytes("css/fonts.css")
    for query in ("", "?pictures=2", "?pictures=9"):
        assert html_bytes(path + query) + styles <= HTML_WITH_STYLES, query


def test_the_first_view_of_a_gallery_is_light_on_a_telephone(chromium, site: Site):
    article = make_article(language="en")
    for seed in range(5):
        make_figure(article, image=make_image(data=photograph(1200, 800, seed)))
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=3, is_mobile=True
    )
    page = context.new_page()
    pictures: dict[str, int] = {}
    page.on("response", lambda each: pictures.setdefault(each.url, _size(each)))
    page.goto(site.url + article.get_absolute_url())
    page.wait_for_load_state("networkidle")
    context.close()
    rest = bytes_of(site, [url for url in pictures if "/media/" not in url])
    drawn = {url: size for url, size in pictures.items() if "/media/" in url}
    assert drawn
    assert all(url.endswith(".avif") for url in drawn)
    assert sum(drawn.values()) + sum(rest.values()) <= FIRST_VIEW_OF_A_GALLERY, drawn


def _size(response: Response) -> int:
    return int(response.headers.get("content-length", 0))


@pytest.mark.parametrize("code", CODES)
def test_a_lite_page_keeps_within_its_budget_in_all(chromium, full_site: Site, code):
    for name in ("front", "latest", "article", "search"):
        path = full_site.paths(code)[name]
        lite = f"{path}{'&' if '?' in path else '?'}lite"
        weights = first_visit(chromium, full_site, lite)
        assert len(weights) == 3, weights  # The page, its styles and the site's mark.
        assert sum(weights.values()) <= LITE, name
