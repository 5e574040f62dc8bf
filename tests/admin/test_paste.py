"""What is pasted from Word or a page is stored as plain blocks, cleaned by browser and server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from articles.models import Article
from tests.admin.browsing import open_form, paste, save_form
from tests.admin.desk import save, sit_down
from tests.factories import load_languages, make_article

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

TEXT = "#id_body_text"
PASTED = Path(__file__).parent / "pasted"


def stored_body(article: Article) -> str:
    return Article.objects.values_list("body", flat=True).get(pk=article.pk)


def pasted(page: Page, live_server: LiveServer, article: Article, html: str) -> str:
    """Paste ``html`` over the article's text, save, and return what is stored."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_form(page, live_server, article)
    page.focus(TEXT)
    page.keyboard.press("Control+A")
    paste(page, html)
    assert page.evaluate("window.pasted") is None
    assert errors == []
    save_form(page)
    return stored_body(article)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "language"), [("word", "ur"), ("web", "en")])
def test_what_is_pasted_is_stored_as_plain_blocks(
    page: Page, live_server: LiveServer, name: str, language: str
) -> None:
    load_languages()
    article = make_article(language=language, status="draft")
    html, wanted = (PASTED / f"{name}{end}.html" for end in ("", ".stored"))

    stored = pasted(page, live_server, article, html.read_text(encoding="utf-8"))
    assert stored == wanted.read_text(encoding="utf-8").removesuffix("\n")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_letters_of_sindhi_are_pasted_as_they_are(page: Page, live_server: LiveServer) -> None:
    load_languages()
    article = make_article(language="sd", status="draft")
    word = "<p class=MsoNormal dir=RTL><span lang=SD>ڪراچيءَ ۾ نهر جي مرمت<o:p></o:p></span></p>"

    assert pasted(page, live_server, article, word) == "<p>ڪراچيءَ ۾ نهر جي مرمت</p>"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_is_copied_in_the_editor_keeps_its_gaps_and_languages(
    page: Page, live_server: LiveServer
) -> None:
    body = '<p>A <span class="gap">…</span> and <span lang="ur" dir="rtl">نہر</span>.</p>'
    article = make_article(body=body, status="draft")
    open_form(page, live_server, article)

    page.focus(TEXT)
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+X")
    assert page.inner_text(TEXT).strip() == ""
    page.keyboard.press("Control+V")
    save_form(page)

    assert stored_body(article) == body


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_plain_lines_are_pasted_as_paragraphs(page: Page, live_server: LiveServer) -> None:
    article = make_article(body="<p>Old.</p>", status="draft")
    open_form(page, live_server, article)

    page.focus(TEXT)
    page.keyboard.press("Control+A")
    paste(page, "", "- One.\r\n\r\n2. Two <b>.\n")
    save_form(page)

    assert stored_body(article) == "<p>- One.</p>\n<p>2. Two &lt;b&gt;.</p>"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["word", "web"])
def test_the_server_cleans_whatever_it_is_sent(name: str) -> None:
    article = make_article(language="ur", status="draft")
    html = (PASTED / f"{name}.html").read_text(encoding="utf-8")

    save(sit_down(), article, body=html)

    stored = stored_body(article)
    assert stored
    for left in ("javascript:", "data:", "file:", "onerror", "onclick", "mso-", "Mso", "style="):
        assert left not in stored
    for tag in ("<script", "<img", "<iframe", "<svg", "<table", "<h1", "<o:p", "<form", "<style"):
        assert tag not in stored
    assert not set("يىكه") & set(stored)
