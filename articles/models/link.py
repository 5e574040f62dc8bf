"""A link of a section to another site: what it is called, where it leads, what is there."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.language import Language
from articles.models.section import Section
from articles.text.normal import normalise
from articles.text.outward import LONGEST, host_of, safe_url


class LinkQuerySet(models.QuerySet["Link"]):
    def in_order(self) -> LinkQuerySet:
        return self.order_by("position", "pk")


class Link(models.Model):
    section = models.ForeignKey(
        Section, models.CASCADE, related_name="links", verbose_name=_("section")
    )
    title = models.CharField(_("title"), max_length=120)
    address = models.CharField(
        _("address"), max_length=LONGEST, help_text=_("As the browser shows it above the page.")
    )
    description = models.CharField(
        _("description"),
        max_length=200,
        blank=True,
        help_text=_("What readers find there, in a sentence."),
    )
    spoken = models.ForeignKey(
        Language,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("language there"),
        help_text=_("Where it is not the language of this edition."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to another site")
        verbose_name_plural = _("links to other sites")
        ordering = ["section", "position", "pk"]
        indexes = [models.Index(fields=["section", "position", "id"], name="link_in_order")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the link in its edition's spelling. Raises ValueError for an unfit address."""
        self.address = safe_url(self.address)
        for name in ("title", "description"):
            text = normalise(getattr(self, name), self.section.language_id)
            setattr(self, name, " ".join(text.split()))
        super().save(*args, **kwargs)

    def clean_fields(self, exclude: Any = None) -> None:
        """Validate the link; its address has gone through the door by then."""
        super().clean_fields(exclude)
        if exclude is None or "address" not in exclude:
            try:
                self.address = safe_url(self.address)
            except ValueError as error:
                sentence = _("Copy the whole address of a web page from the browser.")
                raise ValidationError({"address": sentence}, code="address") from error

    @property
    def host(self) -> str:
        return host_of(self.address)
