"""An event: when and where something takes place that an article tells of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, ArticleQuerySet
from articles.models.moment import in_known_years
from articles.models.source import validate_timezone
from articles.text.normal import normalise

ONE_DAY = timedelta(days=1)
LONGEST_PLACE = 200


def newsroom_zone() -> str:
    """The zone that a new event has until somebody names another: the newsroom's."""
    return settings.TIME_ZONE


def coming(articles: ArticleQuerySet, at: datetime) -> ArticleQuerySet:
    """Of ``articles``, those with an event that is not over at ``at``, the next first, by its
    ``starts_at``.
    """
    timed = articles.filter(event__over_at__gt=at).select_related("event")
    return timed.annotate(starts_at=F("event__starts_at")).order_by("starts_at", "pk")


def past(articles: ArticleQuerySet, at: datetime) -> ArticleQuerySet:
    """Of ``articles``, those whose event is over at ``at``, the latest first, by its ``starts_at``.

    One that tells of no event stands where it was published.
    """
    over = articles.filter(Q(event__isnull=True) | Q(event__over_at__lte=at))
    moment = Coalesce("event__starts_at", "published_at")
    return over.select_related("event").annotate(starts_at=moment).order_by("-starts_at", "-pk")


class Event(models.Model):
    """What an article invites to. Its moments are told on the clock of the place, ``timezone``.

    Of an event ``all_day`` no time is known, only days: ``starts_at`` is the first midnight of the
    first and ``ends_at`` that of the last. ``over_at`` follows from these: without an end, an event
    is over when its day is.
    """

    article = models.OneToOneField(
        Article, models.CASCADE, related_name="event", verbose_name=_("article")
    )
    starts_at = models.DateTimeField(_("starts at"), validators=[in_known_years])
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True, validators=[in_known_years])
    all_day = models.BooleanField(_("only the days are known"), default=False)
    over_at = models.DateTimeField(_("over at"), editable=False)
    timezone = models.CharField(
        _("time zone"), max_length=40, default=newsroom_zone, validators=[validate_timezone]
    )
    place = models.CharField(
        _("place"),
        max_length=LONGEST_PLACE,
        blank=True,
        help_text=_("Where it takes place, in the article's language."),
    )
    is_cancelled = models.BooleanField(
        _("does not take place"),
        default=False,
        help_text=_("Readers and their calendars are told. The article stays."),
    )
    sequence = models.PositiveIntegerField(_("sequence"), default=0, editable=False)
    changed_at = models.DateTimeField(_("changed at"), default=now, editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="event_by_start"),
            models.Index(fields=["over_at"], name="event_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="event_ends_after_start",
                violation_error_message=_("An event cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        """What names it in a log that other desks read: a headline only where readers see it."""
        return str(self.article) if self.article.is_live() else f"#{self.article_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the event with its end, the place in the spelling of its article's language."""
        self.place = " ".join(normalise(self.place, self.article.language_id).split())
        self.over_at = self.end
        super().save(*args, **kwargs)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def first_day(self) -> date:
        """The day on which it starts, where it takes place."""
        return self.starts_at.astimezone(self.zone).date()

    @property
    def last_day(self) -> date:
        """The day on which it ends, where it takes place."""
        return (self.ends_at or self.starts_at).astimezone(self.zone).date()

    @property
    def end(self) -> datetime:
        """When it is over: its end, or else the end of its last day where it takes place."""
        if self.ends_at and not self.all_day:
            return self.ends_at
        return datetime.combine(self.last_day + ONE_DAY, time.min, self.zone)

    def is_over(self, at: datetime) -> bool:
        """Whether it is over at ``at``: ``past()`` in Python."""
        return self.over_at <= at
