"""A saved page becomes one honest article, or says why it does not."""

from __future__ import annotations

import datetime as dt

import pytest

from articles.captures import Hints
from articles.captures.formats.blocks import fragment
from articles.captures.formats.mail import decode_address
from tests.captures.formats import made

PKT = dt.timezone(dt.timedelta(hours=5))


def rule(draft, field):
    return next(one.rule for one in draft.evidence if one.field == field)


@pytest.mark.parametrize("language", ["en", "ur", "sd"])
def test_the_words_of_a_page_are_read_in_each_language(language):
    head = made.schema(
        headline=made.HEADLINES[language],
        datePublished="2023-07-29T10:00:00+05:00",
        author={"@type": "Person", "name": "Desk"},
    )
    (draft,) = made.parse(made.page(language=language, head=head)).drafts
    assert draft.headline == made.HEADLINES[language]
    assert draft.headline_origin == "captured"
    assert draft.published == dt.datetime(2023, 7, 29, 10, tzinfo=PKT)
    assert draft.language == language
    assert draft.paragraphs == made.BODIES[language]
    assert draft.byline == "Desk"
    assert not draft.held
    assert rule(draft, "headline") == "html.jsonld"
    assert rule(draft, "published") == "html.jsonld"


def test_opengraph_speaks_where_there_is_no_schema():
    head = (
        '<meta property="og:title" content="Rain fills the old reservoir - Valley Post">'
        '<meta property="og:site_name" content="Valley Post">'
        '<meta property="article:published_time" content="2023-07-29T05:00:00Z">'
    )
    (draft,) = made.parse(made.page(head=head)).drafts
    assert draft.headline == made.HEADLINES["en"]
    assert rule(draft, "headline") == "html.opengraph"
    assert draft.published == dt.datetime(2023, 7, 29, 5, tzinfo=dt.UTC)


def test_without_machine_words_the_heading_and_the_printed_date_are_read():
    body = (
        f"<h1>{made.HEADLINES['en']}</h1><div>Posted on: 29 July 2023</div><div class=story>"
        + "".join(f"<p>{text}</p>" for text in made.ENGLISH)
        + "</div><div><a href=1>Snow in May</a> <a href=2>Wind in June</a></div>"
    )
    (draft,) = made.parse(made.page(body)).drafts
    assert draft.headline == made.HEADLINES["en"]
    assert draft.published == dt.date(2023, 7, 29)
    assert draft.paragraphs == made.ENGLISH


def test_a_dateline_is_a_field_and_no_part_of_the_body():
    body = f"<article><h1>{made.HEADLINES['en']}</h1><p>SUKKUR: {made.ENGLISH[0]}</p></article>"
    (draft,) = made.parse(made.page(body)).drafts
    assert draft.dateline == "SUKKUR"
    assert draft.paragraphs == (made.ENGLISH[0],)


def test_menus_asides_captions_scripts_and_hidden_words_are_not_the_story():
    story = "".join(f"<p>{text}</p>" for text in made.ENGLISH)
    noise = (
        "<aside><p>An aside that tells of something else at quite some length today.</p></aside>"
        "<figure><img src=x><figcaption>A caption of the picture of the dam.</figcaption></figure>"
        "<p hidden>Words that the page hides from every reader who comes here.</p>"
        '<p style="display:none">Words that the page hides in another way from them.</p>'
        "<script>var words = 'Words of a script that nobody reads aloud.'</script>"
        "<noscript><p>Please turn scripts on to read the whole of this page.</p></noscript>"
        '<p><a href="/x">Read more: nine ways to keep your garden green in May</a></p>'
    )
    (draft,) = made.parse(made.page(f"<article>{noise}{story}{noise}</article>")).drafts
    assert draft.paragraphs == made.ENGLISH


def test_a_hidden_address_is_decoded_and_a_broken_one_is_a_gap():
    code = bytes([0x4B, *(byte ^ 0x4B for byte in b"desk@example.org")]).hex()
    body = (
        f"<article><p>{made.ENGLISH[0]}</p><p>Write to <a class='__cf_email__' "
        f"data-cfemail='{code}'>[email&#160;protected]</a> with your pictures of it all.</p>"
        "<p>Or to <a class='__cf_email__' data-cfemail='zz'>[email&#160;protected]</a> if the "
        "first of the two does not answer.</p></article>"
    )
    (draft,) = made.parse(made.page(body)).drafts
    assert "Write to desk@example.org with your pictures" in draft.paragraphs[1]
    assert draft.gaps == 1
    assert "\ufffc" in draft.paragraphs[2]
    assert "protected" not in "".join(draft.paragraphs)


def test_an_address_hidden_in_a_link_is_decoded():
    code = bytes([7, *(byte ^ 7 for byte in b"a@example.org?subject=x")]).hex()
    html = f'<p>Ask <a href="/cdn-cgi/l/email-protection#{code}"><span>[email]</span></a> now.'
    assert fragment(html) == ["Ask a@example.org now."]


@pytest.mark.parametrize("code", ["", "zz", "4b", "4b4b", "00" * 5000])
def test_a_code_that_hides_no_address_decodes_to_nothing(code):
    assert decode_address(code) == ""


def test_a_cp1256_page_is_read_whether_or_not_it_says_so():
    words = "ٹھنڈی بارش سے پرانا تالاب بھر گیا، انجینئروں نے بتایا کہ بند کو کوئی خطرہ نہیں"
    raw = words.replace("ی", "ي").encode("cp1256", "xmlcharrefreplace")
    for declared in (b'<meta charset="windows-1256">', b""):
        page = b"<html><head>" + declared + b"</head><body><p>" + raw + b"</p></body></html>"
        (draft,) = made.parse(page).drafts
        assert "تالاب" in "".join((draft.headline, *draft.paragraphs))
        assert draft.language == "ur"


def test_a_page_that_names_the_wrong_character_set_is_read_by_its_bytes():
    raw = made.page(language="sd").replace(b'charset="utf-8"', b'charset="iso-8859-1"')
    (draft,) = made.parse(raw).drafts
    assert draft.paragraphs == made.SINDHI


@pytest.mark.parametrize("charset", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_wins(charset):
    raw = made.page(language="ur").decode().encode(charset)
    (document,) = made.unpack(raw)
    assert document.media_type == "text/html"
    assert made.check(document).drafts[0].paragraphs == made.URDU


def test_a_declared_language_never_overrules_the_letters():
    raw = made.page(language="sd").replace(b'lang="sd"', b'lang="en"')
    (draft,) = made.parse(raw).drafts
    assert draft.language == "sd"


def test_relative_times_and_epochs_are_no_dates():
    for value in (
        "2 hours ago",
        "yesterday",
        "1970-01-01T00:00:00Z",
        "0000-00-00",
        "2023",
        "29 July",
    ):
        head = made.schema(headline=made.HEADLINES["en"], datePublished=value)
        (draft,) = made.parse(made.page(head=head)).drafts
        assert draft.published is None
        assert draft.held


def test_the_time_of_a_related_story_is_not_taken():
    related = '<article><a href=1>Old</a><time datetime="2001-01-01">2001</time></article>'
    body = (
        f"{related}<article><h1>{made.HEADLINES['en']}</h1><time datetime='2023-07-29'>x</time>"
        + "".join(f"<p>{text}</p>" for text in made.ENGLISH)
        + f"</article>{related}"
    )
    (draft,) = made.parse(made.page(body)).drafts
    assert draft.published == dt.date(2023, 7, 29)


def test_what_the_manifest_says_wins():
    hints = Hints(headline="Another headline", published=dt.date(2020, 1, 2), byline="A. Writer")
    head = made.schema(headline=made.HEADLINES["en"], datePublished="2023-07-29")
    (draft,) = made.parse(made.page(head=head), hints=hints).drafts
    assert (draft.headline, draft.headline_origin) == ("Another headline", "manifest")
    assert draft.published == dt.date(2020, 1, 2)
    assert draft.byline == "A. Writer"
    assert rule(draft, "headline") == "headline.manifest"


@pytest.mark.parametrize("embargo", ["soon", "", 7, "2023-07-29", "2023-07-29T10:00:00"])
def test_an_unreadable_embargo_on_a_page_withholds_the_story(embargo):
    head = made.schema(
        headline=made.HEADLINES["en"], datePublished="2023-07-29", embargoedUntil=embargo
    )
    (draft,) = made.parse(made.page(head=head)).drafts
    assert draft.pub_status == "withheld"
    assert any("embargo" in reason for reason in draft.reasons)


def test_a_page_without_text_is_rejected_with_a_sentence():
    parsed = made.parse(b"<!doctype html><html><body><div id=app></div></body></html>")
    assert parsed.kind == "reject"
    assert "holds no text" in parsed.reason


def test_broken_schema_is_passed_by():
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
    deep = '<script type="application/ld+json">' + "[" * 50_000 + "</script>"
    (draft,) = made.parse(made.page(head=head + deep)).drafts
    assert draft.headline == made.HEADLINES["en"]


def test_a_line_break_of_an_old_page_parts_paragraphs():
    body = f"<h1>{made.HEADLINES['en']}</h1><font><td>" + "<br><br>".join(made.ENGLISH) + "</font>"
    (draft,) = made.parse(made.page(body)).drafts
    assert draft.paragraphs == made.ENGLISH


def test_the_address_that_a_browser_noted_is_kept():
    raw = made.page().replace(
        b"<html", b"<!-- saved from url=(0026)https://example.org/2023/x -->\n<html"
    )
    (draft,) = made.parse(raw).drafts
    assert draft.target_uri == "https://example.org/2023/x"
