"""Corrections, clarifications, updates and withdrawals, as readers and machines meet them."""

from __future__ import annotations

import json
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from articles.actions import add_notice, restore, withdraw
from articles.models import Article, Language, Notice
from articles.views.paging import PAGE_SIZE
from tests.factories import NOTICES, WHEN, WHY, make_article, make_editor, make_notice
from tests.views.pages import CODES, Page
from tests.views.test_feeds import FORMS as FEEDS
from tests.views.test_feeds import bodies
from tests.views.test_renditions import FORMS, ITEM, faults, path_of
from tests.views.test_schema_org import nodes

LABELS = {"en": "Correction", "ur": "تصحیح", "sd": "درستگي"}
DAYS = {"en": "5 March 2024", "ur": "5 مارچ 2024", "sd": "5 مارچ 2024"}
HIDDEN = (
    {"status": Article.Status.DRAFT},
    {"status": Article.Status.REVIEW},
    {"status": Article.Status.WITHDRAWN},
    {"published_at": timezone.now() + timedelta(days=1)},
)


def plain(html: str) -> str:
    return unescape(strip_tags(html)).translate({0x2066: None, 0x2067: None, 0x2069: None})


@pytest.mark.parametrize("code", CODES)
def test_a_reader_finds_a_correction_above_the_text_and_whole_below_it(client, code):
    article = make_article(language=code)
    make_notice(article)
    response = client.get(article.get_absolute_url())
    html, page = response.content.decode(), Page(response)
    above, text, below = (
        html.partition('<div class="body">')[0],
        html.partition('<div class="body">')[2].partition('id="notices"')[0],
        html.partition('id="notices"')[2],
    )
    assert page.all("a", href="#notices")
    assert LABELS[code] in plain(above.partition("<main")[2])
    assert DAYS[code] in plain(above)
    assert NOTICES[code] not in plain(text)
    assert NOTICES[code] in plain(below)
    assert page.all("section", id="notices") == [
        {"class": "notices", "id": "notices", "aria-labelledby": "notices-title"}
    ]
    assert page.all("time", datetime="2024-03-05")


def test_notices_stand_newest_first_and_lines_are_paragraphs(client):
    article = make_article()
    make_notice(article, text="The first.")
    make_notice(article, kind="update", text="One.\n\nTwo <b>.", made_at=WHEN + timedelta(days=2))
    make_notice(article, text="Kept to ourselves.", public=False)
    html = client.get(article.get_absolute_url()).content.decode()
    panel = html.partition('id="notices"')[2].partition("</section>")[0]
    assert panel.index("Update") < panel.index("Two") < panel.index("The first.")
    assert "<p>One.</p>" in panel
    assert "<p>Two &lt;b&gt;.</p>" in panel
    assert "ourselves" not in html


def test_an_update_alone_is_no_correction(client):
    article = make_article()
    make_notice(article, kind="update", text="More is known.")
    response = client.get(article.get_absolute_url())
    assert "More is known." in Page(response).text
    assert not Page(response).all("p", **{"class": "corrected"})
    assert "correction" not in nodes(response)["NewsArticle"]


def test_an_article_without_notices_has_no_panel_for_them(client):
    page = Page(client.get(make_article().get_absolute_url()))
    assert not page.all("section", id="notices")
    assert not page.all("a", href="#notices")


@pytest.mark.parametrize("code", ["ur", "sd"])
def test_a_number_in_a_notice_is_isolated(client, code):
    article = make_article(language=code)
    make_notice(article, text="نمبر 021-99203271")
    for path in (article.get_absolute_url(), f"/{code}/corrections/"):
        html = client.get(path).content.decode()
        assert '<bdi dir="ltr" class="number">021-99203271</bdi>' in html


@pytest.mark.parametrize("code", CODES)
def test_machines_read_a_correction_in_the_page(client, code):
    article = make_article(language=code)
    make_notice(article)
    make_notice(article, kind="clarification", text="Clearer.", made_at=WHEN + timedelta(days=1))
    make_notice(article, kind="update", text="More.")
    node = nodes(client.get(article.get_absolute_url()))["NewsArticle"]
    assert [each["@type"] for each in node["correction"]] == ["CorrectionComment"] * 2
    assert [each["datePublished"] for each in node["correction"]] == [
        "2024-03-06T14:30:00+05:00",
        "2024-03-05T15:30:00+05:00",
    ]
    assert plain(node["correction"][1]["text"]) == NOTICES[code]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("form", FEEDS)
def test_a_feed_tells_a_correction_at_the_end_of_the_text(client, code, form):
    article = make_article(language=code)
    before = client.get(f"/{code}/latest/{form}")
    add_notice(article=article, kind="correction", text=NOTICES[code], by=make_editor())
    response = client.get(
        f"/{code}/latest/{form}", headers={"If-None-Match": before.headers["ETag"]}
    )
    assert response.status_code == 200
    (html,) = bodies(response)
    assert plain(html).index(LABELS[code]) < plain(html).index(NOTICES[code])
    assert plain(html).index(plain(article.body)) < plain(html).index(LABELS[code])


@pytest.mark.parametrize("code", CODES)
def test_a_correction_is_told_in_plain_text_and_to_other_newsrooms(client, code):
    article = make_article(language=code)
    make_notice(article)
    text, data = (client.get(path_of(article, form)) for form in FORMS)
    item = json.loads(data.content)
    assert f"{LABELS[code]}{'،' if code != 'en' else ','} {DAYS[code]}" in plain(text.text)
    assert NOTICES[code] in plain(text.text)
    assert faults(item, ITEM) == []
    told = [body for body in item["bodies"] if body["role"] == "correction"]
    assert told == [{"role": "correction", "contentType": "text/plain", "value": NOTICES[code]}]
    assert NOTICES[code] in item["edNote"]
    assert DAYS[code] in item["edNote"]


@pytest.mark.parametrize("code", CODES)
def test_a_withdrawn_article_says_why_and_leads_to_what_is_still_public(client, editions, code):
    article = make_article(language=code, headline="secret words")
    other = "sd" if code == "ur" else "ur"
    sister = make_article(language=other, story=article.story)
    make_notice(article, text="The corrected secret.")
    withdraw(article=article, by=make_editor(), notice=NOTICES[code])
    response = client.get(article.get_absolute_url())
    page = Page(response)
    assert response.status_code == 410
    assert NOTICES[code] in plain(response.content.decode())
    assert "secret" not in page.text
    assert page.all("meta", name="robots") == [{"name": "robots", "content": "noindex"}]
    assert page.all("a", href=sister.get_absolute_url(), hreflang=other)
    assert page.all("time", datetime=timezone.localdate().isoformat())
    assert page.all("div", lang=code, dir=editions[code].direction)
    assert "application/ld+json" not in response.content.decode()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_withdrawn_article_says_why(client, form):
    article = make_article(language="ur", headline="secret")
    withdraw(article=article, by=make_editor(), notice=NOTICES["ur"])
    for code in CODES:  # In any edition the notice keeps its own language and direction.
        response = client.get(f"/{code}/{article.pk}.{form}")
        assert response.status_code == 410
        assert NOTICES["ur"] in plain(response.text)
        assert "secret" not in response.text
        page = client.get(f"/{code}/{article.pk}/")
        assert page.status_code == 410
        assert Page(page).all("div", lang="ur", dir="rtl")
    item = json.loads(client.get(f"/ur/{article.pk}.json").content)
    assert faults(item, ITEM) == []


def test_a_notice_of_an_unpublished_language_is_not_told(client):
    article = make_article(language="sd")
    withdraw(article=article, by=make_editor(), notice=NOTICES["sd"])
    Language.objects.filter(code="sd").update(is_published=False)
    for path in (f"/en/{article.pk}/", f"/en/{article.pk}.txt", f"/en/{article.pk}.json"):
        response = client.get(path)
        assert response.status_code == 410
        assert NOTICES["sd"] not in plain(response.text)


def test_an_article_that_is_back_says_no_more_that_it_was_gone(client):
    article, editor = make_article(), make_editor()
    withdraw(article=article, by=editor, notice=WHY)
    restore(article=article, by=editor)
    Article.objects.update(status=Article.Status.PUBLISHED)
    for path in (article.get_absolute_url(), "/en/corrections/", path_of(article, "txt")):
        response = client.get(path)
        assert response.status_code == 200
        assert WHY not in response.text
    assert Notice.objects.get().text == WHY


@pytest.mark.parametrize("code", CODES)
def test_an_edition_lists_what_it_corrected_and_withdrew(client, settings, code):
    corrected = make_article(language=code, headline="Corrected")
    make_notice(corrected)
    make_notice(corrected, kind="clarification", text="Clearer.", made_at=WHEN)
    make_notice(corrected, kind="update", text="An update.")
    gone = make_article(language=code, headline="Withdrawn one", status="withdrawn")
    make_notice(gone, kind="withdrawal", text="Why it went.", made_at=WHEN - timedelta(days=1))
    response = client.get(f"/{code}/corrections/")
    page, text = Page(response), plain(response.content.decode())
    assert text.index(NOTICES[code]) < text.index("Clearer.") < text.index("Why it went.")
    assert "An update." not in text
    assert "Withdrawn one" not in text
    assert f"{corrected.get_absolute_url()}#notices" in page.links
    assert not any(f"/{gone.pk}/" in link for link in page.links)
    assert page.alternates.keys() == {*CODES, "x-default"}
    assert page.canonical == f"{settings.SITE_URL}/{code}/corrections/"
    items = nodes(response)["CollectionPage"]["mainEntity"]["itemListElement"]
    assert [item["url"] for item in items] == [settings.SITE_URL + corrected.get_absolute_url()]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_no_list_tells_of_what_readers_never_saw_or_see_no_more(client, hidden):
    article = make_article(headline="secret", **hidden)
    make_notice(article, text="the secret was wrong")
    make_notice(article, kind="clarification", text="the secret was unclear")
    sister = make_article(language="ur", story=article.story)
    for path in ("/en/corrections/", "/ur/corrections/", sister.get_absolute_url()):
        assert b"secret" not in client.get(path).content


def test_what_was_withdrawn_before_its_time_is_listed_nowhere(client):
    article = make_article(headline="secret", published_at=timezone.now() + timedelta(days=1))
    withdraw(article=article, by=make_editor(), notice="secret")
    assert b"secret" not in client.get("/en/corrections/").content
    assert client.get(f"/en/{article.pk}/").status_code == 404


def test_the_list_is_linked_from_every_page(client):
    article = make_article(language="ur")
    for path in ("/ur/", "/ur/latest/", article.get_absolute_url(), "/ur/corrections/"):
        assert "/ur/corrections/" in Page(client.get(path)).links


def test_the_sitemap_tells_when_the_list_changed_last(client, settings):
    def told() -> str:
        text = client.get("/en/sitemap-lists.xml").content.decode()
        entry = text.partition(f"<loc>{settings.SITE_URL}/en/corrections/</loc>")[2]
        return entry.partition("</url>")[0]

    article = make_article()
    assert "<lastmod>" not in told()
    make_notice(article)
    make_notice(article, kind="update", made_at=WHEN + timedelta(days=9))
    assert "<lastmod>2024-03-05T15:30:00+05:00</lastmod>" in told()


def test_pages_of_corrections_lose_and_repeat_none(client):
    article = make_article()
    moments = [WHEN + timedelta(minutes=number // 3) for number in range(2 * PAGE_SIZE + 5)]
    told = [make_notice(article, text=f"n{n}.", made_at=at).text for n, at in enumerate(moments)]
    path, seen = "/en/corrections/", []
    while path:
        response = client.get(path)
        seen += [notice.text for notice in response.context["page"].rows]
        older = Page(response).all("a", rel="next")
        path = f"/en/corrections/{older[0]['href']}" if older else ""
    assert seen == told[::-1]
    newer = Page(response).all("a", rel="prev")[0]["href"]
    page = client.get(f"/en/corrections/{newer}")
    assert [each.text for each in page.context["page"].rows] == told[::-1][PAGE_SIZE:-5]
    top = client.get(f"/en/corrections/{Page(page).all('a', rel='prev')[0]['href']}")
    assert (top.status_code, top["Location"]) == (302, "/en/corrections/")


@pytest.mark.parametrize("query", ["before=x", "after=", "before=20240305T093000.000000Z-0x"])
def test_a_place_in_the_list_that_nobody_was_given_is_a_404(client, query):
    assert client.get(f"/en/corrections/?{query}").status_code == 404


@pytest.mark.parametrize("code", CODES)
def test_the_list_costs_four_queries_however_long(client, django_assert_num_queries, code):
    for number in range(PAGE_SIZE + 3):
        article = make_article(language=code)
        make_notice(article, made_at=WHEN + timedelta(hours=number))
    with django_assert_num_queries(4) as captured:
        assert client.get(f"/{code}/corrections/").status_code == 200
    assert not any('"body"' in query["sql"] for query in captured.captured_queries)


def test_the_list_does_not_read_every_article_of_an_edition(client):
    make_notice(make_article())
    with CaptureQueriesContext(connection) as captured:
        client.get("/en/corrections/")
        client.get("/en/sitemap-lists.xml")
    if connection.vendor == "sqlite":  # PostgreSQL plans by its statistics of the table.
        asked = [each["sql"] for each in captured.captured_queries if "notice" in each["sql"]]
        assert len(asked) == 2
        with connection.cursor() as cursor:
            for sql in asked:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                plan = [row[3] for row in cursor.fetchall()]
                assert "notice_newest" in plan[0], plan
                assert not [step for step in plan if step.startswith("SCAN articles_article")]
