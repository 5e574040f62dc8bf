"""An article's page: its one address, what it tells, and what it never tells."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.actions import publish
from articles.models import Alias, Article, Capture, Language
from tests.factories import (
    TEXTS,
    WHEN,
    make_article,
    make_figure,
    make_notice,
    make_section,
    make_source,
)
from tests.views.pages import CODES, Page

TOMORROW = timezone.now() + timedelta(days=1)
BODY = '<p>Before <span class="gap">…</span> after.</p>'


def make_capture(**overrides) -> Capture:
    fields = {
        "sha256": "ab" * 32,
        "raw": b"raw",
        "filename": "page.txt",
        "target_uri": "https://press.example/news/1",
        "rendered_at": datetime(2024, 7, 17, 14, 20, tzinfo=UTC),
    }
    return Capture.objects.create(**{**fields, **overrides})


@pytest.mark.parametrize("code", CODES)
def test_an_article_is_read_in_its_language_and_direction(client, editions, code):
    article = make_article(language=code)
    response = client.get(article.get_absolute_url())
    page = Page(response)
    assert response.status_code == 200
    assert (page.html["lang"], page.html["dir"]) == (code, editions[code].direction)
    assert TEXTS[code][0] in page.text
    assert re.sub("<[^>]+>", "", TEXTS[code][1]) in page.text
    assert len(page.all("h1")) == 1


@pytest.mark.parametrize("code", CODES)
def test_the_number_decides_and_every_other_address_leads_to_the_right_one(client, code):
    article = make_article(language=code)
    right = article.get_absolute_url()
    other = "en" if code != "en" else "ur"
    for wrong in (
        f"/{code}/{article.pk}/",
        f"/{code}/{article.pk}/another-slug/",
        f"/{other}/{article.pk}/",
        f"/{other}/{article.pk}/{article.slug}/",
    ):
        response = client.get(wrong + "?from=feed")
        assert response.status_code == 301, wrong
        assert response["Location"] == f"{right}?from=feed"
    assert client.get(right).status_code == 200


@pytest.mark.parametrize("code", CODES)
def test_an_address_without_its_last_slash_is_one_step_from_the_article(client, code):
    article = make_article(language=code)
    right = article.get_absolute_url()
    for wrong in (f"/{code}/{article.pk}", right.rstrip("/"), f"/{code}/{article.pk}/other"):
        response = client.get(f"{wrong}?from=feed", follow=True)
        assert response.redirect_chain == [(f"{right}?from=feed", 301)], wrong
    draft = make_article(language=code, status=Article.Status.DRAFT, headline="secret")
    response = client.get(f"/{code}/{draft.pk}", follow=True)
    assert response.redirect_chain == [(f"/{code}/{draft.pk}/", 301)]
    assert response.status_code == 404


NUMBER = "021-99203271"


@pytest.mark.parametrize("code", ["ur", "sd"])
def test_a_telephone_number_is_isolated_in_every_text_of_an_article(client, code):
    text = f"نمبر {NUMBER} <b> ہے"
    article = make_article(
        language=code,
        headline=text,
        standfirst=text,
        byline=text,
        dateline=text,
        body=f'<p title="{NUMBER}">نمبر {NUMBER} &lt;b&gt; {BODY}</p><p>{NUMBER}</p>',
    )
    response = client.get(article.get_absolute_url())
    html = response.content.decode()
    head, body = html.split("<body>")
    assert body.count(f'<bdi dir="ltr" class="number">{NUMBER}</bdi>') == 8
    assert f"نمبر {NUMBER}" not in html
    assert head.count(f"نمبر \u2066{NUMBER}\u2069") == 8
    assert "<b>" not in html
    assert len(Page(response).all("span", **{"class": "gap"})) == 1


def test_a_page_from_left_to_right_is_printed_as_it_is_written(client):
    text = f"Call {NUMBER} now"
    article = make_article(headline=text, standfirst=text, body=f"<p>{text}</p>")
    html = client.get(article.get_absolute_url()).content.decode()
    assert f"<h1>{text}</h1>" in html
    assert f"<p>{text}</p>" in html
    assert "\u2066" not in html.partition("</head>")[0]


def test_an_article_whose_headline_makes_no_slug_has_an_address(client):
    article = make_article(headline="؟؟؟")
    assert article.get_absolute_url() == f"/en/{article.pk}/"
    assert client.get(article.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.REVIEW},
        {"published_at": TOMORROW},
        {"published_at": TOMORROW, "embargoed_until": TOMORROW},
        {"published_at": TOMORROW, "status": Article.Status.WITHDRAWN},
    ],
)
def test_what_readers_may_not_see_is_the_404_of_any_number(client, code, hidden):
    article = make_article(language=code, **hidden)
    answer, nothing = client.get(article.get_absolute_url()), client.get(f"/{code}/987654/slug/")
    assert answer.status_code == nothing.status_code == 404
    assert answer.content == nothing.content


@pytest.mark.parametrize("code", CODES)
def test_a_withdrawn_article_is_gone_and_says_nothing_of_what_it_said(client, code):
    article = make_article(language=code, status=Article.Status.WITHDRAWN, headline="secret words")
    response = client.get(article.get_absolute_url())
    assert response.status_code == 410
    assert b"secret" not in response.content
    assert Page(response).html["lang"] == code


def test_an_article_of_an_unpublished_edition_is_not_there(client):
    article = make_article(language="sd")
    Language.objects.filter(code="sd").update(is_published=False)
    assert client.get(article.get_absolute_url()).status_code == 404
    assert client.get(f"/en/{article.pk}/").status_code == 404


def test_no_page_of_an_article_reads_every_published_one(client):
    article = make_article()
    make_article(language="ur", story=article.story)
    with CaptureQueriesContext(connection) as captured:
        client.get(article.get_absolute_url())
        client.get("/en/latest/rss")
        client.get("/en/sitemap-2024-03.xml")
    if connection.vendor == "sqlite":  # PostgreSQL plans by its statistics of the table.
        with connection.cursor() as cursor:
            for query in captured.captured_queries:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                plan = str(cursor.fetchall())
                assert "article_by_status" not in plan
                assert "SCAN articles_article'" not in plan
    assert "articles_article" in str(captured.captured_queries)


READ_IN = {"en": "Read in English", "ur": "اردو میں پڑھیں", "sd": "سنڌيءَ ۾ پڙهو"}


@pytest.mark.parametrize("code", CODES)
def test_a_story_invites_into_each_language_in_its_own_words(client, settings, editions, code):
    first = make_article(language="en")
    story = {each: make_article(language=each, story=first.story) for each in ("ur", "sd")}
    story["en"] = first
    page = Page(client.get(story[code].get_absolute_url()))
    others = [other for other in CODES if other != code]
    for other in others:
        links = page.all("a", rel="alternate", hreflang=other)
        assert [link["href"] for link in links] == [story[other].get_absolute_url()]
        assert (links[0]["lang"], links[0]["dir"]) == (other, editions[other].direction)
        assert READ_IN[other] in page.text
    assert READ_IN[code] not in page.text
    addresses = {each: settings.SITE_URL + story[each].get_absolute_url() for each in CODES}
    assert page.alternates == {**addresses, "x-default": addresses["en"]}
    assert page.canonical == addresses[code]


def test_a_sister_that_is_not_live_is_not_named(client):
    article = make_article(language="ur")
    make_article(language="sd", story=article.story, status=Article.Status.DRAFT)
    page = Page(client.get(article.get_absolute_url()))
    assert set(page.alternates) == {"ur", "x-default"}
    assert page.all("a", rel="alternate") == []


@pytest.mark.parametrize("code", CODES)
def test_lost_words_are_seen_as_a_gap_and_heard_as_a_sentence(client, code):
    article = make_article(language=code, body=BODY * 3, capture=make_capture())
    response = client.get(article.get_absolute_url())
    page = Page(response)
    assert len(page.all("span", **{"class": "gap"})) == 3
    assert len(page.all("span", **{"aria-hidden": "true"})) == 3
    assert len(page.all("span", **{"class": "visually-hidden"})) == 3
    if code == "en":
        assert "In 3 places the capture lost words." in page.text


@pytest.mark.parametrize("code", CODES)
def test_the_evidence_names_the_page_and_its_digest(client, code):
    article = make_article(language=code, capture=make_capture(), headline_origin="manifest")
    page = Page(client.get(article.get_absolute_url()))
    assert page.all("details", **{"class": "provenance"})
    assert page.all("a", href="https://press.example/news/1")
    assert "ab" * 32 in page.text


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    ("zone", "datetime", "written"),
    [
        ("Europe/London", "2024-07-17T15:20+01:00", "15:20\xa0(UTC+1)"),
        ("America/St_Johns", "2024-07-17T11:50-02:30", "11:50\xa0(UTC−2:30)"),
        ("", "2024-07-17T14:20+00:00", "14:20\xa0(UTC)"),
    ],
)
def test_the_clock_of_a_captured_page_is_told_as_the_page_printed_it(
    client, code, zone, datetime, written
):
    source = make_source(timezone=zone) if zone else None
    article = make_article(language=code, capture=make_capture(source=source))
    page = Page(client.get(article.get_absolute_url()))
    assert page.all("time", datetime=datetime)
    assert f"\u2066{written}\u2069" in page.text


@pytest.mark.parametrize("code", CODES)
def test_a_time_is_told_with_its_zone_and_never_turned_round(client, code):
    article = make_article(language=code)
    Article.objects.filter(pk=article.pk).update(updated_at=WHEN + timedelta(hours=1))
    text = Page(client.get(article.get_absolute_url())).text
    assert "\u206614:30\xa0(UTC+5)\u2069" in text
    assert "\u206615:30\xa0(UTC+5)\u2069" in text


def test_an_address_that_a_capture_told_is_no_link_unless_it_is_a_web_address(client):
    uris = ("javascript:alert(1)", "http://[", "press.example/news")
    for number, uri in enumerate(uris):
        capture = make_capture(target_uri=uri, sha256=f"{number:064}")
        response = client.get(make_article(capture=capture).get_absolute_url())
        assert response.status_code == 200
        assert uri not in Page(response).links
        assert uri in Page(response).text


@pytest.mark.parametrize("code", CODES)
def test_only_the_day_is_told_when_only_the_day_is_known(client, code):
    article = make_article(language=code, published_precision="day")
    page = Page(client.get(article.get_absolute_url()))
    assert page.all("time", datetime="2024-03-05")
    assert not page.all("time", datetime="2024-03-05T14:30+05:00")
    exact = make_article(language=code)
    page = Page(client.get(exact.get_absolute_url()))
    assert page.all("time", datetime="2024-03-05T14:30+05:00")


def save_at_the_desk(client, article: Article, **changes) -> None:
    """Send the article's form as the desk shows it, with ``changes``."""
    address = reverse("admin:articles_article_change", args=[article.pk])
    form = client.get(address).context["adminform"].form
    data = {name: value for name in form.fields if (value := form[name].value()) is not None}
    for name in ("published_at", "embargoed_until"):
        moment = data.pop(name, None)
        if moment:
            local = timezone.localtime(moment)
            data |= {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M:%S}"}
    response = client.post(address, {**data, **changes})
    assert response.status_code == 302, response.context["adminform"].form.errors


def is_updated(client, article: Article) -> bool:
    page = Page(client.get(article.get_absolute_url()))
    return "Updated" in page.text


def test_publishing_a_text_is_no_update_of_it(client, admin_client, admin_user):
    now = timezone.now()
    article = make_article(status=Article.Status.DRAFT, published_at=now - timedelta(hours=2))
    Article.objects.filter(pk=article.pk).update(created_at=now - timedelta(days=1))
    save_at_the_desk(admin_client, article, headline="Written before anybody saw it")
    article = publish(article=article, by=admin_user)
    assert not is_updated(client, article)


def test_moving_an_article_is_no_update_but_another_word_in_it_is(client, admin_client):
    article = make_article()
    save_at_the_desk(admin_client, article, section=str(make_section().pk))
    save_at_the_desk(admin_client, article, source=str(make_source().pk))
    assert not is_updated(client, article)
    save_at_the_desk(admin_client, article, standfirst="Said more exactly.")
    assert is_updated(client, article)
    html = client.get(article.get_absolute_url()).content.decode()
    assert '"dateModified"' in html


def test_an_article_that_comes_back_under_a_later_date_is_not_updated_before_it(client):
    article = make_article()
    Article.objects.filter(pk=article.pk).update(updated_at=WHEN - timedelta(hours=1))
    assert not is_updated(client, article)


def test_an_article_without_a_standfirst_is_described_by_its_first_words(client):
    page = Page(client.get(make_article(language="en").get_absolute_url()))
    described = [meta["content"] for meta in page.all("meta", name="description")]
    assert described == ["The wells of the village are full after the rain."]


@pytest.mark.parametrize(
    ("today", "years"),
    [("2025-03-04", 0), ("2025-03-05", 1), ("2027-03-04", 2), ("2027-03-05", 3)],
)
def test_an_old_article_tells_its_age(client, time_machine, today, years):
    article = make_article()
    time_machine.move_to(f"{today}T12:00:00+05:00")
    page = Page(client.get(article.get_absolute_url()))
    notices = page.all("p", **{"class": "age"})
    assert bool(notices) == (years > 0)
    if years:
        assert f"more than {years} year" in page.text


@pytest.mark.parametrize("code", CODES)
def test_a_partys_own_statement_is_called_one(client, code):
    party = make_source(kind="party", name="Example Party")
    paper = make_source(kind="newspaper", name="Example Press")
    statement = Page(client.get(make_article(language=code, source=party).get_absolute_url()))
    report = Page(client.get(make_article(language=code, source=paper).get_absolute_url()))
    if code == "en":
        assert "not independent reporting" in statement.text
        assert "not independent reporting" not in report.text
    else:
        assert statement.all("bdi", lang="en", dir="ltr")
        assert "not independent reporting" not in statement.text


def test_related_articles_are_the_newest_of_the_section(client):
    section = make_section(slug="culture")
    article = make_article(section=section)
    for number in range(5):
        when = WHEN - timedelta(days=number)
        make_article(section=section, headline=f"n{number}", published_at=when)
    make_article(section=section, headline="draft", status=Article.Status.DRAFT)
    related = client.get(article.get_absolute_url()).context["related"]
    assert [other.headline for other in related] == ["n0", "n1", "n2"]


@pytest.mark.parametrize("code", CODES)
def test_an_article_costs_seven_queries(client, django_assert_num_queries, code):
    section = make_section(language=code)
    article = make_article(language=code, section=section, body=BODY, capture=make_capture())
    for other in CODES:
        if other != code:
            make_article(language=other, story=article.story)
    for _copy in range(3):
        make_article(language=code, section=section)
    for hours in range(3):
        make_notice(article, made_at=WHEN + timedelta(hours=hours))
        make_figure(article)
    with django_assert_num_queries(7):
        client.get(article.get_absolute_url())


@pytest.mark.parametrize("code", CODES)
def test_machines_read_what_readers_read(client, settings, code):
    article = make_article(language=code, capture=make_capture(), published_precision="day")
    sister = make_article(language="ur" if code != "ur" else "en", story=article.story)
    html = client.get(article.get_absolute_url()).content.decode()
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    data = json.loads(scripts[0])
    assert len(scripts) == 2  # The article, and the way to it.
    assert re.findall(r"<script(?! type=| defer src=\")", html) == []
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == article.headline
    assert data["inLanguage"] == code
    assert data["datePublished"] == "2024-03-05"
    assert data["isBasedOn"] == "https://press.example/news/1"
    assert data["workTranslation"][0]["url"] == settings.SITE_URL + sister.get_absolute_url()
    assert "" not in data.values()


def test_no_text_can_break_out_of_its_place(client):
    hostile = "</script><script>alert(1)</script><!-- \" ' & \u2028"
    article = make_article(
        headline=hostile, standfirst=hostile, byline=hostile, dateline=hostile, body=hostile
    )
    source = article.source
    source.name = source.creditline = hostile
    source.save()
    for path in (article.get_absolute_url(), "/en/", "/en/latest/", f"/en/source/{source.slug}/"):
        response = client.get(path)
        assert response.status_code == 200
        assert b"<script>" not in response.content
        assert b"alert(1)</script>" not in response.content


def test_an_old_address_leads_to_the_article_for_good(client):
    article = make_article(language="ur")
    Alias.objects.create(path="/urdunews/2887", article=article)
    Alias.objects.create(path="/print.asp?id=7", article=article)
    Alias.objects.create(path="/خبر/۷", article=article)
    for path in ("/urdunews/2887", "/urdunews/2887/", "/urdunews/2887?x=1", "/print.asp?id=7"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, article.get_absolute_url())
    assert client.get("/خبر/۷").status_code == 301
    assert client.get("/print.asp?id=8").status_code == 404


def test_an_old_address_tells_nothing_of_what_is_not_live(client):
    article = make_article(status=Article.Status.DRAFT)
    Alias.objects.create(path="/englishnews/1", article=article)
    assert client.get("/englishnews/1").status_code == 404


def test_an_old_address_of_a_withdrawn_article_leads_to_its_notice(client):
    article = make_article(status=Article.Status.WITHDRAWN)
    Alias.objects.create(path="/englishnews/1", article=article)
    assert client.get("/englishnews/1", follow=True).status_code == 410
