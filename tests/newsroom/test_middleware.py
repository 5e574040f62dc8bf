"""An address that names its language is in that language for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsroom.middleware import language_in_path
from tests.factories import load_languages

if TYPE_CHECKING:
    from django.test import Client


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/ur/", "ur"),
        ("/sd/latest/", "sd"),
        ("/en", "en"),
        ("/", None),
        ("/admin/", None),
        ("/urdu/", None),
        ("//ur/", None),
        ("/fr/", None),
        ("/UR/", None),
    ],
)
def test_only_a_whole_first_segment_names_a_language(path: str, language: str | None) -> None:
    assert language_in_path(path) == language


@pytest.mark.django_db
def test_a_page_that_names_its_language_does_not_vary_by_header(client: Client) -> None:
    load_languages()
    pages = [client.get("/ur/", headers={"accept-language": wish}) for wish in ("en", "sd", "ur")]

    assert len({page.content for page in pages}) == 1
    assert "accept-language" not in pages[0].headers.get("Vary", "").lower()
    assert pages[0].headers["Content-Language"] == "ur"


@pytest.mark.django_db
def test_a_page_without_a_language_varies_by_what_the_reader_wishes(client: Client) -> None:
    load_languages()
    for wish in ("ur", "sd"):
        page = client.get("/admin/login/", headers={"accept-language": wish})
        assert f'lang="{wish}"' in page.content.decode()
        assert "accept-language" in page.headers["Vary"].lower()


@pytest.mark.django_db
def test_head_answers_with_the_headers_of_get_and_no_body(client: Client) -> None:
    load_languages()
    page, head = client.get("/en/"), client.head("/en/")

    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(page.content))
    assert head.headers["Content-Type"] == page.headers["Content-Type"]
