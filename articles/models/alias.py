"""An old address of an article, of any shape, that still leads to it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class AliasQuerySet(models.QuerySet["Alias"]):
    def get_by_natural_key(self, path: str) -> Alias:
        return self.get(path=path)


def is_free(path: str) -> None:
    """Raise ValidationError for a path that another view of the site answers, so never an alias."""
    bare = path.partition("?")[0]
    if _is_taken(bare) or _is_taken(f"{bare}/"):
        raise ValidationError(
            _(
                "The site has a page of its own at this path. Write one that only the older site "
                "had."
            ),
            code="taken",
        )


def _is_taken(path: str) -> bool:
    try:
        return resolve(path).url_name != "old_address"
    except Resolver404:
        return False


class Alias(models.Model):
    path = models.CharField(
        _("old path"),
        max_length=700,
        unique=True,
        validators=[
            RegexValidator(r"^/[^/\s]\S*\Z", _("Write the path from its first slash on.")),
            is_free,
        ],
        help_text=_("Such as /englishnews/1234/a-headline. Readers are sent on from it."),
    )
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="aliases", verbose_name=_("article")
    )

    objects = AliasQuerySet.as_manager()

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path

    def natural_key(self) -> tuple[str]:
        return (self.path,)
