"""The boxes of a moment in a real browser: universal time is told while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.admin.browsing import open_form
from tests.factories import make_article

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_universal_time_follows_what_is_typed(page: Page, live_server: LiveServer) -> None:
    open_form(page, live_server, make_article())
    output = page.locator("output[for~=id_published_at_0]")
    day, time = page.locator("#id_published_at_0"), page.locator("#id_published_at_1")

    for typed, told in [
        (("2026-05-06", "12:00"), "= 07:00 UTC"),
        (("06/05/2026", "04:59:30"), "= 2026-05-05 23:59 UTC"),
        (("۲۰۲۶-۰۵-۰۶", "١٢:٠٠"), "= 07:00 UTC"),
        (("soon", "12:00"), ""),
    ]:
        day.fill(typed[0])
        time.fill(typed[1])
        assert output.inner_text() == told


def test_universal_time_knows_where_clocks_are_changed(
    page: Page, live_server: LiveServer, settings
) -> None:
    settings.TIME_ZONE = "Europe/London"
    open_form(page, live_server, make_article())
    output = page.locator("output[for~=id_embargoed_until_0]")

    for day, told in [("2026-01-15", "= 09:00 UTC"), ("2026-07-15", "= 08:00 UTC")]:
        page.fill("#id_embargoed_until_0", day)
        page.fill("#id_embargoed_until_1", "09:00")
        assert output.inner_text() == told
