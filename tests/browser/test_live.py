"""The schedule of Web TV on a reader's own clock, in the words and the order of the page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from articles.text.calendars import format_weekday_day
from tests.factories import load_languages, make_broadcast

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOUR = timedelta(hours=1)
SPOKEN = {
    "en": "All times are on your own clock.",
    "ur": "تمام اوقات آپ کی اپنی گھڑی کے مطابق ہیں۔",
}


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu", "Asia/Karachi"])
@pytest.mark.parametrize("code", ["en", "ur"])
def test_times_and_days_are_those_of_the_reader(chromium: Browser, live_server, code, zone) -> None:
    load_languages()
    start = timezone.localtime().replace(hour=3, minute=10, second=0, microsecond=0)
    starts = [start + timedelta(days=1), start + timedelta(days=1, hours=9)]
    for moment in starts:
        make_broadcast(code, starts_at=moment, ends_at=moment + HOUR)
    context = chromium.new_context(timezone_id=zone, service_workers="block")
    page = context.new_page()

    page.goto(f"{live_server.url}/{code}/live/")

    own = [moment.astimezone(ZoneInfo(zone)) for moment in starts]
    days = list(dict.fromkeys(format_weekday_day(moment.date(), code) for moment in own))
    assert page.locator(".day h3").all_inner_texts() == days
    clocks = page.locator(".day li time:first-child").all_inner_texts()
    assert clocks == [f"{moment:%H:%M}" for moment in own]
    assert (page.locator(".zone").inner_text() == SPOKEN[code]) is (zone != "Asia/Karachi")
    assert f"{own[0]:%H:%M}" in page.locator(".off-air").inner_text()
    context.close()


def test_without_scripts_times_are_the_newsrooms(chromium: Browser, live_server) -> None:
    load_languages()
    start = timezone.now() + HOUR
    make_broadcast(starts_at=start, ends_at=start + HOUR)
    context = chromium.new_context(timezone_id="America/New_York", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/en/live/")
    told = f"{timezone.localtime(start):%H:%M}"
    assert page.locator(".day li time").first.inner_text() == told
    assert "UTC+5" in page.locator(".zone").inner_text()
    context.close()
