"""A section of one edition. The same slug in two languages is the same section."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.language import Language
from articles.text.normal import normalise
from newsroom.routes import address_of


class SectionQuerySet(models.QuerySet["Section"]):
    def get_by_natural_key(self, language: str, slug: str) -> Section:
        return self.get(language=language, slug=slug)

    def in_menu(self) -> SectionQuerySet:
        return self.filter(in_menu=True)


class Section(models.Model):
    class Layout(models.TextChoices):
        STREAM = "stream", _("stream of articles")
        PAGES = "pages", _("pages")
        GALLERY = "gallery", _("gallery")
        VIDEO = "video", _("video")
        AUDIO = "audio", _("audio")
        EVENTS = "events", _("events")
        VERSE = "verse", _("verse")
        LINKS = "links", _("links to other sites")

    language = models.ForeignKey(
        Language, models.PROTECT, related_name="sections", verbose_name=_("language")
    )
    slug = models.SlugField(
        _("slug"),
        max_length=60,
        help_text=_("The same slug in another language makes it the same section."),
    )
    title = models.CharField(_("title"), max_length=80)
    layout = models.CharField(_("layout"), max_length=8, choices=Layout, default=Layout.STREAM)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    in_menu = models.BooleanField(
        _("in the menu"),
        default=True,
        help_text=_("A section that is not in the menu is named at the foot of every page."),
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["language", "position", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="section_unique_in_language",
                violation_error_message=_("This edition has a section with that slug already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    layout__in=[
                        *("stream", "pages", "gallery", "video", "audio", "events", "verse"),
                        "links",
                    ]
                ),
                name="section_layout_known",
                violation_error_message=_("Choose a layout from the list."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the section, its title free of controls that would turn its neighbours around."""
        self.title = normalise(self.title, self.language_id).strip()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address_of("section", language=self.language_id, slug=self.slug)

    def natural_key(self) -> tuple[str, str]:
        return (self.language_id, self.slug)

    natural_key.dependencies = ["articles.language"]  # type: ignore[attr-defined]  # Django's own way

    @property
    def is_undated(self) -> bool:
        """Whether what stands in it is no news: pages in an order, without the days of articles."""
        return self.layout == self.Layout.PAGES
