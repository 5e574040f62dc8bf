"""Who may do what, held against a table of its own: the desks' promises, not the code's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from articles.actions import (
    Refused,
    accept_capture,
    add_notice,
    link_translations,
    mark_duplicate,
    publish,
    reject_capture,
    restore,
    return_to_draft,
    save_revision,
    start_translation,
    submit,
    withdraw,
)
from articles.actions.rights import (
    RIGHTS,
    captures,
    decidable,
    may,
    may_decide,
    may_on,
    may_somewhere,
    where,
)
from articles.models import Article, Capture
from tests.admin.desk import make_capture
from tests.factories import (
    WHY,
    logged,
    make_article,
    make_desk,
    make_editor,
    make_language,
    make_member,
)

pytestmark = pytest.mark.django_db

ROLES = ("nobody", "writer", "editor", "publisher")
STATES = ("draft", "review", "scheduled", "embargoed", "live", "withdrawn")

OWN = {
    # deed:      draft       review       scheduled    embargoed    live         withdrawn
    "view":     ("writer",    "writer",    "writer",    "writer",    "writer",    "writer"),
    "history":  ("writer",    "writer",    "writer",    "writer",    "writer",    "writer"),
    "share":    ("editor",    "editor",    "publisher", "publisher", "publisher", None),
    "change":   ("writer",    "editor",    "publisher", "publisher", "publisher", "publisher"),
    "propose":  (None,        None,        "editor",    "editor",    "editor",    None),
    "schedule": (None,        None,        "publisher", "publisher", "publisher", None),
    "submit":   ("writer",    None,        None,        None,        None,        None),
    "return":   (None,        "editor",    None,        None,        None,        None),
    "publish":  ("publisher", "publisher", None,        None,        None,        None),
    "notice":   (None,        None,        "publisher", "publisher", "publisher", None),
    "withdraw": (None,        None,        "publisher", "publisher", "publisher", None),
    "restore":  (None,        None,        None,        None,        None,        "publisher"),
    "join":     ("editor",    "editor",    "publisher", "publisher", "publisher", "publisher"),
    "delete":   ("editor",    "editor",    "publisher", "publisher", "publisher", "publisher"),
}  # fmt: skip
"""The least role on the desk of the article's language; None where nobody may."""


def make_in(state: str, language: str = "en", **fields: Any) -> Article:
    """Store an article in one of STATES."""
    tomorrow = timezone.now() + timedelta(days=1)
    columns: dict[str, dict[str, Any]] = {
        "draft": {"status": "draft", "published_at": None},
        "review": {"status": "review", "published_at": None},
        "scheduled": {"published_at": tomorrow},
        "embargoed": {"published_at": tomorrow, "embargoed_until": tomorrow},
        "live": {},
        "withdrawn": {"status": "withdrawn"},
    }
    return make_article(language=language, **{**columns[state], **fields})


def make_one(role: str) -> Any:
    """A member of the English desk, or of none."""
    return make_editor(is_superuser=False) if role == "nobody" else make_member("en", role)


def test_every_deed_of_the_policy_is_in_the_table_of_this_test() -> None:
    assert RIGHTS.keys() == OWN.keys()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
def test_role_on_the_articles_own_desk_decides(role: str, state: str) -> None:
    person, article = make_one(role), make_in(state)
    for deed, row in OWN.items():
        least = row[STATES.index(state)]
        expected = least is not None and ROLES.index(role) >= ROLES.index(least)
        assert may(person, deed, article) is expected, deed


@pytest.mark.parametrize("state", STATES)
def test_other_desks_see_what_readers_see_and_nothing_more(state: str) -> None:
    publisher, article = make_member("en", "publisher"), make_in(state, "ur")

    done = {deed for deed in RIGHTS if may(publisher, deed, article)}

    assert done == ({"view"} if state == "live" else set())


@pytest.mark.parametrize("state", STATES)
def test_superuser_is_a_publisher_everywhere(state: str) -> None:
    article = make_in(state, "sd")
    publisher, superuser = make_member("sd", "publisher"), make_editor()

    for deed in RIGHTS:
        assert may(superuser, deed, article) == may(publisher, deed, article), deed


def test_lists_hold_what_may_be_done_to_each_article() -> None:
    articles = [make_in(state, language) for language in ("en", "ur") for state in STATES]
    two_desks = make_member("en", "writer")
    make_desk(two_desks, "ur", "publisher")

    for person in (*map(make_one, ROLES), two_desks, make_editor(), AnonymousUser()):
        for deed in RIGHTS:
            listed = set(Article.objects.filter(where(person, deed)))
            assert listed == {each for each in articles if may(person, deed, each)}, deed
            assert may_somewhere(person, deed) or not listed


@pytest.mark.parametrize(
    "overrides", [{"is_active": False}, {"is_superuser": True, "is_active": False}]
)
def test_closed_account_may_do_nothing(overrides: dict[str, bool]) -> None:
    person, article = make_member("en", "publisher", **overrides), make_in("live")

    assert not any(may(person, deed, article) for deed in RIGHTS)
    assert not Article.objects.filter(where(person, "view")).exists()


def test_desks_are_read_once_for_each_copy_of_a_user(django_assert_num_queries: Any) -> None:
    member, article = make_member(), make_in("draft")

    with django_assert_num_queries(1):
        for deed in RIGHTS:
            may(member, deed, article)
            where(member, deed)


@pytest.mark.parametrize(
    ("deed", "least"),
    [
        ("add", "writer"),
        ("section", "publisher"),
        ("alias", "publisher"),
        ("source", "editor"),
        ("capture", "editor"),
        ("loadrun", "editor"),
    ],
)
@pytest.mark.parametrize("role", ROLES)
def test_what_is_done_at_a_desk_asks_a_role_there(role: str, deed: str, least: str) -> None:
    person = make_one(role)
    expected = ROLES.index(role) >= ROLES.index(least)

    assert may_on(person, deed) is may_on(person, deed, "en") is expected
    assert not may_on(person, deed, "ur")


def test_capture_has_the_languages_of_its_articles() -> None:
    bare, ours, theirs, both = (make_capture() for _ in range(4))
    for language, capture, item in (
        ("en", ours, 0), ("ur", theirs, 0), ("en", both, 0), ("ur", both, 1),
    ):  # fmt: skip
        make_article(language=language, capture=capture, capture_item=item)

    def seen_and_decided(person: Any) -> tuple[set[Capture], set[Capture]]:
        decided = {each for each in (bare, ours, theirs, both) if may_decide(person, each)}
        assert set(Capture.objects.filter(decidable(person))) == decided
        return set(Capture.objects.filter(captures(person))), decided

    bilingual = make_member("en", "editor")
    make_desk(bilingual, "ur", "editor")
    assert seen_and_decided(make_member("en", "editor")) == ({bare, ours, both}, {bare, ours})
    assert seen_and_decided(make_member("ur", "publisher")) == (
        {bare, theirs, both},
        {bare, theirs},
    )
    assert seen_and_decided(make_member("sd", "editor")) == ({bare}, {bare})
    assert seen_and_decided(make_member("en", "writer")) == (set(), set())
    for person in (bilingual, make_editor()):
        everything = {bare, ours, theirs, both}
        assert seen_and_decided(person) == (everything, everything)


# The actions ask it themselves -------------------------------------------------------------------

ACTIONS: dict[str, tuple[str, Any]] = {
    "submit": ("draft", submit),
    "return": ("review", lambda **given: return_to_draft(note="Mend it.", **given)),
    "publish": ("draft", publish),
    "notice": ("live", lambda **given: add_notice(kind="update", text="More.", **given)),
    "withdraw": ("live", lambda **given: withdraw(notice=WHY, **given)),
    "restore": ("withdrawn", restore),
}


@pytest.mark.parametrize("deed", ACTIONS)
@pytest.mark.parametrize("role", ROLES)
def test_no_action_goes_round_the_policy(deed: str, role: str) -> None:
    state, act = ACTIONS[deed]
    person, article = make_one(role), make_in(state)
    before = Article.objects.values().get()
    least = OWN[deed][STATES.index(state)] or ""

    if ROLES.index(role) >= ROLES.index(least):
        act(article=article, by=person)
        assert Article.objects.values().get() != before
        return
    with pytest.raises(Refused, match=r"desk of .en. may|not on any of your desks"):
        act(article=article, by=person)
    assert Article.objects.values().get() == before


@pytest.mark.parametrize("deed", ACTIONS)
def test_refusal_tells_nothing_of_an_article_of_another_desk(deed: str) -> None:
    _state, act = ACTIONS[deed]
    article = make_in("draft", "ur", headline="Secret")

    with pytest.raises(Refused) as refusal:
        act(article=article, by=make_member("en", "publisher"))

    assert refusal.value.reasons == ["This article is not on any of your desks."]


def test_role_is_asked_of_the_article_as_it_is_stored() -> None:
    """A copy that was made before its language was changed opens no door."""
    stale = make_in("draft")
    Article.objects.update(language=make_language("ur"))

    with pytest.raises(Refused, match="not on any of your desks"):
        submit(article=stale, by=make_member("en"))


def test_refusal_names_who_may_and_the_desk() -> None:
    make_language("en", endonym="English")
    writer, article = make_member("en"), make_in("draft")

    with pytest.raises(Refused) as refusal:
        publish(article=article, by=writer)

    assert refusal.value.reasons == [
        "Only publishers of the desk of \u2068English\u2069 may do this."
    ]


def test_no_article_is_moved_to_a_desk_on_which_its_mover_could_not_change_it() -> None:
    editor, article = make_member("en", "editor"), make_in("review")
    article.language = make_language("ur")

    with pytest.raises(Refused, match="not on any of your desks"):
        save_revision(article=article, by=editor)

    assert Article.objects.get().language_id == "en"


def test_command_publishes_without_a_desk() -> None:
    assert publish(article=make_in("draft")).status == "published"


# Captures -----------------------------------------------------------------------------------------


def test_capture_of_two_desks_is_decided_by_who_is_on_both() -> None:
    """To reject it is to delete drafts of both."""
    capture = make_capture()
    make_article(language="en", status="draft", capture=capture)
    make_article(language="ur", status="draft", capture=capture, capture_item=1)
    editor = make_member("en", "editor")

    for decide in (reject_capture, accept_capture):
        with pytest.raises(Refused, match="not on any of your desks"):
            decide(capture=capture, by=editor)
    assert Article.objects.count() == 2

    make_desk(editor, "ur", "editor")
    reject_capture(capture=capture, by=get_user_model().objects.get(pk=editor.pk))
    assert not Article.objects.exists()


@pytest.mark.parametrize(("state", "name"), [("draft", "#{pk}"), ("live", "Told")])
def test_log_that_other_desks_read_names_no_draft(state: str, name: str) -> None:
    """What was made of a duplicate is gone: any editor may read what was decided about it."""
    capture = make_capture()
    other = make_in(state, "ur", headline="Told")
    mark_duplicate(capture=capture, of=other, by=make_member("ur", "editor"))
    start_translation(source=other, language=make_language("en"), by=make_editor())

    lines = [logged(entry) for entry in LogEntry.objects.all()]

    assert len(lines) == 2
    assert all(name.format(pk=other.pk) in line for line in lines)
    assert ("Told" in str(lines)) == (state == "live")


# Joining -----------------------------------------------------------------------------------------


def test_editor_ties_an_own_draft_to_what_another_desk_has_told_readers() -> None:
    draft, told = make_in("draft", "ur"), make_in("live", "en")

    assert link_translations(articles=[draft, told], by=make_member("ur", "editor")) == 2


@pytest.mark.parametrize(
    ("role", "states", "refused"),
    [
        ("writer", {"ur": "draft", "en": "live"}, "Only editors and publishers"),
        ("editor", {"ur": "live", "en": "live"}, "Only publishers"),
        ("publisher", {"en": "live", "sd": "live"}, "Only publishers"),
        ("publisher", {"ur": "draft", "en": "draft"}, "not on any of your desks"),
    ],
)
def test_stories_of_others_are_not_tied_together(role, states, refused) -> None:  # type: ignore[no-untyped-def]
    articles = [make_in(state, language) for language, state in states.items()]

    with pytest.raises(Refused, match=refused):
        link_translations(articles=articles, by=make_member("ur", role))

    assert Article.objects.values("story").distinct().count() == 2
