"""The front page of each edition."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Language
from tests.factories import WHEN, make_article, make_section
from tests.views.pages import CODES, Page

TOMORROW = timezone.now() + timedelta(days=1)


@pytest.mark.parametrize("code", CODES)
def test_the_front_page_speaks_the_language_of_its_edition(client, editions, code):
    response = client.get(f"/{code}/")
    page, language = Page(response), editions[code]
    assert response.status_code == 200
    assert response["Content-Language"] == code
    assert (page.html["lang"], page.html["dir"]) == (code, language.direction)
    assert page.html["data-script"] == language.script
    assert language.site_title in page.text
    assert len(page.all("h1")) == 1


@pytest.mark.parametrize("code", CODES)
def test_an_edition_without_articles_says_so(client, code):
    page = Page(client.get(f"/{code}/"))
    assert page.all("div", **{"class": "empty"})
    assert page.all("article") == []


@pytest.mark.parametrize("code", CODES)
def test_the_newest_article_leads_and_other_editions_stay_out(client, code):
    older = make_article(language=code, headline="older", published_at=WHEN - timedelta(days=1))
    newest = make_article(language=code, headline="newest")
    other = make_article(language="ur" if code != "ur" else "sd", headline="other")
    page = Page(client.get(f"/{code}/"))
    links = [link for link in page.links if link.endswith(("newest/", "older/", "other/"))]
    assert links == [newest.get_absolute_url(), older.get_absolute_url()]
    assert other.get_absolute_url() not in page.links


def test_each_section_of_the_menu_shows_its_newest_below(client):
    for _lead in range(3):
        make_article()
    for name in ("culture", "science"):
        section = make_section(slug=name, title=name)
        for number in range(6):
            when = WHEN - timedelta(days=100 + number)
            make_article(headline=f"{name} {number}", section=section, published_at=when)
    columns = client.get("/en/").context["columns"]
    assert [column.section.slug for column in columns] == ["culture", "science"]
    science = columns[1]
    assert science.first.headline == "science 3"
    assert [other.headline for other in science.others] == ["science 4", "science 5"]


def test_an_article_in_a_section_of_another_edition_shows_on_neither_as_that_editions(client):
    section = make_section(language="ur", slug="culture", title="ثقافت")
    for _above in range(4):
        make_article(language="ur")
    stray = make_article(language="en", headline="stray", section=section)
    own = make_article(language="ur", section=section, published_at=WHEN - timedelta(days=9))
    response = client.get("/ur/")
    assert [(each.first, each.others) for each in response.context["columns"]] == [(own, [])]
    assert stray.get_absolute_url() not in Page(response).links
    for path in ("/en/", "/en/latest/", stray.get_absolute_url()):
        page = Page(client.get(path))
        assert section.get_absolute_url() not in page.links
        assert not page.all("p", **{"class": "label"})
        assert not page.all("span", **{"class": "label"})


def test_no_story_stands_in_its_section_when_it_is_told_above(client):
    section = make_section(slug="culture")
    make_article(section=section)
    assert client.get("/en/").context["columns"] == []


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.REVIEW},
        {"status": Article.Status.WITHDRAWN},
        {"published_at": TOMORROW},
        {"published_at": TOMORROW, "embargoed_until": TOMORROW},
    ],
)
def test_nothing_that_is_not_live_shows_on_any_list(client, hidden):
    section, source = make_section(slug="culture"), make_article().source
    make_article(headline="unseen", section=section, source=source, **hidden)
    for path in ("", "latest/", "section/culture/", f"source/{source.slug}/"):
        assert b"unseen" not in client.get(f"/en/{path}").content


def test_an_unpublished_edition_is_not_there_and_nothing_leads_to_it(client):
    Language.objects.filter(code="sd").update(is_published=False)
    assert client.get("/sd/").status_code == 404
    page = Page(client.get("/ur/"))
    assert "sd" not in page.alternates
    assert not [link for link in page.links if "/sd/" in link]


@pytest.mark.parametrize("code", CODES)
def test_the_front_page_names_its_sisters_and_the_choice_between_them(client, settings, code):
    page = Page(client.get(f"/{code}/"))
    assert page.alternates == {
        **{other: f"{settings.SITE_URL}/{other}/" for other in CODES},
        "x-default": f"{settings.SITE_URL}/",
    }
    assert page.canonical == f"{settings.SITE_URL}/{code}/"


def test_the_edition_switch_names_each_language_in_itself(client, editions):
    page = Page(client.get("/sd/"))
    for code, language in editions.items():
        wanted = {"lang": code, "dir": language.direction, "hreflang": code}
        links = page.all("a", **wanted)
        assert [link["href"] for link in links] == [f"/language/{code}/?next=/{code}/"]
        assert language.endonym in page.text


@pytest.mark.parametrize("count", [1, 4, 5, 10, 11, 30])
def test_no_story_stands_twice_on_the_front_page(client, count):
    sections = [make_section(slug=name) for name in ("culture", "science", "sport")]
    for number in range(count):
        when = WHEN - timedelta(days=number)
        make_article(section=sections[number % 3], headline=f"n{number}", published_at=when)
    response = client.get("/en/")
    links = [link for link in Page(response).links if re.search(r"/n[0-9]+/$", link)]
    assert len(links) == len(set(links))
    assert bool(response.context["columns"]) == (count > 4)


@pytest.mark.parametrize("code", CODES)
def test_every_page_leads_to_the_search(client, code):
    article = make_article(language=code)
    source = f"/{code}/source/{article.source.slug}/"
    for path in (f"/{code}/", f"/{code}/latest/", source, article.get_absolute_url(), "/x/"):
        page = Page(client.get(path, headers={"accept-language": code}))
        assert f"/{code}/search/#id_q" in page.links
    assert Page(client.get(f"/{code}/search/")).all("input", id="id_q")


def test_the_front_page_costs_seven_queries_however_full(client, django_assert_num_queries):
    for number in range(5):
        section = make_section(slug=f"s-{number}")
        for _copy in range(5):
            make_article(section=section)
    with django_assert_num_queries(7):
        client.get("/en/")


def test_a_list_shows_the_first_words_where_there_is_no_standfirst(client):
    words = " ".join(f"word{number}" for number in range(400))
    make_article(body=f"<p>{words}</p><p>Second paragraph</p>")
    text = Page(client.get("/en/latest/")).text
    assert "word0 word1" in text
    assert "…" in text
    assert "Second" not in text


def test_the_first_words_are_never_cut_inside_a_tag_or_an_entity(client):
    for padding in range(860, 900):
        body = f"<p>x {'a' * padding}&amp;&lt; <strong>b</strong> &amp;c</p>"
        section = make_section()
        make_article(body=body, section=section, published_at=WHEN - timedelta(days=padding))
        text = Page(client.get(section.get_absolute_url())).text
        assert "&am" not in text
        assert "<" not in text.replace("<<", "").replace("&<", "")
        assert "strong" not in text
