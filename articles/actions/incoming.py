"""What came in by a load and waits: an editor's decisions about captures and what was made of them.

A decision is a person's: no later load takes it back. The bytes and their evidence always stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions.change import keep_proposal
from articles.actions.locking import lock
from articles.actions.log import line, log
from articles.actions.refusal import Refused
from articles.actions.revision import DECIDED, keep_first, save_revision, was_seen
from articles.actions.rights import demand, may_decide, name_for_all
from articles.models import Article, Capture
from articles.models.revision import TEXTS
from articles.text.blocks import blocks

State = Capture.State


@transaction.atomic
def accept_capture(*, capture: Capture, by: AbstractUser) -> Capture:
    """Say that what was made of a capture is right: its articles become drafts like any other.

    Raises Refused for who may not decide about it, for one that nothing was made of, and unless it
    waits.
    """
    current = _waiting(capture, by)
    made = list(_made_of(current))
    if not made:
        raise Refused(
            [_("No article was made of this capture: choose its language, or reject it.")]
        )
    for article in made:
        settle_doubts(article)
    return _decide(current, State.ACCEPTED, by, "accept_capture")


def settle_doubts(article: Article) -> None:
    """Store that an editor has looked at what the loader was not sure of in ``article``, a locked
    row.
    """
    article.hold_reason = ""
    article.edited_fields = list(dict.fromkeys([*article.edited_fields, DECIDED]))
    article.version += 1
    article.save(update_fields=["hold_reason", "edited_fields", "version"])


@transaction.atomic
def reject_capture(*, capture: Capture, by: AbstractUser, note: str = "") -> Capture:
    """Say that a capture is nothing for this newsroom: the drafts made of it go, its bytes stay.

    Raises Refused as ``accept_capture`` does, and when readers have seen what was made of it.
    """
    current = _waiting(capture, by)
    _discard(_made_of(current))
    return _decide(current, State.REJECTED, by, "reject_capture", note=note)


@transaction.atomic
def mark_duplicate(*, capture: Capture, of: Article, by: AbstractUser) -> Capture:
    """Say that a capture tells what the article ``of`` tells already: its own drafts go.

    Raises Refused as ``reject_capture`` does, and for an article that was made of this capture.
    """
    current = _waiting(capture, by)
    _demand_another(current, of, by)
    _discard(_made_of(current))
    current.refers_to_id = of.capture_id
    return _decide(current, State.DUPLICATE, by, "mark_duplicate", headline=name_for_all(of))


@transaction.atomic
def join_variant(*, article: Article, of: Article, by: AbstractUser) -> Capture:
    """Keep the text of ``article``, a draft made of a capture, as a proposal beside ``of``, which
    tells the same otherwise; the draft goes.

    Raises Refused as ``mark_duplicate`` does, for articles of two languages, and when both say the
    same.
    """
    current = lock(article)
    if current.capture is None:
        raise Refused([_("This article was made of no capture.")])
    capture = _waiting(current.capture, by)
    _demand_another(capture, of, by)
    if current.language_id != of.language_id:
        raise Refused([_("The two are in different languages: join them as one story instead.")])
    target = lock(of)
    for name in TEXTS:
        setattr(target, name, getattr(current, name) or getattr(target, name))
    keep_proposal(target, by=by, note=line("from_file", file=capture.filename))
    _discard([current])
    capture.refers_to_id = of.capture_id
    if _made_of(capture):
        return capture
    return _decide(capture, State.DUPLICATE, by, "join_variant", headline=name_for_all(of))


@transaction.atomic
def reopen_capture(*, capture: Capture, by: AbstractUser) -> Capture:
    """Let a capture that somebody rejected or called a duplicate wait again. Raises Refused unless
    a person had decided so.
    """
    current = _locked(capture, by)
    if current.decided_at is None or current.state not in (State.REJECTED, State.DUPLICATE):
        raise Refused([_("Nobody has rejected this capture.")])
    current.refers_to = None
    _decide(current, State.NEW, by, "reopen_capture")
    current.decided_at = None
    current.save(update_fields=["decided_at"])
    return current


@transaction.atomic
def split_article(*, article: Article, before_block: int, by: AbstractUser) -> Article:
    """Make two articles of one: what begins with block ``before_block`` becomes a story of its own.

    Blocks are those of ``articles.text.blocks``, counted from 0. The new draft has the language,
    source, section and time of the first, no headline, and waits with it. Returns the new one.
    Raises Refused for a place that leaves either without text, and for what readers have seen.
    """
    current = lock(article)
    demand(by, "change", current)
    if was_seen(current):
        raise Refused([_("Readers have seen “%(headline)s”.") % {"headline": current}])
    parts = blocks(current.body)
    if not 0 < before_block < len(parts):
        raise Refused([_("Choose a place inside the text: both articles need some of it.")])
    rest = "\n".join(parts[before_block:])
    current.body = "\n".join(parts[:before_block])
    save_revision(article=current, by=by, note=line("split"))
    second = _second(current, rest)
    second.save()
    keep_first(second)
    log([second], "split_article", by=by, headline=str(current))
    return second


def _second(first: Article, body: str) -> Article:
    items = Article.objects.filter(capture=first.capture_id).values_list("capture_item", flat=True)
    return Article(
        language_id=first.language_id,
        source_id=first.source_id,
        section_id=first.section_id,
        published_at=first.published_at,
        published_precision=first.published_precision,
        embargoed_until=first.embargoed_until,
        capture_id=first.capture_id,
        capture_item=max(items) + 1 if first.capture_id else 0,
        hold_reason=first.hold_reason,
        edited_fields=[*TEXTS, DECIDED],
        body=body,
    )


def _locked(capture: Capture, by: AbstractUser) -> Capture:
    current = Capture.objects.without_raw().select_for_update(of=["self"]).get(pk=capture.pk)
    if not may_decide(by, current):
        raise Refused([_("This capture is not on any of your desks.")])
    return current


def _waiting(capture: Capture, by: AbstractUser) -> Capture:
    current = _locked(capture, by)
    if current.state != State.NEW:
        raise Refused([_("This capture waits no longer: somebody has decided about it.")])
    return current


def _made_of(capture: Capture) -> Iterable[Article]:
    made = Article.objects.select_for_update(of=["self"]).filter(capture=capture.pk)
    return made.order_by("capture_item")


def _discard(articles: Iterable[Article]) -> None:
    """Delete drafts that nobody but the loader has made. Raises Refused for any other."""
    if reasons := list(_kept_back(articles)):
        raise Refused(reasons)
    for article in articles:
        if article.capture:
            article.capture.languages.add(article.language)
        article.delete()


def _kept_back(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        if was_seen(article):
            sentence = _("Readers have seen “%(headline)s”.")
        elif article.status != Article.Status.DRAFT:
            sentence = _("“%(headline)s” is no draft any more.")
        else:
            continue
        yield sentence % {"headline": article}


def _demand_another(capture: Capture, of: Article, by: AbstractUser) -> None:
    demand(by, "view", of)
    if of.capture_id == capture.pk:
        raise Refused([_("Choose an article that was made of another capture.")])


def _decide(
    capture: Capture, state: Capture.State, by: AbstractUser, deed: str, **said: Any
) -> Capture:
    capture.state, capture.decided_at = state, timezone.now()
    capture.save(update_fields=["state", "decided_at", "refers_to"])
    log([capture], deed, by=by, **said)
    return capture
