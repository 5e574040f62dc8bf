"""Holding a row still while an action looks at it and writes it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from articles.actions.refusal import Refused
from articles.models import Article


def lock(article: Article) -> Article:
    """Return the row as it is now, held until the transaction ends: a caller's copy may be old.

    Raises Refused where somebody has deleted it meanwhile.
    """
    found = Article.objects.select_for_update().filter(pk=article.pk).first()
    if found is None:
        raise Refused([_("This article is not there any more.")])
    return found
