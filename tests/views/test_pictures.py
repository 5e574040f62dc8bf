"""Pictures on the readers' pages and in all that tells of an article."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import feedparser
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.actions import change_picture
from articles.models import Image
from articles.text.bidi import strip_controls
from articles.views.figures import FIGURES_A_PAGE
from tests.factories import (
    FIGURES,
    make_article,
    make_editor,
    make_figure,
    make_gallery,
    make_image,
    make_section,
)
from tests.pictures.made import drawn, encoded, photograph
from tests.views.pages import CODES, Page
from tests.views.test_renditions import ITEM, faults, item_of

WIDE = photograph(1400, 900)
CREDIT = "Photo: A. Khan"


def figures_on(page: Page) -> list[dict[str, str]]:
    return [each for each in page.all("figure") if each.get("id", "").startswith("large-")]


@pytest.mark.parametrize("code", CODES)
def test_a_figure_stands_above_the_text_with_its_caption_and_credit(client, code):
    article = make_article(language=code)
    make_figure(article, image=make_image(credit=CREDIT))
    response = client.get(article.get_absolute_url())
    page, html = Page(response), response.content.decode()
    (picture,) = page.all("img")
    assert picture["alt"] == FIGURES[code][0]
    assert FIGURES[code][1] in strip_controls(page.text)
    assert CREDIT in page.text
    assert html.index("<figure") < html.index('class="body"')


def test_a_browser_is_offered_the_better_formats_first_and_one_that_all_read(client):
    article = make_article()
    image = make_figure(article, image=make_image(data=WIDE)).image
    page = Page(client.get(article.get_absolute_url()))
    assert [each["type"] for each in page.all("source")] == ["image/avif", "image/webp"]
    (picture,) = page.all("img")
    assert picture["src"].endswith(".jpg")
    for each in [*page.all("source"), picture]:
        for url, width in re.findall(r"(\S+) (\d+)w", each["srcset"]):
            answer = client.get(url)
            assert answer.status_code == 200
            assert f"-{width}." in url
    assert (int(picture["width"]), int(picture["height"])) == (image.width, image.height)


def test_only_the_first_picture_is_fetched_before_it_is_near(client):
    article = make_article()
    for _number in range(3):
        make_figure(article)
    first, *others = Page(client.get(article.get_absolute_url())).all("img")
    assert first["fetchpriority"] == "high"
    assert "loading" not in first
    assert [each["loading"] for each in others] == ["lazy", "lazy"]
    assert not any("fetchpriority" in each for each in others)


def test_figures_come_in_the_order_that_the_editor_gave_them(client):
    article = make_article()
    for place in (3, 1, 2):
        make_figure(article, position=place, alt_text=f"at {place}")
    page = Page(client.get(article.get_absolute_url()))
    assert [each["alt"] for each in page.all("img")] == ["at 1", "at 2", "at 3"]
    assert [each["id"] for each in figures_on(page)] == ["large-1", "large-2", "large-3"]


@pytest.mark.parametrize("code", CODES)
def test_a_picture_that_is_not_rendered_yet_is_told_in_words(client, code):
    article = make_article(language=code)
    figure = make_figure(article)
    Image.objects.update(rendered_as="", fallback_as="")
    page = Page(client.get(article.get_absolute_url()))
    assert page.all("img") == []
    assert figure.alt_text in strip_controls(page.text)
    assert figure.caption in strip_controls(page.text)
    for path in (f"/{code}/", f"/{code}/latest/"):
        assert "<img" not in client.get(path).content.decode()


def test_a_picture_of_which_only_jpegs_are_made_is_shown_in_them(client):
    article = make_article()
    make_figure(article)
    Image.objects.update(rendered_as="")
    page = Page(client.get(article.get_absolute_url()))
    assert len(page.all("img")) == 1
    assert page.all("source") == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("way", [{"path": "?lite"}, {"headers": {"save-data": "on"}}])
def test_a_lite_page_has_the_words_of_a_picture_and_a_link_to_it(client, code, way):
    article = make_article(language=code, section=make_section(language=code, slug="culture"))
    figure = make_figure(article, image=make_image(credit=CREDIT))
    for path in (article.get_absolute_url(), f"/{code}/", f"/{code}/latest/"):
        page = Page(client.get(path + way.get("path", ""), headers=way.get("headers")))
        assert page.all("img") == page.all("source") == page.all("picture") == []
    page = Page(client.get(article.get_absolute_url() + "?lite"))
    for words in (figure.alt_text, figure.caption, CREDIT):
        assert words in strip_controls(page.text)
    (link,) = [link for link in page.links if link.startswith("/media/")]
    assert client.get(link)["Content-Type"] == "image/jpeg"
    assert page.all("script", src="/static/pictures/lightbox.js") == []


def test_a_page_without_pictures_has_no_script_for_them(client):
    plain = Page(client.get(make_article().get_absolute_url()))
    assert not any("lightbox" in each.get("src", "") for each in plain.all("script"))


# Galleries ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_a_long_gallery_comes_in_pages_and_no_picture_is_left_out(client, code):
    article = make_gallery(2 * FIGURES_A_PAGE + 3, code)
    path = article.get_absolute_url()
    found: list[str] = []
    for query in ("", "?pictures=2", "?pictures=3"):
        page = Page(client.get(path + query))
        found += [each["id"] for each in figures_on(page)]
        assert page.canonical == f"{settings.SITE_URL}{path}{query}"
        assert bool(page.alternates) is (query == "")
    assert found == [f"large-{number}" for number in range(1, 2 * FIGURES_A_PAGE + 4)]
    first, last = Page(client.get(path)), Page(client.get(path + "?pictures=3"))
    assert first.all("a", rel="next")[-1]["href"] == f"{path}?pictures=2"
    assert [each["href"] for each in last.all("a", rel="prev")][-1] == f"{path}?pictures=2"


def test_every_enlarged_picture_leads_to_its_neighbours_over_the_edge_of_a_page(client):
    article = make_gallery(FIGURES_A_PAGE + 2)
    path = article.get_absolute_url()
    ways: dict[int, dict[str, str]] = {}
    for query in ("", "?pictures=2"):
        html = client.get(path + query).content.decode()
        for number, figure in re.findall(r'<figure id="large-(\d+)".*?>(.*?)</figure>', html, re.S):
            links = re.findall(r'<a href="([^"]+)" rel="(prev|next)"', figure)
            ways[int(number)] = {rel: href for href, rel in links}
            assert f'href="#picture-{number}"' in figure
            assert f'id="picture-{number}"' in html
    assert "prev" not in ways[1]
    assert "next" not in ways[len(ways)]
    for one, other in pairwise(sorted(ways)):
        is_edge = one == FIGURES_A_PAGE
        assert ways[one]["next"] == (f"{path}?pictures=2" if is_edge else "") + f"#large-{other}"
        assert ways[other]["prev"] == (path if is_edge else "") + f"#large-{one}"


@pytest.mark.parametrize(
    "asked", ["0", "1", "3", "-2", "x", "", "2.0", "٢", "02", "9" * 400, "%00"]
)
def test_a_page_of_pictures_that_there_is_not_is_a_404(client, asked):
    article = make_gallery(FIGURES_A_PAGE + 1)
    assert client.get(f"{article.get_absolute_url()}?pictures={asked}").status_code == 404
    assert client.get(f"{article.get_absolute_url()}?pictures=2").status_code == 200


def test_a_later_page_of_pictures_does_not_repeat_the_text(client):
    article = make_gallery(FIGURES_A_PAGE + 1)
    first = client.get(article.get_absolute_url()).content.decode()
    later = client.get(f"{article.get_absolute_url()}?pictures=2").content.decode()
    assert 'class="body"' in first
    assert 'class="body"' not in later
    assert "Pictures 13 to 13 of 13" in later
    assert re.search(r"<title>[^<]*: pictures 13 to 13 · ", later)


# Lists -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_lists_show_the_first_picture_beside_the_headline_and_say_nothing_twice(client, code):
    article = make_article(language=code, section=make_section(language=code, slug="culture"))
    make_figure(article)
    make_figure(article)
    day = article.published_at.strftime("%Y/%m/%d")
    for path in ("", "latest/", "section/culture/", f"archive/{day}/"):
        page = Page(client.get(f"/{code}/{path}"))
        (link,) = page.all("a", **{"class": "thumb"})
        assert link["href"] == article.get_absolute_url()
        assert (link["tabindex"], link["aria-hidden"]) == ("-1", "true")
        (picture,) = page.all("img")
        assert picture["alt"] == ""
        assert "-3x2-" in picture["src"]


@pytest.mark.parametrize("path", ["/en/", "/en/latest/", "/en/section/culture/"])
def test_a_list_costs_no_query_more_for_its_pictures(client, path):
    section = make_section(slug="culture")
    articles = [make_article(section=section) for _number in range(20)]
    plain = count_queries(client, path)
    for article in articles:
        make_figure(article)
        make_figure(article)
    assert count_queries(client, path) == plain
    assert len(Page(client.get(path)).all("img")) > 2


def count_queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


# What tells of an article ------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_other_sites_show_the_first_picture_with_its_size_and_words(client, code):
    article = make_article(language=code)
    make_figure(article, image=make_image(data=WIDE))
    page = Page(client.get(article.get_absolute_url()))
    told = {each["property"]: each["content"] for each in page.all("meta") if "property" in each}
    assert told["og:image"].startswith(f"{settings.SITE_URL}/media/")
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert strip_controls(told["og:image:alt"]) == FIGURES[code][0]
    answer = client.get(told["og:image"].removeprefix(settings.SITE_URL))
    assert answer["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("code", CODES)
def test_search_engines_are_told_of_the_picture_and_whose_it_is(client, code):
    article = make_article(language=code)
    make_figure(article, image=make_image(credit=CREDIT, copyright_notice="© Agency"))
    html = client.get(article.get_absolute_url()).content.decode()
    node, *_others = (json.loads(each) for each in re.findall(r'ld\+json">(.*?)</script>', html))
    (image,) = node["image"]
    assert image["@type"] == "ImageObject"
    assert image["url"].startswith(f"{settings.SITE_URL}/media/")
    assert strip_controls(image["creditText"]) == CREDIT
    assert strip_controls(image["copyrightNotice"]) == "© Agency"
    assert strip_controls(image["caption"]) == FIGURES[code][1]
    assert (image["width"], image["height"]) == (180, 120)


@pytest.mark.parametrize("code", CODES)
def test_pictures_are_associations_of_a_ninjs_item(client, code):
    article = make_article(language=code)
    figure = make_figure(
        article, image=make_image(credit=CREDIT, copyright_notice="© A", usage_terms="Ask first")
    )
    item = item_of(client, article)
    assert faults(item, ITEM) == []
    (picture,) = item["associations"]
    assert picture["type"] == "picture"
    assert (picture["by"], picture["copyrightNotice"]) == (CREDIT, "© A")
    assert picture["usageTerms"] == "Ask first"
    said = {each["role"]: each["value"] for each in picture["descriptions"]}
    assert said == {"caption": figure.caption, "altText": figure.alt_text}
    for rendition in picture["renditions"]:
        answer = client.get(rendition["href"].removeprefix(settings.SITE_URL))
        assert answer["Content-Type"] == rendition["contentType"]


@pytest.mark.parametrize("code", CODES)
def test_plain_text_tells_what_a_picture_shows_and_whose_it_is(client, code):
    article = make_article(language=code)
    figure = make_figure(article, image=make_image(credit=CREDIT))
    text = strip_controls(client.get(f"/{code}/{article.pk}.txt").content.decode())
    for words in (figure.alt_text, figure.caption, CREDIT):
        assert words in text


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_feed_carries_the_pictures(client, code, form):
    article = make_article(language=code)
    figure = make_figure(article, image=make_image(credit=CREDIT))
    make_figure(article)
    answer = client.get(f"/{code}/latest/{form}")
    if form == "json":
        (entry,) = json.loads(answer.content)["items"]
        address, html = entry["image"], entry["content_html"]
    else:
        parsed = feedparser.parse(answer.content)
        assert not parsed.bozo
        (entry,) = parsed.entries
        (media,) = entry.media_content
        assert media["medium"] == "image"
        assert CREDIT in strip_controls(str(entry.media_credit))
        address, html = media["url"], entry.content[0].value
    assert address.startswith(f"{settings.SITE_URL}/media/")
    assert html.count("<img") == 2
    assert figure.alt_text in html
    assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200


def test_a_feed_is_fetched_again_when_a_picture_or_its_words_change(client):
    article = make_article()
    figure = make_figure(article)
    seen = {client.get("/en/latest/rss")["ETag"]}
    figure.caption = "Another caption"
    figure.save()
    seen.add(client.get("/en/latest/rss")["ETag"])
    image = Image.objects.get()
    image.credit = "Another"
    change_picture(image=image, by=make_editor())
    seen.add(client.get("/en/latest/rss")["ETag"])
    Image.objects.update(rendered_as="", fallback_as="")
    seen.add(client.get("/en/latest/rss")["ETag"])
    assert len(seen) == 4


def test_an_embedded_link_has_a_thumbnail(client):
    article = make_article()
    make_figure(article)
    url = settings.SITE_URL + article.get_absolute_url()
    told = json.loads(client.get("/oembed", {"url": url}).content)
    assert told["thumbnail_url"].startswith(f"{settings.SITE_URL}/media/")
    assert {"thumbnail_width", "thumbnail_height"} <= told.keys()


def test_nothing_that_is_said_of_a_picture_becomes_markup(client):
    hostile = '"><script>alert(1)</script>'
    article = make_article()
    image = make_image(data=encoded(drawn(180, 120)), credit=hostile, copyright_notice=hostile)
    make_figure(article, image=image, alt_text=hostile, caption=hostile)
    for path in (
        article.get_absolute_url(),
        article.get_absolute_url() + "?lite",
        "/en/latest/",
        "/en/latest/rss",
        "/en/latest/atom",
    ):
        content = client.get(path).content.decode()
        assert "<script>alert" not in content.replace("&amp;lt;", "&lt;"), path
