"""A person's place at the desk of one language, and the role that it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.language import Language

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


class Role(models.IntegerChoices):
    """What a member of a desk does there: each role may do all that those below it may."""

    WRITER = 1, _("writer")
    EDITOR = 2, _("editor")
    PUBLISHER = 3, _("publisher")


class DeskQuerySet(models.QuerySet["Desk"]):
    def of(self, user: AbstractUser) -> DeskQuerySet:
        return self.filter(user=user.pk)


class Desk(models.Model):
    """A row is a membership: without one, nobody but a superuser meets an article unpublished.

    What a role may do is told by one table, ``articles.actions.rights``.
    """

    Role = Role

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="desks", verbose_name=_("user")
    )
    language = models.ForeignKey(
        Language, models.PROTECT, related_name="desks", verbose_name=_("language")
    )
    role = models.PositiveSmallIntegerField(
        _("role"),
        choices=Role,
        default=Role.WRITER,
        help_text=_(
            "Writers draft and submit. Editors also mend what is in review and return it. "
            "Publishers also publish, correct and withdraw."
        ),
    )

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        ordering = ["language", "-role", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "language"],
                name="desk_once_per_language",
                violation_error_message=_("This person has a role at that desk already."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="desk_role_known",
                violation_error_message=_("Choose a role from the list."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language_id}: {self.get_role_display()}"
