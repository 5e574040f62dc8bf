"""Saying when and where what an article tells of takes place, and taking that back."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions.locking import lock
from articles.actions.placing import note_for_readers
from articles.actions.refusal import Refused
from articles.actions.rights import demand
from articles.models import Article, Event

TOLD = ("starts_at", "ends_at", "all_day", "timezone", "place", "is_cancelled")
"""What calendars know of an event: they take over what has a greater sequence number."""
CHANGED_MEANWHILE = gettext_lazy(
    "Somebody else changed this meanwhile. Open it again, and make your change there."
)


def set_event(*, event: Event, by: AbstractUser | None) -> Event:
    """Store an event, new or changed, of the article that it names; readers find it updated.

    Its ``sequence`` is that of the row which was changed. Returns the stored row. Raises Refused
    for who may not change the article, when somebody else changed the event meanwhile, for an
    article that has another, and for moments that cannot be.
    """
    with transaction.atomic():
        article = lock(event.article)
        demand(by, "change", article)
        stored = Event.objects.filter(pk=event.pk).first()
        if stored and all(getattr(stored, name) == getattr(event, name) for name in TOLD):
            return stored
        if stored and stored.sequence != event.sequence:
            raise Refused([str(CHANGED_MEANWHILE)])
        if stored is None and Event.objects.filter(article=article).exists():
            raise Refused([_("This article has an event already. Change that one.")])
        event.article, event.changed_at = article, timezone.now()
        event.sequence = stored.sequence + 1 if stored else 0
        _check(event)
        event.save()
        note_for_readers(article, by)
    return event


def drop_event(*, event: Event, by: AbstractUser) -> Article:
    """Take the event away from its article, which stays. Raises Refused for who may not."""
    with transaction.atomic():
        article = lock(event.article)
        demand(by, "change", article)
        Event.objects.filter(pk=event.pk).delete()
        note_for_readers(article, by)
    return article


def copy_event(original: Article, translation: Article) -> None:
    """Give a new translation the event of its original, at the same time: a part of other actions.

    Where it takes place is for its translator to write.
    """
    event = Event.objects.filter(article=original).first()
    if event:
        moments = {name: getattr(event, name) for name in TOLD if name != "place"}
        Event.objects.create(article=translation, **moments)


def told_otherwise(event: Event) -> list[Event]:
    """The events of the same story in other languages that are at another time, or on or off."""
    others = Event.objects.filter(article__story=event.article.story).exclude(pk=event.pk)
    same = {name: getattr(event, name) for name in TOLD if name != "place"}
    return list(others.exclude(**same).select_related("article__language"))


def _check(event: Event) -> None:
    try:
        event.full_clean(exclude={"over_at"})
    except ValidationError as error:
        raise Refused(error.messages) from error
