"""Captures that name each other come in as one story in several languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.admin.desk import form_of, said, sit_down
from tests.captures.formats.made import HEADLINES, page, record, schema, warc, zipped
from tests.factories import make_article
from tests.loader.door import load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazette")]

LANGUAGES = ("en", "ur", "sd")


def saved(code: str, *names: str) -> bytes:
    """A saved page in a language, which names the pages of ``names``."""
    links = "".join(
        f'<link rel="alternate" hreflang="{each}" href="https://press.example/{each}/rain">'
        for each in names
    )
    own = f'<link rel="canonical" href="https://press.example/{code}/rain">'
    dated = schema(headline=HEADLINES[code], datePublished="2023-07-29T10:00:00+05:00")
    return page(head=dated + own + links, language=code)


def put(folder: Path, **names: tuple[str, ...]) -> Path:
    folder.mkdir(exist_ok=True)
    for code, named in names.items():
        (folder / f"{code}.html").write_bytes(saved(code, *named))
    return folder


@pytest.mark.parametrize("order", [("en", "ur", "sd"), ("sd", "en", "ur"), ("ur", "sd", "en")])
def test_pages_that_name_each_other_are_one_story_in_whatever_order(tmp_path: Path, order) -> None:
    for code in order:
        folder = put(tmp_path / code, **{code: LANGUAGES})
        load(folder, source="gazette", publish=True)

    story = set(Article.objects.live().values_list("story", "language"))
    assert len(story) == 3
    assert len({key for key, _language in story}) == 1


def test_an_archive_of_them_gives_the_same_story(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    files = {f"{code}.html": saved(code, *LANGUAGES) for code in LANGUAGES}
    (tmp_path / "a" / "all.zip").write_bytes(zipped(files))
    load(tmp_path / "a", source="gazette")
    stories = set(Article.objects.values_list("story", flat=True))

    (tmp_path / "b").mkdir()
    crawl = warc(*(record(saved(c, *LANGUAGES), uri=f"https://x.example/{c}") for c in LANGUAGES))
    (tmp_path / "b" / "all.warc").write_bytes(crawl)
    load(tmp_path / "b", source="gazette")

    assert len(stories) == 1
    assert set(Article.objects.values_list("story", flat=True)) == stories


def test_a_page_that_does_not_answer_is_proposed_and_not_joined(tmp_path: Path) -> None:
    load(put(tmp_path, en=("en", "ur"), ur=()), source="gazette")
    english, urdu = (Article.objects.get(language=code) for code in ("en", "ur"))
    assert english.story != urdu.story
    client = sit_down()

    shown = client.get(form_of(english)).content.decode()

    assert re.search(rf"names <a href=\"{form_of(urdu)}\">.*?</a> as its translation", shown)
    assert "as its translation" not in client.get(form_of(urdu)).content.decode()


def test_an_editor_joins_what_is_proposed_and_a_reload_leaves_it(tmp_path: Path) -> None:
    put(tmp_path, en=("en", "ur"), ur=())
    load(tmp_path, source="gazette")
    client = sit_down()

    answer = join(client, *Article.objects.all())

    assert "The story has 2 articles now." in said(answer)
    assert len(set(Article.objects.values_list("story", flat=True))) == 1
    put(tmp_path, en=("en", "ur", "sd"))
    load(tmp_path, source="gazette")
    assert len(set(Article.objects.values_list("story", flat=True))) == 1


def test_a_story_never_gets_two_articles_in_one_language() -> None:
    first, second = make_article(language="en"), make_article(language="en")
    third = make_article(language="ur", story=first.story)
    client = sit_down()

    assert "one language" in said(join(client, second, third))
    assert "one story already" in said(join(client, first, third))

    assert len(set(Article.objects.values_list("story", flat=True))) == 2


def join(client: Client, *articles: Article):
    chosen = {"action": "join_selected", ACTION_CHECKBOX_NAME: [each.pk for each in articles]}
    return client.post(reverse("admin:articles_article_changelist"), chosen, follow=True)
