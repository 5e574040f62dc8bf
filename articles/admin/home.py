"""The desk's first page: what waits for the person who opens it, and nothing of other desks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import rights
from articles.admin import home_rows
from articles.admin.base import in_language
from articles.admin.drafts.listed import Left, left_unsaved
from articles.admin.drafts.rows import drafts_at_desk
from articles.admin.home_rows import MOST, goes_live_at
from articles.admin.incoming_steps import waiting
from articles.models import Article, Capture, Draft, Language, Message, Revision

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

Status = Article.Status


@dataclass(frozen=True)
class Row:
    """One thing that waits: an article or another row, where it is seen, and what is said of it.

    ``name`` is HTML with the language of its text; ``moment`` is told in the desk's time zone, and
    as a day where no more of it is known.
    """

    name: str
    address: str
    told: str = ""
    moment: datetime | None = None
    is_day: bool = False


class Link(NamedTuple):
    """An address and what it is called."""

    words: str | Promise
    address: str


@dataclass(frozen=True)
class Panel:
    """A heading, its first rows, and where the rest is, if it is to be had in one place."""

    name: str
    title: str | Promise
    rows: list[Row] = field(default_factory=list)
    all_of_them: Link | None = None
    is_cut: bool = False


def panels(request: HttpRequest, at: datetime | None = None) -> list[Panel]:
    """What waits for the person at ``at`` (now, unless given); a panel without rows is left out."""
    user = cast("AbstractUser", request.user)
    moment = at or timezone.now()
    missing = dict(home_rows.missing(user, moment))
    found = home_rows.first_articles(
        {
            "returned": home_rows.returned(user),
            "review": home_rows.to_review(user),
            "scheduled": home_rows.scheduled(user, moment),
            "standing": home_rows.standing(user),
            "stale": home_rows.behind(user),
            **{_missing(language): rows for language, rows in missing.items()},
            "own": home_rows.own_drafts(user),
        }
    )
    made = (
        *_to_do(user, found, moment),
        *(_missing_panel(language, found[_missing(language)]) for language in missing),
        *_on_the_desk(request, found),
    )
    return [panel for panel in made if panel.rows]


Found = Mapping[str, list[Article]]
"""The first articles of each panel, by its name."""


def _to_do(user: AbstractUser, found: Found, at: datetime) -> Iterator[Panel]:
    """What somebody else waits for."""
    going_live = _scheduled(found["scheduled"], home_rows.scheduled_changes(user, at))
    changes = home_rows.changes(user)
    behind = gettext_lazy("Translations behind their original")
    yield _panel("returned", gettext_lazy("Returned to the writer"), found["returned"], _row)
    yield _panel("review", gettext_lazy("To review"), found["review"], _row, _reviews())
    yield _panel("scheduled", gettext_lazy("Going live"), going_live, _scheduled_row)
    yield _panel("changes", gettext_lazy("Changes that wait"), changes, _change_row)
    yield _panel("standing", gettext_lazy("Withdrawn in another language"), found["standing"], _row)
    yield _panel("stale", behind, found["stale"], _row)


def _missing_panel(language: Language, articles: list[Article]) -> Panel:
    name, title = _missing(language), _missing_in(language)
    return _panel(name, title, articles, _missing_row, _board(language))


def _on_the_desk(request: HttpRequest, found: Found) -> Iterator[Panel]:
    """What came in, and what is being written."""
    user = cast("AbstractUser", request.user)
    drafts = drafts_at_desk(user)
    present, unsaved = _present(user, drafts), left_unsaved(user, drafts)
    incoming, one_by_one = _incoming(request), _one_after_another()
    messages, wrote = home_rows.messages(user), gettext_lazy("Messages from readers")
    yield _panel("incoming", gettext_lazy("Incoming"), incoming, _capture_row, one_by_one)
    yield _panel("messages", wrote, messages, _message_row, _all_messages())
    yield _panel("unsaved", gettext_lazy("Unsaved texts of yours"), unsaved, _unsaved_row)
    yield _panel("present", gettext_lazy("Being edited now"), present, _draft_row)
    yield _panel("own", gettext_lazy("My drafts"), found["own"], _row)


def _panel(
    name: str,
    title: str | Promise,
    found: Iterable[Any],
    row: Callable[[Any], Row],
    all_of_them: Link | None = None,
) -> Panel:
    rows = list(found[: MOST + 1] if isinstance(found, QuerySet) else found)
    return Panel(name, title, [row(one) for one in rows[:MOST]], all_of_them, len(rows) > MOST)


def _scheduled(
    articles: Iterable[Article], changes: QuerySet[Revision]
) -> list[Article | Revision]:
    """Articles and changes in the order in which they go live."""
    return sorted([*articles, *changes[: MOST + 1]], key=goes_live_at)


def _incoming(request: HttpRequest) -> QuerySet[Capture] | list[Capture]:
    return waiting(request) if rights.may_on(request.user, "capture") else []


def _present(user: AbstractUser, drafts: Iterable[Draft]) -> list[Draft]:
    """Forms that others have open, of articles that the person may see."""
    present = (one for one in drafts if one.is_present() and one.user_id != user.pk)
    return sorted(present, key=lambda one: one.seen_at, reverse=True)


# How it is told -----------------------------------------------------------------------------------


def _row(article: Article) -> Row:
    return Row(
        _headline(article),
        reverse("admin:articles_article_change", args=[article.pk]),
        getattr(article, "told", "") or "",
        article.modified_at,
    )


def _headline(article: Article) -> str:
    return in_language(article.headline or _("(no headline yet)"), article.language)


def _scheduled_row(row: Article | Revision) -> Row:
    article = row.article if isinstance(row, Revision) else row
    told = _("a change") if isinstance(row, Revision) else _("publication")
    address = reverse("admin:articles_article_change", args=[article.pk])
    return Row(_headline(article), address, told, goes_live_at(row))


def _change_row(change: Revision) -> Row:
    address = reverse("admin:articles_article_history", args=[change.article_id])
    return Row(_headline(change.article), address, change.get_state_display(), change.made_at)


def _missing_row(article: Article) -> Row:
    """The article itself, whose screen starts its translations."""
    address = reverse("admin:articles_article_change", args=[article.pk])
    is_day = article.published_precision == Article.Precision.DAY
    return Row(_headline(article), address, moment=article.published_at, is_day=is_day)


def _board(language: Language) -> Link:
    query = urlencode({"missing": language.code})
    words = gettext_lazy("All of them on the board")
    return Link(words, f"{reverse('admin:articles_article_board')}?{query}")


def _missing(language: Language) -> str:
    return f"missing-{language.code}"


def _missing_in(language: Language) -> str:
    before, _placeholder, after = _("Not told yet in %(language)s").partition("%(language)s")
    return format_html("{}{}{}", before, in_language(language.endonym, language), after)


def _capture_row(capture: Capture) -> Row:
    address = reverse("admin:articles_capture_incoming", args=[capture.pk])
    name = format_html('<bdi dir="ltr">{}</bdi>', capture.filename)
    return Row(name, address, moment=capture.received_at)


def _draft_row(draft: Draft) -> Row:
    article = cast(Article, draft.article)
    address = reverse("admin:articles_article_change", args=[article.pk])
    return Row(_headline(article), address, str(draft.user), draft.seen_at)


def _unsaved_row(left: Left) -> Row:
    name = format_html(
        '<bdi lang="{}" dir="{}">{}</bdi>',
        *(left.language, left.direction, left.headline or _("(no headline yet)")),
    )
    return Row(name, left.address, _("new article") if left.is_new else "", left.at)


def _message_row(message: Message) -> Row:
    address = reverse("admin:articles_message_change", args=[message.pk])
    subject = in_language(message.subject, message.language)
    return Row(subject, address, message.name, message.received_at)


def _all_messages() -> Link:
    query = urlencode({"state__exact": Message.State.NEW})
    words = gettext_lazy("All that wait for an answer")
    return Link(words, f"{reverse('admin:articles_message_changelist')}?{query}")


def _one_after_another() -> Link:
    words = gettext_lazy("Decide about them one after another")
    return Link(words, reverse("admin:articles_capture_first_waiting"))


def _reviews() -> Link:
    address = f"{reverse('admin:articles_article_changelist')}?status__exact={Status.REVIEW}"
    return Link(gettext_lazy("All in review"), address)
