"""Every page is valid HTML, and every style sheet valid CSS, by the Nu Html Checker (vnu)."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from articles.models import Article
from articles.views.errors import server_error
from tests.browser.conftest import CODES, make_site
from tests.factories import make_article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.vnu


def pages() -> Iterator[tuple[str, bytes]]:
    """A name and the HTML of every template in every language, with what each can hold."""
    site, client = make_site(), Client(raise_request_exception=False)
    for code in CODES:
        withdrawn = make_article(language=code, status=Article.Status.WITHDRAWN)
        paths = {
            **site.paths(code),
            "lite": f"/{code}/?lite",
            "offline": f"/{code}/offline/",
            "gone": withdrawn.get_absolute_url(),
            "bad dates": f"/{code}/latest/?since=%00&until=%7f",
        }
        for name, path in paths.items():
            answer = client.get(path)
            assert answer["Content-Type"].startswith("text/html"), path
            yield f"{code} {name}", answer.content
        yield f"{code} fault", server_error(RequestFactory().get(f"/{code}/")).content
    yield "fault in every language", server_error(RequestFactory().get("/")).content


def complaints(vnu: list[str], folder: Path) -> list[str]:
    """What the checker says of the pages and style sheets in a folder, with where."""
    command = [*vnu, "--stdout", "--format", "json", "--also-check-css", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return [
        f"{each['url'].rpartition('/')[2]}:{each.get('lastLine')}: {each['message']}"
        f" {each.get('extract', '')!r}"
        for each in messages
    ]


@pytest.mark.usefixtures("db")
def test_the_checker_finds_nothing_to_say_of_any_page_or_style_sheet(vnu, tmp_path):
    for name, html in pages():
        (tmp_path / f"{name}.html").write_bytes(html)
    for sheet in (settings.BASE_DIR / "static" / "css").glob("*.css"):
        shutil.copy(sheet, tmp_path)
    assert complaints(vnu, tmp_path) == []


def test_the_checker_sees_a_fault(vnu, tmp_path):
    (tmp_path / "page.html").write_text("<!doctype html><title>a</title><p><div></p>")
    (tmp_path / "sheet.css").write_text("p { colour: red }")
    found = complaints(vnu, tmp_path)
    assert any("page.html" in each for each in found)
    assert any("sheet.css" in each for each in found)
