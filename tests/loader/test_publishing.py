"""Publishing many at once is the same as publishing one: one rule, one result."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from articles.actions import (
    Refused,
    mark_published,
    publish,
    restore,
    return_to_draft,
    submit,
    withdraw,
)
from articles.models import Article
from benchmarks.synthetic import make
from tests.factories import WHY, make_article, make_editor
from tests.loader.door import load, page, write
from tests.loader.snapshot import snapshot
from tests.loader.test_learning import clear

pytestmark = pytest.mark.django_db


def test_what_a_load_publishes_equals_what_the_action_publishes(tmp_path: Path, gazette) -> None:
    make(tmp_path, 40)
    load(tmp_path, source="gazette", publish=True)
    loaded = snapshot()
    live = set(Article.objects.live().values_list("capture__sha256", "capture_item"))
    assert len(live) > 10
    clear()

    load(tmp_path, source="gazette")
    for article in Article.objects.filter(hold_reason="", published_at__isnull=False):
        publish(article=article)

    by_hand = snapshot()
    published = [
        [row for row in rows["Article"] if row["status"] == "published"]
        for rows in (loaded, by_hand)
    ]
    assert published[0] == published[1]
    assert len(published[0]) == len(live)


@pytest.mark.parametrize(
    "fault",
    [
        {"headline": ""},
        {"body": ""},
        {"source": None},
        {"status": "published"},
        {"embargoed_until": timezone.now() + timedelta(days=1), "published_at": None},
    ],
)
def test_both_ways_refuse_the_same_with_the_same_words(fault) -> None:
    fields = {"status": "draft", "published_at": timezone.now(), **fault}
    article = make_article(**fields)
    before = {name: value for name, value in vars(article).items() if name != "_state"}

    with pytest.raises(Refused) as by_action:
        publish(article=article)
    with pytest.raises(Refused) as in_bulk:
        mark_published(article)

    assert in_bulk.value.reasons == by_action.value.reasons
    assert {name: value for name, value in vars(article).items() if name != "_state"} == before


def test_what_an_editor_sent_back_is_not_published_by_a_load(tmp_path: Path, gazette) -> None:
    write(tmp_path, one=page("harbour"), two=page("lighthouse", dated="2025-03-02"))
    load(tmp_path, source="gazette")
    returned, withdrawn = Article.objects.order_by("capture__filename")
    editor = make_editor()
    submit(article=returned, by=editor)
    return_to_draft(article=returned, by=editor, note="Ask the harbour master first.")
    publish(article=withdrawn, by=editor, at=timezone.now() + timedelta(days=3))
    withdraw(article=withdrawn, by=editor, notice=WHY)
    restore(article=withdrawn, by=editor)

    load(tmp_path, source="gazette", publish=True)

    assert set(Article.objects.values_list("status", flat=True)) == {"draft"}
