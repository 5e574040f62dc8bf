"""What stays before readers when its story is withdrawn in another language."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions.locking import lock
from articles.actions.log import log
from articles.actions.refusal import Refused
from articles.actions.revision import keep, keep_first
from articles.actions.rights import demand
from articles.models import Article, Revision
from articles.models.story import withdrawn_elsewhere


@transaction.atomic
def leave_standing(*, article: Article, by: AbstractUser, note: str) -> Article:
    """Decide that readers go on seeing an article whose story was withdrawn in another language.

    The decision is in its history, and holds until the story is withdrawn in one more. ``note``
    says why. Raises Refused without one, for who could not withdraw it, and when there is nothing
    to decide.
    """
    why = note.strip()
    if not why:
        raise Refused([_("Say in a note why it stays before readers.")])
    current = lock(article)
    demand(by, "withdraw", current)
    if not Article.objects.filter(withdrawn_elsewhere(), pk=current.pk).exists():
        raise Refused([_("There is nothing to decide: its story is not withdrawn elsewhere now.")])
    keep_first(current)
    current.version += 1
    current.save(update_fields=["version"])
    keep(current, Revision.Deed.STAYS, by=by, note=why, at=timezone.now())
    log([current], "leave_standing", by=by, note=why)
    return current
