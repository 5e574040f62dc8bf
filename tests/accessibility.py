"""What axe-core says of a page in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

REST = """() => Promise.all(document.getAnimations()
    .filter(each => each.effect.getComputedTiming().endTime !== Infinity)
    .map(each => each.finished.catch(() => null)))"""
"""A colour that is on its way to another has a contrast that no style sheet asks for."""


def violations(
    page: Page,
    options: dict[str, Any] | None = None,
    impacts: frozenset[str] = frozenset(),
) -> list[str]:
    """Return what axe finds as "rule: element", when all that moves on the page has come to rest.

    ``options`` are axe's own; ``impacts`` (as "serious"), where given, are the only ones told.
    """
    page.evaluate(REST)
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:120]}"
        for rule in found
        if not impacts or rule["impact"] in impacts
        for node in rule["nodes"]
    ]
