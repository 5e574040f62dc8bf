"""A load that reads another text of what was translated says so to the translators."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from articles.actions import start_translation
from articles.models import Article
from articles.models.story import stale
from tests.factories import make_editor, make_language
from tests.loader.door import article_of, load, page, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gazette")]


def test_a_load_that_reads_another_text_makes_translations_stale_and_keeps_both(
    tmp_path: Path,
) -> None:
    urdu = make_language("ur")
    write(tmp_path, a=page("mill"))
    load(tmp_path)
    article = article_of("a")
    before = article.headline
    draft = start_translation(source=article, language=urdu, by=make_editor())
    assert not Article.objects.filter(stale()).exists()

    told = {"captures": {"a.txt": {"headline": "The old mill turns again"}}}
    (tmp_path / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    load(tmp_path)

    assert list(Article.objects.filter(stale())) == [draft]
    article = article_of("a")
    history = [one.snapshot["headline"] for one in article.revisions.kept()]
    assert history == ["The old mill turns again", before]
    assert article.text_version == article.revisions.kept()[0].number


def test_a_load_that_changes_no_text_makes_nothing_stale(tmp_path: Path) -> None:
    write(tmp_path, a=page("mill"))
    load(tmp_path)
    start_translation(source=article_of("a"), language=make_language("ur"), by=make_editor())

    load(tmp_path, source="gazette", publish=True)

    assert article_of("a").status == "published"
    assert not Article.objects.filter(stale()).exists()
