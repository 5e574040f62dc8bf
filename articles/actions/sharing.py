"""Showing an article to somebody outside before readers see it: by an address that ends.

Nothing is stored. The address is signed with the site's secret, and says whose it is and in which
state the article was: it ends with that state, with that person's place on the desk, or in time.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext as _

from articles.actions.locking import lock
from articles.actions.log import log
from articles.actions.refusal import Refused
from articles.actions.rights import demand, may
from articles.models import Article

LASTS = timedelta(days=3)
SALT = "articles.actions.sharing"


class Shared(NamedTuple):
    """An article that somebody outside may see, and until when."""

    article: Article
    until: datetime


def share_preview(*, article: Article, by: AbstractUser, at: datetime) -> str:
    """Return what opens a preview of the article as it is stored, from ``at`` on, for three days.

    Raises Refused for who may not share it, for an article that readers see, which has an address
    of its own, and for a withdrawn one, which is shown to nobody.
    """
    with transaction.atomic():
        current = lock(article)
        demand(by, "share", current)
        if current.status == Article.Status.WITHDRAWN:
            raise Refused([_("A withdrawn article is shown to nobody outside.")])
        if current.is_live(at):
            raise Refused([_("Readers see this article already: give its own address.")])
        log([current], "share_preview", by=by)
    until = int((at + LASTS).timestamp())
    return Signer(salt=SALT).sign_object([current.pk, current.status, by.pk, until])


def shared_preview(token: str, at: datetime) -> Shared | None:
    """Return what ``token`` opens at ``at``: None if it is none of ours or has ended.

    Who made it must still be one who may share the article as it is, until readers see it.
    """
    try:
        pk, status, maker, until = Signer(salt=SALT).unsign_object(token)
    except BadSignature:
        return None
    if at.timestamp() > until:
        return None
    article = Article.objects.filter(pk=pk).select_related("language").first()
    if article is None or not (article.is_live(at) or _holds(article, status, maker)):
        return None
    return Shared(article, datetime.fromtimestamp(until, UTC))


def _holds(article: Article, status: str, maker: int) -> bool:
    """Whether the article is in the state in which it was shared, by one who may still do that."""
    by = get_user_model().objects.filter(pk=maker, is_staff=True).first()
    return by is not None and article.status == status and may(by, "share", article)
