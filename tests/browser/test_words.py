"""Words: an Urdu or a Sindhi page speaks no English but where it says that it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Site

pytestmark = [pytest.mark.walk, pytest.mark.browser]

NAMES = {"SHA", "UTC", "SoundCloud", "YouTube"}
"""Of a digest, a time, a provider: they are written so in every language."""

# Whatever is shown or spoken in the language of the page: marked runs, codes, addresses and what
# the reader wrote are not.
LATIN = """() => {
    const found = [];
    const isOurs = each => each.closest('[lang]').lang !== 'en'
        && !each.closest('code, bdi[dir=ltr], .body');
    const note = (each, text) => {
        const ours = isOurs(each) ? text.replace(/\u2068[^\u2069]*\u2069/g, '') : '';
        found.push(...(ours.match(/[A-Za-z]{2,}/g) ?? []));
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) note(walker.currentNode.parentElement, walker.currentNode.data);
    for (const name of ['aria-label', 'title', 'alt', 'placeholder', 'aria-description'])
        for (const each of document.querySelectorAll(`body [${name}]`))
            note(each, each.getAttribute(name));
    note(document.body, document.title);
    const said = 'meta[name=description], meta[property="og:title"], meta[property="og:site_name"]';
    for (const each of document.querySelectorAll(said)) note(each, each.content);
    return found;
}"""


@pytest.mark.parametrize("code", ["ur", "sd"])
def test_no_english_leaks_into_a_page(page, site: Site, code):
    for name in site.walk(page, code):
        assert set(page.evaluate(LATIN)) <= NAMES, name


@pytest.mark.parametrize("code", ["ur", "sd"])
def test_every_foreign_run_says_its_language(page, site: Site, code):
    """Letters that only another script has stand in an element with another language."""
    for name in site.walk(page, code):
        stray = page.evaluate(
            """() => [...document.querySelectorAll('bdi:not([lang])')]
                .filter(each => /[A-Za-z]{3,} [A-Za-z]{3,}/.test(each.textContent)
                    && each.closest('[lang]').lang !== 'en')
                .map(each => each.outerHTML)"""
        )
        assert stray == [], name
