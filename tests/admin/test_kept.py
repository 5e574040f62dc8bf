"""Without a script: a form that cannot be taken comes back with everything that was typed in it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.admin.desk import form_of, typed
from tests.factories import make_article, make_editor, make_language

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
HERE = {"Origin": "http://testserver"}
TEXT = 'Line one\nand "quoted" </textarea><script>alert(1)</script> بارش'


class Form(HTMLParser):
    """The fields of the one form of a page, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self.tags: list[str] = []
        self._area: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if tag == "form":
            self.action = given["action"] or ""
        elif tag == "input":
            self.fields[given["name"] or ""] = given.get("value") or ""
        elif tag == "textarea":
            self._area = given["name"]
            self.fields[self._area or ""] = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:  # HTML drops the line break that opens a text area.
            self.fields[self._area] = self.fields[self._area].removeprefix("\n")
            self._area = None


def strict_client(**member: Any) -> Client:
    """A browser whose forms must prove themselves, with somebody who logged in."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_editor(**member))  # type: ignore[arg-type]
    return client


def filled_in(client: Client, article: Article, **changes: Any) -> dict[str, Any]:
    """What the form in ``client`` would send, its proof included."""
    page = client.get(form_of(article))
    token = {"csrfmiddlewaretoken": page.context["csrf_token"]}
    return {**typed(page, headline="Typed", standfirst=TEXT, _continue="1"), **token, **changes}


def press(client: Client, page: Any) -> Any:
    """Send the form of a page that kept what was typed."""
    form = Form(page.content.decode())
    return client.post(form.action, form.fields, headers=HERE)


def stored() -> str:
    return Article.objects.get().standfirst


def test_a_session_that_ended_costs_no_typed_text() -> None:
    client, article = strict_client(), make_article(status="draft")
    form = filled_in(client, article)
    Session.objects.all().delete()

    page = client.post(form_of(article), form, headers=HERE)

    assert page.status_code == 403
    assert "nothing you typed is lost" in page.content.decode()
    sent = Form(page.content.decode())
    assert sent.action == form_of(article)
    kept = {name: sent.fields[name] for name in form if name != "csrfmiddlewaretoken"}
    assert kept == {
        name: str(value) for name, value in form.items() if name != "csrfmiddlewaretoken"
    }
    assert stored() == ""


def test_whoever_logs_in_again_presses_on_and_has_saved() -> None:
    client, article = strict_client(), make_article(status="draft")
    form = filled_in(client, article)
    Session.objects.all().delete()
    lost = client.post(form_of(article), form, headers=HERE)

    client.force_login(make_editor())  # type: ignore[arg-type]
    client.get(reverse("admin:index"))
    again = press(client, lost)
    saved = press(client, again) if again.status_code == 403 else again

    assert saved.status_code == 302
    assert stored() == TEXT


def test_a_login_in_another_tab_asks_for_one_more_press_and_loses_nothing() -> None:
    client, article = strict_client(username="ayesha"), make_article(status="draft")
    form = filled_in(client, article)
    client.logout()
    client.cookies.pop("csrftoken", None)
    client.force_login(make_editor())  # type: ignore[arg-type]
    client.get(reverse("admin:index"))  # Another proof holds from now on.

    page = client.post(form_of(article), form, headers=HERE)

    assert page.status_code == 403
    assert "Send the form once more" in page.content.decode()
    assert press(client, page).status_code == 302
    assert stored() == TEXT


def test_the_page_is_kept_by_nobody_and_runs_nothing() -> None:
    article = make_article(status="draft")
    fields = {"headline": TEXT, 'x"><script>': TEXT, "_verb": "publish"}

    page = Client().post(form_of(article), fields, headers=HERE)

    assert "no-store" in page.headers["Cache-Control"]
    assert "private" in page.headers["Cache-Control"]
    assert "script" not in Form(page.content.decode()).tags
    assert Form(page.content.decode()).fields['x"><script>'] == TEXT


def test_nothing_is_told_of_the_article_to_whoever_is_nobody() -> None:
    make_article(status="draft", headline="Secret")

    for number in (1, 999_999):
        address = f"/admin/articles/article/{number}/change/"
        page = Client().post(address, {"headline": "Typed"}, headers=HERE).content.decode()
        assert "Secret" not in page
        assert "Typed" in page


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
@pytest.mark.parametrize("is_logged_in", [True, False])
def test_a_strangers_text_never_stands_on_a_page_of_the_desk(
    headers: dict[str, str], is_logged_in: bool
) -> None:
    client = strict_client() if is_logged_in else Client()
    article = make_article(status="draft")

    page = client.post(form_of(article), {"headline": "Evil"}, headers=headers)

    assert "Evil" not in page.content.decode()
    assert page.status_code in {302, 403}


def test_a_browser_that_sends_no_origin_is_believed_by_its_other_word() -> None:
    page = Client().post(ADD, {"headline": "Typed"}, headers={"Sec-Fetch-Site": "same-origin"})

    assert "Typed" in page.content.decode()


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/password_change/", "/admin/"])
def test_no_other_form_comes_back(address: str) -> None:
    page = Client().post(address, {"password": "open sesame"}, headers=HERE)

    assert "open sesame" not in page.content.decode()


def test_a_notice_that_was_typed_is_kept_too() -> None:
    article = make_article()
    address = reverse("admin:articles_article_step", args=[article.pk, "withdraw"])

    page = Client().post(address, {"en-text": "We were wrong."}, headers=HERE)

    assert Form(page.content.decode()).fields["en-text"] == "We were wrong."


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ur", "rtl"), ("sd", "rtl")])
def test_the_page_speaks_the_language_of_the_desk(language: str, direction: str) -> None:
    make_language(language)
    client = Client()
    client.cookies["language"] = language

    page = client.post(ADD, {"headline": "بارش"}, headers=HERE).content.decode()

    assert f'<html lang="{language}" dir="{direction}">' in page
    assert f'href="{reverse("admin:login")}?next={reverse("admin:index")}"' in page
