"""What machines read on a page: JSON-LD by schema.org's rules and OpenGraph by ogp.me's."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from articles.models import Article
from articles.text.locales import locale_of
from tests.factories import TEXTS, WHEN, make_article, make_section, make_source
from tests.views.pages import CODES, Page
from tests.views.test_article import make_capture

LOCALES = {"en": "en_US", "ur": "ur_PK", "sd": "sd_PK"}
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def nodes(response) -> dict[str, dict[str, Any]]:
    """The JSON-LD of a page by its types; a type may stand once."""
    found = [json.loads(script) for script in SCRIPT.findall(response.content.decode())]
    assert all(node["@context"] == "https://schema.org" for node in found)
    types = [node["@type"] for node in found]
    assert len(types) == len(set(types))
    return dict(zip(types, found, strict=True))


def properties(response) -> dict[str, str]:
    """The OpenGraph properties of a page; of those that may repeat, the last."""
    metas = Page(response).all("meta")
    return {meta["property"]: meta["content"] for meta in metas if "property" in meta}


def is_absolute(address: str) -> bool:
    return re.fullmatch(r"https?://[!-~]+", address) is not None


@pytest.mark.parametrize("code", CODES)
def test_an_article_is_described_by_schema_org(client, settings, editions, code):
    section = make_section(language=code, slug="culture", title="Culture")
    source = make_source(name="Example Press", creditline="EP", copyright_holder="Example")
    article = make_article(language=code, section=section, source=source, capture=make_capture())
    sister = make_article(language="en" if code != "en" else "ur", story=article.story)
    page = client.get(article.get_absolute_url())
    node = nodes(page)["NewsArticle"]
    address = settings.SITE_URL + article.get_absolute_url()
    assert TEXTS[code][0] in node["headline"]
    assert len(node["headline"]) <= 300
    assert node["url"] == address == Page(page).canonical
    assert node["mainEntityOfPage"] == {"@type": "WebPage", "@id": address}
    assert node["inLanguage"] == code
    published = datetime.fromisoformat(node["datePublished"])
    assert (published, published.tzinfo is None) == (WHEN, False)
    assert "dateModified" not in node
    assert node["author"]["@type"] == "Organization"
    assert "Example Press" in node["author"]["name"]
    assert is_absolute(node["author"]["url"])
    assert node["publisher"]["name"] == editions[code].site_title
    assert node["publisher"]["url"] == f"{settings.SITE_URL}/{code}/"
    assert node["isAccessibleForFree"] is True
    assert "image" not in node  # The site's mark is no picture of what is told.
    assert node["isBasedOn"] == "https://press.example/news/1"
    assert datetime.fromisoformat(node["sdDatePublished"]).tzinfo
    assert node["workTranslation"] == [
        {
            "@type": "NewsArticle",
            "inLanguage": sister.language_id,
            "url": settings.SITE_URL + sister.get_absolute_url(),
        }
    ]
    assert "Example" in node["copyrightHolder"]["name"]
    assert all(node.values())


def test_a_byline_is_not_called_a_person_and_a_change_is_told_with_its_zone(
    client,
):
    article = make_article(byline="A. Writer")
    Article.objects.filter(pk=article.pk).update(updated_at=WHEN + timedelta(hours=1))
    node = nodes(client.get(article.get_absolute_url()))["NewsArticle"]
    assert node["author"] == "A. Writer"
    assert node["dateModified"] == "2024-03-05T15:30:00+05:00"


def test_a_time_that_nobody_told_is_not_made_up(client):
    response = client.get(make_article(published_precision="day").get_absolute_url())
    assert nodes(response)["NewsArticle"]["datePublished"] == "2024-03-05"
    assert properties(response)["article:published_time"] == "2024-03-05"


def test_what_is_no_web_address_is_no_basis(client):
    capture = make_capture(target_uri="javascript:alert(1)")
    response = client.get(make_article(capture=capture).get_absolute_url())
    assert "isBasedOn" not in nodes(response)["NewsArticle"]


def test_no_headline_ends_the_script(client):
    headline = "</script><script>alert(1)</script><!-- \u2028"
    article = make_article(headline=headline)
    for path in (article.get_absolute_url(), "/en/latest/", "/en/"):
        response = client.get(path)
        assert b"<script>alert" not in response.content
        assert nodes(response)


@pytest.mark.parametrize("code", CODES)
def test_the_way_to_a_page_leads_from_the_front_down(client, settings, code):
    section = make_section(language=code, slug="culture", title="Culture")
    article = make_article(language=code, section=section)
    for path, above in (
        (article.get_absolute_url(), [f"/{code}/", f"/{code}/section/culture/"]),
        (f"/{code}/latest/", [f"/{code}/"]),
        (f"/{code}/section/culture/", [f"/{code}/"]),
        (
            f"/{code}/archive/2024/03/05/",
            [f"/{code}/{each}" for each in ("", "archive/", "archive/2024/", "archive/2024/03/")],
        ),
    ):
        steps = nodes(client.get(path))["BreadcrumbList"]["itemListElement"]
        assert [step["item"] for step in steps] == [
            settings.SITE_URL + one for one in [*above, path]
        ]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert all(step["name"] for step in steps)


@pytest.mark.parametrize("code", CODES)
def test_a_list_names_its_articles_in_their_order(client, settings, code):
    section, press = make_section(language=code, slug="culture"), make_source(slug="press")
    made = [
        make_article(
            language=code, section=section, source=press, published_at=WHEN - timedelta(hours=n)
        )
        for n in range(3)
    ]
    addresses = [settings.SITE_URL + article.get_absolute_url() for article in made]
    for page in ("latest/", "section/culture/", "source/press/", "archive/2024/03/"):
        response = client.get(f"/{code}/{page}")
        node = nodes(response)["CollectionPage"]
        assert node["url"] == Page(response).canonical
        assert node["inLanguage"] == code
        elements = node["mainEntity"]["itemListElement"]
        assert [element["url"] for element in elements] == addresses
        assert [element["position"] for element in elements] == [1, 2, 3]


def test_what_is_not_for_search_engines_is_not_described(client):
    make_article(headline="needle")
    assert nodes(client.get("/en/latest/?q=needle")) == {}
    assert nodes(client.get("/en/latest/?q=nothing")) == {}


@pytest.mark.parametrize("code", CODES)
def test_a_front_page_names_the_site(client, settings, editions, code):
    node = nodes(client.get(f"/{code}/"))["WebSite"]
    assert node["name"] == editions[code].site_title
    assert (node["url"], node["inLanguage"]) == (f"{settings.SITE_URL}/{code}/", code)


@pytest.mark.parametrize("code", CODES)
def test_every_page_has_what_open_graph_requires(client, settings, editions, code):
    section = make_section(language=code, slug="culture", title="Culture")
    article = make_article(language=code, section=section)
    for path in ("", "latest/", "section/culture/", "archive/", article.get_absolute_url()):
        response = client.get(path if path.startswith("/") else f"/{code}/{path}")
        told = properties(response)
        assert told["og:url"] == Page(response).canonical
        assert told["og:title"]
        assert told["og:locale"] == LOCALES[code]
        assert told["og:site_name"] == editions[code].site_title
        is_article = path == article.get_absolute_url()
        assert told["og:type"] == ("article" if is_article else "website")
        assert is_absolute(told["og:image"])
        assert told["og:image:alt"]
    assert told["article:published_time"] == "2024-03-05T14:30:00+05:00"
    assert "Culture" in told["article:section"]
    assert "article:modified_time" not in told


def test_the_picture_that_stands_for_a_page_has_the_size_that_is_told(client, settings):
    path = settings.BASE_DIR / "static" / "images" / "share.png"
    header = path.read_bytes()[:24]  # PNG: the width and the height of the IHDR chunk.
    told = properties(client.get("/en/"))
    size = [int.from_bytes(header[start : start + 4]) for start in (16, 20)]
    assert size == [int(told["og:image:width"]), int(told["og:image:height"])]
    assert told["og:image"] == f"{settings.SITE_URL}/static/images/share.png"


def test_only_the_locales_that_a_page_has_are_its_others(client):
    article = make_article(language="en")
    make_article(language="sd", story=article.story)
    metas = Page(client.get(article.get_absolute_url())).all("meta", property="og:locale:alternate")
    assert [meta["content"] for meta in metas] == ["sd_PK"]


@pytest.mark.parametrize(
    ("code", "locale"),
    [("en", "en_US"), ("ur", "ur_PK"), ("sd-Deva-IN", "sd_IN"), ("ur-IN", "ur_IN"), ("xx", "")],
)
def test_a_language_is_named_as_a_locale(code, locale):
    assert locale_of(code) == locale


@pytest.mark.parametrize("code", CODES)
def test_a_machine_can_search_an_edition_from_its_front_page(client, settings, code):
    make_article(language=code, headline="Example")
    action = nodes(client.get(f"/{code}/"))["WebSite"]["potentialAction"]
    assert action["@type"] == "SearchAction"
    assert action["query-input"] == "required name=search_term_string"
    template = action["target"]["urlTemplate"]
    assert template == f"{settings.SITE_URL}/{code}/search/?q={{search_term_string}}"
    address = template.removeprefix(settings.SITE_URL).format(search_term_string="Example")
    assert [hit.article.headline for hit in client.get(address).context["hits"]] == ["Example"]
