"""Where a page went: no redirect holds for ever, and none forgets that a reader reads lite."""

from __future__ import annotations

import pytest

from articles.models import Alias, Article, Language
from tests.factories import WHEN, make_article

AFTER = "after=20400305T093000.000000Z-1"


def browse(client, path: str, remembered: dict[str, str]) -> str:
    """Follow redirects as a browser does, which keeps a 301 unless it is told to ask anew."""
    for _step in range(10):
        if path not in remembered:
            response = client.get(path)
            if response.status_code == 200:
                return path
            if response.get("Cache-Control") != "no-cache":
                remembered[path] = response["Location"]
            path = response["Location"]
        else:
            path = remembered[path]
    raise AssertionError("The redirects lead round and round.")


def test_a_headline_that_is_changed_back_leads_no_browser_round_and_round(client):
    article = make_article(headline="One")
    remembered: dict[str, str] = {}
    visited = []
    for headline in ("One", "Two", "One"):
        article.headline = headline
        article.save()
        visited.append(article.get_absolute_url())
        assert [browse(client, path, remembered) for path in visited] == visited[-1:] * len(visited)


def test_caches_ask_about_a_move_each_time(client):
    article = make_article(language="ur")
    Alias.objects.create(path="/old.html", article=article)
    for path in ("/old.html", f"/ur/{article.pk}/x/", f"/en/{article.pk}.txt", "/en/latest"):
        response = client.get(path)
        assert (response.status_code, response["Cache-Control"]) == (301, "no-cache")


@pytest.mark.parametrize("end", ["/", ".txt", ".json"])
def test_caches_ask_about_a_withdrawn_article_each_time_in_every_form(client, end):
    article = make_article(status=Article.Status.WITHDRAWN)
    path = article.get_absolute_url() if end == "/" else f"/en/{article.pk}{end}"
    response = client.get(path)
    assert (response.status_code, response["Cache-Control"]) == (410, "no-cache")


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/?{}", "/en/?{}"),
        ("/old.html?{}", "{article}?{}"),
        ("/en/{pk}/x/?{}", "{article}?{}"),
        ("/en?{}", "/en/?{}"),
        ("/en/latest/?q=a&{}", "/en/search/?q=a&{}"),
        (f"/en/latest/?since=2024-01-01&{AFTER}&{{}}", "/en/latest/?since=2024-01-01&{}"),
        (f"/en/latest/?{AFTER}&{{}}", "/en/latest/?{}"),
        (f"/en/corrections/?{AFTER}&{{}}", "/en/corrections/?{}"),
        (f"/en/archive/2024/03/?{AFTER}&{{}}", "/en/archive/2024/03/?{}"),
        ("/en/search/?q=nothing&at=20000305T093000.000000Z-1&{}", "/en/search/?q=nothing&{}"),
        ("/language/ur/?next=/ur/latest/&{}", "/ur/latest/?{}"),
    ],
)
@pytest.mark.parametrize("wish", ["lite", "lite=no"])
def test_a_lite_reader_stays_lite_wherever_they_are_sent(client, path, address, wish):
    article = make_article(published_at=WHEN)
    Alias.objects.create(path="/old.html", article=article)
    named = {"pk": article.pk, "article": article.get_absolute_url()}
    response = client.get(path.format(wish, **named))
    assert response.status_code in (301, 302)
    assert response["Location"] == address.format(wish, **named)


@pytest.mark.parametrize("status", [Article.Status.PUBLISHED, Article.Status.WITHDRAWN])
def test_an_old_address_of_an_edition_that_is_not_published_is_a_404_at_once(client, status):
    article = make_article(language="sd", status=status)
    Alias.objects.create(path="/old.html", article=article)
    Language.objects.filter(code="sd").update(is_published=False)
    assert client.get("/old.html").status_code == 404
