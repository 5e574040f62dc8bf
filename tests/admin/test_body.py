"""The body's editor in a browser: it holds all that is stored, and changes what is typed alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.test import Client

from articles.models import Article
from articles.text import html
from articles.text.html import clean
from tests.admin.browsing import LANGUAGES, open_form, save_form, serious_findings
from tests.admin.desk import form_of, save, sit_down
from tests.captures.seeds import FILES, SEEDS
from tests.factories import load_languages, make_article

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IS_BEHIND = """() => {
    const text = document.querySelector('.body-text'), behind = Node.DOCUMENT_POSITION_FOLLOWING;
    return text.compareDocumentPosition(document.activeElement) === behind;
}"""
"""Whether what has the focus stands behind the text and is no part of its editor."""
TEXT = "#id_body_text"

KEPT = [
    "<p>Plain words.</p>",
    "<p>One line<br>and another.</p>",
    "<p>A <strong>strong</strong> and an <strong>emphatic <em>word</em></strong>.</p>",
    "<p>H<sub>2</sub>O, m<sup>3</sup>, <em><code>x</code></em>, <cite>Dawn</cite>, <q>so</q>.</p>",
    '<p>The <abbr title="Sindh &quot;Irrigation&quot; Office">SID</abbr>, <abbr>X</abbr>.</p>',
    '<p>A <span class="gap">…</span> lost <strong>word <span class="gap">…</span></strong>.</p>',
    '<p lang="ur" dir="rtl">پانی آیا <bdi dir="ltr">212</bdi> <bdi lang="en">x</bdi>۔</p>',
    '<p>The word <span lang="ur" dir="rtl">نہر <span lang="sd">واهه</span></span> is canal.</p>',
    '<p>A <a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer">link</a>.</p>',
    '<p><a href="mailto:desk@x.example" rel="noopener noreferrer">Write</a>.</p>',
    '<p><a href="tel:+92211234567" rel="noopener noreferrer">Call</a>.</p>',
    '<p><a href="/en/latest/?a=1#top" rel="noopener noreferrer"><em>Read</em></a>.</p>',
    "<h2>Heading</h2>",
    "<h3>Sub<em>heading</em></h3>",
    "<h4>Minor heading</h4>",
    "<ul><li>One</li><li>Two<ul><li>Two and a half</li></ul></li></ul>",
    '<ol><li lang="ur" dir="rtl">ایک</li><li><p>Two</p><p>and more</p></li></ol>',
    '<blockquote lang="sd" dir="rtl">پاڻي آيو.</blockquote>',
    "<blockquote><p>One.</p><p>Two.</p></blockquote>",
    "<pre>two  spaces\n  and a line</pre>",
    "<hr>",
    "<p>Words with&nbsp;a space that holds, &lt;b&gt; &amp; more.</p>",
]
"""Stored blocks, in which each tag and attribute that ``articles.text.html`` keeps stands once."""


def stored_body(article: Article) -> str:
    return Article.objects.values_list("body", flat=True).get(pk=article.pk)


def type_at_end_of(page: Page, selector: str, words: str) -> None:
    """Type with real keys at the end of the first element of the body that ``selector`` names."""
    page.eval_on_selector(
        f"{TEXT} {selector}",
        """(element) => {
            element.closest("[contenteditable=true]").focus();
            getSelection().selectAllChildren(element);
            getSelection().collapseToEnd();
        }""",
    )
    page.keyboard.type(words)


@pytest.fixture
def seeds() -> dict[str, Article]:
    """The articles of both seeds, by the name of their file."""
    load_languages()
    call_command("loaddata", "fixtures/sources.json", "fixtures/sections.json", verbosity=0)
    call_command("load_captures", *(str(SEEDS / name) for name in FILES), verbosity=0)
    return {article.capture.filename: article for article in Article.objects.all()}


@pytest.mark.parametrize("name", FILES)
def test_opening_and_saving_a_seed_changes_nothing(
    page: Page, live_server: LiveServer, seeds: dict[str, Article], name: str
) -> None:
    article = seeds[name]
    open_form(page, live_server, article)
    gaps = article.body.count('class="gap"')
    assert page.locator(f"{TEXT} .gap").count() == gaps == {"0": 3, "3": 0}[str(int(name[:3]))]

    page.click(TEXT)
    save_form(page)

    after = Article.objects.get(pk=article.pk)
    assert (after.body, after.version) == (article.body, article.version)


@pytest.mark.parametrize("name", FILES)
def test_one_word_typed_into_a_seed_changes_its_paragraph_alone(
    page: Page, live_server: LiveServer, seeds: dict[str, Article], name: str
) -> None:
    article = seeds[name]
    open_form(page, live_server, article)

    type_at_end_of(page, "p:nth-of-type(2)", " Indeed")
    save_form(page)

    before, after = article.body.split("\n"), stored_body(article).split("\n")
    assert len(before) > 2
    assert after.pop(1) == before.pop(1).removesuffix("</p>") + " Indeed</p>"
    assert after == before


def test_gaps_stay_in_the_paragraph_that_is_changed(
    page: Page, live_server: LiveServer, seeds: dict[str, Article]
) -> None:
    article = seeds[FILES[0]]
    open_form(page, live_server, article)

    type_at_end_of(page, "p:has(.gap)", " Indeed")
    save_form(page)

    first, *_rest = article.body.split("\n")
    assert first.count('<span class="gap">…</span>') == 3
    assert stored_body(article).split("\n")[0] == first.removesuffix("</p>") + " Indeed</p>"


def test_every_tag_and_attribute_that_is_stored_stands_in_the_samples() -> None:
    kept = "".join(KEPT)
    assert clean(kept) == kept
    equals = {"b", "i"}  # They become strong and em where the paragraph is changed.
    for tag in html._TAGS - equals:
        assert f"<{tag}>" in kept or f"<{tag} " in kept, tag
    for tag, names in html._ATTRIBUTES.items():
        for name in names:
            assert re.search(rf"<{tag} [^>]*{name}=", kept), (tag, name)


def test_the_editor_holds_all_that_is_stored(page: Page, live_server: LiveServer) -> None:
    body = "\n".join([*KEPT, "<p>The end.</p>"])
    article = make_article(body=body, status="draft")
    open_form(page, live_server, article)

    type_at_end_of(page, "> p:last-child", "!")
    save_form(page)

    assert stored_body(article) == body.replace("The end.", "The end.!")


@pytest.mark.walk
@pytest.mark.parametrize("block", KEPT[:-2])
def test_a_block_that_is_changed_keeps_its_tags(
    page: Page, live_server: LiveServer, block: str
) -> None:
    article = make_article(body=block, status="draft")
    open_form(page, live_server, article)

    page.focus(TEXT)
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowRight")
    # The editor hears of a caret that moved in a task of its own; no hand types before that.
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    page.keyboard.type("Z")
    save_form(page)

    after = stored_body(article)
    assert after.count("Z") == 1
    assert after.replace("Z", "") == block


def test_what_only_html_can_say_is_edited_as_html(page: Page, live_server: LiveServer) -> None:
    body = "<p>He said <q>she said <q>no</q></q>.</p>"
    article = make_article(body=body, status="draft")
    open_form(page, live_server, article)

    assert page.is_visible("#id_body")
    assert page.is_hidden(TEXT)
    assert "can only be shown as HTML" in page.inner_text(".body-told")
    page.fill("#id_body", body.replace("no", "yes"))
    page.click("[aria-label='Edit as HTML']")
    assert page.is_visible("#id_body")
    save_form(page)

    assert stored_body(article) == body.replace("no", "yes")


def test_html_is_edited_as_html_on_demand(page: Page, live_server: LiveServer) -> None:
    article = make_article(body="<p>One.</p>", status="draft")
    open_form(page, live_server, article)

    page.click("[aria-label='Edit as HTML']")
    assert page.input_value("#id_body") == "<p>One.</p>"
    page.fill("#id_body", "<h2>Two</h2><p>Three.</p>")
    page.click("[aria-label='Edit as HTML']")

    assert page.inner_text(f"{TEXT} h2") == "Two"
    type_at_end_of(page, "h2", "!")
    save_form(page)
    assert stored_body(article) == "<h2>Two!</h2><p>Three.</p>"


def test_a_body_in_plain_letters_is_read_as_paragraphs(page: Page, live_server: LiveServer) -> None:
    article = make_article(body="Loose <b>words</b>\n<p>and a paragraph.</p>", status="draft")
    open_form(page, live_server, article)

    assert page.locator(f"{TEXT} > p").all_inner_texts() == ["Loose words", "and a paragraph."]
    type_at_end_of(page, "> p:last-child", " More")
    save_form(page)
    assert stored_body(article) == "Loose <b>words</b>\n<p>and a paragraph. More</p>"


def test_lines_that_were_left_empty_are_no_paragraphs(page: Page, live_server: LiveServer) -> None:
    article = make_article(body="<p>One.</p>", status="draft")
    open_form(page, live_server, article)

    type_at_end_of(page, "p", "\n\n\nTwo.\n")
    save_form(page)
    assert stored_body(article) == "<p>One.</p>\n<p>Two.</p>"

    page.focus(TEXT)
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    save_form(page)
    assert stored_body(article) == ""


def test_a_browser_without_scripts_shows_a_box_that_saves() -> None:
    article = make_article(body="<p>One.</p>", status="draft")
    client: Client = sit_down()
    assert "&lt;p&gt;One.&lt;/p&gt;</textarea>" in client.get(form_of(article)).text

    save(client, article, body="<p>Two.</p>")

    assert stored_body(article) == "<p>Two.</p>"


def test_the_text_turns_as_soon_as_the_language_is_chosen(
    page: Page, live_server: LiveServer
) -> None:
    load_languages()
    open_form(page, live_server, make_article(status="draft"))

    for language, direction in (("ur", "rtl"), ("sd", "rtl"), ("en", "ltr")):
        page.select_option("#id_language", language)
        assert page.get_attribute(TEXT, "dir") == direction
        assert page.get_attribute(TEXT, "lang") == language
        assert page.evaluate(f"getComputedStyle(document.querySelector('{TEXT}')).direction") == (
            direction
        )


FACES = {"en": "Charter", "ur": '"Newsroom Nastaliq"', "sd": '"Newsroom Naskh"'}
LEADINGS = {"en": 1.6, "ur": 2.2, "sd": 1.8}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_stands_in_the_readers_face_and_lines(
    page: Page, live_server: LiveServer, language: str
) -> None:
    load_languages()
    open_form(page, live_server, make_article(language=language, status="draft"), language="ur")

    face, size, leading, ligatures = page.eval_on_selector(
        f"{TEXT} p",
        """(paragraph) => {
            const style = getComputedStyle(paragraph);
            const { fontFamily, fontSize, lineHeight, fontVariantLigatures } = style;
            return [fontFamily, parseFloat(fontSize), parseFloat(lineHeight), fontVariantLigatures];
        }""",
    )
    assert face.startswith(FACES[language])
    assert leading == pytest.approx(size * LEADINGS[language], abs=0.5)
    assert ligatures == "normal"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tools_speak_the_language_of_the_desk(
    page: Page, live_server: LiveServer, language: str
) -> None:
    load_languages()
    open_form(page, live_server, make_article(status="draft"), language)

    names = page.eval_on_selector_all(".body-tool", "all => all.map(each => each.ariaLabel)")
    assert len(names) == len(set(names)) == 15
    if language != "en":
        latin = re.compile("[A-Za-z]")
        assert [name for name in names if latin.search(name.replace("HTML", ""))] == []
    assert serious_findings(page) == []


@pytest.mark.parametrize(("language", "forward"), [("en", "ArrowRight"), ("ur", "ArrowLeft")])
def test_every_tool_is_reached_by_the_keyboard(
    page: Page, live_server: LiveServer, language: str, forward: str
) -> None:
    load_languages()
    open_form(page, live_server, make_article(status="draft"), language)
    focused = "document.activeElement.ariaLabel"

    page.focus("#id_standfirst")
    page.keyboard.press("Tab")
    first = page.evaluate(focused)
    reached = [first]
    for _step in range(14):
        page.keyboard.press(forward)
        reached.append(page.evaluate(focused))
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert page.evaluate(outline) == "solid"
    page.keyboard.press(forward)
    assert page.evaluate(focused) == first
    assert len(set(reached)) == 15

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_body_text"
    page.keyboard.press("Tab")
    assert page.evaluate(IS_BEHIND)


def test_a_tool_says_whether_it_is_pressed(page: Page, live_server: LiveServer) -> None:
    article = make_article(body="<p>One</p>", status="draft")
    open_form(page, live_server, article)
    strong = page.locator("[aria-label=Strong]")
    assert strong.get_attribute("aria-pressed") == "false"

    page.focus(TEXT)
    page.keyboard.press("Control+A")
    strong.click()
    assert strong.get_attribute("aria-pressed") == "true"
    page.click("[aria-label=Heading]")
    assert page.locator("[aria-label=Undo]").get_attribute("aria-disabled") == "false"
    save_form(page)

    assert stored_body(article) == "<h2><strong>One</strong></h2>"


def test_pressed_tools_are_told_apart_where_a_system_chooses_the_colours(
    page: Page, live_server: LiveServer
) -> None:
    page.emulate_media(forced_colors="active")
    open_form(page, live_server, make_article(body="<h2>One</h2>", status="draft"))
    page.focus(TEXT)
    page.wait_for_selector("[aria-label=Heading][aria-pressed=true]")

    grounds = [
        page.eval_on_selector(
            f"[aria-label={name}]", "tool => getComputedStyle(tool).backgroundColor"
        )
        for name in ("Heading", "Subheading", "Strong")
    ]

    assert grounds[0] != grounds[1] == grounds[2]


def test_a_list_does_not_hold_the_tab_key(page: Page, live_server: LiveServer) -> None:
    article = make_article(body="<ul><li>One</li><li>Two</li></ul>", status="draft")
    open_form(page, live_server, article)

    type_at_end_of(page, "li:last-child", "")
    page.keyboard.press("Tab")

    assert page.evaluate(IS_BEHIND)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://x.example/a?b=1", "https://x.example/a?b=1"),
        ("x.example/a", "https://x.example/a"),
        ("desk@x.example", "mailto:desk@x.example"),
        ("/en/latest/", "/en/latest/"),
    ],
)
def test_a_link_is_made_of_what_people_type(
    page: Page, live_server: LiveServer, typed: str, address: str
) -> None:
    article = make_article(body="<p>One</p>", status="draft")
    open_form(page, live_server, article)

    page.focus(TEXT)
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+K")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_body_text"
    save_form(page)

    link = f'<a href="{address}" rel="noopener noreferrer">One</a>'
    assert stored_body(article) == f"<p>{link}</p>"


def test_a_link_that_may_not_be_is_refused_in_a_sentence(
    page: Page, live_server: LiveServer
) -> None:
    open_form(page, live_server, make_article(body="<p>One</p>", status="draft"))
    page.focus(TEXT)
    page.keyboard.press("Control+A")

    page.click("[aria-label=Link]")
    page.fill("#desk-link-address", "javascript:alert(1)")
    page.keyboard.press("Enter")

    assert "A link leads to a web address" in page.inner_text(".desk-dialog [role=alert]")
    assert serious_findings(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector(".desk-dialog", state="detached")
    assert page.evaluate("document.activeElement.id") == "id_body_text"
    assert page.locator(f"{TEXT} a").count() == 0


ADDRESSES = [
    *("https://x.example", "HTTP://x.example/a b", "mailto:a@x.example", "tel:1", "/", "/a", "#a"),
    *(
        "?a",
        "",
        "a",
        "//x.example",
        "/\\x.example",
        "https:///x",
        "javascript:x",
        "data:x",
        "ftp:x",
    ),
    *("https://x.example\\y", " https://x.example ", "vbscript:x", "https:x.example"),
]


def test_the_editor_and_the_server_know_the_same_addresses(
    page: Page, live_server: LiveServer
) -> None:
    open_form(page, live_server, make_article(body="<p>One</p>", status="draft"))

    for address in ADDRESSES:
        link = f'<p><a href="{address}">One</a></p>'
        page.click("[aria-label='Edit as HTML']")
        page.fill("#id_body", link)
        page.click("[aria-label='Edit as HTML']")
        is_held = page.is_visible(TEXT) and page.locator(f"{TEXT} a").count() == 1
        assert is_held == ("href=" in clean(link)), address
        if page.is_visible("#id_body"):
            page.fill("#id_body", "")
            page.click("[aria-label='Edit as HTML']")


def test_the_form_works_under_the_policy_of_the_site(page: Page, live_server: LiveServer) -> None:
    """No script and no sheet stands in the page, and none is put there by the editor."""
    said: list[str] = []
    page.on("console", lambda told: said.append(told.text))
    open_form(page, live_server, make_article(body="<p>One</p>", status="draft"))
    page.click("[data-preview-toggle]")
    page.frame_locator(".preview iframe").locator("h1").wait_for()
    page.wait_for_selector("#headline-fit span")
    type_at_end_of(page, "p", " more")

    assert page.input_value("#id_body") == "<p>One more</p>"
    assert [each for each in said if "Content Security Policy" in each] == []


def test_a_text_that_is_put_into_the_box_is_shown(page: Page, live_server: LiveServer) -> None:
    """As a draft is, that is brought back."""
    open_form(page, live_server, make_article(body="<p>One</p>", status="draft"))

    page.eval_on_selector(
        "#id_body",
        """(box) => {
            box.value = "<p>Brought back</p>";
            box.dispatchEvent(new CustomEvent("desk:restored"));
        }""",
    )

    assert page.inner_text(TEXT) == "Brought back"
