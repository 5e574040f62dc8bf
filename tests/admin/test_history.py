"""The history of an article: everything that was said is found, compared and brought back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.actions import (
    add_notice,
    link_translations,
    propose_change,
    publish,
    save_revision,
    submit,
)
from articles.admin.history_rows import PER_PAGE
from articles.models import Article, Revision
from articles.models.revision import snapshot_of
from tests.actions.test_revisions import copy
from tests.admin.desk import said, save, sent_from, sit_down, text_of
from tests.factories import (
    make_article,
    make_desk,
    make_editor,
    make_member,
    make_section,
)

pytestmark = pytest.mark.django_db


def history_of(article: Article) -> str:
    return reverse("admin:articles_article_history", args=[article.pk])


def page_of(article: Article, revision: Revision) -> str:
    return reverse("admin:articles_article_revision", args=[article.pk, revision.pk])


def compare(client: Client, article: Article, before: Any, after: Any) -> Any:
    address = reverse("admin:articles_article_compare", args=[article.pk])
    return client.get(address, {"before": before, "after": after}, follow=True)


def revision(article: Article, number: int) -> Revision:
    return article.revisions.get(number=number)


def numbers(response: Any) -> list[int]:
    return [line.revision.number for line in response.context["lines"] if line.revision]


def with_history(article: Article, length: int) -> Article:
    """Give the article that many revisions without the price of saving each."""
    said_now, now = snapshot_of(article), timezone.now()
    Revision.objects.bulk_create(
        Revision(
            article=article,
            number=number,
            status=article.status,
            snapshot={**said_now, "headline": f"Headline {number}"},
            made_at=now,
        )
        for number in range(1, length + 1)
    )
    Article.objects.filter(pk=article.pk).update(version=length, headline=f"Headline {length}")
    article.refresh_from_db()
    return article


# The list -----------------------------------------------------------------------------------------


def test_each_deed_is_listed_with_who_when_and_what_it_changed() -> None:
    article = make_article(status="draft", headline="First", body="<p>One two three.</p>")
    ayesha = make_editor(first_name="Ayesha")
    client = sit_down(member=ayesha)
    save(client, article, headline="Second", body="<p>One two four five.</p>", _verb="submit")

    page = client.get(history_of(article))

    lines = page.context["lines"]
    assert [(line.revision.number, line.told) for line in lines] == [
        (3, "submitted for review"), (2, "saved"), (1, "created"),
    ]  # fmt: skip
    assert {line.who for line in lines[:2]} == {"Ayesha"}
    assert (lines[1].fields, lines[1].came, lines[1].went) == ("headline, body", 3, 2)
    assert "words in: 3, words out: 2" in text_of(page)


def test_times_are_the_desks_and_tell_universal_time() -> None:
    article = make_article(status="draft")
    submit(article=article, by=make_editor())

    html = sit_down().get(history_of(article)).content.decode()

    made = revision(article, 2).made_at
    assert f'datetime="{made.isoformat()}" title="{made:%Y-%m-%d %H:%M} UTC"' in html
    assert f"{timezone.localtime(made):%H:%M}</time>" in html


def test_what_is_no_revision_is_told_among_them_and_nothing_twice() -> None:
    editor, article = make_editor(), make_article()
    other = make_article(language="ur", headline="اور")
    save_revision(article=copy(article, headline="Second"), by=editor)
    add_notice(article=article, kind="correction", text="It was two days.", by=editor)
    link_translations(articles=[article, other], by=editor)
    propose_change(article=copy(article, headline="Third"), by=editor, note="Shorter.")
    save(sit_down(member=editor), article, byline="A Writer")

    lines = sit_down().get(history_of(article)).context["lines"]

    assert [(line.told, line.note) for line in lines] == [
        ("saved", ""),
        ("Change proposed.", "Shorter."),
        ("Joined as one story.", ""),
        ("Correction added.", "It was two days."),
        ("saved", ""),
        ("created", ""),
    ]


def test_a_step_is_told_once_whatever_language_it_was_taken_in() -> None:
    article = make_article(status="draft")
    save(sit_down("ur"), article, headline="Second", _verb="submit")

    lines = sit_down("en").get(history_of(article)).context["lines"]

    assert [line.told for line in lines] == ["submitted for review", "saved", "created"]


def test_an_article_that_nobody_changed_says_so() -> None:
    page = sit_down().get(history_of(make_article()))

    assert "Nobody has changed this article since it was entered." in text_of(page)


def test_history_is_paged_newest_first() -> None:
    article = with_history(make_article(), 60)
    client = sit_down()

    pages = [client.get(history_of(article), {"page": number}) for number in (1, 2, 3)]

    assert [numbers(page) for page in pages] == [
        list(range(60, 35, -1)), list(range(35, 10, -1)), list(range(10, 0, -1)),
    ]  # fmt: skip
    assert all(line.fields == "headline" for line in pages[0].context["lines"])


@pytest.mark.parametrize("page", ["", "0", "-1", "nonsense", "9" * 40, "٢"])
def test_nonsense_for_a_page_is_a_page(page: str) -> None:
    article = with_history(make_article(), 30)

    assert sit_down().get(history_of(article), {"page": page}).status_code == 200


def test_a_thousand_revisions_cost_as_many_questions_as_three() -> None:
    client = sit_down()
    few = with_history(make_article(), 3)
    many = with_history(make_article(), 1000)

    def asked(article: Article) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(history_of(article), {"page": 2}).status_code == 200
        return len(queries)

    asked(few)
    # Session, editor, article, language, count, page; the revision before it; the log.
    assert asked(few) <= asked(many) <= 9


def test_log_of_one_page_is_not_told_on_another() -> None:
    article, editor = make_article(), make_editor()
    for number in range(PER_PAGE + 5):
        save_revision(article=copy(article, headline=f"Headline {number}"), by=editor)
    add_notice(article=article, kind="correction", text="It was two days.", by=editor)
    client = sit_down()

    told = [
        [line.told for line in client.get(history_of(article), {"page": n}).context["lines"]]
        for n in (1, 2)
    ]

    assert [sum("Correction" in line for line in page) for page in told] == [1, 0]


# Comparing ----------------------------------------------------------------------------------------


def test_the_two_newest_are_chosen_to_begin_with() -> None:
    article = with_history(make_article(), 3)

    page = sit_down().get(history_of(article))

    sent = sent_from(page)
    assert sent["before"] == [str(revision(article, 2).pk)]
    assert sent["after"] == [str(revision(article, 3).pk)]


def test_a_choice_goes_along_to_other_pages() -> None:
    article = with_history(make_article(), 60)
    client = sit_down()
    chosen = {"before": revision(article, 60).pk, "after": revision(article, 59).pk}

    page = client.get(history_of(article), {**chosen, "page": 3})

    sent = sent_from(page)
    assert {name: sent[name] for name in chosen} == {n: [str(pk)] for n, pk in chosen.items()}


def test_any_two_texts_are_compared_in_either_direction() -> None:
    article, editor = make_article(headline="First words", body="<p>Same.</p>"), make_editor()
    save_revision(article=copy(article, headline="Second words"), by=editor)
    old, new = revision(article, 1), revision(article, 2)
    client = sit_down()

    for before, after, gone, come in [(old, new, "First", "Second"), (new, old, "Second", "First")]:
        page = compare(client, article, before.pk, after.pk)
        (compared,) = page.context["fields"]
        runs = [(run.kind, run.text.strip()) for run in compared.runs]
        assert runs == [("removed", gone), ("added", come), ("kept", "words")]
        assert f"?before={after.pk}&amp;after={before.pk}" in page.content.decode()


@pytest.mark.parametrize(("code", "word"), [("ur", "پانی"), ("sd", "۽")])
def test_words_of_a_script_are_told_whole_and_in_its_direction(code: str, word: str) -> None:
    article = make_article(language=code)
    body = article.body.replace("<p>", f"<p>{word} ")
    save_revision(article=copy(article, body=body), by=make_editor())

    page = compare(sit_down(), article, revision(article, 1).pk, revision(article, 2).pk)

    assert page.context["fields"][0].runs[0].text.strip() == word
    assert f'<div class="diff" lang="{code}" dir="rtl">' in page.content.decode()


def test_a_section_and_a_time_are_compared_by_what_they_are_called() -> None:
    article, editor = make_article(), make_editor()
    section = make_section(title="Cities")
    moment = timezone.now().replace(year=2023, hour=7, minute=0)
    save_revision(article=copy(article, section=section, published_at=moment), by=editor)

    page = compare(sit_down(), article, revision(article, 1).pk, revision(article, 2).pk)

    told = text_of(page)
    assert "Cities" in told
    assert "07:00 UTC" in told


@pytest.mark.parametrize("key", ["", "0", "nonsense", "9" * 40, "-1"])
def test_nonsense_for_a_text_leads_back_with_a_sentence(key: str) -> None:
    article = with_history(make_article(), 2)

    page = compare(sit_down(), article, key, revision(article, 2).pk)

    assert page.redirect_chain
    assert "Choose two texts to compare." in said(page)


def test_texts_of_another_article_are_compared_with_nothing() -> None:
    article, other = with_history(make_article(), 2), with_history(make_article(), 2)

    page = compare(sit_down(), article, revision(other, 1).pk, revision(article, 2).pk)

    assert "Choose two texts to compare." in said(page)


# One text, and bringing it back -------------------------------------------------------------------


def test_a_text_is_shown_whole_with_what_it_changed() -> None:
    article = make_article(headline="First", body="<p>A body.</p>")
    save_revision(article=copy(article, headline="Second"), by=make_editor(), note="Better.")

    page = sit_down().get(page_of(article, revision(article, 2)))

    told = text_of(page)
    assert "What changed since: Version 1" in told
    assert "A body." in told
    assert "Better." in told


def test_an_earlier_text_comes_back_as_a_new_version() -> None:
    article, client = make_article(headline="First"), sit_down()
    save_revision(article=copy(article, headline="Second"), by=make_editor())
    page = client.get(page_of(article, revision(article, 1)))
    assert "Bring this text back" in text_of(page)

    response = client.post(page_of(article, revision(article, 1)), follow=True)

    article.refresh_from_db()
    assert (article.headline, article.version) == ("First", 3)
    assert "The article says again what version 1 said." in said(response)
    assert numbers(response) == [3, 2, 1]


def test_no_text_comes_back_over_what_a_colleague_saved_meanwhile() -> None:
    article, client = make_article(headline="First"), sit_down()
    save_revision(article=copy(article, headline="Second"), by=make_editor())
    page = client.get(page_of(article, revision(article, 1)))
    save(sit_down(), article, headline="A colleague's")

    response = client.post(page_of(article, revision(article, 1)), sent_from(page), follow=True)

    article.refresh_from_db()
    assert article.headline == "A colleague's"
    assert "Somebody else saved this a moment ago." in said(response)


def test_what_the_article_says_already_is_not_offered_and_refused_in_a_sentence() -> None:
    article, client = make_article(headline="First"), sit_down()
    save_revision(article=copy(article, headline="Second"), by=make_editor())
    newest = revision(article, 2)

    assert "Bring this text back" not in text_of(client.get(page_of(article, newest)))
    response = client.post(page_of(article, newest), follow=True)

    assert "The article says this already." in said(response)
    article.refresh_from_db()
    assert article.version == 2


def test_a_text_that_readers_could_not_do_with_is_refused_in_sentences() -> None:
    article, editor = make_article(status="draft", headline="", body="", source=None), make_editor()
    save_revision(article=make_whole(article), by=editor)
    publish(article=article, by=editor)

    response = sit_down().post(page_of(article, revision(article, 1)), follow=True)

    assert "A published article needs a headline." in said(response)
    assert "withdraw it before you take its text away" in said(response)
    assert Article.objects.get(pk=article.pk).headline == "Whole"


def make_whole(article: Article) -> Article:
    source = make_article().source
    return copy(article, headline="Whole", body="<p>Words.</p>", source=source)


def test_a_section_that_is_gone_stays_gone_when_an_old_text_comes_back() -> None:
    section = make_section()
    article, editor = make_article(headline="First", section=section), make_editor()
    save_revision(article=copy(article, headline="Second", section=None), by=editor)
    section.delete()

    sit_down().post(page_of(article, revision(article, 1)))

    article.refresh_from_db()
    assert (article.headline, article.section) == ("First", None)


# Who may ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["writer", "editor", "publisher"])
def test_desk_reads_its_history_and_publishers_alone_bring_back_what_readers_see(role: str) -> None:
    article = make_article(headline="First")
    save_revision(article=copy(article, headline="Second"), by=make_editor())
    client = sit_down(member=make_member("en", role))
    old = revision(article, 1)

    assert client.get(history_of(article)).status_code == 200
    assert compare(client, article, old.pk, revision(article, 2).pk).status_code == 200
    page = client.get(page_of(article, old))
    client.post(page_of(article, old))

    assert ("Bring this text back" in text_of(page)) == (role == "publisher")
    article.refresh_from_db()
    assert article.headline == ("First" if role == "publisher" else "Second")


def test_another_desk_reads_no_history_even_of_what_readers_see() -> None:
    article = make_article()
    save_revision(article=copy(article, headline="Second"), by=make_editor())
    client = sit_down(member=make_member("ur", "publisher"))
    old = revision(article, 1)

    answers = [
        client.get(history_of(article)),
        compare(client, article, old.pk, old.pk),
        client.get(page_of(article, old)),
        client.post(page_of(article, old)),
    ]

    assert {answer.status_code for answer in answers} == {403}


def test_a_draft_of_another_desk_has_no_history_at_all() -> None:
    article = with_history(make_article(status="draft"), 2)
    client = sit_down(member=make_member("ur", "publisher"))

    for address in (history_of(article), page_of(article, revision(article, 1))):
        assert client.get(address).status_code == 404


def test_a_text_of_an_article_is_not_found_under_another() -> None:
    article, other = with_history(make_article(), 1), with_history(make_article(), 1)

    assert sit_down().get(page_of(article, revision(other, 1))).status_code == 404


def test_history_of_an_article_that_is_not_there_is_not_found() -> None:
    for key in ("999", "nonsense"):
        address = reverse("admin:articles_article_history", args=[key])
        assert sit_down().get(address).status_code == 404


def test_notes_of_colleagues_are_told_as_text() -> None:
    article = make_article()
    note = "<script>alert(1)</script>"
    save_revision(article=copy(article, headline=note), by=make_editor(), note=note)
    client = sit_down()
    both = (revision(article, 1).pk, revision(article, 2).pk)

    pages = [
        client.get(history_of(article)),
        client.get(page_of(article, revision(article, 2))),
        compare(client, article, *both),
    ]

    assert not [page for page in pages if note in page.content.decode()]


def test_member_of_two_desks_reads_both_histories() -> None:
    member = make_member("en")
    make_desk(member, "ur")
    client = sit_down(member=member)

    for code in ("en", "ur"):
        assert client.get(history_of(make_article(language=code))).status_code == 200
