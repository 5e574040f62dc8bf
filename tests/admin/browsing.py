"""What the browser tests of the desk share: signing in, opening a form, typing and pasting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.accessibility import violations
from tests.admin.desk import form_of, sit_down

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from articles.models import Article

LANGUAGES = ["en", "ur", "sd"]

BOXES_ARE_MADE = """() => [...document.querySelectorAll('select.admin-autocomplete')].every(
    each => each.parentElement.querySelector('[role=combobox][aria-labelledby*=_label]')
)"""
"""jQuery makes them, and the desk names them, at some time after the page's load."""

EDITOR_IS_MADE = """() => !document.querySelector('textarea[data-body-editor]')
    || document.querySelector('.body-editor [role=toolbar]')"""
"""The body's editor is fetched when the page is there."""

PASTE = """([html, text]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", text);
    const event = { clipboardData, bubbles: true, cancelable: true };
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", event));
}"""


def sit_down_in(page: Page, live_server: LiveServer, language: str = "en") -> None:
    """Give the browser the cookies of an editor who has signed in and chosen ``language``."""
    client = sit_down(language)
    page.context.add_cookies(
        [
            {"name": name, "value": cookie.value, "url": live_server.url}
            for name, cookie in client.cookies.items()
        ]
    )


def open_form(page: Page, live_server: LiveServer, article: Article, language: str = "en") -> None:
    """Open the form of an article as a new editor, and wait until its scripts are done."""
    sit_down_in(page, live_server, language)
    page.goto(live_server.url + form_of(article))
    wait_for_scripts(page)


def wait_for_scripts(page: Page) -> None:
    """Wait until what scripts make of a form's fields is made."""
    page.wait_for_function(BOXES_ARE_MADE)
    page.wait_for_function(EDITOR_IS_MADE)


def save_form(page: Page) -> None:
    """Press the button that saves and stays, and wait for the form to come back."""
    with page.expect_navigation():
        page.locator("[name=_continue]").click()
    wait_for_scripts(page)


def paste(page: Page, html: str, text: str = "") -> None:
    """Paste into what has the focus, as the browser does when it is given these two forms."""
    page.evaluate(PASTE, [html, text])


def serious_findings(page: Page) -> list[str]:
    """What axe holds to be serious or critical on the page, with the elements it means."""
    wait_for_scripts(page)
    return violations(page, impacts=frozenset({"serious", "critical"}))
