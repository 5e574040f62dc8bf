"""Articles are found by any spelling of a word, and narrowed down by what an editor asks for."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.models import Article
from tests.admin.desk import sit_down
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db


def found(language: str = "en", **query: str) -> set[str]:
    """Headlines that the list of articles shows for ``query``."""
    response = sit_down(language).get(reverse("admin:articles_article_changelist"), query)
    assert response.status_code == 200
    return {article.headline for article in response.context["cl"].result_list}


@pytest.mark.parametrize(
    "typed",
    [
        "کراچی",
        "كراچي",  # Arabic kaf and yeh, as many keyboards write them.
        "كراچى",
        "کَراچی",  # With a vowel sign.
        "کـراچی",  # Stretched with a tatweel.
    ],
)
def test_search_finds_an_urdu_word_in_any_spelling(typed: str) -> None:
    make_article(language="ur", headline="کراچی میں بارش", body="<p>متن</p>")
    make_article(language="ur", headline="لاہور میں دھوپ", body="<p>متن</p>")

    assert found(q=typed) == {"کراچی میں بارش"}


def test_search_finds_words_of_the_text_whatever_their_case() -> None:
    make_article(headline="One", body="<p>The Library opened.</p>")
    make_article(headline="Two", body="<p>The school closed.</p>")

    assert found(q="LIBRARY opened") == {"One"}


def test_search_suggests_articles_for_an_old_address_in_any_spelling() -> None:
    article = make_article(language="ur", headline="کراچی میں بارش")

    response = sit_down().get(
        reverse("admin:autocomplete"),
        {"app_label": "articles", "model_name": "alias", "field_name": "article", "term": "كراچي"},
    )

    assert [row["id"] for row in response.json()["results"]] == [str(article.pk)]


def test_suggested_section_names_its_edition() -> None:
    make_section(title="Sport", language="en")

    response = sit_down().get(
        reverse("admin:autocomplete"),
        {"app_label": "articles", "model_name": "article", "field_name": "section", "term": "Sp"},
    )

    assert "·" in response.json()["results"][0]["text"]


def test_editor_sees_only_what_the_loader_held() -> None:
    make_article(headline="Held", hold_reason="The date is missing.", status="draft")
    make_article(headline="Sure")

    assert found(held="yes") == {"Held"}
    assert found(held="no") == {"Sure"}
    assert found() == {"Held", "Sure"}


def test_editor_narrows_by_language_status_section_and_source() -> None:
    section = make_section(language="ur")
    wanted = make_article(headline="بارش", language="ur", section=section, status="review")
    make_section(language="ur")
    make_article(language="ur")
    make_article()

    for query in (
        {"language__code__exact": "ur", "status__exact": Article.Status.REVIEW.value},
        {"section__id__exact": str(section.pk)},
        {"source__id__exact": str(wanted.source_id)},
    ):
        assert found(**query) == {"بارش"}, query


def test_sections_to_filter_by_are_those_of_the_chosen_edition() -> None:
    ours = [make_section(language="ur").title, make_section(language="ur").title]
    other = make_section(language="en").title
    make_article(language="ur")

    response = sit_down().get(
        reverse("admin:articles_article_changelist"), {"language__code__exact": "ur"}
    )
    choices = " ".join(
        str(choice["display"])
        for spec in response.context["cl"].filter_specs
        if getattr(spec, "field_path", "") == "section"
        for choice in spec.choices(response.context["cl"])
    )

    assert all(f'<bdi lang="ur" dir="rtl">{title}</bdi>' in choices for title in ours)
    assert other not in choices


def titles_of_filters(**query: str) -> list[str]:
    response = sit_down().get(reverse("admin:articles_article_changelist"), query)
    return [spec.title for spec in response.context["cl"].filter_specs]


def test_sections_are_offered_once_a_language_is_chosen() -> None:
    section = make_section(language="ur")
    make_section(language="ur")
    make_article(language="ur")

    assert "section" not in titles_of_filters()
    assert "section" in titles_of_filters(language__code__exact="ur")
    assert "section" in titles_of_filters(section__id__exact=str(section.pk))
    assert "section" in titles_of_filters(section__isnull="True")


def test_all_rows_are_offered_only_to_who_searched() -> None:
    make_article(headline="Rain")
    address = reverse("admin:articles_article_changelist")

    pages = [sit_down().get(address, {"q": words}).content.decode() for words in ("", "rain")]

    assert ["Show all" in page for page in pages] == [False, True]


def test_nonsense_in_the_address_is_no_error() -> None:
    make_article()

    response = sit_down().get(
        reverse("admin:articles_article_changelist"), {"p": "abc", "held": "?", "q": "۔"}
    )

    assert response.status_code == 200
