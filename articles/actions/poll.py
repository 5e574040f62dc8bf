"""Polls: set up alike in every language, and voted in once by each browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.actions.refusal import Refused
from articles.actions.rights import demand_on, may_on
from articles.caching import renew_pages
from articles.models import Choice, Poll, Vote
from articles.models.poll import digest_of
from articles.text.bidi import isolate

FEWEST, MOST = 2, 12


class Repeated(Refused):
    """The browser has voted in this poll before."""


class Shut(Refused):
    """The poll takes no votes at this moment."""


def cast_vote(*, poll: Poll, position: int, token: str, at: datetime | None = None) -> None:
    """Count a vote of the browser that holds ``token`` for the answer at ``position``.

    What is stored of it is that the browser has voted, and one more vote for the answer; nothing
    ties the two. Raises Shut, Repeated, or Refused for an answer that the poll does not have.
    """
    at = at or timezone.now()
    if not poll.is_open(at):
        raise Shut([_shut(poll, at)])
    chosen = Choice.objects.filter(poll=poll, position=position)
    if not chosen.exists():
        raise Refused([_("Choose one of the answers.")])
    try:
        with transaction.atomic():
            Vote.objects.create(poll=poll, digest=digest_of(poll, token))
            chosen.update(votes=F("votes") + 1)
    except IntegrityError as error:
        raise Repeated([_("You have voted in this poll already. A vote counts once.")]) from error


def has_voted(*, poll: Poll, token: str) -> bool:
    """Whether the browser that holds ``token`` has voted in the poll, in whatever language."""
    return Vote.objects.filter(digest=digest_of(poll, token)).exists()


def _shut(poll: Poll, at: datetime) -> str:
    if poll.has_begun(at):
        return _("This poll is closed. Your vote was not counted.")
    return _("This poll is not open yet. Your vote was not counted.")


# At the desk --------------------------------------------------------------------------------------


def save_poll(*, poll: Poll, by: AbstractUser) -> None:
    """Store a poll's question and times, and its times in all its other languages too.

    Raises Refused for who may not, and for what ``reasons_against_times`` says.
    """
    with transaction.atomic():
        demand_on(by, "poll", poll.language)
        if reasons := reasons_against_times(poll, by=by):
            raise Refused(reasons)
        poll.save()
        others = poll.same().exclude(pk=poll.pk)
        others.update(opens_at=poll.opens_at, closes_at=poll.closes_at)
        renew_pages()


def reasons_against_times(poll: Poll, *, by: AbstractUser) -> list[str]:
    """Say why a poll may not open and close at its times: in another language it does otherwise,
    and ``by`` is not on the desk that could change that. Holds the other rows until the transaction
    ends.
    """
    return [
        _(
            "In %(language)s this poll opens on %(opens)s and closes on %(closes)s. Give it the "
            "same times, or ask that desk to change them."
        )
        % {
            "language": isolate(str(other.language)),
            "opens": isolate(_moment(other.opens_at)),
            "closes": isolate(_moment(other.closes_at)),
        }
        for other in _others(poll)
        if (other.opens_at, other.closes_at) != (poll.opens_at, poll.closes_at)
        and not may_on(by, "poll", other.language_id)
    ]


def reasons_against_choices(poll: Poll, number: int) -> list[str]:
    """Say why a poll may not have so many answers. Holds the poll in its other languages until the
    transaction ends.
    """
    return list(_against(poll, number))


def number_choices(*, poll: Poll) -> None:
    """Give a poll's answers the positions 1, 2, 3 and so on, in the order that they have."""
    with transaction.atomic():
        for position, choice in enumerate(poll.choices.order_by("position", "pk"), 1):
            poll.choices.filter(pk=choice.pk).exclude(position=position).update(position=position)


def has_votes(poll: Poll) -> bool:
    """Whether somebody has voted in the poll, in whatever language."""
    return Vote.objects.filter(poll__slug=poll.slug).exists()


def _against(poll: Poll, number: int) -> Iterator[str]:
    if not FEWEST <= number <= MOST:
        told = {"fewest": FEWEST, "most": MOST}
        yield _("A poll has from %(fewest)d to %(most)d answers.") % told
        return
    for other in _others(poll):
        if (wanted := other.choices.count()) != number:
            sentence = ngettext(
                "In %(language)s this poll has %(count)d answer: give it as many here. To change "
                "their number, delete the poll in that language first.",
                "In %(language)s this poll has %(count)d answers: give it as many here. To change "
                "their number, delete the poll in that language first.",
                wanted,
            )
            yield sentence % {"language": isolate(str(other.language)), "count": wanted}


def _others(poll: Poll) -> Iterator[Poll]:
    """The poll in its other languages."""
    same = poll.same().exclude(pk=poll.pk).select_related("language").order_by("language")
    yield from same.select_for_update(of=("self",))


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), "DATETIME_FORMAT")
