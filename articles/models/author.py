"""A person who writes. The same slug in another language is the same person."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.language import Language
from articles.text.normal import normalise
from newsroom.routes import address_of


class Author(models.Model):
    language = models.ForeignKey(
        Language, models.PROTECT, related_name="authors", verbose_name=_("language")
    )
    slug = models.SlugField(
        _("slug"),
        max_length=60,
        help_text=_("The same slug in another language makes it the same person."),
    )
    name = models.CharField(_("name"), max_length=120)
    about = models.TextField(
        _("about"), blank=True, help_text=_("Who they are, in plain words; an empty line parts.")
    )
    picture = models.ForeignKey(
        "articles.Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="portraits",
        verbose_name=_("picture"),
    )

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["language", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="author_unique_in_language",
                violation_error_message=_("This edition has an author with that slug already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the author in the spelling of their edition's language."""
        self.name = " ".join(normalise(self.name, self.language_id).split())
        self.about = normalise(self.about, self.language_id).strip()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address_of("author", language=self.language_id, slug=self.slug)
