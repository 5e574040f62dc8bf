"""Addresses and forms that no page of ours made: answered with a page, an error or a message."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from articles.models import Article
from tests.admin.desk import form_of, said, save, sit_down, typed
from tests.factories import make_article, make_language, make_section, make_source

pytestmark = [pytest.mark.walk, pytest.mark.django_db]

ADD = "admin:articles_article_add"
HUGE = "9" * 23


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("section", "abc"),
        ("source", "abc"),
        ("section", HUGE),
        ("source", "-1"),
        ("published_at", "garbage"),
        ("published_at", "0001-01-01"),
        ("published_at", "9999-12-31T23:59"),
        ("embargoed_until", "2020-13-45"),
        ("published_precision", "century"),
        ("story", "garbage"),
        ("language", "xx"),
        ("headline", "x" * 301),
        ("status", "published"),
        ("no_such_field", "x"),
    ],
)
def test_new_article_drops_from_its_address_what_no_field_accepts(name: str, value: str) -> None:
    make_language("en")

    response = sit_down().get(f"{reverse(ADD)}?{urlencode({name: value})}")

    assert response.status_code == 200
    assert response.context["adminform"].form.initial.get(name) != value


def test_new_article_takes_from_its_address_what_its_fields_accept() -> None:
    section, source, story = make_section(), make_source(), uuid.uuid4()
    given = {
        "section": section.pk,
        "source": source.pk,
        "story": story,
        "headline": "Rain",
        "language": "en",
        "published_at": "2024-03-05T09:30",
        "embargoed_until": "2020-01-01",
    }

    response = sit_down("ur").get(f"{reverse(ADD)}?{urlencode(given)}")

    initial = response.context["adminform"].form.initial
    assert (initial["section"], initial["source"]) == (section.pk, source.pk)
    assert (initial["story"], initial["headline"], initial["language"]) == (story, "Rain", "en")
    assert f"{localtime(initial['published_at']):%Y-%m-%d %H:%M}" == "2024-03-05 09:30"
    assert f"{localtime(initial['embargoed_until']):%Y-%m-%d %H:%M}" == "2020-01-01 00:00"
    assert f'<option value="{section.pk}" selected>' in response.content.decode()


@pytest.mark.parametrize(
    "address", ["section/add/?language=abc", f"alias/add/?article={HUGE}", "alias/add/?article=abc"]
)
def test_other_forms_are_no_less_careful(address: str) -> None:
    assert sit_down().get(f"{reverse('admin:index')}articles/{address}").status_code == 200


@pytest.mark.parametrize("name", ["section", "source"])
@pytest.mark.parametrize("value", ["abc", HUGE, "-1", "1.5", "1\0"])
def test_forged_choice_is_an_error_in_the_form_and_keeps_the_text(name: str, value: str) -> None:
    article = make_article(status="draft", headline="Old")

    response = save(sit_down(), article, headline="Typed", **{name: value})

    assert response.status_code == 200
    form = response.context["adminform"].form
    assert form.errors[name]
    assert form["headline"].value() == "Typed"
    assert Article.objects.get().headline == "Old"


@pytest.mark.parametrize("value", ["abc", HUGE, "en\0"])
def test_forged_language_is_an_error_in_the_form(value: str) -> None:
    response = save(sit_down(), make_article(status="draft"), language=value)

    assert response.status_code == 200
    assert response.context["adminform"].form.errors["language"]


@pytest.mark.parametrize("ticked", ["abc", HUGE, "", "1\0"])
@pytest.mark.parametrize("action", ["submit_selected", "return_selected", "delete_selected"])
def test_forged_selection_changes_nothing_and_says_so(ticked: str, action: str) -> None:
    article = make_article(status="draft")
    posted = {"action": action, "_selected_action": [article.pk, ticked], "index": "0"}

    response = sit_down().post(reverse("admin:articles_article_changelist"), posted, follow=True)

    assert response.status_code == 200
    assert "Nothing was changed" in said(response)
    assert Article.objects.get().status == "draft"


def test_people_are_chosen_as_carefully() -> None:
    posted = {"action": "delete_selected", "_selected_action": "abc", "index": "0"}

    response = sit_down().post(reverse("admin:auth_user_changelist"), posted, follow=True)

    assert "Nothing was changed" in said(response)


@pytest.mark.parametrize(
    "address",
    [
        "articles/article/?language__code__exact=%00",
        "articles/article/?status__exact=%00",
        "articles/article/?q=%00",
        "articles/article/?%00=1",
        "articles/article/add/?language=%00",
        "articles/language/%00/change/",
        "articles/section/?q=x%00",
        "autocomplete/?app_label=articles&model_name=article&field_name=section&term=%00",
    ],
)
def test_nul_in_an_address_of_the_desk_is_a_bad_request_and_no_fault(address: str) -> None:
    make_article()

    response = sit_down("ur").get(f"{reverse('admin:index')}{address}")

    assert response.status_code == 400
    page = response.content.decode()
    assert 'lang="ur"' in page
    assert 'dir="rtl"' in page


def test_nul_in_the_address_of_a_posted_form_is_a_bad_request() -> None:
    article = make_article(status="draft")
    client = sit_down()
    form = typed(client.get(form_of(article)), headline="Typed")

    assert client.post(f"{form_of(article)}?x=%00", form).status_code == 400
    assert Article.objects.get().headline != "Typed"


@pytest.mark.parametrize("lookup", ["headline__regex", "body__iregex", "search_key__regex"])
@pytest.mark.parametrize("pattern", ["(((", "(a+)+$"])
def test_list_is_not_searched_by_a_pattern_from_its_address(lookup: str, pattern: str) -> None:
    """One may be no pattern at all, another may take longer than anybody waits."""
    make_article()
    address = f"{reverse('admin:articles_article_changelist')}?{urlencode({lookup: pattern})}"

    assert sit_down().get(address).status_code == 400


@pytest.mark.parametrize("day", ["0001-01-01", "0001-12-31", "9999-12-31"])
@pytest.mark.parametrize("name", ["published_at", "embargoed_until", "change_at"])
def test_day_at_an_end_of_the_calendar_is_an_error_in_the_form(name: str, day: str) -> None:
    """Such a day is none in another time zone."""
    article = make_article(status="draft" if name == "embargoed_until" else "published")
    moment = {f"{name}_0": day, f"{name}_1": "23:59:59" if day.startswith("9") else "00:00:00"}

    button = {"_later": "schedule"} if name == "change_at" else {}

    response = save(sit_down(), article, headline="Typed", **moment, **button)

    assert response.status_code == 200
    form = response.context["adminform"].form
    assert "1583" in str(form.errors[name])
    assert form["headline"].value() == "Typed"


@pytest.mark.parametrize("button", ["propose", "schedule"])
def test_new_article_is_saved_though_its_form_asks_to_keep_it_for_later(button: str) -> None:
    """No page of ours has such a button: there is no text yet that could stand until then."""
    make_language("en")
    client = sit_down()
    sent = typed(client.get(reverse(ADD)), headline="Typed", _later=button)

    assert client.post(reverse(ADD), sent, follow=True).status_code == 200
    assert Article.objects.get().headline == "Typed"
