"""What another desk has not told readers stays with it, whatever address is asked and how.

Words that are nowhere else stand in all that is hidden; then every address is asked, with every
question that a list, a form or a box of suggestions understands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from articles.actions import link_translations
from articles.actions.revision import keep_first
from articles.models import Alias, Article
from tests.admin.addresses import at, outcome, routes
from tests.admin.desk import make_capture, sit_down
from tests.admin.test_matrix_of_articles import STATES, make_in
from tests.factories import (
    load_languages,
    make_article,
    make_desk,
    make_editor,
    make_member,
    make_section,
)

pytestmark = [pytest.mark.walk, pytest.mark.django_db]

SAID = "Quokka"
SECRET = "wombat"
"""An address may ask for the first word, and a page repeats it; it must never tell the second."""

HIDDEN = [state for state in STATES if state != "live"]


@pytest.fixture
def hidden() -> list[Article]:
    """Articles of the English desk in every state that readers do not see, full of SECRET."""
    load_languages()
    section = make_section(language="en")
    made = []
    for state in HIDDEN:
        capture = make_capture(filename=f"{SAID} {SECRET}.txt", raw=f"{state} {SECRET}".encode())
        article = make_in(state, "en")
        for name in ("headline", "standfirst", "byline", "dateline"):
            setattr(article, name, f"{SAID} {SECRET}")
        article.body, article.hold_reason = f"<p>{SAID} {SECRET}</p>", f"{SAID} {SECRET}"
        article.capture, article.section = capture, section
        article.save()
        article.revisions.all().delete()
        keep_first(article)
        Alias.objects.create(path=f"/{SAID}/{SECRET}/{state}", article=article)
        made.append(article)
    return made


@pytest.fixture
def own(hidden: list[Article]) -> list[Article]:
    """Articles of the Urdu desk that are one story with a hidden one each."""
    return [make_article(language="ur", status="draft", story=each.story) for each in hidden]


def questions(model: Any, hidden: list[Article]) -> Iterator[dict[str, Any]]:
    """What a list understands."""
    yield from ({}, {"q": SAID}, {"_facets": "True"}, {"all": ""}, {"_popup": "1", "q": SAID})
    yield from ({"_popup": "1", "_to_field": name} for name in ("id", "headline"))
    yield from ({"o": str(number)} for number in (1, -1, 4))
    yield from ({"pk": hidden[0].pk}, {"id__in": hidden[0].pk})
    if model is Article:
        yield from ({"language__code__exact": "en", **more} for more in ({}, {"held": "yes"}))
        yield from ({"status__exact": status} for status in ("draft", "review", "withdrawn"))
        yield from ({"headline__startswith": SAID}, {"body__contains": SAID})
        yield from ({"story": hidden[0].story}, {"section__id__exact": hidden[0].section_id})


def asked(client: Client, hidden: list[Article]) -> Iterator[str]:
    """Every address with its questions: lists, suggestions, forms of all rows, empty forms."""
    yield from (at(""), at("articles/"), at("auth/"))
    for model in admin.site._registry:
        below = at(f"{model._meta.app_label}/{model._meta.model_name}/")
        if client.get(below).status_code == 200:
            yield from (f"{below}?{urlencode(each)}" for each in questions(model, hidden))
    for query in ("", f"q={SAID}", "missing=sd", "stale=en", "standing=en"):
        yield at(f"articles/article/board/?{query}")
    for model in apps.get_models():
        place = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
        for field in model._meta.get_fields():
            if field.is_relation:
                more = {"field_name": field.name, "term": SAID}
                yield at(f"autocomplete/?{urlencode({**place, **more})}")
    for article in hidden:
        yield from addresses_of_rows(article)
    given = {"article": hidden[0].pk, "section": hidden[0].section_id, "story": hidden[0].story}
    for noun in ("article", "alias", "section", "source"):
        yield at(f"articles/{noun}/add/?{urlencode(given)}")


def addresses_of_rows(article: Article) -> Iterator[str]:
    """The article's own addresses, and those of its capture, section and old address."""
    keys = {
        "article": article.pk,
        "capture": article.capture_id,
        "section": article.section_id,
        "alias": article.aliases.get().pk,
    }
    kind = ContentType.objects.get_for_model(Article).pk
    yield at(f"r/{kind}/{article.pk}/")
    for noun, pk in keys.items():
        for route in (each for each in routes() if each.startswith(f"articles/{noun}/<")):
            once = article.revisions.get().pk if noun == "article" else pk
            filled = route.replace("<path:object_id>", str(pk)).replace("<int:pk>", str(once))
            steps = ("notice", "withdraw") if "<str:name>" in filled else ("",)
            yield from (at(filled.replace("<str:name>", step)) for step in steps)


def telling(client: Client, addresses: Iterator[str]) -> list[str]:
    """The addresses whose answers hold SECRET, in their text or in a header."""
    found = []
    for address in addresses:
        answer = client.get(address)
        headers = " ".join(map(str, answer.headers.values()))
        if SECRET in f"{answer.content.decode()} {headers}":
            found.append(address)
    return found


def member(role: str) -> Any:
    return make_editor(is_superuser=False) if role == "nobody" else make_member("ur", role)


@pytest.mark.parametrize("role", ["nobody", "writer", "editor", "publisher"])
def test_no_address_tells_what_another_desk_has_not_published(
    role: str, hidden: list[Article]
) -> None:
    client = sit_down(member=member(role))

    assert telling(client, asked(client, hidden)) == []


def test_the_same_addresses_tell_it_to_its_own_desk(hidden: list[Article]) -> None:
    """Else the test above would pass on a desk that shows nothing."""
    client = sit_down(member=make_member("en", "publisher"))

    assert len(telling(client, asked(client, hidden))) > 60


@pytest.mark.parametrize("role", ["writer", "publisher"])
def test_nothing_is_done_to_what_another_desk_has_not_published(
    role: str, hidden: list[Article]
) -> None:
    """Every address below a row, also one that is only to be posted to, knows no such row."""
    client = sit_down(member=member(role))
    before = list(Article.objects.order_by("pk").values())

    for article in hidden:
        for address in addresses_of_rows(article):
            answer = client.post(address.replace("<str:code>", "ur"), {"post": "yes", "_drop": "1"})
            is_led_on = answer.status_code == 302 and answer["Location"] == f"{address}change/"
            assert is_led_on or outcome(answer) == "-", address

    assert list(Article.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("role", ["writer", "editor", "publisher"])
def test_own_articles_tell_nothing_of_their_hidden_siblings(
    role: str, hidden: list[Article], own: list[Article]
) -> None:
    client = sit_down(member=member(role))
    ends = ("change", "history", "delete")
    pages = [at(f"articles/article/{each.pk}/{end}/") for each in own for end in ends]

    assert telling(client, iter(pages)) == []


def test_capture_of_two_desks_names_only_the_articles_of_ones_own(hidden: list[Article]) -> None:
    """Its bytes are both desks'; what was made of them since is each desk's."""
    capture = hidden[0].capture
    assert capture is not None
    own = make_article(language="ur", status="draft", capture=capture, capture_item=1)
    Article.objects.filter(pk=hidden[0].pk).update(headline="Mended since")
    client = sit_down(member=make_member("ur", "editor"))

    for end in ("change", "incoming"):
        page = client.get(at(f"articles/capture/{capture.pk}/{end}/")).content.decode()

        assert own.headline in page
        assert "Mended since" not in page
        assert f"articles/article/{hidden[0].pk}/" not in page


def test_first_page_names_no_hidden_article_that_a_deed_of_ones_own_reached(
    hidden: list[Article],
) -> None:
    """Joining two stories writes a line for each of their articles, hidden ones too."""
    editor = make_member("ur", "editor")
    told = make_article(language="sd", story=hidden[0].story)
    link_translations(articles=[make_article(language="ur", status="draft"), told], by=editor)
    assert LogEntry.objects.filter(user=editor.pk, object_repr__contains=SECRET).exists()

    assert telling(sit_down(member=editor), iter([at("")])) == []


def test_withdrawing_offers_only_the_languages_of_ones_own_desks(hidden: list[Article]) -> None:
    publisher = make_member("ur", "publisher")
    article = make_article(language="ur", story=hidden[0].story)
    make_article(language="sd", story=article.story)
    page = at(f"articles/article/{article.pk}/step/withdraw/")

    def boxes() -> set[str]:
        return {box.language.pk for box in sit_down(member=publisher).get(page).context["boxes"]}

    assert boxes() == {"ur"}
    make_desk(publisher, "sd", "publisher")
    assert boxes() == {"ur", "sd"}


@pytest.mark.parametrize("noun", ["source", "section", "capture"])
def test_no_list_is_an_oracle_of_the_articles_behind_its_rows(
    noun: str, hidden: list[Article]
) -> None:
    client = sit_down(member=make_member("ur", "publisher"))

    for lookup in ("articles", "articles__in", "articles__pk", "articles__isnull"):
        answer = client.get(at(f"articles/{noun}/?{lookup}={hidden[0].pk}"))
        assert answer.status_code == 400, lookup
