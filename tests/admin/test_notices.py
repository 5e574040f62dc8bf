"""The desk asks what readers are to be told, in their language, before it takes a step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.actions import Refused
from articles.admin.article import ArticleAdmin
from articles.models import Article, Notice
from tests.admin.desk import form_of, said, save, sit_down
from tests.admin.test_verbs import LIST, choose, status_of
from tests.factories import NOTICES, WHY, make_article, make_member, make_notice
from tests.views.pages import Page

pytestmark = pytest.mark.django_db


def step_of(article: Article, name: str) -> str:
    """The address of the page that asks for the notice of a step."""
    return reverse("admin:articles_article_step", args=[article.pk, name])


def take(client: Client, article: Article, name: str, **typed: str) -> Any:
    """Fill in the page of a step and press its button."""
    fields = {f"{article.language_id}-{field}": value for field, value in typed.items()}
    return client.post(step_of(article, name), fields, follow=True)


@pytest.mark.parametrize("desk", ["en", "ur", "sd"])
@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("ur", "rtl"), ("sd", "rtl")])
def test_the_notice_is_typed_in_the_articles_own_direction(
    desk: str, code: str, direction: str
) -> None:
    client, article = sit_down(desk), make_article(language=code)
    for name in ("withdraw", "notice"):
        page = Page(client.get(step_of(article, name)))
        (box,) = page.all("textarea")
        assert (box["lang"], box["dir"], "required" in box) == (code, direction, True)
        assert page.all("label", **{"for": box["id"]})
        assert bool(page.all("select", name=f"{code}-kind")) == (name == "notice")
        assert page.html["lang"] == desk


def test_withdrawing_asks_for_the_notice_and_keeps_what_was_typed() -> None:
    client, article = sit_down(), make_article()

    asked = save(client, article, headline="Newer", _verb="withdraw")

    assert asked.redirect_chain == [(step_of(article, "withdraw"), 302)]
    article.refresh_from_db()
    assert (article.headline, article.status) == ("Newer", "published")

    response = take(client, article, "withdraw", text=WHY)
    assert response.redirect_chain == [(form_of(article), 302)]
    assert status_of(article) == "withdrawn"
    assert Notice.objects.get().text == WHY
    assert "readers no longer see it" in said(response)


@pytest.mark.parametrize("name", ["withdraw", "notice"])
def test_a_step_without_its_notice_is_not_taken(name: str) -> None:
    client, article = sit_down(), make_article()

    response = take(client, article, name, text=" \n", kind="correction")

    assert response.status_code == 200
    assert "This field is required." in response.content.decode()
    assert status_of(article) == "published"
    assert not Notice.objects.exists()


@pytest.mark.parametrize("text", ["a\x00b", "x" * 2001])
def test_a_text_that_cannot_be_kept_is_shown_again_with_the_reason(text: str) -> None:
    article = make_article()
    response = take(sit_down(), article, "notice", text=text, kind="correction")
    assert response.status_code == 200
    assert 'class="errorlist"' in response.content.decode()
    assert not Notice.objects.exists()


def test_withdrawing_takes_along_the_languages_that_get_a_notice() -> None:
    client, article = sit_down(), make_article()
    with_it = make_article(language="ur", story=article.story)
    without_it = make_article(language="sd", story=article.story)
    page = Page(client.get(step_of(article, "withdraw")))
    required = {box["lang"]: "required" in box for box in page.all("textarea")}
    assert required == {"en": True, "ur": False, "sd": False}

    client.post(step_of(article, "withdraw"), {"en-text": WHY, "ur-text": NOTICES["ur"]})

    statuses = [status_of(each) for each in (article, with_it, without_it)]
    assert statuses == ["withdrawn", "withdrawn", "published"]
    assert with_it.notices.get().text == NOTICES["ur"]


def test_a_correction_is_added_beside_the_other_steps() -> None:
    client, article = sit_down(), make_article(language="sd")
    assert 'name="_verb" value="notice"' in client.get(form_of(article)).content.decode()

    asked = save(client, article, _verb="notice")
    assert asked.redirect_chain == [(step_of(article, "notice"), 302)]
    response = take(client, article, "notice", kind="clarification", text=NOTICES["sd"])

    notice = Notice.objects.get()
    assert (notice.kind, notice.text) == ("clarification", NOTICES["sd"])
    assert "see the notice now" in said(response)
    listed = response.content.decode()
    assert f'<bdi lang="sd" dir="rtl">{NOTICES["sd"]}</bdi>' in listed
    assert notice.made_by.get_username() in listed


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_what_readers_do_not_see_is_offered_no_correction(status: str) -> None:
    client, article = sit_down(), make_article(status=status)
    assert 'value="notice"' not in client.get(form_of(article)).content.decode()
    response = take(client, article, "notice", kind="correction", text="Words")
    assert "This step cannot be taken now." in said(response)
    assert not Notice.objects.exists()


def test_a_scheduled_article_is_offered_no_correction_but_can_be_withdrawn() -> None:
    article = make_article(published_at=timezone.now() + timedelta(days=1))
    response = sit_down().get(form_of(article))
    assert [verb.name for verb in response.context["verbs"]] == ["withdraw"]


def test_old_notices_are_shown_to_the_desk_and_said_to_be_hidden() -> None:
    article = make_article()
    make_notice(article, kind="withdrawal", text="The old reason.", public=False)
    page = sit_down().get(form_of(article)).content.decode()
    assert "The old reason." in page
    assert "no longer shown to readers" in page


def test_bulk_withdrawal_asks_for_one_notice_in_each_language() -> None:
    articles = [make_article(), make_article(), make_article(language="ur")]
    draft = make_article(language="sd", status="draft")
    client = sit_down()

    asked = choose(client, "withdraw_selected", *articles, draft)
    boxes = Page(asked).all("textarea")
    assert [(box["lang"], "required" in box) for box in boxes] == [("en", True), ("ur", True)]
    assert {status_of(each) for each in articles} == {"published"}

    ticked = {"_selected_action": [each.pk for each in (*articles, draft)], "_noticed": "yes"}
    typed = {"action": "withdraw_selected", "en-text": WHY, **ticked}
    again = client.post(reverse(LIST), typed, follow=True)
    assert "This field is required." in again.content.decode()
    assert {status_of(each) for each in articles} == {"published"}

    response = client.post(reverse(LIST), {**typed, "ur-text": NOTICES["ur"]}, follow=True)
    assert {status_of(each) for each in articles} == {"withdrawn"}
    assert status_of(draft) == "draft"
    texts = [each.notices.get().text for each in articles]
    assert texts == [WHY, WHY, NOTICES["ur"]]
    assert "3 articles are withdrawn." in said(response)
    assert "so this cannot be done to it" in said(response)


@pytest.mark.parametrize("name", ["withdraw", "notice"])
def test_who_may_only_look_is_given_no_page_of_a_step(name: str) -> None:
    article = make_article()
    client = sit_down(member=make_member("en", "editor"))
    assert client.get(step_of(article, name)).status_code == 403
    assert take(client, article, name, text=WHY, kind="correction").status_code == 403
    assert status_of(article) == "published"
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "path", ["999999/step/withdraw/", "x/step/withdraw/", "{}/step/publish/", "{}/step/explode/"]
)
def test_a_step_that_has_no_page_is_a_404(path: str) -> None:
    article = make_article()
    address = reverse(LIST) + path.format(article.pk)
    assert sit_down().get(address).status_code == 404


def test_when_one_of_several_withdrawals_is_refused_none_is_made(monkeypatch) -> None:
    client, article = sit_down(), make_article()
    other = make_article(language="ur", story=article.story)
    client.get(step_of(article, "withdraw"))
    form = {"en-text": WHY, "ur-text": NOTICES["ur"]}
    take_step = actions.withdraw

    def too_late(*, article: Article, by: AbstractUser, notice: str) -> Article:
        """Another editor is quicker with the one that comes second."""
        if article.pk == other.pk:
            raise Refused(["Too late."])
        return take_step(article=article, by=by, notice=notice)

    monkeypatch.setattr(actions, "withdraw", too_late)
    response = client.post(step_of(article, "withdraw"), form)

    assert response.status_code == 200
    assert "Too late." in response.content.decode()
    assert WHY in response.content.decode()
    assert [status_of(article), status_of(other)] == ["published", "published"]
    assert not Notice.objects.exists()


def test_a_bulk_withdrawal_counts_what_it_does_not_name(monkeypatch) -> None:
    monkeypatch.setattr(ArticleAdmin, "list_per_page", 2)
    articles = [make_article(headline=f"Number {number}") for number in range(5)]
    page = choose(sit_down(), "withdraw_selected", *articles).content.decode()
    assert page.count("Number ") == 2
    assert "and 3 more" in page


@pytest.mark.parametrize("moment", ["published_at", "embargoed_until"])
def test_no_time_takes_an_article_away_without_a_notice(moment: str) -> None:
    client, article = sit_down(), make_article()
    ahead = {"published_at_0": "2099-01-01", "published_at_1": "08:00:00"}
    if moment == "embargoed_until":
        ahead |= {"embargoed_until_0": "2099-01-01", "embargoed_until_1": "08:00:00"}
    response = save(client, article, **ahead)
    assert "withdraw it to take it away from them" in response.content.decode()
    assert Article.objects.get(pk=article.pk).is_live()
