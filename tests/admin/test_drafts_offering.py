"""A text that was kept is offered by what it changes, to be taken up or thrown away."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from articles.models import Draft
from tests.admin.desk import form_of, said, save, sit_down, typed
from tests.admin.drafts import ADD, LIST, TAB, close, offered, type_into
from tests.factories import load_languages, make_article, make_section

pytestmark = pytest.mark.django_db


def test_typed_text_is_offered_by_its_difference_from_what_is_stored() -> None:
    client, article = sit_down(), make_article(status="draft", standfirst="The wells are full.")
    type_into(client, article, standfirst="The wells are half full.", byline="By Ayesha")
    close(client, article)

    page = client.get(form_of(article))

    assert "and did not save it" in offered(page)
    assert "The wells are <ins>half </ins>full." in offered(page)
    assert "<ins>By Ayesha</ins>" in offered(page)
    assert "Headline" not in offered(page)


def test_a_body_is_compared_as_it_would_be_stored() -> None:
    client, article = sit_down(), make_article(status="draft")
    type_into(client, article, body=f'{article.body}<script>alert("x")</script>')
    close(client, article)

    assert "differs from what is stored" in offered(client.get(form_of(article)))


def test_hostile_text_is_shown_and_not_run() -> None:
    client, article = sit_down(), make_article(status="draft")
    type_into(client, article, headline='<img src=x onerror="alert(1)">')
    close(client, article)

    assert "<img" not in offered(client.get(form_of(article)))
    assert "<img" not in client.get(LIST).content.decode().partition("<table")[0]


def test_other_fields_are_told_when_they_were_changed() -> None:
    client, article = sit_down(), make_article(status="draft")
    section = make_section(title="Canals")
    changes: dict[str, Any] = {"embargoed_until_0": "2031-01-01", "embargoed_until_1": "10:00"}
    type_into(client, article, section=section.pk, **changes)
    close(client, article)

    page = offered(client.get(form_of(article)))
    assert '<ins><bdi lang="en" dir="ltr">Canals</bdi></ins>' in page
    assert "Embargoed until" in page
    assert "Published at" not in page


def test_half_a_moment_is_no_fault() -> None:
    client, article = sit_down(), make_article(status="draft")
    type_into(client, article, published_at_0="20", published_at_1="x", section="zzz")
    close(client, article)

    assert client.get(form_of(article)).status_code == 200


def test_only_what_was_typed_is_offered_and_not_what_others_saved_meanwhile() -> None:
    client, article = sit_down(), make_article(status="draft", byline="By Bilal")
    type_into(client, article, headline="Typed")
    close(client, article)
    save(sit_down(), article, byline="By Sana")

    page = offered(client.get(form_of(article)))

    assert "Typed</ins>" in page
    assert "Sana" not in page
    assert "Bilal" not in page


def test_a_taken_text_fills_the_form_and_merges_with_what_others_saved() -> None:
    client, article = sit_down(), make_article(status="draft")
    type_into(client, article, headline="Typed", published_at_0="2031-01-01", section="")
    close(client, article)
    save(sit_down(), article, byline="By Sana")

    page = client.post(reverse("admin:articles_article_unsaved", args=[TAB]), {"_take": "yes"})
    page = client.get(page.headers["Location"])
    form = typed(page)
    assert (form["headline"], form["base_version"]) == ("Typed", 1)
    assert form["published_at_0"] == "2031-01-01"
    assert "By Sana" not in form["byline"]
    assert "It is not saved yet" in page.content.decode()
    client.post(form_of(article), {**form, "_tab": page.context["tab"]})

    article.refresh_from_db()
    assert (article.headline, article.byline) == ("Typed", "By Sana")
    assert not Draft.objects.exists()


def test_a_text_may_be_taken_into_the_form_of_a_new_article() -> None:
    load_languages()
    client = sit_down("en")
    type_into(client, None, headline="بارش", language="ur", story="")
    close(client, None)
    assert "<ins>بارش</ins>" in offered(client.get(ADD))

    page = client.post(
        reverse("admin:articles_article_unsaved", args=[TAB]), {"_take": "yes"}, follow=True
    )

    assert typed(page)["headline"] == "بارش"
    assert typed(page)["language"] == "ur"
    box = page.content.decode().partition('name="headline"')[2].partition("</textarea>")[0]
    assert 'dir="rtl"' in box
    assert box.endswith("بارش")


def test_a_thrown_away_text_is_gone_and_the_form_says_so() -> None:
    client, article = sit_down(), make_article(status="draft")
    type_into(client, article, headline="Typed")

    page = client.post(
        reverse("admin:articles_article_unsaved", args=[TAB]), {"_drop": "yes"}, follow=True
    )

    assert "thrown away" in said(page)
    assert page.request["PATH_INFO"] == form_of(article)
    assert not Draft.objects.exists()


def test_a_text_that_is_not_there_any_more_is_told_of() -> None:
    page = sit_down().post(
        reverse("admin:articles_article_unsaved", args=[uuid4()]), {"_take": "yes"}, follow=True
    )

    assert "no longer kept" in said(page)


@pytest.mark.parametrize("value", ["", "x", "%00", str(UUID(int=9))])
def test_an_address_that_names_no_text_of_ones_own_opens_the_plain_form(value: str) -> None:
    article = make_article(status="draft")
    type_into(sit_down(), article, tab=UUID(int=9), headline="Somebody else's")

    page = sit_down().get(f"{form_of(article)}?draft={value}")

    assert page.status_code in {200, 400}
    assert "Somebody else" not in page.content.decode()


def test_a_text_of_one_article_fills_no_other_form() -> None:
    client, article, other = sit_down(), make_article(status="draft"), make_article(status="draft")
    type_into(client, article, headline="Typed")

    assert "Typed" not in client.get(f"{form_of(other)}?draft={TAB}").content.decode()


def test_the_list_names_what_one_did_not_save() -> None:
    load_languages()
    client, article = sit_down(), make_article(language="sd", status="draft", headline="برسات")
    type_into(client, article, headline="برسات پئي")
    type_into(client, None, tab=UUID(int=2), headline="بارش", language="ur")
    type_into(sit_down(), None, tab=UUID(int=3), headline="Somebody else's")

    page = client.get(LIST).content.decode()

    above = page.partition('id="unsaved_list"')[2].partition("</section>")[0]
    assert f'<a href="{form_of(article)}"><bdi lang="sd" dir="rtl">برسات پئي</bdi></a>' in above
    assert f'<a href="{ADD}"><bdi lang="ur" dir="auto">بارش</bdi></a>' in above
    assert "Somebody else" not in page


def test_the_first_page_names_it_too() -> None:
    load_languages()
    client = sit_down("ur")
    type_into(client, None, headline="برسات", language="sd")
    type_into(sit_down(), None, tab=UUID(int=3), headline="Somebody else's")

    page = client.get(reverse("admin:index")).content.decode()

    assert "آپ کے غیر محفوظ متن" in page
    assert '<bdi lang="sd" dir="auto">برسات</bdi>' in page
    assert "Somebody else" not in page
