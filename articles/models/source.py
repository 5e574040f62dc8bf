"""Where a text comes from: a party, an agency, a newspaper, or the newsroom itself."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.captures.learning import settled_order
from articles.models.language import Language
from articles.text.normal import normalise
from articles.text.outward import safe_url


def validate_timezone(name: str) -> None:
    """Raise ValidationError unless ``name`` is a zone of the IANA time zone database."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Write one such as Asia/Karachi."),
            code="unknown_timezone",
            params={"name": name},
        )


class SourceQuerySet(models.QuerySet["Source"]):
    def get_by_natural_key(self, slug: str) -> Source:
        return self.get(slug=slug)


class Source(models.Model):
    class Kind(models.TextChoices):
        """A party's own statement is not reporting; readers are told which one they have."""

        PARTY = "party", _("party statement")
        AGENCY = "agency", _("news agency")
        NEWSPAPER = "newspaper", _("newspaper")
        BROADCASTER = "broadcaster", _("broadcaster")
        NEWSROOM = "newsroom", _("own reporting")
        OTHER = "other", _("other")

    class DateOrder(models.TextChoices):
        UNKNOWN = "", _("not known yet")
        MONTH_FIRST = "mdy", _("month first (7/29/2023)")
        DAY_FIRST = "dmy", _("day first (29/7/2023)")

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.ForeignKey(
        Language,
        models.PROTECT,
        related_name="+",
        verbose_name=_("language of the name"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    homepage = models.URLField(
        _("homepage"), blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    timezone = models.CharField(
        _("time zone"), max_length=40, default="Asia/Karachi", validators=[validate_timezone]
    )
    date_order = models.CharField(
        _("order of numeric dates"),
        max_length=3,
        blank=True,
        choices=DateOrder,
        help_text=_("Learnt from the source's unambiguous dates; set it when you know better."),
    )
    date_order_counts = models.JSONField(_("dates it was learnt from"), default=dict, blank=True)
    furniture = models.JSONField(_("learnt page furniture"), default=dict, blank=True)
    creditline = models.CharField(_("credit line"), max_length=200, blank=True)
    copyright_holder = models.CharField(_("copyright holder"), max_length=200, blank=True)
    usage_terms = models.TextField(_("usage terms"), blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["party", "agency", "newspaper", "broadcaster", "newsroom", "other"]
                ),
                name="source_kind_known",
                violation_error_message=_("Choose a kind of source from the list."),
            ),
            models.CheckConstraint(
                condition=Q(date_order__in=["", "mdy", "dmy"]),
                name="source_date_order_known",
                violation_error_message=_("Numeric dates are written month first or day first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the source, its name free of controls that would turn its neighbours around.

        Raises ValueError for a homepage that is no web address.
        """
        self.name = normalise(self.name, self.language_id).strip()
        self.homepage = safe_url(self.homepage) if self.homepage else ""
        super().save(*args, **kwargs)

    def clean_fields(self, exclude: Any = None) -> None:
        """Validate the source; its homepage has gone through the door by then."""
        super().clean_fields(exclude)
        if self.homepage and (exclude is None or "homepage" not in exclude):
            try:
                self.homepage = safe_url(self.homepage)
            except ValueError as error:
                sentence = _("Copy the whole address of a web page from the browser.")
                raise ValidationError({"homepage": sentence}, code="homepage") from error

    @property
    def known_date_order(self) -> str:
        """The order of its numeric dates: as a person has set it, else as its captures prove."""
        return self.date_order or settled_order(self.date_order_counts)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
