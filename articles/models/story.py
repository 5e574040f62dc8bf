"""One story in several languages: which of its articles lag behind, and which stand alone."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from articles.models.article import Article
from articles.models.notice import Notice
from articles.models.revision import Revision

Status = Article.Status


def stale() -> Q:
    """The condition for translations whose original has another text than they were made from."""
    # Said twice over, so that the index of what is stale leads to them, and no other.
    return Q(stale_since__isnull=False) & ~(
        Q(translated_from__isnull=True) | Q(status=Status.WITHDRAWN)
    )


def told_in(language: str) -> Exists:
    """The condition for articles whose story has an article in that language, whatever its state.

    ``~told_in("ur")`` asks the index of story and language for each row, and counts nothing.
    """
    return Exists(Article.objects.filter(story=OuterRef("story"), language=language))


def stands_alone() -> Q:
    """The condition for what readers see, or are to see, though its story was withdrawn in another
    language and its desk has not decided since that it stays.

    It is asked of notices and revisions and stored nowhere: restoring the other article, joining
    two stories or publishing one more language changes the answer by itself. A notice of withdrawal
    that still stands tells that its article is withdrawn.
    """
    decided = Revision.objects.filter(
        article=OuterRef(OuterRef("pk")),
        deed=Revision.Deed.STAYS,
        made_at__gte=OuterRef("made_at"),
    )
    told = Notice.objects.of_withdrawn().filter(article__story=OuterRef("story"))
    # Not "is published": that would lead SQLite to all that ever was.
    unpublished = [status for status in Status if status != Status.PUBLISHED]
    return Q(Exists(told.exclude(Exists(decided)))) & ~Q(status__in=unpublished)


def withdrawn_elsewhere() -> Q:
    """``stands_alone()`` for lists: the few stories with a withdrawn article lead to the rows."""
    gone = Article.objects.filter(status=Status.WITHDRAWN)
    return stands_alone() & Q(story__in=gone.values("story"))
