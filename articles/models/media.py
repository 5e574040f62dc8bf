"""Pictures: an image of the library, and a figure, which places it in an article in its language.

Columns bear the names of IPTC ninjs 3.1 where it has one (``copyrightNotice``, ``usageTerms``).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, default_storage, storages
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, ArticleQuerySet
from articles.pictures import rendering
from articles.pictures.ladder import Cut, Form, Rendition, renditions, steps
from articles.pictures.reading import KINDS
from articles.pictures.rights import Rights
from articles.text.normal import normalise

MEDIA_TYPES = [(kind.media_type, name) for name, kind in KINDS.items()]
LONGEST_ALT_TEXT = 300
LONGEST_CAPTION = 1_000
LONGEST_NAME = 200
RIGHTS = Rights._fields


def originals() -> Storage:
    """Where the files are kept as they came: no address leads there."""
    return storages["originals"]


def make_token() -> str:
    """The folder of an image's renditions: nobody finds it who was not told."""
    return secrets.token_hex(8)


def path_of_original(image: Image, filename: str) -> str:
    """Where a file is kept: under its digest, so that the same bytes are kept once."""
    return f"{image.sha256[:2]}/{image.sha256}.{filename.rpartition('.')[2]}"


class ImageQuerySet(models.QuerySet["Image"]):
    def waiting(self) -> ImageQuerySet:
        """Images whose renditions are not made yet, or were made before something changed."""
        return self.exclude(rendered_as=F("recipe"))

    def shown(self, at: datetime | None = None) -> ImageQuerySet:
        """Images that readers see at ``at`` (now, unless given): in an article, as a poster, or
        beside an author's name.
        """
        live = Article.objects.live(at)
        figures = live.filter(figures__image=OuterRef("pk"))
        posters = live.filter(recordings__poster=OuterRef("pk"))
        portraits = live.filter(author__picture=OuterRef("pk"))
        return self.filter(Exists(figures) | Exists(posters) | Exists(portraits))


class Image(models.Model):
    """A picture of the library: its file as it came, and how it is cut, credited and rendered.

    ``recipe`` names what its renditions are made from, ``rendered_as`` the recipe of those that are
    all there, and ``fallback_as`` of those in JPEG, which are made first: so readers see the old
    ones until the new ones are made.
    """

    file = models.FileField(
        _("file"), storage=originals, upload_to=path_of_original, max_length=120, editable=False
    )
    filename = models.CharField(_("file name"), max_length=LONGEST_NAME, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    media_type = models.CharField(
        _("media type"), max_length=40, choices=MEDIA_TYPES, editable=False
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made the picture and who gives it, as readers see it beside the caption."),
    )
    copyright_notice = models.CharField(
        _("copyright notice"),
        max_length=200,
        blank=True,
        help_text=_("Whose the picture is, as its owner wants it told."),
    )
    usage_terms = models.CharField(
        _("usage terms"),
        max_length=200,
        blank=True,
        help_text=_("What the owner allows. It is told to who takes the picture over as data."),
    )
    focal_x = models.PositiveSmallIntegerField(
        _("focal point, from the left edge"), default=50, validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point, from the upper edge"), default=50, validators=[MaxValueValidator(100)]
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    token = models.CharField(max_length=32, unique=True, default=make_token, editable=False)
    recipe = models.CharField(max_length=16, editable=False)
    fallback_as = models.CharField(max_length=16, blank=True, editable=False)
    rendered_as = models.CharField(max_length=16, blank=True, editable=False)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(fields=["-uploaded_at", "-id"], name="image_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__lte=100, focal_y__lte=100),
                name="image_focal_point_inside",
                violation_error_message=_("The focal point lies inside the picture: 0 to 100."),
            ),
            models.CheckConstraint(
                condition=Q(width__gte=1, height__gte=1),
                name="image_has_size",
                violation_error_message=_("A picture is at least a pixel wide and high."),
            ),
            models.CheckConstraint(
                condition=Q(media_type__in=[kind.media_type for kind in KINDS.values()]),
                name="image_media_type_known",
                violation_error_message=_("A picture is a JPEG, PNG, WebP, AVIF or GIF file."),
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the image with the recipe that follows from its focal point and its rights."""
        for name in RIGHTS:
            setattr(self, name, normalise(getattr(self, name), "").strip())
        self.recipe = self.wanted_recipe()
        update_fields: Iterable[str] | None = kwargs.get("update_fields")
        if update_fields is not None:
            kwargs["update_fields"] = {*update_fields, "recipe"}
        super().save(*args, **kwargs)

    @property
    def rights(self) -> Rights:
        return Rights(*(getattr(self, name) for name in RIGHTS))

    @property
    def shown_as(self) -> str:
        """The recipe of what readers get now; empty while there is nothing to show."""
        return self.rendered_as or self.fallback_as

    def wanted_recipe(self) -> str:
        """Name all that renditions are made from, but for the file, which never changes."""
        told = repr((rendering.RECIPE, self.focal_x, self.focal_y, *self.rights))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:8]

    def wanted(self) -> list[Rendition]:
        """Every rendition that it is to have, those in JPEG first."""
        return renditions(self.width, self.height)

    def steps(self, cut: Cut, form: Form) -> list[Rendition]:
        """The renditions of a cut in a format that readers can be given now, narrowest first."""
        is_there = self.rendered_as or (form is Form.JPEG and self.fallback_as)
        return list(steps(cut, form, self.width, self.height)) if is_there else []

    def name_of(self, rendition: Rendition, recipe: str) -> str:
        """The name of a rendition in the storage."""
        return f"{self.token}/{rendition.file(recipe)}"

    def url_of(self, rendition: Rendition) -> str:
        """The address of a rendition that is there, as the storage gives it."""
        return default_storage.url(self.name_of(rendition, self.shown_as))


class FigureQuerySet(models.QuerySet["Figure"]):
    def in_order(self) -> FigureQuerySet:
        return self.order_by("position", "pk")

    def with_image(self) -> FigureQuerySet:
        return self.select_related("image")

    def undescribed(self) -> FigureQuerySet:
        """Figures that say nothing to readers who do not see them."""
        return self.filter(alt_text="")


class Figure(models.Model):
    """A place of an image in an article. What is said of it is in the article's language."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="figures", verbose_name=_("article")
    )
    image = models.ForeignKey(
        Image, models.PROTECT, related_name="figures", verbose_name=_("image")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    alt_text = models.CharField(
        _("alt text"),
        max_length=LONGEST_ALT_TEXT,
        blank=True,
        help_text=_("What the picture shows, for readers who do not see it. No “picture of”."),
    )
    caption = models.TextField(
        _("caption"),
        max_length=LONGEST_CAPTION,
        blank=True,
        validators=[MaxLengthValidator(LONGEST_CAPTION)],
        help_text=_("What readers should know beside it: who, where, when."),
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["article", "position", "pk"]
        indexes = [
            models.Index(fields=["article", "position", "id"], name="figure_in_order"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "image"],
                name="figure_once_per_article",
                violation_error_message=_("The article has this picture already."),
            ),
        ]

    def __str__(self) -> str:
        return self.alt_text or self.caption or f"#{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the figure, what is said of it in the spelling of its article's language."""
        language = self.article.language_id
        for name, text in spelled(self.alt_text, self.caption, language).items():
            setattr(self, name, text)
        super().save(*args, **kwargs)


def spelled(alt_text: str, caption: str, language: str) -> dict[str, str]:
    """What is said of a picture, as it is stored in an article of that language."""
    return {
        "alt_text": " ".join(normalise(alt_text, language).split()),
        "caption": normalise(caption, language).strip(),
    }


def figures_in_order() -> Prefetch[Any]:
    """With it, ``article.figures.all()`` are the figures in their order with their images."""
    return Prefetch("figures", Figure.objects.in_order().with_image())


LEAD = ("token", "width", "height", "fallback_as", "rendered_as")
"""What a list needs of an image; none of it holds a space."""


def with_lead(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Fetch what lists show of each article's first picture, in the same query."""
    figures = Figure.objects.filter(article=OuterRef("pk")).in_order()
    columns = (Cast(f"image__{name}", models.CharField()) for name in LEAD)
    parts = [part for column in columns for part in (Value(" "), column)][1:]
    return articles.annotate(lead=Subquery(figures.annotate(all=Concat(*parts)).values("all")[:1]))


def mark_pictured(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Fetch whether each article ``has_figures``, in the same query."""
    return articles.annotate(has_figures=Exists(Figure.objects.filter(article=OuterRef("pk"))))


def with_number(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Fetch how many pictures each article has, as ``pictures``, in the same query."""
    own = Figure.objects.filter(article=OuterRef("pk")).order_by().values("article")
    number = own.annotate(number=Count("pk")).values("number")
    return articles.annotate(pictures=Coalesce(Subquery(number), 0))


def lead_of(article: Article) -> Image | None:
    """Return the first picture of an article that ``with_lead`` fetched; only ``LEAD`` is known."""
    told: str | None = getattr(article, "lead", None)
    if not told:
        return None
    token, width, height, fallback_as, rendered_as = told.split(" ")
    return Image(
        token=token,
        width=int(width),
        height=int(height),
        fallback_as=fallback_as,
        rendered_as=rendered_as,
    )
