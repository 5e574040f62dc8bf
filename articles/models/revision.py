"""A revision: what an article said once, will say, or might say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.moment import in_known_years
from articles.models.placed import FIGURES, placed_in

TEXTS = ("headline", "standfirst", "body", "byline", "dateline")
"""What an article says, in its own language."""

MOMENTS = ("published_at", "embargoed_until")

RECORDED = (
    *("language", "section", "source"),
    *TEXTS,
    "author",
    FIGURES,
    *("published_at", "published_precision", "embargoed_until"),
)
"""The fields of an article that a revision keeps and an editor may write."""

COLUMNS = tuple(name for name in RECORDED if name != FIGURES)
"""Those that are columns of the article's own."""


def snapshot_of(article: Article) -> dict[str, Any]:
    """What ``article`` holds in the fields of ``RECORDED``, as JSON takes it.

    A row that is pointed at is its primary key; a moment is ISO 8601 in UTC; the figures are as
    ``placed_in`` tells them.
    """
    return {**columns_of(article), FIGURES: placed_in(article)}


def columns_of(article: Article) -> dict[str, Any]:
    """``snapshot_of`` without the figures, which are in a table of their own: it asks no query."""
    return {name: as_json(getattr(article, _column(name))) for name in COLUMNS}


def as_json(value: Any) -> Any:
    """A value of a recorded column as a snapshot holds it."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def write_onto(article: Article, snapshot: Mapping[str, Any]) -> None:
    """Set on ``article``, unsaved, what ``snapshot`` holds; a field it does not know stays."""
    if FIGURES in snapshot:
        article.placed = snapshot[FIGURES]
    for name in COLUMNS:
        if name in snapshot:
            value = snapshot[name]
            is_moment = name in MOMENTS and value is not None
            setattr(article, _column(name), parse_datetime(value) if is_moment else value)


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The names of the fields in which two snapshots differ; one that either does not know is none
    of them.
    """
    known = (name for name in RECORDED if name in before and name in after)
    return [name for name in known if before[name] != after[name]]


def _column(name: str) -> str:
    return str(Article._meta.get_field(name).attname)  # type: ignore[union-attr]


class RevisionQuerySet(models.QuerySet["Revision"]):
    def kept(self) -> RevisionQuerySet:
        """The history: what the article said, newest first."""
        return self.filter(state=Revision.State.KEPT).order_by("-number")

    def at_version(self, version: int) -> RevisionQuerySet:
        """The history up to a version of the article, so that the first is what it said then."""
        return self.kept().filter(number__lte=version)

    def pending(self) -> RevisionQuerySet:
        """What waits: for a moment, for a publisher, or, having missed its base, for a decision."""
        return self.filter(state__in=Revision.PENDING).order_by("pk")

    def due(self, at: datetime | None = None) -> RevisionQuerySet:
        """Scheduled changes whose moment has come by ``at`` (now, unless given), oldest first."""
        scheduled = self.filter(state=Revision.State.SCHEDULED)
        return scheduled.filter(goes_live_at__lte=at or timezone.now()).order_by(
            "goes_live_at", "pk"
        )


class Revision(models.Model):
    """One state of an article's text. The history is numbered by the article's own versions.

    An article that came with a load has none before somebody first changes it: what it said until
    then is written at that moment, as its first. So the text of version ``v`` is always that of the
    kept revision with the greatest number up to ``v``.
    """

    class State(models.TextChoices):
        KEPT = "kept", _("in the history")
        PROPOSED = "proposed", _("proposed")
        SCHEDULED = "scheduled", _("scheduled")
        OVERTAKEN = "overtaken", _("overtaken by another change")
        DECLINED = "declined", _("declined")
        TAKEN = "taken", _("taken into another text")

    class Deed(models.TextChoices):
        LOADED = "loaded", _("loaded from a capture")
        CREATED = "created", _("created")
        SAVED = "saved", _("saved")
        SUBMIT = "submit", _("submitted for review")
        RETURN = "return", _("returned to the writer")
        PUBLISH = "publish", _("published")
        WITHDRAW = "withdraw", _("withdrawn")
        RESTORE = "restore", _("restored as a draft")
        REVERTED = "reverted", _("taken back to an earlier text")
        CHANGED = "changed", _("changed as scheduled")
        ACCEPTED = "accepted", _("proposal accepted")
        STAYS = "stays", _("left before readers")

    PENDING = (State.PROPOSED, State.SCHEDULED, State.OVERTAKEN)

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="revisions", verbose_name=_("article")
    )
    number = models.PositiveIntegerField(
        _("number"),
        null=True,
        blank=True,
        help_text=_("The article's version that says this; none for what it does not say yet."),
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.KEPT)
    deed = models.CharField(_("deed"), max_length=8, choices=Deed, default=Deed.SAVED)
    status = models.CharField(_("status"), max_length=9, choices=Article.Status)
    snapshot = models.JSONField(_("snapshot"))
    base = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written over"),
    )
    note = models.TextField(_("note"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    goes_live_at = models.DateTimeField(
        _("goes live at"), null=True, blank=True, validators=[in_known_years]
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["goes_live_at"], name="revision_due", condition=Q(state="scheduled")
            ),
            models.Index(
                fields=["article"],
                name="revision_pending",
                condition=Q(state__in=["proposed", "scheduled", "overtaken"]),
            ),
            models.Index(
                fields=["state", "-id"],
                name="revision_waiting",
                condition=Q(number__isnull=True),
            ),
            models.Index(fields=["-id"], name="revision_returned", condition=Q(deed="return")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"],
                name="revision_once_per_version",
                violation_error_message=_("This version is in the history already."),
            ),
            models.UniqueConstraint(
                fields=["article"],
                name="revision_one_scheduled",
                condition=Q(state="scheduled"),
                violation_error_message=_(
                    "A change of this article is scheduled already. Cancel it first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="kept", number__isnull=False)
                | (~Q(state="kept") & Q(number__isnull=True)),
                name="revision_kept_has_number",
                violation_error_message=_("What an article says has the number of its version."),
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(goes_live_at__isnull=False),
                name="revision_scheduled_has_time",
                violation_error_message=_("Say when the change goes live."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.number or self.get_state_display()}"
