"""A text past the guard is refused in the language of the desk."""

from __future__ import annotations

import pytest

from articles.text.html import HtmlTooLarge, clean
from tests.admin.desk import form_of, save, sit_down, typed
from tests.factories import make_article

TOO_LARGE = [
    ("x" * (256 * 1024 + 1), ["262,145", "262,144"]),
    ("<br>" * 3001, ["3,001", "3,000"]),
    ("&a" * 20_001, ["20,001", "20,000"]),
    ("<div>" * 33, ["\u2066<div>\u2069", "32"]),
    ("<a " + "x " * 65 + ">y</a>", ["\u2066<a>\u2069", "64"]),
]


def errors_of(body: str, language: str) -> str:
    """What the form, at a desk in ``language``, says of a body."""
    response = save(sit_down(language), make_article(status="draft"), body=body)
    assert response.status_code == 200
    return " ".join(response.context["adminform"].form.errors["body"])


@pytest.mark.django_db
@pytest.mark.parametrize(("body", "parts"), TOO_LARGE)
def test_limit_is_told_in_the_language_of_the_desk(body: str, parts: list[str]) -> None:
    told = {language: errors_of(body, language) for language in ("en", "ur", "sd")}

    for sentence in told.values():
        assert all(part in sentence for part in parts)
    assert "formatting" in told["en"]
    assert "آرائش" in told["ur"]
    assert "formatting" not in told["ur"]
    assert "سجاوٽ" in told["sd"]
    assert "formatting" not in told["sd"]


@pytest.mark.django_db
@pytest.mark.parametrize("body", [body for body, _parts in TOO_LARGE])
def test_english_desk_reads_what_the_loader_writes(body: str) -> None:
    with pytest.raises(HtmlTooLarge) as refused:
        clean(body)

    shown = errors_of(body, "en").replace("\u2066", "").replace("\u2069", "")
    assert shown == str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Please go back and save it in parts"),
        ("ur", "حصوں میں محفوظ کریں"),
        ("sd", "حصن ۾ محفوظ ڪريو"),
    ],
)
def test_a_form_that_no_server_takes_whole_is_answered_in_words(language: str, words: str) -> None:
    article = make_article(status="draft", headline="Old")
    client = sit_down(language)
    form = typed(client.get(form_of(article)), headline="New", body=f"<p>{'word ' * 600_000}</p>")

    answer = client.post(form_of(article), form)

    assert answer.status_code == 413
    assert words in answer.content.decode()
    article.refresh_from_db()
    assert article.headline == "Old"
