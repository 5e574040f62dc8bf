"""Why the loader holds an article is told in the language of the desk."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import override

from articles import captures, loader
from articles.captures.sentences import Filled, as_line
from articles.models import Article
from articles.templatetags.held import CODES, DAYS, LANGUAGES, doubts
from tests.admin.desk import make_capture, sit_down
from tests.factories import make_article, make_language
from tests.loader.door import load, write

pytestmark = pytest.mark.django_db

TWO_WAYS = Filled(
    "The date reads two ways: %(day)s or %(others)s.", day="2024-02-03", others=["2024-03-02"]
)
RIVAL = Filled(
    "The story has an article in this language already: “%(headline)s”.", headline="<b>پل</b>"
)
QUOTED = {"headline", "value"}
"""Parts that are text of a capture."""


def pages_of(article: Article, language: str) -> list[str]:
    pages = [reverse("admin:articles_article_change", args=[article.pk])]
    if article.capture_id:
        pages.append(reverse("admin:articles_capture_change", args=[article.capture_id]))
    client = sit_down(language)
    return [client.get(page).content.decode() for page in pages]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "The date reads two ways: 3 February 2024 or 2 March 2024."),
        ("ur", "تاریخ دو طرح پڑھی جا سکتی ہے: 3 فروری 2024 یا 2 مارچ 2024۔"),
        ("sd", "تاريخ ٻن طريقن سان پڙهي سگهجي ٿي: 3 فيبروري 2024 يا 2 مارچ 2024."),
    ],
)
def test_desk_reads_why_an_article_is_held_in_its_own_language(language: str, told: str) -> None:
    article = make_article(status="draft", capture=make_capture(), hold_reason=as_line(TWO_WAYS))

    for page in pages_of(article, language):
        assert f"<li>{told}</li>" in page


def test_what_the_loader_holds_is_told_in_urdu(tmp_path: Path) -> None:
    make_language("en")
    told = "\n\n".join(["The bridge is open again and the carts may cross it."] * 3)
    load(write(tmp_path / "captures", bridge=f"The bridge is open\n\n{told}\n"))

    for page in pages_of(Article.objects.get(), "ur"):
        assert "<li>محفوظ نقل میں اس خبر کی مکمل تاریخ نہیں۔</li>" in page


def test_part_of_a_sentence_is_text_that_runs_its_own_way() -> None:
    with override("ur"):
        shown = doubts(as_line(RIVAL))

    assert "<bdi>&lt;b&gt;پل&lt;/b&gt;</bdi>" in shown
    assert "<b>" not in shown


def test_sentence_that_no_catalogue_knows_stays_english_and_says_so() -> None:
    old = "The date reads two ways: 2024-02-03 or 2024-03-02."
    with override("sd"):
        assert f'<li><bdi lang="en" dir="ltr">{old}</bdi></li>' in doubts(old)
        reworded = as_line(Filled("Once it was said of {%(day)s}.", day="2024-02-03"))
        assert "Once it was said of {2024-02-03}." in doubts(reworded)
    with override("en"):
        assert f"<li>{old}</li>" in doubts(old)
        assert doubts("") == ""


def test_every_part_that_a_sentence_can_have_is_known_at_the_desk() -> None:
    folders = [Path(package.__file__ or "").parent for package in (captures, loader)]
    trees = [ast.parse(path.read_text("utf-8")) for one in folders for path in one.rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    filled = [call for call in calls if getattr(call.func, "id", "") == "Filled"]
    named = {word.arg for call in filled for word in call.keywords if word.arg}

    assert named - QUOTED <= DAYS | LANGUAGES | CODES
    assert len(filled) > 10
