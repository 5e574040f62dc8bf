"""What somebody did last, as the desk's first page lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.admin.models import LogEntry

from articles.actions.rights import where
from articles.models import Article

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

MOST = 10


def newest_deeds(user: AbstractUser) -> list[LogEntry]:
    """The newest log entries of ``user``, without those about articles that they may not see now.

    An entry holds the headline: of an article that has left their desks, and of one that was joined
    with theirs and was never on them. Its ``language`` is that of the headline, where it has one.
    """
    mine = LogEntry.objects.filter(user=user.pk).select_related("content_type")
    newest = list(mine.order_by("-action_time", "-pk")[:MOST])
    about = {deed.object_id for deed in newest if deed.object_id and _is_of_article(deed)}
    seen = Article.objects.filter(where(user, "view"), pk__in=about).select_related("language")
    rows = seen.only("language") if about else ()
    languages = {str(row.pk): row.language for row in rows}
    for deed in newest:
        deed.language = languages.get(deed.object_id or "") if _is_of_article(deed) else None  # type: ignore[attr-defined]
    return [deed for deed in newest if not _is_of_article(deed) or deed.object_id in languages]


def _is_of_article(deed: LogEntry) -> bool:
    """Whether it names an article that should still be there, as its deletion does not."""
    kind = deed.content_type
    is_article = kind is not None and (kind.app_label, kind.model) == ("articles", "article")
    return is_article and not deed.is_deletion()
