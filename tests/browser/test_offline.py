"""Pages that were read open without a connection; others say in their language that they cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.conftest import CODES
from tests.factories import make_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

OFFLINE = {"en": "You are offline", "ur": "آپ آف لائن ہیں", "sd": "توهان آف لائين آهيو"}


@pytest.fixture
def reader(chromium, site: Site) -> Iterator[Page]:
    """A page in a browser that lets the site keep what was read."""
    context = chromium.new_context(service_workers="allow")
    yield context.new_page()
    context.close()


def kept(page: Page) -> list[str]:
    """The paths of what the browser keeps, in all caches."""
    return page.evaluate(
        """async () => {
            const held = [];
            for (const name of await caches.keys()) {
                for (const request of await (await caches.open(name)).keys()) {
                    held.push(new URL(request.url).pathname + new URL(request.url).search);
                }
            }
            return held;
        }"""
    )


def wait_until_kept(page: Page, *paths: str, is_kept: bool = True) -> None:
    """Wait for all these pages to be kept, or to be kept no more."""
    page.evaluate(
        """async ([paths, isKept]) => {
            for (const path of paths) {
                for (let tries = 0; ; tries++) {
                    const found = await caches.match(path, { ignoreVary: true });
                    if (Boolean(found) === isKept) break;
                    if (tries === 400) throw new Error(`${path}: not kept or not dropped`);
                    await new Promise(wake => setTimeout(wake, 50));
                }
            }
        }""",
        [list(paths), is_kept],
    )


def read(page: Page, site: Site, path: str) -> None:
    """Open a page and wait until it is kept, and with it what to show where none is."""
    page.goto(site.url + path)
    wait_until_kept(page, path, f"/{path[1:3]}/offline/")


@pytest.mark.parametrize("code", CODES)
def test_a_page_that_was_read_opens_offline_and_any_other_says_so(reader, site: Site, code):
    article = site.articles[code]
    read(reader, site, article)
    read(reader, site, f"/{code}/")
    reader.context.set_offline(True)
    reader.goto(site.url + article)
    expect(reader.locator(".gap").first).to_be_visible()
    assert reader.evaluate("document.styleSheets[0].cssRules.length") > 10
    reader.goto(f"{site.url}/{code}/")
    expect(reader.locator(".lead")).to_be_visible()
    reader.goto(f"{site.url}/{code}/archive/")
    expect(reader.locator("h1")).to_have_text(OFFLINE[code])
    assert reader.locator("html").get_attribute("lang") == code
    assert reader.evaluate("document.styleSheets[0].cssRules.length") > 10


def test_with_a_connection_the_newest_state_is_shown(reader, site: Site):
    path = site.articles["en"]
    read(reader, site, path)
    Article.objects.filter(language="en").update(standfirst="Told anew.")
    reader.goto(site.url + path)
    expect(reader.locator(".standfirst")).to_have_text("Told anew.")


def test_a_withdrawn_article_is_forgotten_when_it_is_asked_for_again(reader, site: Site):
    path = site.articles["en"]
    read(reader, site, path)
    Article.objects.filter(pk=int(path.split("/")[2])).update(status=Article.Status.WITHDRAWN)
    assert reader.goto(site.url + path).status == 410
    wait_until_kept(reader, path, is_kept=False)
    reader.context.set_offline(True)
    reader.goto(site.url + path)
    expect(reader.locator("h1")).to_have_text(OFFLINE["en"])


def test_only_pages_of_an_edition_that_are_the_same_for_everybody_are_kept(reader, site: Site):
    read(reader, site, "/en/")
    for path in ("/admin/login/", "/en/nothing/", "/en/latest/rss", "/robots.txt", "/healthz"):
        reader.goto(site.url + path)
    reader.goto(f"{site.url}/language/ur/?next=/ur/")
    wait_until_kept(reader, "/ur/", "/ur/offline/")
    reader.evaluate("fetch('/admin/login/', { method: 'POST' }).then(() => null)")
    pages = [path for path in kept(reader) if not path.startswith("/static/")]
    assert sorted(pages) == ["/en/", "/en/offline/", "/ur/", "/ur/offline/"]


def test_the_oldest_page_makes_room_for_the_thirty_first(reader, site: Site):
    paths = [make_article().get_absolute_url() for _number in range(31)]
    for path in paths:
        read(reader, site, path)
    pages = [path for path in kept(reader) if path in paths]
    assert sorted(pages) == sorted(paths[1:])


def test_a_page_works_where_nothing_may_be_kept(chromium, site: Site):
    context = chromium.new_context(service_workers="block")
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{site.url}/en/")
    expect(page.locator(".lead")).to_be_visible()
    context.close()
    assert faults == []
