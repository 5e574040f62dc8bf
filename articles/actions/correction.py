"""Telling readers what was wrong, unclear or new in an article that they see."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from articles.actions.locking import lock
from articles.actions.log import log
from articles.actions.notice import write_notice
from articles.actions.refusal import Refused
from articles.actions.rights import demand
from articles.caching import renew_pages
from articles.models import Article, Notice
from articles.models.notice import Kind

BESIDE = (Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE)
"""The kinds that stand beside a text; the log has a line for each."""


def add_notice(*, article: Article, kind: str, text: str, by: AbstractUser) -> Notice:
    """Add a correction, a clarification or an update to an article that readers see.

    ``text`` is plain text in the article's language. It counts as a change that readers are told
    of: the article's time of update is the notice's, and its version goes up. Raises Refused, with
    every reason at once, for another kind and for an article that readers do not see, and for who
    may not correct it.
    """
    with transaction.atomic():
        current = lock(article)
        demand(by, "notice", current)
        if reasons := [*_wrong_kind(kind), *_unseen(current)]:
            raise Refused(reasons)
        notice = write_notice(current, Kind(kind), text, by=by)
        current.modified_at = current.updated_at = notice.made_at
        current.version += 1
        current.save(update_fields=["modified_at", "updated_at", "version"])
        renew_pages()
        log([current], kind, by=by, note=notice.text)
    return notice


def take_back_notice(*, notice: Notice, by: AbstractUser, note: str) -> Notice:
    """Show a notice that stands beside a text to readers no longer; the desk keeps it.

    It was put on the wrong article, or was wrong itself. ``note`` says why. Raises Refused without
    one, for who may not correct the article, and for a notice that readers are not shown, or are
    shown in place of the article.
    """
    why = note.strip()
    if not why:
        raise Refused([_("Say in a note why readers are to see it no longer.")])
    with transaction.atomic():
        current = lock(notice.article)
        demand(by, "notice", current)
        told = Notice.objects.select_for_update(of=["self"]).get(pk=notice.pk)
        if not told.public or told.kind not in BESIDE:
            raise Refused([_("Readers are not shown this notice beside the text.")])
        told.public = False
        told.save(update_fields=["public"])
        current.version += 1
        current.save(update_fields=["version"])
        renew_pages()
        log([current], "take_back_notice", by=by, note=why)
    return told


def _wrong_kind(kind: str) -> Iterator[str]:
    if kind not in BESIDE:
        yield _("Choose a correction, a clarification or an update.")


def _unseen(article: Article) -> Iterator[str]:
    if not article.is_live():
        yield _("Readers do not see “%(headline)s” now: change its text instead.") % {
            "headline": article
        }
