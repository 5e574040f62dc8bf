"""What lets an edition be installed and kept: a worker, a page for when nothing is, a manifest."""

from __future__ import annotations

import json

import pytest
from django.contrib.staticfiles import finders

from tests.views.pages import CODES, Page


def test_the_worker_is_served_where_it_may_answer_for_every_page(client):
    response = client.get("/sw.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"
    assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert b"addEventListener" in response.content


@pytest.mark.parametrize("code", CODES)
def test_the_page_for_no_connection_speaks_the_language_of_its_address(client, editions, code):
    response = client.get(f"/{code}/offline/")
    page = Page(response)
    assert (page.html["lang"], page.html["dir"]) == (code, editions[code].direction)
    assert page.all("meta", name="robots", content="noindex")
    assert len(page.all("h1")) == 1
    assert f"/{code}/" in page.links


@pytest.mark.parametrize("code", CODES)
def test_an_edition_can_be_installed_under_its_own_name(client, editions, code):
    page = Page(client.get(f"/{code}/"))
    response = client.get(page.all("link", rel="manifest")[0]["href"])
    assert response["Content-Type"] == "application/manifest+json"
    told = json.loads(response.content)
    assert (told["lang"], told["dir"]) == (code, editions[code].direction)
    assert told["name"] == editions[code].site_title
    assert client.get(told["start_url"]).status_code == 200
    assert told["start_url"].startswith(told["scope"])
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in told["icons"]}
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon


def test_no_script_stands_in_a_page_and_none_holds_it_up(client):
    for script in Page(client.get("/en/")).all("script"):
        assert script.get("type") == "application/ld+json" or (
            "src" in script and "defer" in script
        )


@pytest.mark.parametrize("code", CODES)
def test_a_page_that_is_kept_for_long_names_no_day(client, code):
    assert not Page(client.get(f"/{code}/offline/")).all("time")
    assert Page(client.get(f"/{code}/")).all("time")
