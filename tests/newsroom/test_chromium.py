"""The browser that the browser tests drive is there and sees the site."""

from __future__ import annotations

import pytest


@pytest.mark.django_db(transaction=True)
def test_chromium_reaches_the_live_site(page, live_server):
    page.goto(f"{live_server.url}/healthz")
    assert page.inner_text("body").strip() == "ok"
