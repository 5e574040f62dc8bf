"""What the form's script tells the desk while somebody types, and what it is answered.

Asked with GET it answers what a page needs to go on: who is here, what lies unsaved, and a token,
should somebody have signed in again meanwhile. A POST of JSON keeps what was typed, first::

    {"tab": UUID, "base_version": 3, "data": {field: text}, "typed_ago": milliseconds,
     "undone": false, "left": false}

All but ``tab`` may be missing: without ``data`` the tab only says that it is open. ``undone`` tells
that nothing is typed any more, ``left`` that the tab is closed. The answer is JSON; a refusal has
``refused``, a sentence in the desk's language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions import Refused, drop_draft, keep_draft, leave_draft
from articles.actions.draft import TooLarge, demand_typing
from articles.admin.drafts.presence import people_in, saved_since
from articles.admin.drafts.rows import drafts_for, mark_of, unsaved_of
from articles.admin.verbs import editor_of
from articles.models import Article

if TYPE_CHECKING:
    from articles.admin.drafts.pages import ArticleDrafts

MOST = 2**31 - 1
"""The largest version that a column holds."""

FAULTS = (AttributeError, KeyError, OverflowError, RecursionError, TypeError, ValueError)
"""What reading something else than a form's script tells may raise."""


class Told(NamedTuple):
    """What a script tells of its tab."""

    tab: UUID
    base_version: int | None = None
    data: dict[str, str] | None = None
    typed_at: datetime | None = None
    undone: bool = False
    left: bool = False


def answer(desk: ArticleDrafts, request: HttpRequest, article: Article | None) -> JsonResponse:
    """Keep what the script tells, and tell what it asks. 400, 403 and 413 are refusals in words."""
    try:
        told = _heard(request)
        demand_typing(editor_of(request), article)
        if request.method == "POST":
            _keep(request, article, told)
    except (RequestDataTooBig, TooLarge):
        return refuse(TooLarge(), 413)
    except NotOurs as refusal:
        return refuse(refusal, 400)
    except Refused as refusal:
        return refuse(refusal, 403)
    except IntegrityError:  # Somebody has deleted the article since it was found.
        return refuse(Refused([_("This article is not there any more.")]), 404)
    return JsonResponse(_state(desk, request, article, told))


def refuse(refusal: Refused, status: int) -> JsonResponse:
    """Say no to a script, in a sentence for whoever uses it."""
    return JsonResponse({"refused": str(refusal)}, status=status)


class NotOurs(Refused):
    """What came is nothing that the form's script tells."""

    def __init__(self) -> None:
        super().__init__([_("This is not what a form of the desk tells.")])


def _heard(request: HttpRequest) -> Told:
    try:
        is_told = request.method == "POST"
        return _told(json.loads(request.body) if is_told else request.GET.dict())
    except FAULTS as error:
        raise NotOurs from error


def _told(given: Mapping[str, Any]) -> Told:
    version, data, ago = (given.get(name) for name in ("base_version", "data", "typed_ago"))
    told = Told(
        tab=UUID(given["tab"]),
        base_version=None if version is None else int(version),
        data=data,
        # Not a moment of the browser's: its clock may be wrong by hours, but not between two looks.
        typed_at=None if ago is None else timezone.now() - timedelta(milliseconds=ago),
        undone=given.get("undone") is True,
        left=given.get("left") is True,
    )
    if told.base_version is not None and not 0 < told.base_version <= MOST:
        raise ValueError(told.base_version)
    if data is not None and not all(isinstance(text, str) for text in data.values()):
        raise TypeError(data)
    return told


def _keep(request: HttpRequest, article: Article | None, told: Told) -> None:
    if told.undone:
        drop_draft(by=editor_of(request), tab=told.tab)
    if not told.left or told.data is not None:
        keep_draft(
            by=editor_of(request),
            tab=told.tab,
            article=article,
            base_version=told.base_version,
            data=told.data,
            typed_at=told.typed_at,
        )
    if told.left:
        leave_draft(by=editor_of(request), tab=told.tab)


def _state(
    desk: ArticleDrafts, request: HttpRequest, article: Article | None, told: Told
) -> dict[str, Any]:
    """``kept_at`` is when what is kept of the tab was typed, ``unsaved`` changes whenever other
    texts of one's own are to be offered, ``here`` and ``offered`` are HTML.
    """
    user = editor_of(request)
    drafts = drafts_for(user, article)
    unsaved = unsaved_of(user, drafts)
    own = next((draft for draft in unsaved if draft.tab == told.tab), None)
    left = [draft for draft in unsaved if draft != own]
    here = {
        "people": people_in(drafts, user, told.tab),
        "saved": saved_since(article, told.base_version) if article else None,
    }
    state = {
        "user": user.pk,
        "kept_at": own.changed_at if own else None,
        "unsaved": mark_of(left),
        "here": render_to_string("admin/articles/article/_here.html", here),
    }
    if request.method == "GET":
        offers = {"unsaved": desk.offers(request, article, left), "unsaved_mark": state["unsaved"]}
        state["offered"] = render_to_string("admin/articles/article/_unsaved.html", offers, request)
        state["token"] = get_token(request)
    return state
