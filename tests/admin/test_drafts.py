"""What somebody typed and did not save is kept, offered again and shown to nobody else."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Draft, Revision
from articles.views.due import last_look
from tests.admin.desk import form_of, said, save, sit_down, typed
from tests.admin.test_matrix_of_articles import (
    ASKED,
    OWN,
    PERSONS,
    STATES,
    always,
    everyone,
    everywhere,
    make_in,
    sign_in,
)
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

ADD = "/admin/articles/article/add/"
LIST = "/admin/articles/article/"
TAB = UUID(int=1)


def draft_address(article: Article | None) -> str:
    return f"{form_of(article).removesuffix('change/')}draft/" if article else f"{ADD}draft/"


def tell(client: Client, article: Article | None, tab: UUID = TAB, **message: Any) -> Any:
    """What the form's script would tell."""
    body = json.dumps({"tab": str(tab), **message})
    return client.post(draft_address(article), body, content_type="application/json")


def type_into(client: Client, article: Article | None, tab: UUID = TAB, **changes: Any) -> None:
    """Open the form, type ``changes`` over it and keep all of it as the script does."""
    form = typed(client.get(form_of(article) if article else ADD), **changes)
    data = {name: str(value) for name, value in form.items()}
    version = form["base_version"] or None
    assert tell(client, article, tab, data=data, base_version=version).status_code == 200


def close(client: Client, article: Article | None, tab: UUID = TAB) -> None:
    assert tell(client, article, tab, left=True).status_code == 200


def offered(response: Any) -> str:
    """The texts that the page offers, with their changes marked as in the page."""
    page = re.sub(r'<span class="visually-hidden".*?</span>', "", response.content.decode())
    return page.partition('id="desk-unsaved"')[2].partition("<form ")[0]


# Keeping -----------------------------------------------------------------------------------------


def test_the_answer_says_until_when_the_text_is_kept() -> None:
    client, article = sit_down(), make_article(status="draft")

    answer = tell(client, article, data={"headline": "Typed"}, base_version=1).json()

    draft = Draft.objects.get()
    assert answer["kept_at"] == json.loads(json.dumps(draft.changed_at.isoformat()[:23] + "Z"))
    assert (draft.article, draft.base_version) == (article, 1)
    assert Article.objects.get().headline != "Typed"


def test_a_new_article_is_kept_before_it_is_one() -> None:
    make_language("ur")
    tell(sit_down(), None, data={"headline": "بارش", "language": "ur"})

    draft = Draft.objects.get()
    assert (draft.article, draft.base_version) == (None, None)
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"{}",
        b'{"tab": "x"}',
        b'{"tab": 7}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "data": []}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "data": "x"}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "data": {"headline": 7}}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "base_version": 99999999999}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "base_version": "x"}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "base_version": 1e999}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "typed_ago": 1e300}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "typed_ago": -1e15}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "base_version": -1}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "base_version": {}}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "typed_ago": "yesterday"}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "typed_ago": NaN}',
        b'{"tab": "00000000-0000-0000-0000-000000000001", "typed_ago": [7]}',
        b"[" * 100_000,
    ],
)
def test_what_no_script_of_ours_tells_is_refused_in_a_sentence(body: bytes) -> None:
    article = make_article(status="draft")

    response = sit_down().post(draft_address(article), body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()["refused"].endswith(".")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("size", [1_100_000, 3_000_000])
def test_a_text_that_is_too_large_is_refused_in_a_sentence(size: int) -> None:
    response = tell(sit_down("ur"), None, data={"body": "x" * size})

    assert response.status_code == 413
    assert "حصوں میں محفوظ کریں" in response.json()["refused"]


def test_an_article_that_was_deleted_is_told_of() -> None:
    client, article = sit_down(), make_article(status="draft")
    article_address = draft_address(article)
    article.delete()

    response = client.post(article_address, "{}", content_type="application/json")

    assert response.status_code == 404
    assert "not there any more" in response.json()["refused"]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_draft_is_only_asked_for_or_told(method: str) -> None:
    client = sit_down()
    assert getattr(client, method)(f"{ADD}draft/").status_code == 405
    assert client.get(reverse("admin:articles_article_unsaved", args=[TAB])).status_code == 405


def test_nothing_is_kept_without_proof_that_a_page_of_ours_asks() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_editor())  # type: ignore[arg-type]

    assert tell(client, None, data={"headline": "Typed"}).status_code == 403
    assert not Draft.objects.exists()


def test_a_script_learns_the_proof_that_holds_after_a_new_login() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_editor())  # type: ignore[arg-type]

    token = client.get(f"{ADD}draft/", {"tab": str(TAB)}).json()["token"]

    body = json.dumps({"tab": str(TAB), "data": {"headline": "Typed"}})
    kept = client.post(
        f"{ADD}draft/", body, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert kept.status_code == 200


def test_a_script_without_a_session_is_sent_to_the_login_and_keeps_nothing() -> None:
    assert tell(Client(), None, data={"headline": "Typed"}).status_code == 302
    assert not Draft.objects.exists()


# Offering ----------------------------------------------------------------------------------------


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


# After a save ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "button",
    [{}, {"_continue": "1"}, {"_addanother": "1"}, {"_verb": "submit"}, {"_verb": "publish"}],
)
def test_once_saved_the_tab_keeps_nothing(button: dict[str, str]) -> None:
    client, article = sit_down(), make_article(status="draft")
    type_into(client, article, headline="Typed")
    type_into(client, article, tab=UUID(int=2), headline="Another tab")

    save(client, article, headline="Typed", _tab=str(TAB), **button)

    assert Article.objects.get().headline == "Typed"
    assert [draft.tab.int for draft in Draft.objects.all()] == [2]


@pytest.mark.parametrize(("role", "button"), [("editor", "propose"), ("publisher", "schedule")])
def test_once_kept_for_later_the_tab_keeps_nothing(role: str, button: str) -> None:
    client, article = sit_down(member=make_member("en", role)), make_article()
    later = {"change_at_0": "2031-01-01", "change_at_1": "10:00"} if button == "schedule" else {}
    type_into(client, article, headline="Typed")

    save(client, article, headline="Typed", _tab=str(TAB), _later=button, **later)

    assert Revision.objects.pending().get().snapshot["headline"] == "Typed"
    assert not Draft.objects.exists()


def test_what_an_editor_typed_into_a_published_article_is_offered_to_be_proposed() -> None:
    client, article = sit_down(member=make_member("en", "editor")), make_article()
    type_into(client, article, headline="Typed", change_note="A slip of the pen.")
    close(client, article)

    page = client.post(
        reverse("admin:articles_article_unsaved", args=[TAB]), {"_take": "yes"}, follow=True
    )

    assert typed(page)["headline"] == "Typed"
    assert typed(page)["change_note"] == "A slip of the pen."


def test_two_texts_that_clash_keep_the_draft_until_they_are_decided() -> None:
    client, article = sit_down(), make_article(status="draft")
    type_into(client, article, headline="Mine")
    form = typed(client.get(form_of(article)), headline="Mine", _tab=str(TAB))
    save(sit_down(), article, headline="Theirs")

    page = client.post(form_of(article), form)
    assert page.status_code == 200
    assert Draft.objects.exists()
    assert f'name="_tab" value="{TAB}"' in page.content.decode()


def test_once_a_new_article_is_saved_its_tab_keeps_nothing() -> None:
    make_language("en")
    client = sit_down()
    type_into(client, None, headline="Typed")

    client.post(ADD, typed(client.get(ADD), headline="Typed", _tab=str(TAB)))

    assert Article.objects.get().headline == "Typed"
    assert not Draft.objects.exists()


def test_a_refused_save_keeps_the_text_and_the_tab() -> None:
    client, article = sit_down(), make_article(status="draft")
    type_into(client, article, headline="Typed")

    page = save(client, article, headline="Typed", section="abc", _tab=str(TAB))

    assert page.status_code == 200
    assert f'name="_tab" value="{TAB}"' in page.content.decode()
    assert "data-typed" in page.content.decode()
    assert Draft.objects.exists()


def test_somebody_elses_save_drops_nothing_of_mine() -> None:
    client, article = sit_down(), make_article(status="draft")
    type_into(client, article, headline="Typed")

    save(sit_down(), article, byline="By Sana", _tab=str(TAB))

    assert Draft.objects.exists()


# Who is here -------------------------------------------------------------------------------------


def test_colleagues_see_who_is_editing_and_who_only_looks() -> None:
    article = make_article(status="draft")
    tell(sit_down(first_name="Ayesha"), article, data={"headline": "Typed"})
    tell(sit_down(username="bilal"), article)

    page = sit_down().get(form_of(article)).content.decode()

    assert re.search(r"<bdi>Ayesha</bdi> is editing here, \d+ s ago\.", page)
    assert re.search(r"<bdi>bilal</bdi> has this open, \d+ s ago\.", page)
    assert "Typed" not in page


def test_the_script_hears_of_colleagues_and_of_ones_other_tabs() -> None:
    article = make_article(status="draft")
    client = sit_down("ur")
    tell(sit_down(first_name="Ayesha"), article, data={"headline": "Typed"})
    tell(client, article, tab=UUID(int=2), data={"headline": "Mine"})

    answer = tell(client, article).json()

    assert "<bdi>Ayesha</bdi> یہاں ترمیم میں مصروف" in answer["here"]
    assert "آپ ایک اور ٹیب میں بھی اس میں ترمیم کر رہے ہیں" in answer["here"]
    assert answer["unsaved"] == f"{UUID(int=2)}+"
    assert "Typed" not in json.dumps(answer)


def test_whoever_left_is_not_here_any_more() -> None:
    article = make_article(status="draft")
    ayesha = sit_down(first_name="Ayesha")
    tell(ayesha, article, data={"headline": "Typed"})
    close(ayesha, article)

    assert "Ayesha" not in tell(sit_down(), article).json()["here"]


def test_a_form_hears_that_the_article_was_saved_by_somebody_else() -> None:
    article = make_article(status="draft")
    save(sit_down(first_name="Sana"), article, byline="By Sana")

    here = tell(sit_down(), article, base_version=1).json()["here"]

    assert "<bdi>Sana</bdi> saved this article" in here
    assert "saved" not in tell(sit_down(), article, base_version=2).json()["here"]


def test_names_are_text_and_keep_their_own_direction() -> None:
    article = make_article(status="draft")
    tell(sit_down(first_name="<b>عائشہ"), article)

    assert "<bdi>&lt;b&gt;عائشہ</bdi>" in tell(sit_down(), article).json()["here"]


def test_the_list_marks_what_colleagues_have_open() -> None:
    article = make_article(status="draft")
    make_article(status="draft")
    tell(sit_down(first_name="Ayesha"), article)

    page = sit_down().get(LIST).content.decode()

    assert page.count('<span class="here">Open with <bdi>Ayesha</bdi></span>') == 1


def test_nobody_learns_who_on_another_desk_works_on_what_readers_see() -> None:
    article = make_article(language="en")
    tell(sit_down(member=make_member("en", "publisher", first_name="Ayesha")), article)
    elsewhere, own = make_member("ur", "publisher"), make_member("en", "writer")

    for address in (LIST, form_of(article)):
        assert "Ayesha" not in sit_down(member=elsewhere).get(address).content.decode()
        assert "Ayesha" in sit_down(member=own).get(address).content.decode()


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


# Rights ------------------------------------------------------------------------------------------

TYPES = "w  w  e  e  e  e  p  p"
"""Who may at least type into the form of an article of their desk, by state: a change of what is
published may be proposed by editors.
"""


@everyone
@everywhere
@always
def test_only_who_may_write_or_propose_is_kept_and_told(
    person: str, language: str, state: str
) -> None:
    article, client = make_in(state, language), sign_in(person)
    tell(sit_down(first_name="Ayesha"), article, tab=uuid4(), data={"headline": "Hers"})
    is_own = language == OWN or person == "superuser"
    may_type = is_own and PERSONS.index(person) >= ASKED[TYPES.split()[STATES.index(state)]]

    told = tell(client, article, data={"headline": "Typed"})
    asked = client.get(draft_address(article), {"tab": str(TAB)})

    for response in (told, asked):
        assert (response.status_code == 200) is may_type
        assert ("Ayesha" in response.content.decode()) is may_type
        assert "Hers" not in response.content.decode()
        if not may_type:
            assert response.status_code in {403, 404}
            assert response.json()["refused"].endswith(".")
    assert Draft.objects.count() == (2 if may_type else 1)


@everyone
def test_only_who_may_begin_an_article_is_kept(person: str) -> None:
    make_language(OWN)
    status = tell(sign_in(person), None, data={"headline": "Typed"}).status_code

    assert status == (403 if person == "nobody" else 200)


def test_nobody_reaches_the_text_of_somebody_else() -> None:
    article = make_article(status="draft")
    type_into(sit_down(), article, headline="Typed")
    other = sit_down()

    settle = reverse("admin:articles_article_unsaved", args=[TAB])
    assert "no longer kept" in said(other.post(settle, {"_take": "yes"}, follow=True))
    other.post(settle, {"_drop": "yes"})
    tell(other, article, left=True)

    assert Draft.objects.get().is_present()
    assert "Typed" not in other.get(f"{form_of(article)}?draft={TAB}").content.decode()
    assert "Typed" not in other.get(draft_address(article), {"tab": str(TAB)}).content.decode()


def test_a_text_for_an_article_that_one_may_not_see_any_more_is_not_listed() -> None:
    member = make_member("ur")
    article = make_article(language="ur", status="draft", headline="Secret")
    client = sit_down(member=member)
    tell(client, article, data={"body": "<p>Typed</p>"})
    assert "Secret" in client.get(LIST).content.decode()

    member.desks.all().delete()
    make_desk(member, "en")

    assert "Secret" not in client.get(LIST).content.decode()


def test_a_text_outlives_the_right_to_save_it_and_can_be_copied() -> None:
    client, article = sit_down(member=make_member("en")), make_article(status="draft")
    type_into(client, article, headline="Typed")
    close(client, article)
    Article.objects.update(status="published")

    page = client.get(form_of(article))

    assert "<ins>Typed</ins>" in offered(page)
    assert "_take" not in page.content.decode()
    assert "desk-autosave" not in page.content.decode()
    assert "Only publishers" in tell(client, article).json()["refused"]


# Costs -------------------------------------------------------------------------------------------


def count(client: Client, address: str) -> int:
    last_look.at = timezone.now()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_form_asks_one_question_more_however_many_are_here() -> None:
    article, client = make_article(status="draft"), sit_down()
    form_of_nothing = count(client, form_of(article))
    for _number in range(5):
        tell(sit_down(), article, tab=uuid4(), data={"headline": "Typed"})

    assert count(client, form_of(article)) == form_of_nothing


def test_a_list_asks_one_question_however_many_are_here() -> None:
    client = sit_down()
    articles = [make_article(status="draft") for _number in range(5)]
    nobody = count(client, LIST)
    for article in articles:
        tell(client, article, tab=uuid4(), data={"headline": "Typed"})
        tell(sit_down(), article, tab=uuid4(), data={"headline": "Typed"})

    assert count(client, LIST) == nobody


def test_a_beat_of_an_open_page_costs_little() -> None:
    article, client = make_article(status="draft"), sit_down()
    tell(client, article)
    with time_machine.travel(timezone.now() + timedelta(seconds=15)):  # noqa: SIM117
        with CaptureQueriesContext(connection) as asked:
            tell(client, article)

    assert len(asked) <= 9
