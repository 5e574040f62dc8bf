"""An article as plain text and as ninjs 3.1, and how it is cited."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Article, Language
from articles.text.bidi import enclose_lines
from tests.captures.formats import made
from tests.factories import TEXTS, WHEN, make_article, make_figure, make_section, make_source
from tests.views.pages import CODES, Page
from tests.views.test_article import BODY, make_capture

FORMS = ["txt", "json"]
NUMBER = "021-99203271"

# What ninjs 3.1 allows: of each property its type, and of each object its properties. A name with
# "!" is required; "uri" and "time" are strings of RFC 3986 and RFC 3339.
TEXT = {"value!": str, "role": str, "contentType": str}
ITEM: dict[str, Any] = {
    "uri!": "uri",
    "type": {"text", "audio", "video", "picture", "graphic", "composite", "component", "event"},
    "representationType": {"full", "partial"},
    "pubStatus": {"usable", "withheld", "canceled"},
    "version": str,
    "firstCreated": "time",
    "versionCreated": "time",
    "contentCreated": "time",
    "copyrightHolder": str,
    "copyrightNotice": str,
    "usageTerms": str,
    "edNote": str,
    "language": str,
    "by": str,
    "located": str,
    "headlines": [TEXT],
    "descriptions": [TEXT],
    "bodies": [{**TEXT, "charCount": int, "wordCount": int}],
    "standard": {"name": str, "version": str, "schema": "uri"},
    "altIds": [{"role": str, "value": str}],
    "renditions": [{"name!": str, "href": "uri", "contentType": str, "width": int, "height": int}],
    "subjects": [{"name": str, "rel": str, "uri": "uri", "literal": str}],
    "infoSources": [{"name": str, "role": str, "uri": "uri", "literal": str}],
    "rightsInfo": {"linkedRights!": "uri"},
}
ITEM["associations"] = [{**ITEM, "name!": str, "rel": str}]


def faults(value: Any, rule: Any, place: str = "item") -> list[str]:
    """Everything in which a JSON value is not what the rule says."""
    if isinstance(rule, dict):
        allowed = {name.rstrip("!"): each for name, each in rule.items()}
        missing = {name[:-1] for name in rule if name.endswith("!")} - value.keys()
        unknown = value.keys() - allowed.keys()
        inside = [
            fault
            for name in value.keys() & allowed.keys()
            for fault in faults(value[name], allowed[name], f"{place}.{name}")
        ]
        return [f"{place}: {name}" for name in missing | unknown] + inside
    if isinstance(rule, list):
        assert isinstance(value, list), place
        return [fault for each in value for fault in faults(each, rule[0], place)]
    return [] if fits(value, rule) else [f"{place}: {value!r}"]


def fits(value: Any, rule: Any) -> bool:
    if isinstance(rule, set):
        return value in rule
    if rule == "uri":
        return re.fullmatch(r"[a-z]+:[!-~]+", value) is not None
    if rule == "time":
        return "T" in value and datetime.fromisoformat(value).tzinfo is not None
    return isinstance(value, rule) and not isinstance(value, bool)


def path_of(article: Article, form: str) -> str:
    return f"/{article.language_id}/{article.pk}.{form}"


def item_of(client, article: Article) -> Mapping[str, Any]:
    response = client.get(path_of(article, "json"))
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    return json.loads(response.content)


def make_full(code: str, **overrides) -> Article:
    source = make_source(
        slug="press", name="Example Press", copyright_holder="Example", usage_terms="Ask first."
    )
    fields = {
        "language": code,
        "source": source,
        "section": make_section(language=code, slug="culture"),
        "standfirst": "In short.",
        "byline": "A. Writer",
        "dateline": "Karachi",
        "body": BODY + TEXTS[code][1],
        "capture": make_capture(),
        "headline_origin": "manifest",
    }
    return make_article(**{**fields, **overrides})


def test_the_rules_of_ninjs_find_what_is_wrong():
    assert faults({}, ITEM) == ["item: uri"]
    assert faults({"uri": "tag:a,2024:1", "versioncreated": "x"}, ITEM) == ["item: versioncreated"]
    assert faults({"uri": "no uri"}, ITEM)
    assert faults({"uri": "tag:a", "firstCreated": "2024-01-01"}, ITEM)
    assert faults({"uri": "tag:a", "bodies": [{"charCount": 1}]}, ITEM) == ["item.bodies: value"]


@pytest.mark.parametrize("code", CODES)
def test_the_data_of_an_article_is_a_ninjs_item(client, settings, code):
    article = make_full(code)
    other = make_article(language="en" if code != "en" else "ur", story=article.story)
    item = item_of(client, article)
    assert faults(item, ITEM) == []
    assert item["standard"]["version"] == "3.1"
    assert item["language"] == code
    assert item["pubStatus"] == "usable"
    assert item["headlines"][0]["value"] == TEXTS[code][0]
    assert datetime.fromisoformat(item["firstCreated"]) == WHEN
    assert datetime.fromisoformat(item["versionCreated"]) == WHEN
    assert (item["by"], item["located"]) == ("A. Writer", "Karachi")
    html, plain = item["bodies"]
    assert html["value"] == article.body
    assert "[…]" in plain["value"]
    assert plain["charCount"] == len(plain["value"])
    assert plain["wordCount"] == len(plain["value"].split())
    (source,) = item["infoSources"]
    assert source["name"] == "Example Press"
    assert client.get(source["uri"].removeprefix(settings.SITE_URL)).status_code == 200
    assert item["copyrightHolder"] == "Example"
    assert item["usageTerms"] == "Ask first."
    (sister,) = item["associations"]
    assert (sister["rel"], sister["language"]) == ("translation", other.language_id)
    assert sister["uri"] == item_of(client, other)["uri"]
    assert all(
        client.get(each["href"].removeprefix(settings.SITE_URL)).status_code == 200
        for each in item["renditions"]
    )


def test_an_item_says_nothing_where_nothing_is_known(client):
    item = item_of(client, make_article(source=None))
    assert faults(item, ITEM) == []
    assert not {"by", "located", "infoSources", "usageTerms", "associations"} & item.keys()
    assert all(item.values())


@pytest.mark.parametrize("code", CODES)
def test_our_own_loader_reads_the_same_story_from_an_item(client, code):
    article = make_article(language=code, byline="A. Writer")
    (draft,) = made.parse(client.get(path_of(article, "json")).content).drafts
    assert draft.headline == article.headline
    assert draft.language == code
    assert draft.published == WHEN
    assert draft.byline == "A. Writer"
    assert "".join(f"<p>{text}</p>" for text in draft.paragraphs) == article.body
    assert draft.pub_status == "usable"


def test_a_later_change_is_another_version(client):
    article = make_article()
    changed = WHEN + timedelta(days=3)
    Article.objects.filter(pk=article.pk).update(updated_at=changed, version=7)
    item = item_of(client, article)
    assert datetime.fromisoformat(item["versionCreated"]) == changed
    assert datetime.fromisoformat(item["firstCreated"]) == WHEN
    assert item["version"] == "7"


def test_a_day_without_a_time_is_noted(client):
    article = make_article(published_precision="day")
    assert "Only the day" in item_of(client, article)["edNote"]
    assert "Only the day" not in item_of(client, make_article()).get("edNote", "")


@pytest.mark.parametrize("code", CODES)
def test_the_text_of_an_article_tells_all_that_its_page_tells(client, settings, editions, code):
    article = make_full(code, body=f"<h2>Rubric</h2><p>One.</p>{BODY}")
    response = client.get(path_of(article, "txt"))
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    text = response.content.decode()
    bare = re.sub("[\u2066-\u2069]", "", text)
    for told in (TEXTS[code][0], "In short.", "A. Writer", "Karachi", "Example Press", "[…]"):
        assert told in bare
    assert "\n\nRubric\n\nOne.\n\nBefore […] after.\n\n" in bare
    assert settings.SITE_URL + article.get_absolute_url() in bare
    assert "https://press.example/news/1" in bare
    assert "ab" * 32 in bare
    assert "<" not in bare
    assert text.endswith("\n")
    lines = [line for line in text.split("\n") if line]
    is_rtl = editions[code].direction == "rtl"
    assert all(line.startswith("\u2067") == is_rtl for line in lines)
    for line in lines:
        assert sum(line.count(each) for each in "\u2066\u2067\u2068") == line.count("\u2069")


@pytest.mark.parametrize("code", ["ur", "sd"])
def test_a_telephone_number_keeps_its_order_in_the_text(client, code):
    article = make_article(language=code, body=f"<p>نمبر {NUMBER}</p>")
    assert f"\u2066{NUMBER}\u2069" in client.get(path_of(article, "txt")).content.decode()


def test_lines_that_run_from_right_to_left_are_held_one_by_one():
    assert enclose_lines("اب\n\n5-4", "rtl") == "\u2067اب\u2069\n\n\u2067\u20665-4\u2069\u2069"
    assert enclose_lines("a\u2067b\n5-4", "ltr") == "ab\n5-4"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("code", CODES)
def test_each_form_names_the_page_that_it_is_of_and_the_page_names_it(client, settings, code, form):
    article = make_article(language=code)
    response = client.get(path_of(article, form))
    address = settings.SITE_URL + article.get_absolute_url()
    assert response["Link"] == f'<{address}>; rel="canonical"'
    assert not response.cookies
    assert response.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    page = Page(client.get(article.get_absolute_url()))
    media_type = {"txt": "text/plain", "json": "application/json"}[form]
    (link,) = page.all("link", rel="alternate", type=media_type)
    assert link["href"] == path_of(article, form)
    assert path_of(article, form) in page.links


@pytest.mark.parametrize("form", FORMS)
def test_the_number_decides_and_another_language_leads_to_the_right_one(client, form):
    article = make_article(language="ur")
    response = client.get(f"/en/{article.pk}.{form}")
    assert (response.status_code, response["Location"]) == (301, path_of(article, form))


@pytest.mark.parametrize("code", CODES)
def test_a_withdrawn_article_is_gone_in_every_form(client, code):
    article = make_article(language=code, status=Article.Status.WITHDRAWN, headline="secret")
    text, data = (client.get(path_of(article, form)) for form in FORMS)
    assert (text.status_code, data.status_code) == (410, 410)
    assert b"secret" not in text.content + data.content
    item = json.loads(data.content)
    assert faults(item, ITEM) == []
    assert item["pubStatus"] == "canceled"
    assert ("withdrawn" in text.content.decode()) == (code == "en")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.REVIEW},
        {"published_at": timezone.now() + timedelta(days=1)},
        {"published_at": timezone.now() + timedelta(days=1), "status": Article.Status.WITHDRAWN},
    ],
)
def test_what_readers_may_not_see_is_the_404_of_any_number(client, form, hidden):
    article = make_article(**hidden)
    answer, nothing = client.get(path_of(article, form)), client.get(f"/en/98765.{form}")
    assert answer.status_code == nothing.status_code == 404
    assert answer.content == nothing.content


@pytest.mark.parametrize("form", FORMS)
def test_an_unpublished_edition_tells_nothing(client, form):
    article = make_article(language="sd")
    Language.objects.filter(code="sd").update(is_published=False)
    for path in (path_of(article, form), f"/en/{article.pk}.{form}"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(("form", "queries"), [("txt", 4), ("json", 5)])
def test_a_form_costs_few_queries(client, django_assert_num_queries, form, queries):
    article = make_full("en")
    make_article(language="ur", story=article.story)
    make_figure(article)
    make_figure(article)
    with django_assert_num_queries(queries):
        client.get(path_of(article, form))


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_only_read(client, form):
    path = path_of(make_article(), form)
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "0.txt", "9" * 3000 + ".json", f"{2**63}.txt", "-1.txt", "1.TXT", "1.txt/", "۱.txt",
        "1.xml", ".json", "1%00.txt", "1.txt%0a", "%ed%a0%80.json", "1e9.txt",
    ],
)  # fmt: skip
def test_what_is_no_form_of_an_article_is_a_404(client, path):
    make_article()
    assert client.get(f"/en/{path}").status_code == 404


@pytest.mark.parametrize(("code", "quotes"), [("en", "“{}”"), ("ur", "”{}“"), ("sd", "“{}”")])
def test_an_article_is_cited_in_the_manner_of_its_language(client, settings, code, quotes):
    article = make_article(language=code, byline="A. Writer")
    html = client.get(article.get_absolute_url()).content.decode()
    (cited,) = re.findall(r'<p class="citation">(.*?)</p>', html, re.DOTALL)
    text = re.sub("<[^>]+>", "", cited)
    assert quotes.format(TEXTS[code][0]) in text
    assert text.startswith("A. Writer")
    assert Language.objects.get(pk=code).site_title in text
    short = f"/{code}/{article.pk}/"  # Whatever becomes of the headline, it leads to the article.
    assert text.strip().endswith(settings.SITE_URL + short)
    assert client.get(short)["Location"] == article.get_absolute_url()
    assert "2024" in text
    nameless = make_article(language=code, source=None)
    html = client.get(nameless.get_absolute_url()).content.decode()
    (cited,) = re.findall(r'<p class="citation">(.*?)</p>', html, re.DOTALL)
    assert cited.startswith(quotes[0])
