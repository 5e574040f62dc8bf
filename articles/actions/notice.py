"""Writing a notice beside an article: a part of other actions, which check and log what they do."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.actions.refusal import Refused
from articles.models import Article, Notice
from articles.models.notice import Kind
from articles.text.fold import fold
from articles.text.normal import normalise


def write_notice(article: Article, kind: Kind, text: str, *, by: AbstractUser) -> Notice:
    """Store a notice of now in the spelling of the article's language and return it.

    Raises Refused for a text without a letter or digit, for one that is too long, and for one that
    readers of the article are shown already: a button was pressed twice.
    """
    notice = Notice(article=article, kind=kind, text=normalise(text, article.language_id).strip())
    notice.made_by_id = by.pk
    if not fold(notice.text).strip():
        raise Refused([_("Write what readers should know.")])
    if article.notices.public().filter(kind=kind, text=notice.text).exists():
        raise Refused([_("Readers are shown this notice already.")])
    try:
        notice.clean_fields(exclude={"article", "made_by"})
        notice.validate_constraints()
    except ValidationError as error:
        raise Refused(error.messages) from error
    notice.save()
    return notice
