"""Changes that wait: scheduled and proposed from the form, shown, opened, and decided about."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from articles.actions import (
    apply_due,
    propose_change,
    publish,
    save_revision,
    schedule_change,
    withdraw,
)
from articles.models import Article, Revision
from tests.actions.test_revisions import copy
from tests.admin.desk import form_of, said, save, sit_down, typed
from tests.admin.test_conflicts import ASKS, Two, text_of
from tests.admin.test_matrix_of_articles import STATES, make_in
from tests.factories import WHY, logged, make_article, make_editor, make_member

pytestmark = pytest.mark.django_db

ROLES = ("writer", "editor", "publisher")


def member(role: str, language: str = "en") -> Client:
    return sit_down(member=make_member(language, role))


def boxes(moment: datetime) -> dict[str, str]:
    """A moment as it is typed on the desk's clock."""
    local = localtime(moment)
    return {"change_at_0": f"{local:%Y-%m-%d}", "change_at_1": f"{local:%H:%M:%S}"}


def soon(**ahead: float) -> datetime:
    return (timezone.now() + timedelta(**(ahead or {"hours": 1}))).replace(microsecond=0)


def schedule(client: Client, article: Article, at: datetime | None = None, **typed: Any) -> Any:
    return save(client, article, _later="schedule", **boxes(at or soon()), **typed)


def propose(client: Client, article: Article, **typed: Any) -> Any:
    return save(client, article, _later="propose", **typed)


def opened_in(client: Client, change: Revision) -> Any:
    return client.get(form_of(change.article), {"revision": change.pk})


def send_opened(client: Client, change: Revision, **changes: Any) -> Any:
    """Open a change in the form, type over it and press a button."""
    form = typed(opened_in(client, change), **changes)
    address = f"{form_of(change.article)}?revision={change.pk}"
    return client.post(address, form, follow=True)


def decide(client: Client, change: Revision, decision: str, **more: Any) -> Any:
    address = reverse("admin:articles_article_decide", args=[change.article_id, change.pk])
    return client.post(address, {"_decision": decision, **more}, follow=True)


def scheduled(article: Article, **changes: Any) -> Revision:
    by = make_editor(first_name="Ayesha")
    return schedule_change(article=copy(article, **changes), by=by, goes_live_at=soon())


def proposed(article: Article, by: Any = None, **changes: Any) -> Revision:
    return propose_change(
        article=copy(article, **changes), by=by or make_editor(first_name="Ayesha"), note="Shorter."
    )


def state(change: Revision) -> str:
    return Revision.objects.get(pk=change.pk).state


def now(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


# Scheduling from the form -------------------------------------------------------------------------


def test_publisher_schedules_a_change_and_readers_see_it_from_its_moment_on() -> None:
    article, at = make_article(headline="Old"), soon(days=1)

    response = schedule(member("publisher"), article, at, headline="New", change_note="At noon.")

    change = article.revisions.get(state="scheduled")
    assert (change.goes_live_at, change.note) == (at, "At noon.")
    assert change.snapshot["headline"] == "New"
    assert now(article).headline == "Old"
    told = said(response)
    assert "Readers see the change of Old from" in told
    assert f"{localtime(at):%H:%M}" in told
    assert f"{at:%H:%M} UTC" in told
    page = article.get_absolute_url()
    with time_machine.travel(at + timedelta(seconds=1), tick=False):
        assert "New" in Client().get(page, follow=True).content.decode()


def test_a_scheduled_change_is_logged_as_such_and_as_nothing_else() -> None:
    article = make_article()

    schedule(member("publisher"), article, headline="New", change_note="At noon.")

    lines = LogEntry.objects.filter(object_id=str(article.pk))
    assert [logged(line) for line in lines] == ["Change scheduled. At noon."]


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ({"change_at_0": "", "change_at_1": ""}, "Say when the change goes live."),
        ({"change_at_0": "2020-01-01", "change_at_1": "10:00"}, "Choose a moment that is still"),
        ({"change_at_0": "9999-01-01", "change_at_1": "10:00"}, "Write a year between"),
        ({"change_at_0": "soon", "change_at_1": "10:00"}, "valid date"),
    ],
)
def test_a_moment_that_cannot_be_is_a_sentence_and_keeps_what_was_typed(
    moment: dict[str, str], sentence: str
) -> None:
    article = make_article(headline="Old")

    response = save(member("publisher"), article, _later="schedule", headline="New", **moment)

    assert sentence in text_of(response)
    assert typed(response)["headline"] == "New"
    assert not article.revisions.exists()


def test_moment_is_typed_in_the_digits_of_either_script() -> None:
    article, at = make_article(), soon(days=2)
    urdu = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    typed_in = {name: text.translate(urdu) for name, text in boxes(at).items()}

    save(member("publisher"), article, _later="schedule", headline="New", **typed_in)

    assert article.revisions.get(state="scheduled").goes_live_at == at


def test_a_second_change_is_not_scheduled_beside_the_first() -> None:
    article, client = make_article(), member("publisher")
    schedule(client, article, headline="One")

    response = schedule(client, article, headline="Two")

    assert "A change of this article is scheduled already. Cancel it first." in text_of(response)
    assert typed(response)["headline"] == "Two"


def test_a_time_is_not_changed_later() -> None:
    article = make_article()

    response = schedule(member("publisher"), article, headline="New", published_at_0="2023-01-01")

    assert "save other times by themselves" in text_of(response)
    assert not article.revisions.exists()


def test_nothing_is_kept_for_later_where_nothing_was_changed() -> None:
    article = make_article()

    assert "Nothing was changed" in text_of(schedule(member("publisher"), article))


def test_a_note_goes_with_a_plain_save_into_the_history() -> None:
    article = make_article(status="draft")

    save(member("publisher"), article, headline="New", change_note="Shorter.")

    assert article.revisions.kept()[0].note == "Shorter."


# Proposing from the form --------------------------------------------------------------------------


def test_editor_proposes_what_a_publisher_decides_about() -> None:
    article, client = make_article(headline="Old"), member("editor")
    page = client.get(form_of(article)).content.decode()
    assert 'name="headline"' in page
    assert 'name="_save"' not in page
    assert 'value="propose"' in page
    assert 'value="schedule"' not in page

    response = propose(client, article, headline="New", change_note="Shorter.")

    change = article.revisions.get(state="proposed")
    assert (change.snapshot["headline"], change.note) == ("New", "Shorter.")
    assert now(article).headline == "Old"
    assert "The change of Old waits for a publisher." in said(response)


def test_editor_who_may_only_propose_changes_nothing_by_a_forged_button() -> None:
    article, client = make_article(headline="Old"), member("editor")

    responses = [
        save(client, article, headline="New", _save="Save"),
        schedule(client, article, headline="New"),
    ]

    for response in responses:
        assert "Only publishers of the desk of" in text_of(response)
        assert typed(response)["headline"] == "New"
    assert now(article).headline == "Old"
    assert not article.revisions.exists()


def test_times_and_language_are_no_matter_of_a_proposal() -> None:
    article, client = (
        make_article(headline="Old", published_at=datetime(2024, 1, 2, tzinfo=UTC)),
        None,
    )
    client = member("editor")
    page = client.get(form_of(article))
    assert 'name="published_at_0"' not in page.content.decode()
    assert 'dir="ltr" lang="en"' in page.content.decode()
    moved = datetime(2024, 2, 3, tzinfo=UTC)
    save_revision(article=copy(article, published_at=moved), by=make_editor())

    posted = typed(page, headline="New", published_at_0="2020-01-01", language="ur")
    client.post(form_of(article), {**posted, "_later": "propose"})

    change = article.revisions.get(state="proposed")
    assert change.snapshot["headline"] == "New"
    assert change.snapshot["language"] == "en"
    assert now(article).published_at == moved
    decide(member("publisher"), change, "accept")
    assert (now(article).headline, now(article).published_at) == ("New", moved)


def test_a_proposal_is_merged_with_what_was_saved_meanwhile() -> None:
    two = Two(make_article(headline="First", standfirst="Begun"), member("editor"))
    two.save_theirs(standfirst="Theirs")

    response = two.save_mine(headline="Mine", _later="propose")

    change = two.article.revisions.get(state="proposed")
    assert (change.snapshot["headline"], change.snapshot["standfirst"]) == ("Mine", "Theirs")
    assert "Ayesha Khan changed this meanwhile: standfirst." in said(response)


def test_a_proposal_of_a_text_that_moved_is_asked_about_and_stays_a_proposal() -> None:
    two = Two(make_article(headline="First"), member("editor"))
    two.save_theirs(headline="Theirs")

    page = two.save_mine(headline="Mine", _later="propose")
    assert ASKS in page.content.decode()
    assert [button[:2] for button in page.context["buttons"]] == [("_later", "propose")]
    two.decide(page, headline="mine")

    assert two.article.revisions.get(state="proposed").snapshot["headline"] == "Mine"
    assert two.now.headline == "Theirs"


def test_editor_whose_draft_was_published_meanwhile_may_propose_what_was_typed() -> None:
    two = Two(make_article(status="draft", headline="First"), member("editor"))
    publish(article=two.article, by=two.they)

    page = two.save_mine(headline="Mine")
    assert "published it meanwhile" in text_of(page)
    two.decide(page, status="on")

    assert two.now.headline == "First"
    assert two.article.revisions.get(state="proposed").snapshot["headline"] == "Mine"


def test_a_change_to_be_scheduled_is_scheduled_once_the_texts_are_decided() -> None:
    two = Two(make_article(headline="First"), member("publisher"))
    two.save_theirs(headline="Theirs")

    page = two.save_mine(headline="Mine", _later="schedule", **boxes(soon()))
    assert page.context["buttons"][0][:2] == ("_later", "schedule")
    two.decide(page, headline="mine")

    assert two.article.revisions.get(state="scheduled").snapshot["headline"] == "Mine"
    assert two.now.headline == "Theirs"


# A change opened in the form ----------------------------------------------------------------------


def test_a_change_is_opened_in_the_form_and_saving_merges_three_ways() -> None:
    article, client = make_article(headline="Old", standfirst="Old"), member("publisher")
    change = proposed(article, headline="New")
    save_revision(article=copy(article, standfirst="Meanwhile"), by=make_editor())
    form = typed(opened_in(client, change))
    assert (form["headline"], form["standfirst"], form["base_version"]) == ("New", "Old", 1)
    assert form["change_note"] == "Shorter."

    send_opened(client, change, byline="A Writer")

    row = now(article)
    assert (row.headline, row.standfirst, row.byline) == ("New", "Meanwhile", "A Writer")
    assert state(change) == "taken"


def test_an_overtaken_change_is_opened_and_decided_field_by_field() -> None:
    article, client = make_article(headline="Old"), member("publisher")
    change = scheduled(article, headline="Scheduled")
    save_revision(article=copy(article, headline="Meanwhile"), by=make_editor())
    apply_due(soon(days=1))
    assert state(change) == "overtaken"

    page = send_opened(client, change)

    assert ASKS in page.content.decode()
    assert {"Scheduled", "Meanwhile"} <= set(text_of(page).split())
    assert state(change) == "overtaken"


def test_a_scheduled_change_is_moved_by_scheduling_it_anew() -> None:
    article, client = make_article(headline="Old"), member("publisher")
    change, later = scheduled(article, headline="New"), soon(days=3)

    send_opened(client, change, _later="schedule", **boxes(later))

    (moved,) = article.revisions.pending()
    assert (moved.state, moved.goes_live_at) == ("scheduled", later)
    assert state(change) == "taken"


def test_a_refused_save_leaves_the_opened_change_waiting() -> None:
    article, client = make_article(headline="Old"), member("publisher")
    change = scheduled(article, headline="New")

    past = boxes(timezone.now() - timedelta(days=1))
    send_opened(client, change, _later="schedule", **past)

    assert state(change) == "scheduled"


def test_editor_improves_an_own_proposal_and_leaves_those_of_others() -> None:
    article, editor = make_article(headline="Old"), make_member("en", "editor")
    client = sit_down(member=editor)
    own = proposed(article, by=editor, headline="Mine")
    other = proposed(article, headline="Theirs")
    timed = scheduled(article, headline="Timed")

    for change in (own, other, timed):
        send_opened(client, change, headline=f"Better {change.pk}", _later="propose")

    assert [state(change) for change in (own, other, timed)] == ["taken", "proposed", "scheduled"]
    assert article.revisions.filter(state="proposed").count() == 4


@pytest.mark.parametrize("key", ["0", "nonsense", "9" * 40, "-1"])
def test_a_change_that_is_none_opens_the_article_and_says_so(key: str) -> None:
    article = make_article(headline="Old")

    page = sit_down().get(form_of(article), {"revision": key})

    assert typed(page)["headline"] == "Old"
    assert "This change waits no longer" in said(page)


def test_a_change_of_another_article_is_not_opened() -> None:
    article, other = make_article(headline="Old"), make_article()
    change = proposed(other, headline="New")

    page = sit_down().get(form_of(article), {"revision": change.pk})

    assert typed(page)["headline"] == "Old"


# Deciding -----------------------------------------------------------------------------------------


def test_publisher_accepts_a_proposal() -> None:
    article = make_article(headline="Old")
    change = proposed(article, headline="New")

    response = decide(member("publisher"), change, "accept")

    assert now(article).headline == "New"
    assert "New says the new text now." in said(response)


def test_publisher_takes_a_change_off_the_clock() -> None:
    change = scheduled(make_article(), headline="New")

    decide(member("publisher"), change, "cancel")

    assert state(change) == "proposed"
    assert apply_due(soon(days=1)) == []


def test_publisher_declines_with_a_note_that_its_writer_reads() -> None:
    article, editor = make_article(), make_member("en", "editor")
    change = proposed(article, by=editor, headline="New")

    decide(member("publisher"), change, "decline", _note="Too long\0.")

    assert state(change) == "declined"
    history = reverse("admin:articles_article_history", args=[article.pk])
    lines = sit_down(member=editor).get(history).context["lines"]
    assert ("Change declined.", "Too long.") in [(line.told, line.note) for line in lines]


def test_editor_takes_back_an_own_proposal_and_no_other() -> None:
    article, editor = make_article(), make_member("en", "editor")
    client = sit_down(member=editor)
    own, other = proposed(article, by=editor, headline="Mine"), proposed(article, headline="Theirs")

    decide(client, own, "decline")
    response = decide(client, other, "decline")

    assert (state(own), state(other)) == ("declined", "proposed")
    assert "Only publishers of the desk of" in said(response)


def test_a_change_over_a_text_that_moved_is_not_accepted_blindly() -> None:
    article = make_article(headline="Old")
    change = proposed(article, headline="New")
    save_revision(article=copy(article, headline="Meanwhile"), by=make_editor())

    response = decide(member("publisher"), change, "accept")

    assert "Open this change in the form to merge it." in said(response)
    assert now(article).headline == "Meanwhile"


def test_what_was_decided_already_is_a_sentence() -> None:
    change = proposed(make_article(), headline="New")
    decide(sit_down(), change, "decline")

    assert "This change waits no longer" in said(decide(sit_down(), change, "accept"))


@pytest.mark.parametrize("decision", ["", "publish", "act", "__class__"])
def test_a_forged_decision_decides_nothing(decision: str) -> None:
    change = proposed(make_article(), headline="New")

    assert decide(sit_down(), change, decision).status_code == 200
    assert state(change) == "proposed"


def test_a_decision_is_posted_and_never_followed_as_a_link() -> None:
    change = proposed(make_article(), headline="New")
    address = reverse("admin:articles_article_decide", args=[change.article_id, change.pk])

    sit_down().get(f"{address}?_decision=accept")

    assert state(change) == "proposed"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("decision", ["accept", "cancel", "decline"])
@pytest.mark.parametrize("gone", [False, True])
def test_only_publishers_decide_also_once_readers_see_the_article_no_more(
    role: str, decision: str, gone: bool
) -> None:
    article = make_article(headline="Old")
    change = scheduled(article, headline="New")
    if gone:  # It is off the clock by that.
        withdraw(article=article, by=make_editor(), notice=WHY)
    before = state(change)

    decide(member(role), change, decision)

    can_be = (before, decision) != ("proposed", "cancel")
    is_decided = state(change) != before
    assert is_decided == (can_be and role == "publisher")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("later", ["schedule", "propose"])
def test_each_role_keeps_for_later_what_is_its_own_to_keep(
    role: str, name: str, later: str
) -> None:
    article, client = make_in(name, "ur"), member(role, "ur")
    form = typed(sit_down().get(form_of(article)), headline="نیا", _later=later)

    client.post(form_of(article), {**form, **boxes(soon(days=3))})

    least = {"schedule": "publisher", "propose": "editor"}[later]
    may = name in {"scheduled", "embargoed", "live"} and ROLES.index(role) >= ROLES.index(least)
    assert article.revisions.pending().exists() is may
    assert now(article).headline == article.headline


def test_another_desk_decides_nothing_and_reads_nothing() -> None:
    article = make_article()
    change = proposed(article, headline="Secret plans")
    client = member("publisher", "ur")

    assert decide(client, change, "accept").status_code == 403
    assert "Secret plans" not in opened_in(client, change).content.decode()
    assert "proposes a change" not in text_of(client.get(form_of(article)))
    assert state(change) == "proposed"


# What the desk is told ----------------------------------------------------------------------------


def test_the_articles_form_says_what_waits_and_leads_there() -> None:
    article = make_article()
    change = scheduled(article, headline="New")

    page = sit_down().get(form_of(article))

    assert "Ayesha has scheduled a change: readers see it from" in text_of(page)
    assert f"{change.goes_live_at:%H:%M} UTC" in text_of(page)
    assert f"?revision={change.pk}" in page.content.decode()


def test_an_overtaken_change_is_flagged_on_the_form_in_the_history_and_in_the_list() -> None:
    article = make_article(headline="Old")
    scheduled(article, headline="New")
    save_revision(article=copy(article, headline="Meanwhile"), by=make_editor())
    apply_due(soon(days=1))
    client = sit_down()

    history = reverse("admin:articles_article_history", args=[article.pk])
    for address in (form_of(article), history):
        assert "was overtaken by another and was not applied" in text_of(client.get(address))
    listed = client.get(reverse("admin:articles_article_changelist")).content.decode()
    assert '<span class="mark overtaken">change overtaken</span>' in listed


def test_a_list_marks_what_waits_for_ones_own_desk_alone() -> None:
    article = make_article()
    proposed(article, headline="New")
    address = reverse("admin:articles_article_changelist")

    assert "change proposed" in member("writer").get(address).content.decode()
    assert "change proposed" not in member("writer", "ur").get(address).content.decode()


def test_marks_of_a_list_cost_one_question_for_all_its_rows() -> None:
    client, address = sit_down(), reverse("admin:articles_article_changelist")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    make_article()
    few = asked()
    for number in range(9):
        proposed(make_article(), headline=f"New {number}")
    assert asked() == few


@pytest.mark.parametrize(
    ("role", "buttons"),
    [("writer", set()), ("editor", set()), ("publisher", {"accept", "cancel", "decline"})],
)
def test_history_offers_each_role_what_it_may_decide(role: str, buttons: set[str]) -> None:
    article = make_article()
    change = scheduled(article, headline="New")
    client = member(role)

    for name, more in (("history", []), ("revision", [change.pk])):
        address = reverse(f"admin:articles_article_{name}", args=[article.pk, *more])
        page = client.get(address).content.decode()
        assert set(re.findall(r'name="_decision" value="(\w+)"', page)) == buttons


def test_page_of_a_change_shows_what_it_would_change() -> None:
    article = make_article(headline="Old words")
    change = proposed(article, headline="New words")

    address = reverse("admin:articles_article_revision", args=[article.pk, change.pk])
    page = sit_down().get(address)

    assert [run.text.strip() for run in page.context["fields"][0].runs] == ["Old", "New", "words"]


def test_what_a_load_proposes_is_told_as_such() -> None:
    article = make_article()
    propose_change(article=copy(article, body="<p>Other.</p>"), by=None)

    assert "A capture says something else now:" in text_of(sit_down().get(form_of(article)))


def test_a_schedule_of_publication_is_told_in_both_zones() -> None:
    at = soon(days=2)
    article, client = make_article(status="draft", published_at=at), member("publisher")

    response = save(client, article, _verb="publish")
    listed = client.get(reverse("admin:articles_article_changelist"))

    for page in (said(response), text_of(listed)):
        assert f"{localtime(at):%H:%M} Asia/Karachi (" in page
        assert f"{at:%H:%M} UTC)" in page


def test_first_page_tells_when_a_change_goes_live_in_both_zones() -> None:
    change = scheduled(make_article(), headline="New")

    told = text_of(sit_down().get(reverse("admin:index")))

    assert f"{localtime(change.goes_live_at):%H:%M} ({change.goes_live_at:%H:%M} UTC)" in told


def test_who_may_propose_is_not_told_that_the_article_is_only_to_be_read() -> None:
    article = make_article()

    assert "You can read this article here" not in text_of(member("editor").get(form_of(article)))
    assert "You can read this article here" in text_of(member("writer").get(form_of(article)))
