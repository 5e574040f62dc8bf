"""A broadcast: what an edition's Web TV shows, from when to when, at an allowed provider."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.models.language import Language
from articles.models.moment import in_known_years
from articles.recordings.providers import NAMES, Embed, embed_of
from articles.text.normal import normalise


class BroadcastQuerySet(models.QuerySet["Broadcast"]):
    def in_language(self, code: str) -> BroadcastQuerySet:
        return self.filter(language=code)

    def on_air(self, at: datetime) -> BroadcastQuerySet:
        return self.filter(starts_at__lte=at, ends_at__gt=at)

    def coming(self, at: datetime) -> BroadcastQuerySet:
        """What begins after ``at``, the next first."""
        return self.filter(starts_at__gt=at).order_by("starts_at", "pk")


class Broadcast(models.Model):
    language = models.ForeignKey(
        Language, models.PROTECT, related_name="broadcasts", verbose_name=_("language")
    )
    title = models.CharField(_("title"), max_length=200)
    address = models.CharField(
        _("address"), max_length=300, help_text=_("Its page at a provider that this site may show.")
    )
    starts_at = models.DateTimeField(_("starts at"), validators=[in_known_years])
    ends_at = models.DateTimeField(_("ends at"), validators=[in_known_years])

    objects = BroadcastQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of Web TV", "broadcast")
        verbose_name_plural = pgettext_lazy("of Web TV", "broadcasts")
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["language", "starts_at", "id"], name="broadcast_by_start"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="broadcast_ends_after_start",
                violation_error_message=_("A broadcast ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the broadcast, its address without what would follow readers."""
        self.title = " ".join(normalise(self.title, self.language_id).split())
        embed = self.embed
        self.address = embed.page if embed else self.address
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Raise ValidationError for an address of nobody that this site may show, and for a time at
        which the edition shows something else.
        """
        if self.address and self.embed is None:
            names = gettext(", ").join(NAMES)
            sentence = gettext(
                "This site shows nothing of that address. It shows what is at: %(names)s."
            )
            raise ValidationError({"address": sentence % {"names": names}})
        if None not in (self.starts_at, self.ends_at) and self._is_taken():
            raise ValidationError(
                {"starts_at": gettext("The edition shows another broadcast at that time.")}
            )

    def _is_taken(self) -> bool:
        meanwhile = Q(starts_at__lt=self.ends_at, ends_at__gt=self.starts_at)
        others = Broadcast.objects.in_language(self.language_id).exclude(pk=self.pk)
        return others.filter(meanwhile).exists()

    @property
    def name(self) -> str:
        return self.title

    @property
    def embed(self) -> Embed | None:
        """What its provider shows; None for a provider that is not allowed now."""
        return embed_of(self.address)
