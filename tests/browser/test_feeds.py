"""A feed that somebody opens in a browser: it can be read, and it runs in its direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import CODES
from tests.factories import TEXTS

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    ("form", "title", "hidden"),
    [("rss", "item > title", "guid"), ("atom", "entry > title", "entry > content")],
)
def test_a_feed_is_laid_out_and_runs_in_its_direction(
    page: Page, site: Site, code, form, title, hidden
):
    page.goto(f"{site.url}/{code}/latest/{form}")
    first = page.locator(title).first
    expect(first).to_be_visible()
    expect(first).to_contain_text(TEXTS[code][0])
    expect(first).to_have_css("direction", site.languages[code].direction)
    expect(first).to_have_css("display", "block")
    assert page.locator(hidden).count()
    expect(page.locator(hidden).first).to_be_hidden()
