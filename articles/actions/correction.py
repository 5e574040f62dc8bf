"""Telling readers what was wrong, unclear or new in an article that they see."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions.notice import write_notice
from articles.actions.refusal import Refused
from articles.actions.workflow import lock
from articles.models import Article, Notice
from articles.models.notice import Kind

LOGGED = {
    Kind.CORRECTION: gettext_lazy("Correction added."),
    Kind.CLARIFICATION: gettext_lazy("Clarification added."),
    Kind.UPDATE: gettext_lazy("Update added."),
}
"""The kinds that stand beside a text, each with its line in the log."""


def add_notice(*, article: Article, kind: str, text: str, by: AbstractUser) -> Notice:
    """Add a correction, a clarification or an update to an article that readers see.

    ``text`` is plain text in the article's language. It counts as a change that readers are told
    of: the article's time of update is the notice's, and its version goes up. Raises Refused, with
    every reason at once, for another kind and for an article that readers do not see.
    """
    with transaction.atomic():
        current = lock(article)
        if reasons := [*_wrong_kind(kind), *_unseen(current)]:
            raise Refused(reasons)
        notice = write_notice(current, Kind(kind), text, by=by)
        current.modified_at = current.updated_at = notice.made_at
        current.version += 1
        current.save(update_fields=["modified_at", "updated_at", "version"])
        line = f"{LOGGED[Kind(kind)]} {notice.text}"
        LogEntry.objects.log_actions(
            by.pk, Article.objects.filter(pk=current.pk), CHANGE, line, single_object=True
        )
    return notice


def _wrong_kind(kind: str) -> Iterator[str]:
    if kind not in LOGGED:
        yield _("Choose a correction, a clarification or an update.")


def _unseen(article: Article) -> Iterator[str]:
    if not article.is_live():
        yield _("Readers do not see “%(headline)s” now: change its text instead.") % {
            "headline": article
        }
