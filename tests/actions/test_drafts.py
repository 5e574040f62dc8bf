"""Unsaved text: one row a tab, its writer's alone, swept when nobody came back for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.utils import timezone

from articles.actions import Refused, drop_draft, keep_draft, leave_draft, take_draft
from articles.actions.draft import LARGEST
from articles.models import Article, Draft
from tests.factories import make_article, make_editor, make_member

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractUser

pytestmark = pytest.mark.django_db

TAB = UUID(int=1)


def keep(by: AbstractUser, article: Article | None = None, tab: UUID = TAB, **more: Any) -> Draft:
    """Type into a tab (a headline, unless ``data`` is given) and return its row."""
    keep_draft(by=by, article=article, tab=tab, **{"data": {"headline": "Typed"}, **more})
    return Draft.objects.get(user_id=by.pk, tab=tab)


def later(**ahead: float) -> datetime:
    return timezone.now() + timedelta(**ahead)


def test_a_tab_has_one_row_with_what_was_typed_last() -> None:
    writer, article = make_member(), make_article(status="draft")
    keep(writer, article, base_version=1)

    draft = keep(writer, article, base_version=2, data={"headline": "Typed on"})

    assert Draft.objects.count() == 1
    assert (draft.data, draft.base_version) == ({"headline": "Typed on"}, 2)
    assert draft.article == article


def test_a_tab_that_only_says_that_it_is_there_keeps_what_was_typed() -> None:
    writer, article = make_member(), make_article(status="draft")
    typed_at = keep(writer, article, base_version=1).changed_at
    with time_machine.travel(later(seconds=15)):
        draft = keep(writer, article, data=None)

    assert (draft.data, draft.base_version) == ({"headline": "Typed"}, 1)
    assert draft.changed_at == typed_at
    assert draft.seen_at > typed_at


def test_an_open_tab_is_present_until_it_is_silent_for_a_while() -> None:
    keep(make_member(), make_article(status="draft"), data=None)

    assert Draft.objects.present(later(seconds=40)).exists()
    assert not Draft.objects.present(later(seconds=50)).exists()


def test_closing_a_tab_ends_its_presence_and_leaves_its_text() -> None:
    writer, article = make_member(), make_article(status="draft")
    keep(writer, article)
    keep(writer, article, tab=UUID(int=2), data=None)

    leave_draft(by=writer, tab=TAB)
    leave_draft(by=writer, tab=UUID(int=2))

    assert [draft.tab for draft in Draft.objects.all()] == [TAB]
    assert not Draft.objects.present().exists()
    assert Draft.objects.unsaved().exists()


def test_text_is_kept_for_thirty_days_and_mere_presence_for_one() -> None:
    writer, article = make_member(), make_article(status="draft")
    keep(writer, article)
    keep(writer, article, tab=UUID(int=2), data=None)
    with time_machine.travel(later(days=2)):
        keep(writer, article, tab=UUID(int=3))
    assert {draft.tab.int for draft in Draft.objects.all()} == {1, 3}

    with time_machine.travel(later(days=31)):
        keep(writer, article, tab=UUID(int=4))

    assert {draft.tab.int for draft in Draft.objects.all()} == {3, 4}


def test_what_a_browser_kept_for_itself_never_replaces_what_was_typed_later() -> None:
    writer, article = make_member(), make_article(status="draft")
    keep(writer, article, data={"headline": "Later"})

    stays = keep(writer, article, data={"headline": "Early"}, typed_at=later(minutes=-5))
    assert stays.data == {"headline": "Later"}

    earlier = later(minutes=-5)
    found = keep(writer, article, tab=uuid4(), typed_at=earlier)
    assert found.changed_at == earlier


def test_no_clock_of_a_browser_puts_a_text_into_the_future() -> None:
    draft = keep(make_member(), make_article(status="draft"), typed_at=later(days=3))

    assert draft.changed_at <= timezone.now()


@pytest.mark.parametrize("hostile", ["a\0b", "a\ud800b", "\udc00"])
def test_text_that_no_database_takes_is_no_fault(hostile: str) -> None:
    draft = keep(make_member(), data={"headline": hostile, hostile: ""})

    draft.refresh_from_db()
    assert "\0" not in "".join([*draft.data, *draft.data.values()])


def test_text_past_the_limit_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match="longer than what can be kept"):
        keep(make_member(), data={"body": "x" * LARGEST})

    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [("writer", "draft"), ("editor", "review"), ("editor", "published")]
)
def test_whoever_may_write_or_propose_is_kept(role: str, status: str) -> None:
    assert keep(make_member("ur", role), make_article(language="ur", status=status)).data


@pytest.mark.parametrize(
    ("language", "role", "status"),
    [
        ("sd", "publisher", "draft"),
        ("ur", "writer", "review"),
        ("ur", "writer", "published"),
        ("ur", "editor", "withdrawn"),
    ],
)
def test_whoever_may_not_is_refused_in_a_sentence(language: str, role: str, status: str) -> None:
    with pytest.raises(Refused, match=r"\.$"):
        keep(make_member(language, role), make_article(language="ur", status=status))

    assert not Draft.objects.exists()


def test_without_a_desk_nobody_begins_an_article() -> None:
    with pytest.raises(Refused, match="Nobody has given you a desk"):
        keep(make_editor(is_superuser=False))


def test_taking_a_text_up_moves_it_to_the_new_tab() -> None:
    writer, article = make_member(), make_article(status="draft")
    keep(writer, article, base_version=1)

    taken = take_draft(by=writer, tab=TAB, into=UUID(int=2))

    assert (taken.tab, taken.data, taken.base_version) == (UUID(int=2), {"headline": "Typed"}, 1)
    assert Draft.objects.count() == 1


def test_a_tab_that_was_taken_for_closed_keeps_its_text_anew() -> None:
    writer, article = make_member(), make_article(status="draft")
    keep(writer, article)
    take_draft(by=writer, tab=TAB, into=UUID(int=2))

    keep(writer, article, data={"headline": "Typed on at home"})

    assert Draft.objects.unsaved().count() == 2


def test_nobody_takes_or_drops_the_text_of_somebody_else() -> None:
    writer, other, article = make_member(), make_member(), make_article(status="draft")
    keep(writer, article)

    with pytest.raises(Refused, match="no longer kept"):
        take_draft(by=other, tab=TAB, into=UUID(int=2))
    drop_draft(by=other, tab=TAB)
    leave_draft(by=other, tab=TAB)

    assert Draft.objects.get().is_present()


def test_two_people_may_have_tabs_of_one_name() -> None:
    article = make_article(status="draft")
    keep(make_member(), article)
    keep(make_member(), article, data={"headline": "Other"})

    assert Draft.objects.count() == 2
