"""Feeds: whole texts that any reader understands, fetched again only when something changed."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone

from articles.actions import withdraw
from articles.converters import FEEDS
from articles.feeds.answering import LENGTH
from articles.models import Article, Source
from articles.text.links import absolute_links
from tests.factories import (
    TEXTS,
    WHEN,
    WHY,
    make_article,
    make_editor,
    make_section,
    make_source,
)
from tests.views.pages import CODES, Page

FORMS = list(FEEDS)
XML = ["rss", "atom"]
NUMBER = "021-99203271"
GAP = '<span class="gap">…</span>'


def read(response) -> feedparser.FeedParserDict:
    """What a feed reader makes of it, with nothing forgiven and nothing taken out."""
    content = response.content
    if response["Content-Type"].startswith("application/feed+json"):
        return json.loads(content)
    parsed = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def bodies(response) -> list[str]:
    parsed = read(response)
    if "items" in parsed and "version" in parsed and "entries" not in parsed:
        return [item["content_html"] for item in parsed["items"]]
    return [entry.content[-1].value for entry in parsed.entries]


def ids(response) -> list[str]:
    parsed = read(response)
    return [item["id"] for item in parsed.get("entries") or parsed.get("items") or []]


def at(moment: datetime) -> tuple[int, ...]:
    return tuple(moment.astimezone(UTC).timetuple()[:6])


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("form", XML)
def test_a_feed_reader_finds_the_whole_text_in_its_language_and_direction(
    client, settings, editions, code, form
):
    section = make_section(language=code, slug="culture", title="Culture")
    article = make_article(language=code, section=section, standfirst="First.", byline="A. Writer")
    response = client.get(f"/{code}/latest/{form}")
    assert response.status_code == 200
    assert response["Content-Type"] == f"{FEEDS[form].media_type}; charset=utf-8"
    feed = read(response)
    assert feed.feed.language == code
    assert feed.feed.link == f"{settings.SITE_URL}/{code}/latest/"
    own = [link.href for link in feed.feed.links if link.rel == "self"]
    assert own == [f"{settings.SITE_URL}/{code}/latest/{form}"]
    (entry,) = feed.entries
    assert TEXTS[code][0] in entry.title
    assert entry.link == settings.SITE_URL + article.get_absolute_url()
    assert "A. Writer" in entry.author
    assert re.sub("[\u2066-\u2069]", "", entry.tags[0].term) == "Culture"
    assert tuple(entry.published_parsed[:6]) == at(WHEN)
    html = entry.content[-1].value
    direction = editions[code].direction
    assert html.startswith(f'<div lang="{code}" dir="{direction}">')
    assert TEXTS[code][1] in html
    assert "First." in re.sub("<[^>]+>", "", html)
    root = ElementTree.fromstring(response.content)  # noqa: S314  Our own document.
    assert root.get("{http://www.w3.org/2005/11/its}dir") == direction
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == code


@pytest.mark.parametrize("code", CODES)
def test_the_json_feed_says_the_same(client, settings, code):
    article = make_article(language=code, byline="A. Writer")
    response = client.get(f"/{code}/latest/json")
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == code
    assert feed["home_page_url"] == f"{settings.SITE_URL}/{code}/latest/"
    assert feed["feed_url"] == f"{settings.SITE_URL}/{code}/latest/json"
    (item,) = feed["items"]
    assert item["url"] == settings.SITE_URL + article.get_absolute_url()
    assert datetime.fromisoformat(item["date_published"]) == WHEN
    assert item["language"] == code
    assert TEXTS[code][1] in item["content_html"]
    assert isinstance(item["id"], str)
    assert all(item.values())


@pytest.mark.parametrize("form", FORMS)
def test_each_list_has_a_feed_of_its_own_articles(client, form):
    culture, press = make_section(slug="culture"), make_source(slug="press")
    mine = make_article(section=culture, source=press)
    make_article(source=press)
    make_article(section=culture)
    make_article(language="ur", source=press)
    for path, wanted in (("latest", 3), ("section/culture", 2), ("source/press", 2)):
        response = client.get(f"/en/{path}/{form}")
        assert response.status_code == 200, path
        assert len(ids(response)) == wanted
        assert any(f"/{mine.pk}" in each for each in ids(response))


@pytest.mark.parametrize("form", FORMS)
def test_readers_are_told_of_nothing_that_they_may_not_see(client, form):
    for hidden in (
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.WITHDRAWN},
        {"published_at": timezone.now() + timedelta(hours=1)},
    ):
        make_article(headline="canary", body="<p>canary</p>", standfirst="canary", **hidden)
    assert b"canary" not in client.get(f"/en/latest/{form}").content


@pytest.mark.parametrize("form", FORMS)
def test_an_entry_keeps_its_name_when_everything_else_changes(client, form):
    article = make_article()
    before = ids(client.get(f"/en/latest/{form}"))
    article.headline, article.body = "Another headline", "<p>Another text.</p>"
    article.save()
    after = client.get(f"/en/latest/{form}")
    assert ids(after) == before
    assert before[0].startswith("tag:")
    assert "Another text." in bodies(after)[0]


@pytest.mark.parametrize("form", XML)
def test_a_feed_was_updated_when_its_newest_word_was(client, form):
    article = make_article()
    make_article(published_at=WHEN - timedelta(days=1))
    later = WHEN + timedelta(days=2)
    Article.objects.filter(pk=article.pk).update(updated_at=later)
    feed = read(client.get(f"/en/latest/{form}"))
    assert tuple(feed.feed.updated_parsed[:6]) == at(later)
    assert tuple(feed.entries[0].updated_parsed[:6]) == at(later)
    assert tuple(feed.entries[1].updated_parsed[:6]) == at(WHEN - timedelta(days=1))


@pytest.mark.parametrize("code", ["ur", "sd"])
@pytest.mark.parametrize("form", FORMS)
def test_a_telephone_number_is_isolated_in_a_title_and_in_the_text(client, code, form):
    make_article(language=code, headline=f"نمبر {NUMBER}", body=f"<p>نمبر {NUMBER}</p>")
    response = client.get(f"/{code}/latest/{form}")
    assert f"نمبر \u2066{NUMBER}\u2069" in response.content.decode()
    assert f'<bdi dir="ltr" class="number">{NUMBER}</bdi>' in bodies(response)[0]


@pytest.mark.parametrize("code", ["ur", "sd"])
@pytest.mark.parametrize("form", FORMS)
def test_a_name_in_another_language_is_isolated(client, code, form):
    make_article(language=code, source=make_source(slug="press", name="Example Press"))
    response = client.get(f"/{code}/source/press/{form}")
    text = response.content.decode()
    assert text.count("\u2068Example Press\u2069") == 2  # The feed's name and the author's.
    assert '<bdi lang="en" dir="ltr"' in bodies(response)[0]


@pytest.mark.parametrize("form", FORMS)
def test_lost_words_are_seen_without_our_stylesheet(client, form):
    make_article(body=f"<p>Before {GAP} after.</p>")
    (html,) = bodies(client.get(f"/en/latest/{form}"))
    assert "[…]" in html
    assert 'class="gap"' not in html


@pytest.mark.parametrize("form", FORMS)
def test_links_lead_on_from_anywhere(client, settings, form):
    body = (
        '<p><a href="/en/latest/?a=1&amp;b=2">a</a> <a href="#x">b</a> <a href="?y">c</a>'
        ' <a href="https://press.example/1">d</a> <a href="mailto:a@press.example">e</a></p>'
    )
    article = make_article(body=body)
    (html,) = bodies(client.get(f"/en/latest/{form}"))
    here = settings.SITE_URL + article.get_absolute_url()
    hrefs = re.findall(r'href="([^"]*)"', html)
    assert hrefs == [
        f"{settings.SITE_URL}/en/latest/?a=1&amp;b=2",
        f"{here}#x",
        f"{here}?y",
        "https://press.example/1",
        "mailto:a@press.example",
    ]


def test_a_link_that_cannot_be_joined_stays_as_it_is():
    html = '<a href="http://[">x</a> <abbr title="&lt;a href=&quot;/y&quot;">z</abbr>'
    assert absolute_links(html, "https://a.example/b/") == html


@pytest.mark.parametrize("form", XML)
def test_nothing_in_a_text_breaks_the_document(client, form):
    nasty = "]]> <b> & \" ' <!-- --> &amp; <?pi?> \u0000\u0008\u000b\ufffe\uffff \u2028"
    article = make_article(byline="x")
    shown = nasty.replace("\0", "")
    Article.objects.filter(pk=article.pk).update(
        headline=shown, standfirst=shown, byline=shown, body="<p>]]&gt; \u0008 ok</p>"
    )
    feed = read(client.get(f"/en/latest/{form}"))
    assert (
        ']]> <b> & "'
        in ElementTree.fromstring(  # noqa: S314  Our own document.
            client.get(f"/en/latest/{form}").content
        )
        .find(".//item/title" if form == "rss" else ".//{*}entry/{*}title")
        .text
    )
    assert "]]&gt;" in feed.entries[0].content[-1].value


@pytest.mark.parametrize("form", FORMS)
def test_a_story_names_its_other_languages(client, settings, form):
    article = make_article(language="en")
    sister = make_article(language="ur", story=article.story)
    make_article(language="sd", story=article.story, status=Article.Status.DRAFT)
    response = client.get(f"/en/latest/{form}")
    others = f'<{settings.SITE_URL}/ur/latest/{form}>; rel="alternate"; hreflang="ur"'
    assert others in response["Link"]
    if form != "json":
        (entry,) = read(response).entries
        links = {link.hreflang: link.href for link in entry.links if link.get("hreflang")}
        assert links == {"ur": settings.SITE_URL + sister.get_absolute_url()}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["latest", "section/culture", "source/press"])
def test_what_a_reader_has_already_is_not_built_again(
    client, django_assert_num_queries, form, kind
):
    section, source = make_section(slug="culture"), make_source(slug="press")
    for _number in range(LENGTH + 2):
        make_article(section=section, source=source)
    path = f"/en/{kind}/{form}"
    edition = 3 if kind.startswith("source") else 2
    with django_assert_num_queries(edition + 6):
        response = client.get(path)
    assert len(ids(response)) == LENGTH
    for headers in (
        {"If-None-Match": response["ETag"]},
        {"If-None-Match": response["ETag"], "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):
        with django_assert_num_queries(edition + 3) as captured:
            again = client.get(path, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == response["ETag"]
        assert not any('"body"' in query["sql"] for query in captured.captured_queries)


CHANGES = {
    "another headline": lambda each: Article.objects.update(headline="Another", version=2),
    "another text": lambda each: Article.objects.update(body="<p>Another.</p>", version=3),
    "withdrawn": lambda each: withdraw(article=each, by=make_editor(), notice=WHY),
    "deleted": lambda each: Article.objects.all().delete(),
    "its source renamed": lambda each: Source.objects.update(name="Another"),
    "a translation": lambda each: make_article(language="ur", story=each.story),
    "an old one published": lambda each: make_article(
        published_at=WHEN - timedelta(days=400), modified_at=WHEN - timedelta(days=400)
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_fetched(client, form, change):
    article = make_article(source=make_source(), modified_at=WHEN)
    before = client.get(f"/en/latest/{form}")
    assert "Last-Modified" not in before  # No time that is stored tells of every change.
    CHANGES[change](article)
    told = {"If-None-Match": before["ETag"], "If-Modified-Since": "Fri, 31 Dec 2100 00:00:00 GMT"}
    again = client.get(f"/en/latest/{form}", headers=told)
    assert again.status_code == 200
    assert again["ETag"] != before["ETag"]


@pytest.mark.parametrize("form", FORMS)
def test_a_scheduled_article_changes_the_feed_when_its_time_comes(client, form, time_machine):
    time_machine.move_to(WHEN, tick=False)
    make_article(published_at=WHEN + timedelta(minutes=5), modified_at=WHEN - timedelta(days=1))
    before = client.get(f"/en/latest/{form}")
    time_machine.shift(600)
    response = client.get(f"/en/latest/{form}", headers={"If-None-Match": before["ETag"]})
    assert response.status_code == 200


@pytest.mark.parametrize("form", XML)
def test_a_browser_is_given_xml_that_it_shows_and_a_feed_reader_its_own_type(client, form):
    make_article()
    browser = client.get(
        f"/en/latest/{form}",
        headers={"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
    )
    assert browser["Content-Type"] == "application/xml; charset=utf-8"
    assert b'<?xml-stylesheet href="/static/css/feed.css" type="text/css"?>' in browser.content
    for accept in ("*/*", "", f"{FEEDS[form].media_type}, text/html;q=0.5"):
        reader = client.get(f"/en/latest/{form}", headers={"Accept": accept})
        assert reader["Content-Type"].startswith(FEEDS[form].media_type)
        assert reader["ETag"] != browser["ETag"]
    assert browser["Vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_sets_no_cookie_and_answers_reading_only(client, form):
    make_article()
    path = f"/ur/latest/{form}"
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == response["ETag"]
    assert head["Content-Length"] == str(len(response.content))
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("form", FORMS)
def test_a_feed_with_nothing_to_tell_is_a_feed(client, code, form):
    make_section(language=code, slug="culture")
    for path in ("latest", "section/culture"):
        first, second = client.get(f"/{code}/{path}/{form}"), client.get(f"/{code}/{path}/{form}")
        assert ids(first) == []
        assert first.content == second.content


@pytest.mark.parametrize(
    "path",
    [
        "latest/rdf", "latest/RSS", "latest/rss/", "section/nowhere/rss", "source/nobody/atom",
        "section/%00/rss", "latest/rss%00", "latest/rss.xml", "source/%ed%a0%80/json",
        "section/" + "a" * 3000 + "/rss",
    ],
)  # fmt: skip
def test_what_is_no_feed_is_a_404(client, path):
    make_article()
    assert client.get(f"/en/{path}").status_code == 404


@pytest.mark.parametrize("code", CODES)
def test_pages_name_their_feeds(client, settings, code):
    section = make_section(language=code, slug="culture", title="Culture")
    article = make_article(language=code, section=section, source=make_source(slug="press"))
    for path, own in (
        (f"/{code}/", "latest"),
        (f"/{code}/latest/", "latest"),
        (f"/{code}/section/culture/", "section/culture"),
        (f"/{code}/source/press/", "source/press"),
        (article.get_absolute_url(), "latest"),
    ):
        page = Page(client.get(path))
        for form, feed in FEEDS.items():
            (link,) = page.all("link", rel="alternate", type=feed.media_type)
            assert link["href"] == f"{settings.SITE_URL}/{code}/{own}/{form}"
            assert link["title"]
            assert client.get(link["href"].removeprefix(settings.SITE_URL)).status_code == 200
