"""What a translator may read of the text that a translation was made from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.actions.rights import may
from articles.models import Article, Revision
from articles.models.revision import MOMENTS, snapshot_of

if TYPE_CHECKING:
    from articles.actions.rights import Person


class Original(NamedTuple):
    """The article that another was translated from, as far as somebody may read it.

    ``then`` is what it said when it was translated and ``now`` what it says now, each a snapshot
    (see ``articles.models.revision``) or None for who may not read that; ``version`` is that of
    ``now``.
    """

    article: Article
    then: Mapping[str, Any] | None
    now: Mapping[str, Any] | None
    version: int


def original_of(translation: Article, reader: Person) -> Original | None:
    """Return what ``reader`` may read of the original; None for what is no translation.

    The newest text is for who may see the original at all. The text that was translated is for its
    own desk and, as readers have seen it, for everybody: what another desk has not published, and
    what it has changed since it took the article back, nobody learns from a translation.
    """
    revision = translation.translated_from
    if revision is None:
        return None
    article = revision.article
    is_seen = may(reader, "view", article)
    is_known = may(reader, "history", article) or was_before_readers(revision)
    return Original(
        article,
        then=revision.snapshot if is_known else None,
        now=snapshot_of(article) if is_seen else None,
        version=article.version,
    )


def was_before_readers(revision: Revision) -> bool:
    """Whether readers saw this text for any time, be it before the next one or until now."""
    moments = [parse_datetime(told) for name in MOMENTS if (told := revision.snapshot.get(name))]
    begun = max((moment for moment in moments if moment), default=None)
    is_out = revision.status == Article.Status.PUBLISHED
    return is_out and begun is not None and begun <= _ended(revision)


def _ended(revision: Revision) -> datetime:
    """When another text followed it, or this moment."""
    later = revision.article.revisions.kept().filter(number__gt=revision.number or 0)
    after = later.order_by("number").values_list("made_at", flat=True).first()
    return after or timezone.now()
