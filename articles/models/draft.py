"""A draft: what somebody has typed and not saved, and the sign that they are there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

PRESENT = timedelta(seconds=45)
"""Who was seen this long ago is taken for being there; an open page is seen every 15 seconds."""


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, user: AbstractUser) -> DraftQuerySet:
        """The tabs of one person: nobody else ever sees what is in them."""
        return self.filter(user=user.pk)

    def present(self, at: datetime | None = None) -> DraftQuerySet:
        """Open tabs: those seen shortly before ``at`` (now, unless given)."""
        return self.filter(seen_at__gt=(at or timezone.now()) - PRESENT)

    def unsaved(self) -> DraftQuerySet:
        """Tabs in which something was typed that no save has taken."""
        return self.filter(changed_at__isnull=False)


class Draft(models.Model):
    """One tab of one person in one article's form; never shown to readers, never in the history.

    ``data`` are the form's fields as they were typed, by name. ``base_version`` is the article's
    version from which the form was made; a new article has neither.
    """

    article = models.ForeignKey(
        Article,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("article"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user")
    )
    tab = models.UUIDField(_("tab"))
    base_version = models.PositiveIntegerField(_("version it began from"), null=True, blank=True)
    data = models.JSONField(_("what was typed"), default=dict, blank=True)
    changed_at = models.DateTimeField(_("typed at"), null=True, blank=True)
    seen_at = models.DateTimeField(_("seen at"), default=timezone.now, db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        ordering = ["-seen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "tab"],
                name="draft_once_per_tab",
                violation_error_message=_("This tab keeps a text already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.article or '-'}"

    def is_present(self, at: datetime | None = None) -> bool:
        """Whether the tab is open: ``present()`` for one."""
        return self.seen_at > (at or timezone.now()) - PRESENT
