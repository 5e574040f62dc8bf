"""Role by language by state by deed: what each member may do to each article, through every door.

The tables are of this test's own, so that the policy in the code can fail them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.actions.revision import keep_first
from articles.models import Article
from tests.admin.addresses import outcome
from tests.admin.desk import form_of, sit_down, typed
from tests.factories import WHY, make_article, make_editor, make_member

pytestmark = [pytest.mark.walk, pytest.mark.django_db]

PERSONS = ("nobody", "writer", "editor", "publisher", "superuser")
OWN, OTHER = "ur", "en"
"""Members are on the Urdu desk and on no other."""

STATES = ("draft", "held", "review", "scheduled", "embargoed", "live", "withdrawn", "unseen")
LEAST = {
    # by state:  dr he re sc em li wi un      w, e, p: that role and those above it; .: nobody
    "see":      "w  w  w  w  w  w  w  w",
    "history":  "w  w  w  w  w  w  w  w",
    "change":   "w  w  e  p  p  p  p  p",
    "write":    "w  w  e  e  e  e  p  p",  # To propose it, where one may not change it.
    "delete":   "e  e  e  p  p  .  .  p",
    "submit":   "w  w  .  .  .  .  .  .",
    "return":   ".  .  e  .  .  .  .  .",
    "publish":  "p  p  p  .  .  .  .  .",
    "notice":   ".  .  .  .  .  p  .  .",
    "withdraw": ".  .  .  p  p  p  .  .",
    "restore":  ".  .  .  .  .  .  p  p",
    "join":     "e  e  e  p  p  p  p  p",
    "share":    "e  e  e  p  p  p  .  .",
}  # fmt: skip
"""What the desk of the article's own language may do."""

ASKED = {"w": 1, "e": 2, "p": 3, ".": 5}
AFTER = {
    "submit": "review",
    "return": "draft",
    "publish": "published",
    "withdraw": "withdrawn",
    "restore": "draft",
}


def may(person: str, deed: str, language: str, state: str) -> bool:
    rank = PERSONS.index(person)
    if language == OTHER and person != "superuser":
        return deed == "see" and state == "live" and rank >= 1
    return rank >= ASKED[LEAST[deed].split()[STATES.index(state)]]


def make_in(state: str, language: str) -> Article:
    tomorrow = timezone.now() + timedelta(days=1)
    columns: dict[str, dict[str, Any]] = {
        "draft": {"status": "draft", "published_at": None},
        "held": {"status": "draft", "published_at": None, "hold_reason": "Who knows?"},
        "review": {"status": "review", "published_at": None},
        "scheduled": {"published_at": tomorrow},
        "embargoed": {"published_at": tomorrow, "embargoed_until": tomorrow},
        "live": {},
        "withdrawn": {"status": "withdrawn"},
        "unseen": {"status": "withdrawn", "first_published_at": None},
    }
    article = make_article(language=language, **columns[state])
    keep_first(article)  # So that there is something to compare and to bring back.
    Article.objects.filter(pk=article.pk).update(headline="Mended", version=2)
    article.refresh_from_db()
    return article


def sign_in(person: str) -> Client:
    if person in {"nobody", "superuser"}:
        return sit_down(member=make_editor(is_superuser=person == "superuser"))
    return sit_down(member=make_member(OWN, person))


@contextmanager
def undone() -> Iterator[None]:
    """Whatever was done inside, the next deed finds the article as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def row(article: Article) -> Any:
    return Article.objects.filter(pk=article.pk).values().first()


everyone = pytest.mark.parametrize("person", PERSONS)
everywhere = pytest.mark.parametrize("language", [OWN, OTHER])
always = pytest.mark.parametrize("state", STATES)


@everyone
@everywhere
@always
def test_nobody_meets_an_article_that_is_not_theirs(person, language, state):  # type: ignore[no-untyped-def]
    article, client = make_in(state, language), sign_in(person)
    allowed = {deed: may(person, deed, language, state) for deed in LEAST}

    kept = article.revisions.get().pk

    def answer(name: str, *more: Any, **query: Any) -> Any:
        address = reverse(f"admin:articles_article_{name}", args=[article.pk, *more])
        return client.get(address, query)

    change = "W" if allowed["change"] else "R" if allowed["see"] else "-"
    assert outcome(answer("change")) == change
    read = "R" if allowed["history"] else "-"
    assert outcome(answer("history")) == read
    assert outcome(answer("revision", kept)) == read
    assert outcome(answer("compare", before=kept, after=kept)) == read
    assert outcome(answer("delete")) == ("W" if allowed["delete"] else "-")
    for step, fitting in (("notice", {"live"}), ("withdraw", {"live", "scheduled", "embargoed"})):
        # Who sees an article that the step is not for is sent back to its form, with a sentence.
        elsewhere = ">" if allowed["see"] and state not in fitting else "-"
        page = answer("step", step)
        assert (page.status_code == 200) is allowed[step]
        assert allowed[step] or outcome(page) == elsewhere
    assert outcome(answer("share")) == ("W" if allowed["share"] else "-")
    seen = person != "nobody" and state == "live"
    kind = ContentType.objects.get_for_model(Article).pk
    on_site = client.get(reverse("admin:view_on_site", args=[kind, article.pk]))
    assert outcome(on_site) == (">" if seen else "-")
    listed = client.get(reverse("admin:articles_article_changelist"))
    rows = listed.context["cl"].result_list if listed.status_code == 200 else []
    assert (article in rows) is allowed["see"]


@everyone
@everywhere
@always
def test_nobody_does_what_is_not_theirs_to_do(person, language, state):  # type: ignore[no-untyped-def]
    """Forged or not: each form is posted whole, also by who was never shown it."""
    article, client = make_in(state, language), sign_in(person)
    form = typed(sit_down().get(form_of(article)), headline="Forged", _note="Mend it.")
    before = row(article)

    def post(deed: str, address: str, posted: dict[str, Any]) -> Any:
        """The row after a deed, which is the row before it for who may not do the deed."""
        with undone():
            client.post(address, posted)
            after = row(article)
        assert (after != before) is may(person, deed, language, state), deed
        return after

    changed = post("change", form_of(article), form)
    assert changed is None or changed["status"] == article.status
    once = article.revisions.get().pk
    post("change", reverse("admin:articles_article_revision", args=[article.pk, once]), {})
    gone = reverse("admin:articles_article_delete", args=[article.pk])
    assert (post("delete", gone, {"post": "yes"}) is None) is may(person, "delete", language, state)
    for deed in ("submit", "return", "publish", "restore"):
        with undone():
            client.post(form_of(article), {**form, "_verb": deed})
            moved = (row(article) or {})["status"] != article.status
        assert moved is may(person, deed, language, state), deed
    told = {f"{language}-text": WHY, f"{language}-kind": "update"}
    for deed in ("notice", "withdraw"):
        post(deed, reverse("admin:articles_article_step", args=[article.pk, deed]), told)


@everyone
@everywhere
@always
def test_nobody_previews_what_is_not_theirs(person, language, state):  # type: ignore[no-untyped-def]
    """Who may write it is shown what was typed, who may read it what is stored."""
    article, client = make_in(state, language), sign_in(person)
    form = typed(sit_down().get(form_of(article)), headline="Typed words")

    page = client.post(reverse("admin:articles_article_preview", args=[article.pk]), form)

    assert (page.status_code == 200) is may(person, "see", language, state)
    shown = page.content.decode()
    assert ("Typed words" in shown) is may(person, "write", language, state)
    if page.status_code != 200:
        assert article.headline not in shown


@everyone
@everywhere
@always
def test_no_bulk_action_reaches_further_than_a_button(person, language, state):  # type: ignore[no-untyped-def]
    article, client = make_in(state, language), sign_in(person)
    partner = make_article(language="sd")
    before = row(article)
    said = {"_note": "Mend it.", "_noticed": "yes", f"{language}-text": WHY, "post": "yes"}

    for deed in ("submit", "return", "publish", "withdraw", "restore", "join", "delete"):
        ticked = [article.pk, partner.pk] if deed == "join" else [article.pk]
        posted = {"action": f"{deed}_selected", "_selected_action": ticked, "index": "0", **said}
        with undone():
            client.post(reverse("admin:articles_article_changelist"), posted)
            after = row(article)
        assert (after != before) is may(person, deed, language, state), deed
        if after and after != before and deed != "join":
            assert after["status"] == AFTER[deed]


@pytest.mark.parametrize("role", ["writer", "editor", "publisher"])
def test_selecting_all_rows_of_a_list_selects_no_more_than_the_list(role: str) -> None:
    articles = [make_in(state, language) for language in (OWN, OTHER) for state in STATES]
    foreign = [row(article) for article in articles if article.language_id == OTHER]
    client = sign_in(role)

    for deed in ("submit", "return", "publish", "withdraw", "restore", "join", "delete"):
        said = {"_note": "Mend it.", "_noticed": "yes", "ur-text": WHY, "en-text": WHY}
        posted = {
            **said,
            "action": f"{deed}_selected",
            "_selected_action": [articles[0].pk],
            "select_across": "1",
            "post": "yes",
        }
        with undone():
            client.post(reverse("admin:articles_article_changelist"), posted)
            assert [row(article) for article in articles[len(STATES) :]] == foreign, deed
