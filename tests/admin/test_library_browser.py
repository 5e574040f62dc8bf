"""Pictures in a real browser: dropped, pointed at, placed, described and published."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, Image
from tests.admin.browsing import (
    LANGUAGES,
    open_form,
    save_form,
    serious_findings,
    sit_down_in,
    wait_for_scripts,
)
from tests.factories import FIGURES, load_languages, make_article, make_figure, make_image
from tests.pictures.made import photograph

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DROP = """(place, files) => {
    const dataTransfer = new DataTransfer();
    for (const [name, data] of files) {
        const bytes = Uint8Array.from(atob(data), sign => sign.charCodeAt(0));
        dataTransfer.items.add(new File([bytes], name, { type: "image/jpeg" }));
    }
    for (const kind of ["dragover", "drop"]) {
        const event = { dataTransfer, bubbles: true, cancelable: true };
        place.dispatchEvent(new DragEvent(kind, event));
    }
}"""


def drop(page: Page, where: str, **files: bytes) -> None:
    """Let go of files over an element, as who drags them from a folder does."""
    sent = [[f"{name}.jpg", base64.b64encode(data).decode()] for name, data in files.items()]
    page.locator(where).evaluate(DROP, sent)


def library(live_server: LiveServer) -> str:
    return live_server.url + reverse("admin:articles_image_changelist")


def alt_texts(article: Article) -> list[str]:
    return [figure.alt_text for figure in article.figures.in_order()]


def choose_from_library(page: Page, asked: str) -> None:
    page.click("[data-open-library]")
    page.fill("dialog input[type=search]", asked)
    expect(page.locator("dialog [data-image]")).to_have_count(1)
    page.locator("dialog [data-image]").click()


@pytest.mark.parametrize("language", ["en", "ur"])
def test_a_picture_is_dropped_pointed_at_placed_described_and_published(
    page: Page, live_server: LiveServer, language: str
) -> None:
    load_languages()
    article = make_article(language=language, status="draft", published_at=None)
    sit_down_in(page, live_server, language)
    page.goto(library(live_server))
    drop(page, "[data-drop]", boats=photograph(640, 480), broken=b"\xff\xd8\xff and no more")
    expect(page.locator(".upload.is-refused")).to_have_count(1)
    taken = page.locator(".upload.is-taken")
    expect(taken.locator("img")).to_be_visible()
    expect(page.locator(".library-grid .library-name")).to_have_text("boats.jpg")

    taken.locator("a").click()
    shown = page.locator("[data-focus] img")
    box = shown.bounding_box()
    assert box
    shown.click(position={"x": box["width"] * 0.2, "y": box["height"] * 0.3})
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    page.fill("#id_credit", "A. Khan")
    page.locator("[name=_continue]").click()
    page.wait_for_load_state()
    image = Image.objects.get()
    assert (image.focal_x, image.focal_y, image.credit) == (19, 40, "A. Khan")

    page.goto(live_server.url + reverse("admin:articles_article_change", args=[article.pk]))
    wait_for_scripts(page)
    choose_from_library(page, "boats")
    alt = page.locator("[name$='-alt_text']")
    expect(alt).to_be_focused()
    assert alt.get_attribute("lang") == language
    press_publish(page)
    assert Article.objects.get().status == "draft"
    assert page.locator(".messagelist .error").count() == 1
    alt.fill(FIGURES[language][0])
    press_publish(page)

    article.refresh_from_db()
    assert article.is_live()
    page.goto(live_server.url + article.get_absolute_url())
    expect(page.locator("main figure img")).to_have_attribute("alt", FIGURES[language][0])
    expect(page.locator("main figcaption")).to_contain_text("A. Khan")


def press_publish(page: Page) -> None:
    with page.expect_navigation():
        page.locator("[name=_verb][value=publish]").click()
    wait_for_scripts(page)


def test_pictures_are_dropped_on_the_form_moved_by_keys_and_taken_out_with_a_way_back(
    page: Page, live_server: LiveServer
) -> None:
    article = make_article(status="draft")
    make_figure(article, alt_text="First")
    open_form(page, live_server, article)
    drop(page, "[data-figures]", boats=photograph(640, 480))
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(2)
    expect(rows.nth(1).locator("img")).to_be_visible()
    page.keyboard.type("Second")

    rows.nth(1).locator("[data-move='-1']").press("Enter")
    expect(rows.nth(0).locator("textarea").first).to_have_value("Second")
    expect(page.locator("[data-move]:focus")).to_have_count(1)
    rows.nth(1).locator("[data-take-out]").press("Enter")
    save_form(page)
    assert alt_texts(article) == ["Second"]

    rows.nth(0).locator("[data-take-out]").press("Enter")
    page.locator("[data-put-back]:focus").press("Enter")
    save_form(page)
    assert alt_texts(article) == ["Second"]


def test_pictures_are_ordered_by_dragging(page: Page, live_server: LiveServer) -> None:
    article = make_article(status="draft")
    for name in ("First", "Second"):
        make_figure(article, alt_text=name)
    open_form(page, live_server, article)
    shown = page.locator("[data-shown]")
    shown.nth(0).evaluate("each => each.scrollIntoView({block: 'center'})")
    shown.nth(1).hover()
    page.mouse.down()
    for down in (20, 4, 4):  # A drag begins with the first move.
        shown.nth(0).hover(position={"x": 10, "y": down})
    page.mouse.up()
    expect(page.locator("[data-row] textarea").first).to_have_value("Second")
    save_form(page)
    assert alt_texts(article) == ["Second", "First"]


def test_what_is_placed_stands_in_the_preview_and_is_kept_when_the_page_is_left(
    page: Page, live_server: LiveServer
) -> None:
    load_languages()
    article = make_article(status="draft", language="en")
    make_image(filename="boats.jpg")
    open_form(page, live_server, article)
    page.click("[data-preview-toggle]")
    choose_from_library(page, "boats")
    page.keyboard.type("As typed")
    framed = page.frame_locator("#writing-preview iframe")
    expect(framed.locator("figure img")).to_have_attribute("alt", "As typed")

    expect(page.locator("#desk-autosave [data-told]")).to_contain_text("Kept")
    page.goto(library(live_server))
    page.goto(live_server.url + reverse("admin:articles_article_change", args=[article.pk]))
    wait_for_scripts(page)
    page.locator("[name=_take]").click()
    wait_for_scripts(page)
    expect(page.locator("[name$='-alt_text']")).to_have_value("As typed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_library_and_figures_are_accessible_and_fit_a_phone(
    page: Page, live_server: LiveServer, language: str
) -> None:
    load_languages()
    article = make_article(language=language, status="draft")
    figure = make_figure(article)
    open_form(page, live_server, article, language)
    page.click("[data-open-library]")
    expect(page.locator("dialog [data-image]")).to_have_count(1)
    assert serious_findings(page) == []
    addresses = [
        page.url,
        library(live_server),
        live_server.url + reverse("admin:articles_image_add"),
        live_server.url + reverse("admin:articles_image_change", args=[figure.image.pk]),
    ]
    for address in addresses:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(address)
        assert serious_findings(page) == [], address
        page.set_viewport_size({"width": 390, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
