"""A recording: sound or video of an article, as a file of ours or at an allowed provider."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.files.storage import Storage, storages
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import Article, ArticleQuerySet
from articles.models.language import Language
from articles.models.media import Image
from articles.recordings.providers import Embed, embed_of
from articles.recordings.reading import LONGEST, MEDIA_TYPES
from articles.text.normal import normalise
from newsroom.routes import address_of

LONGEST_TRANSCRIPT = 200_000


def kept_recordings() -> Storage:
    """Where the files are: no address leads there but by way of who may see their article."""
    return storages["recordings"]


def make_token() -> str:
    """What a file is called in its address: nobody finds it who was not told."""
    return secrets.token_hex(8)


def path_of_file(recording: Recording, filename: str) -> str:
    """Where a file is kept: under its digest, so that the same bytes are kept once."""
    return f"{recording.sha256[:2]}/{recording.sha256}.{filename.rpartition('.')[2]}"


class RecordingQuerySet(models.QuerySet["Recording"]):
    def in_order(self) -> RecordingQuerySet:
        return self.order_by("position", "pk")

    def seen(self) -> RecordingQuerySet:
        """Recordings of what readers may see now, in the editions that are published."""
        live = Article.objects.live().filter(language__in=Language.objects.published())
        return self.filter(article__in=live.order_by().values("pk"))

    def with_file(self) -> RecordingQuerySet:
        return self.exclude(file="")


class Recording(models.Model):
    """What is said of it, its captions and its transcript are in the article's language."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="recordings", verbose_name=_("article")
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("The lowest comes first.")
    )
    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("The headline, unless given.")
    )
    credit = models.CharField(
        pgettext_lazy("of a recording", "credit"),
        max_length=200,
        blank=True,
        help_text=_("Who speaks, sings, wrote or composed it, as readers see it."),
    )
    is_video = models.BooleanField(_("is video"), editable=False)
    file = models.FileField(
        _("file"),
        storage=kept_recordings,
        upload_to=path_of_file,
        max_length=120,
        blank=True,
        editable=False,
    )
    token = models.CharField(
        _("token"), max_length=16, unique=True, default=make_token, editable=False
    )
    sha256 = models.CharField(
        _("SHA-256"), max_length=64, blank=True, db_index=True, editable=False
    )
    media_type = models.CharField(
        _("media type"),
        max_length=40,
        blank=True,
        choices=[(each, each) for each in MEDIA_TYPES],
        editable=False,
    )
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    address = models.CharField(
        _("address"),
        max_length=300,
        blank=True,
        help_text=_("Its page at a provider that this site may show, instead of a file."),
    )
    seconds = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    poster = models.ForeignKey(
        Image,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posters",
        verbose_name=_("poster"),
        editable=False,
    )
    captions = models.TextField(_("captions"), blank=True, editable=False)
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        validators=[MaxLengthValidator(LONGEST_TRANSCRIPT)],
        help_text=_("What is said, for readers who do not hear it and for who searches."),
    )
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now, editable=False)

    objects = RecordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["article", "position", "pk"]
        indexes = [
            models.Index(fields=["article", "position", "id"], name="recording_in_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(address="")) | (~Q(file="") & Q(address="")),
                name="recording_file_or_address",
                violation_error_message=_("Give a file or an address, not both."),
            ),
            models.CheckConstraint(
                condition=Q(seconds__isnull=True) | Q(seconds__gt=0, seconds__lte=LONGEST),
                name="recording_length_possible",
                violation_error_message=_("Write the length as hours:minutes:seconds."),
            ),
        ]

    def __str__(self) -> str:
        """What names it in a log that other desks read: its words only where readers see them."""
        return (self.name if self.article.is_live() else "") or f"#{self.article_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the recording, its texts in the spelling of its article's language."""
        language = self.article.language_id
        for name in ("title", "credit"):
            setattr(self, name, " ".join(normalise(getattr(self, name), language).split()))
        self.transcript = normalise(self.transcript, language).strip()
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """What it is called: its own title, or else the headline."""
        return self.title or self.article.headline

    @property
    def embed(self) -> Embed | None:
        """What its provider shows; None for a file, and for a provider that is not allowed now."""
        return embed_of(self.address) if self.address else None

    @property
    def is_shown(self) -> bool:
        """Whether there is something to play: providers can lose their place in the table."""
        return bool(self.file) or self.embed is not None

    @property
    def file_url(self) -> str:
        """The path of the file, which answers while readers may see the article."""
        extension = str(self.file.name).rpartition(".")[2]
        return address_of("recording", file=f"{self.token}.{extension}")

    @property
    def captions_url(self) -> str:
        """The path of the captions; empty where there are none."""
        return address_of("recording", file=f"{self.token}.vtt") if self.captions else ""


UNLISTED = ("captions", "transcript")
"""What no list prints, long as it may be."""


def recordings_in_order() -> Prefetch[Any]:
    """With it, ``article.recordings.all()`` are what lists show of them, in their order."""
    rows = Recording.objects.in_order().select_related("poster")
    return Prefetch("recordings", rows.defer(*UNLISTED))


def mark_recorded(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Fetch whether each article ``has_recordings``, in the same query."""
    return articles.annotate(
        has_recordings=Exists(Recording.objects.filter(article=OuterRef("pk")))
    )
