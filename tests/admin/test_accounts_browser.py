"""Logging in with a real browser: by keys alone, on a phone too, in every language."""

from __future__ import annotations

from base64 import b32decode
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.accessibility import violations
from tests.admin.accounts import PASSWORD, code_of, give_app
from tests.factories import load_languages, make_editor

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.walk,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

LANGUAGES = ["en", "ur", "sd"]
CLIPPED = """() => [...document.querySelectorAll("button, .button, [type=submit]")]
    .filter(e => e.offsetParent && (e.scrollHeight > e.clientHeight + 2 || e.clientHeight < 24))
    .map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture(autouse=True)
def _second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR = True
    load_languages()


def read_in(page: Page, live_server: LiveServer, language: str) -> None:
    page.context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])


def type_password(page: Page, user: AbstractUser) -> None:
    """Type name and password with the keyboard, from where the page puts the cursor."""
    page.wait_for_selector("#id_username:focus")
    page.keyboard.type(user.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def faults(page: Page) -> list[str]:
    """What axe finds on the page (on a phone), what is wider than the window, what is clipped."""
    is_phone = page.evaluate("innerWidth") < 500
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [
        *(violations(page) if is_phone else []),
        *([f"{wide} px too wide"] if wide > 0 else []),
        *page.evaluate(CLIPPED),
    ]


def test_first_login_sets_an_app_up_and_the_next_one_asks_for_it(
    page: Page, live_server: LiveServer
) -> None:
    user, wanted = make_editor(), reverse("admin:articles_source_changelist")
    page.goto(live_server.url + wanted)
    type_password(page, user)

    page.wait_for_selector("img.qr")
    page.wait_for_function("() => document.querySelector('img.qr').naturalWidth > 0")
    page.get_by_text("No camera?").click()
    key = _key(page.text_content(".secret"))
    assert page.locator(f"a[href*='{page.text_content('.secret').replace(' ', '')}']").count() == 1
    page.focus("#id_code")
    page.keyboard.type(code_of(key))
    page.keyboard.press("Enter")
    page.wait_for_selector(".codes")
    codes = page.locator(".codes li").all_text_contents()
    assert len(codes) == 10
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("[data-codes=copy]")
    page.wait_for_selector("[role=status]:has-text('Copied.')")
    assert page.evaluate("navigator.clipboard.readText()").splitlines() == codes
    page.click("a.button.default")
    page.wait_for_url(live_server.url + wanted)

    page.click("#logout-form button")
    page.goto(live_server.url + wanted)
    type_password(page, user)
    page.wait_for_selector("#id_code:focus")
    TOTPDevice.objects.update(last_t=-1)  # No test waits half a minute for the next code.
    page.keyboard.type(code_of(key))
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + wanted)


def _key(letters: str | None) -> str:
    return b32decode((letters or "").replace(" ", "")).hex()


def test_box_of_the_code_is_filled_in_by_phones(page: Page, live_server: LiveServer) -> None:
    user = make_editor()
    give_app(user)
    read_in(page, live_server, "ur")
    page.goto(live_server.url + reverse("admin:login"))
    type_password(page, user)

    box = page.wait_for_selector("#id_code")
    wanted = {"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}
    assert {name: box.get_attribute(name) for name in wanted} == wanted


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_accounts_have_no_findings(
    page: Page, live_server: LiveServer, language: str, width: int
) -> None:
    user = make_editor(email="writer@news.example")
    read_in(page, live_server, language)
    page.set_viewport_size({"width": width, "height": 900})

    def check(name: str, address: str = "") -> None:
        if address:
            page.goto(live_server.url + address)
        assert page.get_attribute("html", "lang") == language, name
        assert faults(page) == [], name

    token = default_token_generator.make_token(user)  # type: ignore[arg-type]
    link = [urlsafe_base64_encode(force_bytes(user.pk)), token]
    check("ask", reverse("admin:password_reset"))
    check("sent", reverse("admin:password_reset_sent"))
    check("new password", reverse("admin:password_reset_confirm", args=link))
    check("old link", reverse("admin:password_reset_confirm", args=["x", "y"]))
    check("set", reverse("admin:password_reset_done"))
    for _time in range(5):
        page.goto(live_server.url + reverse("admin:login"))
        page.fill("#id_username", "nobody")
        page.fill("#id_password", "guessed")
        page.click("[type=submit]")
    check("shut out")
    page.goto(live_server.url + reverse("admin:login"))
    type_password(page, user)
    page.wait_for_selector(".secret", state="attached")
    page.evaluate("document.querySelector('details').open = true")
    check("enrol")
    key = _key(page.text_content(".secret"))
    page.fill("#id_code", "000000")
    page.press("#id_code", "Enter")
    page.wait_for_selector(".errorlist")
    check("wrong code")
    page.fill("#id_code", code_of(key))
    page.press("#id_code", "Enter")
    page.wait_for_selector(".codes")
    check("codes")
    check("account", reverse("admin:account"))
    check("another app", reverse("admin:account_app"))
    check("new codes", reverse("admin:account_codes"))
    check("failed logins", reverse("admin:axes_accessattempt_changelist"))
    check("reset", reverse("admin:auth_user_reset", args=[make_editor().pk]))
