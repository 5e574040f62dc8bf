"""Polls: a question with its answers, a vote without an account, and what readers said."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

from articles.actions import Refused, cast_vote
from articles.actions.limits import VOTES
from articles.actions.poll import Repeated, Shut, has_voted
from articles.models import Choice, Poll
from articles.models.poll import CLOSES, results_of
from articles.models.prepared import Prepared
from articles.views.edition import Edition, open_edition
from articles.views.frame import Frame, in_every_edition, show
from articles.views.lite import asked_in, carry
from articles.views.moved import send_on
from articles.views.paging import NewestPage, page_of
from articles.views.posting import is_within, takes_posts, waiting
from articles.views.reading import read_only
from articles.views.schema_org import breadcrumbs
from newsroom.routes import address_of

SALT = "articles.voter"
KEPT_FOR = timedelta(days=365)
KEPT = "kept"
"""In the query of a vote that comes once more, with the cookie that the browser was just given."""


@read_only
def polls(request: HttpRequest, language: str) -> HttpResponse:
    """List an edition's polls, those that are open first. Four queries."""
    edition = open_edition(language)
    rows = Poll.objects.in_language(language).begun().counted()
    try:
        page = page_of(rows, request, {}, by=CLOSES)
    except NewestPage:
        return send_on(request, request.path)
    paths = in_every_edition(edition, "polls")
    frame = Frame(
        edition,
        title=_("Polls"),
        description=_("What this edition asks its readers, and what they said."),
        path=paths[edition.code],
        query=page.query,
        paths=paths,
    )
    context = {"page": page, "now": timezone.now(), "json_ld": [breadcrumbs(frame)]}
    return show(request, "articles/polls.html", frame, context)


@takes_posts
def poll(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show a poll and take votes. Five queries to read, one more for a browser that has voted.

    A browser that votes for the first time is given a cookie and sends its vote once more with it
    (307): so a button pressed twice is one vote, and who keeps no cookie is told.
    """
    asked = _asked(open_edition(language), slug)
    if request.method == "POST":
        return _take(request, asked)
    token = _token_of(request)
    is_told = bool(token) and has_voted(poll=asked.poll, token=token)
    sentence = _("You have voted in this poll.") if is_told else ""
    return _page(request, asked, sentence, shows_results=is_told)


def open_ballot(edition: Edition) -> dict[str, Any]:
    """Return the poll that opened last and is open, with its choices; nothing without one. One
    query.
    """
    choices = _BALLOT(edition.code, now=timezone.now())
    return {"poll": choices[0].poll, "choices": choices} if choices else {}


def _ballot(language: str, *, now: datetime) -> QuerySet[Choice]:
    newest = Poll.objects.in_language(language).open(now).order_by("-opens_at", "-pk")
    rows = Choice.objects.filter(poll=Subquery(newest.values("pk")[:1])).select_related("poll")
    return rows.order_by("position")


_BALLOT = Prepared(Choice, _ballot)


@dataclass(frozen=True)
class Asked:
    """A poll of an edition, and ``same``, the poll in all its languages, with their choices."""

    edition: Edition
    poll: Poll
    same: list[Poll]

    @property
    def positions(self) -> set[int]:
        return {choice.position for choice in self.poll.choices.all()}

    @property
    def paths(self) -> dict[str, str]:
        published = {language.code for language in self.edition.languages}
        mine = (each for each in self.same if each.language_id in published)
        return {each.language_id: each.get_absolute_url() for each in mine}


def _asked(edition: Edition, slug: str) -> Asked:
    """Return the poll ``slug`` of an edition in two queries. Raises Http404 when it has none."""
    same = list(Poll.objects.filter(slug=slug).with_choices())
    for each in same:
        if each.language_id == edition.code:
            return Asked(edition, each, same)
    raise Http404


def _take(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Take a vote, or say in a sentence why not."""
    position, token = _position_in(request.POST), _token_of(request)
    is_possible = asked.poll.is_open() and position in asked.positions
    if is_possible and not token:
        return _give_token(request, asked)
    if is_possible and not is_within(VOTES, request):
        sentence = _("Many votes came from your connection. Vote again in an hour.")
        return waiting(_page(request, asked, sentence), VOTES)
    try:
        cast_vote(poll=asked.poll, position=position, token=token)
    except (Repeated, Shut) as refusal:
        page = _page(request, asked, str(refusal), shows_results=isinstance(refusal, Repeated))
        page.status_code = 409  # It fits the poll as it was, not as it is (RFC 9110, 15.5.10).
        return page
    except Refused as refusal:
        return _page(request, asked, str(refusal))
    return _redirect(carry(asked.poll.get_absolute_url(), asked_in(request)), 303)


def _give_token(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Have the vote sent once more, with a cookie; who comes with none the second time is told."""
    if KEPT in request.GET:
        sentence = _("Your browser keeps no cookie for this site, so your vote cannot be counted.")
        return _page(request, asked, sentence)
    again = carry(f"{asked.poll.get_absolute_url()}?{KEPT}", asked_in(request))
    response = _redirect(again, 307)
    response.set_signed_cookie(
        settings.VOTER_COOKIE_NAME,
        secrets.token_urlsafe(16),
        salt=SALT,
        max_age=KEPT_FOR,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def _page(
    request: HttpRequest, asked: Asked, sentence: str = "", *, shows_results: bool = False
) -> HttpResponse:
    now = timezone.now()
    is_open, has_begun = asked.poll.is_open(now), asked.poll.has_begun(now)
    shows = has_begun and (shows_results or not is_open or "results" in request.GET)
    results = results_of(asked.poll, asked.same) if shows else []
    context = {
        "poll": asked.poll,
        "choices": asked.poll.choices.all(),
        "sentence": sentence,
        "is_open": is_open,
        "has_begun": has_begun,
        "results": results,
        "voters": sum(result.votes for result in results),
    }
    response = show(request, "articles/poll.html", _frame(asked), {**context, **_data(asked)})
    patch_vary_headers(response, ["Cookie"])
    if sentence:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _frame(asked: Asked) -> Frame:
    return Frame(
        asked.edition,
        title=asked.edition.plain(asked.poll.question, asked.edition.code),
        path=asked.poll.get_absolute_url(),
        paths=asked.paths,
        is_indexed=asked.poll.has_begun(),
    )


def _data(asked: Asked) -> dict[str, Any]:
    """The way to the poll, as machines read it."""
    above = address_of("polls", language=asked.edition.code)
    return {"json_ld": [breadcrumbs(_frame(asked), [(_("Polls"), above)])]}


def _position_in(posted: Mapping[str, Any]) -> int:
    """The position of the answer that was chosen; 0 for none, which no answer has."""
    text = str(posted.get("choice", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _token_of(request: HttpRequest) -> str:
    """The token that we gave this browser; empty for none, and for what is none of ours."""
    found = request.get_signed_cookie(settings.VOTER_COOKIE_NAME, "", salt=SALT)
    return str(found or "")


def _redirect(address: str, status: int) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
