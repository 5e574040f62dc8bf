"""Members of a desk: what they are offered, and that no refused step takes their text away."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from articles.actions import publish
from articles.loader.fields import key_of_page
from articles.models import Article, Desk
from tests.admin.desk import form_of, make_capture, save, sit_down, typed
from tests.factories import (
    load_languages,
    make_article,
    make_desk,
    make_editor,
    make_language,
    make_member,
    make_section,
)

pytestmark = pytest.mark.django_db

ADD = "admin:articles_article_add"
LIST = "admin:articles_article_changelist"


def member_of(language: str, role: str = "writer", reads: str = "en") -> Client:
    return sit_down(reads, member=make_member(language, role))


# Writing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "steps"),
    [
        ("writer", ["submit"]),
        ("editor", ["submit"]),
        ("publisher", ["submit", "publish"]),
    ],
)
def test_new_article_offers_the_steps_of_a_role(role: str, steps: list[str]) -> None:
    response = member_of("en", role).get(reverse(ADD))

    assert response.status_code == 200
    assert [verb.name for verb in response.context["verbs"]] == steps


def test_new_article_is_in_a_language_of_ones_own() -> None:
    load_languages()
    member = make_member("ur", "writer")
    make_desk(member, "sd", "writer")

    def form(reads: str):  # type: ignore[no-untyped-def]
        return sit_down(reads, member=member).get(reverse(ADD)).context["adminform"].form

    assert {language.pk for language in form("en").fields["language"].queryset} == {"ur", "sd"}
    assert form("sd")["language"].value() == "sd"
    assert form("en")["language"].value() in {"ur", "sd"}


def test_no_article_is_added_in_a_language_of_others() -> None:
    make_language("ur")
    client = member_of("en")
    form = typed(client.get(reverse(ADD)), headline="Rain", language="ur")

    response = client.post(reverse(ADD), form)

    assert response.context["adminform"].form.errors["language"]
    assert not Article.objects.exists()


def test_refused_step_keeps_a_new_text() -> None:
    client = member_of("en")
    form = typed(client.get(reverse(ADD)), headline="Typed at length", _verb="publish")

    response = client.post(reverse(ADD), form, follow=True)

    article = Article.objects.get()
    assert response.status_code == 200
    assert (article.headline, article.status) == ("Typed at length", "draft")
    page = response.content.decode()
    assert "The text is saved. One step was not taken:" in page
    assert "Only publishers of the desk of" in page


@pytest.mark.parametrize("verb", ["publish", "withdraw", "notice", "restore"])
def test_refused_step_keeps_a_change(verb: str) -> None:
    article = make_article(status="draft")

    response = save(member_of("en"), article, headline="Typed at length", _verb=verb)

    article.refresh_from_db()
    assert response.status_code == 200
    assert (article.headline, article.status) == ("Typed at length", "draft")


def test_role_taken_away_while_a_form_is_open_saves_nothing() -> None:
    article = make_article(status="draft", headline="Old")
    client = member_of("en")
    form = typed(client.get(form_of(article)), headline="Typed")
    Desk.objects.all().delete()

    client.post(form_of(article), form)

    assert Article.objects.get().headline == "Old"


def test_writer_submits_and_then_only_reads() -> None:
    article = make_article(status="draft")

    response = save(member_of("en"), article, headline="Newer", _verb="submit")

    article.refresh_from_db()
    assert (article.headline, article.status) == ("Newer", "review")
    page = response.content.decode()
    assert "Newer" in page
    assert 'name="headline"' not in page
    assert response.context["verbs"] == []


def test_article_moves_only_to_a_desk_where_its_mover_might_write_it() -> None:
    """Who edits English and only writes Urdu takes no article in review to the Urdu desk."""
    load_languages()
    member = make_member("en", "editor")
    make_desk(member, "ur", "writer")
    client = sit_down(member=member)

    for status, moved in (("review", "en"), ("draft", "ur")):
        article = make_article(status=status)
        save(client, article, language="ur", section="")
        article.refresh_from_db()
        assert article.language_id == moved


def test_note_with_a_nul_is_no_fault_of_the_desk() -> None:
    article = make_article(status="review")

    save(sit_down(), article, _verb="return", _note="Mend\0 the end.")

    article.refresh_from_db()
    assert article.status == "draft"


# Reading what other desks told readers ------------------------------------------------------------


def test_other_desks_read_what_readers_read_and_nothing_of_how_it_came_to_be() -> None:
    article = make_article(capture=make_capture(filename="secret-name.txt"))
    client = member_of("ur", "publisher")

    response = client.get(form_of(article))
    page = response.content.decode()

    assert article.headline in page
    assert "secret-name" not in page
    assert response.context["verbs"] == []
    assert "historylink" not in page
    assert (
        client.get(reverse("admin:articles_article_history", args=[article.pk])).status_code == 403
    )


@pytest.mark.parametrize(("language", "role"), [("en", "writer"), ("ur", "publisher")])
def test_who_may_not_change_an_article_reads_it_as_text_and_is_told_who_may(
    language: str, role: str
) -> None:
    article = make_article(body="<p>Wells &amp; canals.</p>", section=make_section())

    page = member_of(language, role).get(form_of(article)).content.decode()

    assert "<p>Wells &amp; canals.</p>" in page
    assert "&lt;p&gt;" not in page
    assert "Only publishers of the desk of" in page
    for noun in ("language", "source", "section"):  # No way to a page that is not theirs.
        assert f'<a href="/admin/articles/{noun}/' not in page.partition('id="content-main"')[2]


def test_form_that_is_given_back_names_no_colleague_of_another_desk() -> None:
    article = make_article(status="draft")
    publish(article=article, by=make_editor(username="bilal"))
    posted = {"headline": "Typed", "base_version": "1"}

    told = {
        language: member_of(language).post(form_of(article), posted).content.decode()
        for language in ("en", "ur")
    }

    assert all("Typed" in page for page in told.values())
    assert ["bilal" in told[language] for language in ("en", "ur")] == [True, False]


def test_story_tells_of_another_desks_draft_only_that_there_is_one() -> None:
    load_languages()
    article = make_article(status="draft")
    draft = make_article(story=article.story, language="ur", status="draft", headline="راز")
    told = make_article(story=article.story, language="sd", headline="خبر")

    page = member_of("en", "publisher").get(form_of(article)).content.decode()

    assert "راز" not in page
    assert form_of(draft) not in page
    assert form_of(told) in page


def test_translation_is_offered_into_ones_own_languages() -> None:
    load_languages()
    article = make_article(language="en")

    page = member_of("ur").get(form_of(article)).content.decode()

    assert f"/{article.pk}/translate/ur/" in page
    assert f"/{article.pk}/translate/sd/" not in page


def test_page_proposes_no_translation_that_is_another_desks_draft() -> None:
    uri = "https://example.org/urdu/1"
    capture = make_capture(report={"articles": [{"translations": [uri]}]})
    article = make_article(status="draft", capture=capture)
    named = make_capture(target_uri=uri, page=key_of_page(uri))
    make_article(language="ur", status="draft", headline="راز", capture=named)

    assert "راز" not in member_of("en", "editor").get(form_of(article)).content.decode()
    assert "راز" in sit_down().get(form_of(article)).content.decode()


# Choosing -----------------------------------------------------------------------------------------


def suggestions(client: Client, noun: str, field: str) -> set[str]:
    asked = {"app_label": "articles", "model_name": noun, "field_name": field, "term": ""}
    return {row["id"] for row in client.get(reverse("admin:autocomplete"), asked).json()["results"]}


def test_sections_to_choose_are_those_of_ones_own_edition() -> None:
    ours, theirs = make_section(language="ur"), make_section(language="en")
    client = member_of("ur")

    assert suggestions(client, "article", "section") == {str(ours.pk)}
    page = client.get(f"{reverse(ADD)}?section={theirs.pk}").content.decode()
    assert theirs.title not in page


def test_old_addresses_lead_to_articles_of_ones_own_language() -> None:
    ours = make_article(language="ur", status="draft")
    theirs = make_article(language="en", headline="Told in English")
    client = member_of("ur", "publisher")
    add = reverse("admin:articles_alias_add")

    assert suggestions(client, "alias", "article") == {str(ours.pk)}
    assert theirs.headline not in client.get(f"{add}?article={theirs.pk}").content.decode()
    response = client.post(add, {"path": "/old/1", "article": theirs.pk})
    assert response.context["adminform"].form.errors["article"]


def test_publisher_makes_sections_of_the_own_edition_alone() -> None:
    load_languages()
    client = member_of("ur", "publisher")
    add = reverse("admin:articles_section_add")
    fields = {"title": "کھیل", "slug": "sport", "layout": "stream", "position": "1"}

    refused = client.post(add, {**fields, "language": "en"})
    client.post(add, {**fields, "language": "ur"})

    assert refused.context["adminform"].form.errors["language"]
    assert make_language("ur").sections.count() == 1
    assert make_language("en").sections.count() == 0


# The first page -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Nobody has given you a desk yet."),
        ("ur", "آپ کو ابھی کسی ڈیسک پر نہیں رکھا گیا۔"),
        ("sd", "توهان کي اڃا ڪنهن ڊيسڪ تي نه رکيو ويو آهي."),
    ],
)
def test_staff_without_a_desk_are_told_so(language: str, sentence: str) -> None:
    client = sit_down(language, member=make_editor(is_superuser=False))

    assert sentence in client.get(reverse("admin:index")).content.decode()


def test_first_page_recalls_no_headline_that_has_left_ones_desks() -> None:
    client = member_of("en", "editor")
    kept, gone = make_article(status="draft"), make_article(status="draft")
    save(client, kept, headline="Still ours")
    save(client, gone, headline="Gone to others")
    Article.objects.filter(pk=gone.pk).update(language=make_language("ur"))

    page = client.get(reverse("admin:index")).content.decode()

    assert "Still ours" in page
    assert "Gone to others" not in page


@pytest.mark.parametrize("role", ["writer", "editor", "publisher"])
def test_list_of_a_member_asks_few_questions(role: str, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for status in ("draft", "review", "published"):
        for language in ("en", "ur", "sd"):
            make_article(language=language, status=status)
    client = member_of("ur", role)

    with django_assert_max_num_queries(12):
        response = client.get(reverse(LIST))

    assert len(response.context["cl"].result_list) == 5
