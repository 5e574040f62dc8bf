"""What was done is told in the language of whoever reads it, not of whoever did it."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.urls import reverse
from django.utils import translation

from articles.actions import (
    add_notice,
    catch_up,
    decline_change,
    leave_standing,
    link_translations,
    propose_change,
    publish,
    reject_capture,
    revert,
    save_revision,
    split_article,
    start_translation,
    take_back_notice,
    withdraw,
)
from articles.actions.second_factor import reset_second_factor
from articles.models import Article
from tests.actions.test_revisions import copy
from tests.admin.accounts import give_app
from tests.admin.desk import make_capture, sit_down, text_of
from tests.admin.test_incoming import decide, incoming
from tests.factories import WHY, make_article, make_editor, make_language

pytestmark = pytest.mark.django_db

NOTE = "Kept as typed."


def history(row: Any, language: str) -> str:
    """The words of the page that tells what was done to a row, from the first deed on."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_history"
    page = sit_down(language).get(reverse(name, args=[row.pk]))
    return text_of(page)


def told_in(language: str, sentence: str) -> str:
    with translation.override(language):
        return translation.gettext(sentence)


def much_was_done() -> tuple[Article, list[str]]:
    """An article with a line of every kind, all by editors who read English, and those lines."""
    editor, article = make_editor(), make_article(headline="بارش", language="ur")
    original = make_article(language="en")
    link_translations(articles=[article, original], by=editor)
    notice = add_notice(article=article, kind="correction", text="دو دن", by=editor)
    take_back_notice(notice=notice, by=editor, note=NOTE)
    article.refresh_from_db()
    save_revision(article=copy(article, headline="اور"), by=editor)
    revert(article=article, revision=article.revisions.kept()[1], by=editor)
    article.refresh_from_db()
    change = propose_change(article=copy(article, headline="نیا"), by=editor, note=NOTE)
    decline_change(revision=change, by=editor, note=NOTE)
    withdraw(article=original, by=editor, notice=WHY)
    leave_standing(article=article, by=editor, note=NOTE)
    return article, [
        *("Joined as one story.", "Correction added.", "Notice taken back."),
        *("Change proposed.", "Change declined."),
    ]


@pytest.mark.parametrize("language", ["ur", "sd"])
def test_a_history_has_no_sentence_in_the_language_of_whoever_acted(language: str) -> None:
    article, sentences = much_was_done()

    page = history(article, language)

    assert [one for one in sentences if one in page] == []
    assert [one for one in sentences if told_in(language, one) not in page] == []
    assert "Text of version" not in page
    assert page.count(NOTE) == 4


def test_what_names_an_article_names_it_in_a_whole_sentence(settings: Any) -> None:
    editor, article = make_editor(), make_article(headline="Rain")
    draft = start_translation(source=article, language=make_language("ur"), by=editor)
    save_revision(article=copy(article, headline="Rains"), by=editor)
    catch_up(article=draft, by=editor)
    second = split_article(
        article=make_article(status="draft", headline="Two", body="<p>One.</p><p>Two.</p>"),
        before_block=1,
        by=editor,
    )

    page = history(draft, "ur").replace("\u2068", "").replace("\u2069", "")

    assert "”Rain“ کا ترجمہ شروع کیا گیا۔" in page
    assert "started" not in page
    assert "original" not in page
    assert "”Two“ سے الگ کی گئی۔" in history(second, "ur").replace("\u2068", "").replace(
        "\u2069", ""
    )


def test_django_s_own_history_of_a_capture_and_of_an_account_are_told_so_too() -> None:
    editor, capture = make_editor(), make_capture()
    reject_capture(capture=capture, by=editor, note=NOTE)
    give_app(editor)
    reset_second_factor(user=editor, by=make_editor(username="head"))

    of_capture, of_account = history(capture, "ur"), history(editor, "sd")

    assert told_in("ur", "Rejected.") in of_capture
    assert NOTE in of_capture
    assert told_in("sd", "Reset the two-step login.") in of_account
    assert "Reset the two-step" not in of_account
    assert "Rejected. Kept as typed." in history(capture, "en")


def test_the_boxes_that_a_form_changed_are_told_by_django_as_ever() -> None:
    language, client = make_language("en"), sit_down()
    LogEntry.objects.log_actions(
        make_editor().pk, [language], CHANGE, [{"changed": {"fields": ["position"]}}]
    )
    page = client.get(reverse("admin:articles_language_history", args=[language.pk]))
    assert "Changed Position." in text_of(page) or "Changed position." in text_of(page)


def test_a_variant_s_proposal_says_from_which_file_in_the_reader_s_language() -> None:
    capture, article = incoming()
    other = make_article(language=article.language_id, headline="Known", body="<p>Known.</p>")
    decide(sit_down("en"), capture, f"variant:{article.pk},{other.pk}")
    assert other.revisions.count() == 2

    page = history(other, "ur")

    assert f"From {capture.filename}" not in page
    assert capture.filename in page


@pytest.mark.parametrize(
    "typed",
    [
        '[{"deed": ',
        '[{"deed": {}}]',
        '[{"deed": {"key": "no such", "parts": {}, "note": ""}}]',
        '[{"deed": {"key": "catch_up", "parts": {"number": "many"}, "note": ""}}]',
        '[{"deed": {"key": "catch_up", "parts": 5, "note": ""}}]',
        '[{"deed": ' + "[" * 900,
    ],
)
def test_a_note_that_looks_like_a_line_of_the_log_is_shown_as_it_was_typed(typed: str) -> None:
    article = make_article()
    propose_change(article=copy(article, headline="New"), by=make_editor(), note=typed)
    page = sit_down().get(reverse("admin:articles_article_history", args=[article.pk]))
    assert [waiting.change.note for waiting in page.context["waiting"]] == [typed]
    assert typed in text_of(page)


# Lines of older versions --------------------------------------------------------------------------


def old(article: Article, text: str) -> None:
    LogEntry.objects.log_actions(make_editor().pk, [article], CHANGE, text)


def test_lines_of_an_older_version_become_keys_with_their_notes() -> None:
    article = make_article(status="draft")
    publish(article=article, by=make_editor())
    LogEntry.objects.all().delete()
    for text in ("شائع کیا گیا۔", "Correction added. Two days.", "Something else.", "[]"):
        old(article, told_in("ur", "Published.") if text == "شائع کیا گیا۔" else text)

    import_module("articles.migrations.0016_log_in_keys").in_keys(apps, None)

    kept = list(LogEntry.objects.order_by("pk").values_list("change_message", flat=True))
    assert [json.loads(text)[0]["deed"]["key"] for text in kept[:2]] == ["publish", "correction"]
    assert kept[2:] == ["Something else.", "[]"]
    page = history(article, "ur")
    assert told_in("ur", "Correction added.") in page
    assert told_in("ur", "Published.") not in page  # The revision tells it.
    assert "Two days." in page
    assert "Something else." in page
