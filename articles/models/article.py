"""An article: one story in one language, and who may see it when."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.author import Author
from articles.models.capture import Capture
from articles.models.language import Language
from articles.models.moment import in_known_years
from articles.models.section import Section
from articles.models.source import Source
from articles.text.columns import BYLINE, DATELINE, HEADLINE, SLUG, Texts, columns
from newsroom.routes import address_of

OPENING_LENGTH = 900
"""How much of a body lists fetch, in characters of HTML. It must hold one paragraph's beginning."""


class Unindexed(models.Func):
    """A column by which SQLite looks nothing up (https://sqlite.org/optoverview.html: unary +)."""

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Write the column with the sign that keeps it from every index."""
        return self.as_sql(compiler, connection, **{**extra, "template": "+%(expressions)s"})


def live(at: datetime) -> Q:
    """The condition for what readers may see at ``at``.

    The status comes first: of what an index tells to be unpublished, no row is then fetched. What
    is still to come is little, and no bound for a search: SQLite takes but one, which is to be that
    of the page or the month that is asked for.
    """
    no_embargo = Q(embargoed_until__isnull=True) | Q(embargoed_until__lte=at)
    has_come = Q(LessThanOrEqual(Unindexed("published_at"), at))
    return Q(status=Article.Status.PUBLISHED) & has_come & no_embargo


def gone(at: datetime) -> Q:
    """The condition for what readers had seen by ``at`` and was withdrawn since."""
    return Q(status=Article.Status.WITHDRAWN, first_published_at__lte=at)


class ArticleQuerySet(models.QuerySet["Article"]):
    def live(self, at: datetime | None = None) -> ArticleQuerySet:
        """What readers may see at the moment ``at`` (now, unless given).

        Visibility is this query and no job: a schedule cannot be missed and an embargo cannot leak.
        """
        return self.filter(live(at or timezone.now()))

    def in_language(self, code: str) -> ArticleQuerySet:
        return self.filter(language=code)

    def with_source(self, *, alone: bool = False) -> ArticleQuerySet:
        """Fetch what every list and page prints beside a headline, in the same query.

        With ``alone``, whoever reads the rows puts their languages and sections to them.
        """
        related = ("source",) if alone else ("language", "source__language", "section")
        unprinted = ("furniture", "date_order_counts", "usage_terms")
        return self.select_related(*related).defer(*(f"source__{name}" for name in unprinted))

    def for_list(self, *, alone: bool = False) -> ArticleQuerySet:
        """Fetch of each body only its beginning, as ``opening``, and nothing ``UNLISTED``."""
        opening = Substr("body", 1, OPENING_LENGTH)
        fetched = self.with_source(alone=alone).defer("body", "search_key", *UNLISTED)
        return fetched.annotate(opening=opening)

    def in_order(self) -> ArticleQuerySet:
        """Pages as their section's editors put them, what they placed nowhere yet at the end."""
        return self.order_by("position", "pk")

    def newest_first(self) -> ArticleQuerySet:
        return self.order_by("-published_at", "-pk")


UNLISTED = (
    *("capture", "capture_item", "created_at", "edited_fields", "embargoed_until", "fingerprint"),
    *("first_published_at", "headline_origin", "hold_reason", "stale_since"),
    *("story", "text_version", "translated_from", "version"),
    *("source__copyright_holder", "source__creditline", "source__date_order"),
    *("source__homepage", "source__timezone"),
)
"""Columns that no list prints."""


class Article(models.Model):
    LAST = 32767
    """The position of an article that was placed nowhere: behind all that were."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEW = "review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class HeadlineOrigin(models.TextChoices):
        CAPTURED = "captured", _("in the capture")
        MANIFEST = "manifest", _("given with the capture")
        SLUG = "slug", _("from the page's address")
        DERIVED = "derived", _("from the first sentence")
        EDITOR = "editor", _("written by an editor")

    class Precision(models.TextChoices):
        DAY = "day", _("the day is known")
        MINUTE = "minute", _("day and time are known")

    story = models.UUIDField(
        _("story"),
        default=uuid.uuid4,
        help_text=_("Articles with the same story are one story in several languages."),
    )
    language = models.ForeignKey(
        Language, models.PROTECT, related_name="articles", verbose_name=_("language")
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("source"),
    )
    section = models.ForeignKey(
        Section,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("section"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=LAST)
    headline = models.CharField(_("headline"), max_length=HEADLINE, blank=True)
    headline_origin = models.CharField(
        _("origin of the headline"),
        max_length=8,
        choices=HeadlineOrigin,
        default=HeadlineOrigin.EDITOR,
    )
    slug = models.CharField(_("slug"), max_length=SLUG, blank=True, editable=False)
    standfirst = models.TextField(
        _("standfirst"), blank=True, help_text=_("One or two sentences shown in lists.")
    )
    body = models.TextField(_("body"), blank=True)
    author = models.ForeignKey(
        Author,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("author"),
        help_text=_("Their page is behind the byline; without one, their name is the byline."),
    )
    byline = models.CharField(_("byline"), max_length=BYLINE, blank=True)
    dateline = models.CharField(
        _("dateline"),
        max_length=DATELINE,
        blank=True,
        help_text=_("The place it was written from."),
    )
    status = models.CharField(
        _("status"), max_length=9, choices=Status, default=Status.DRAFT, editable=False
    )
    published_at = models.DateTimeField(
        _("published at"), null=True, blank=True, validators=[in_known_years]
    )
    published_precision = models.CharField(
        _("precision of the date"), max_length=6, choices=Precision, default=Precision.MINUTE
    )
    embargoed_until = models.DateTimeField(
        _("embargoed until"), null=True, blank=True, validators=[in_known_years]
    )
    first_published_at = models.DateTimeField(
        _("first published"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    modified_at = models.DateTimeField(_("modified"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(
        _("updated"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When an editor last changed the text that readers had seen."),
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    text_version = models.PositiveIntegerField(
        _("version of the text"),
        default=1,
        editable=False,
        help_text=_("The version that last changed the text: older translations are stale."),
    )
    translated_from = models.ForeignKey(
        "articles.Revision",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translated from"),
        editable=False,
    )
    stale_since = models.DateTimeField(
        _("stale since"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When the text that it was translated from was first changed after that."),
    )
    search_key = models.TextField(_("search key"), blank=True, editable=False)
    fingerprint = models.CharField(
        _("fingerprint"), max_length=64, blank=True, editable=False, db_index=True
    )
    capture = models.ForeignKey(
        Capture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("capture"),
        editable=False,
    )
    capture_item = models.PositiveSmallIntegerField(
        _("item in the capture"), default=0, editable=False
    )
    hold_reason = models.TextField(
        _("held because"),
        blank=True,
        editable=False,
        help_text=_("What the loader was not sure of. An editor's decision clears it."),
    )
    edited_fields = models.JSONField(
        _("fields an editor changed"),
        default=list,
        blank=True,
        editable=False,
        help_text=_("A reload of the capture leaves these alone."),
    )

    objects = ArticleQuerySet.as_manager()

    placed: list[dict[str, Any]] | None = None
    """The figures that the next save is to store (see ``articles.models.placed``); None leaves
    those that it has."""

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(
                fields=["language", "-published_at", "-id"],
                name="article_live",
                condition=Q(status="published"),
            ),
            models.Index(
                fields=["section", "-published_at", "-id"],
                name="article_live_section",
                condition=Q(status="published"),
            ),
            models.Index(
                fields=["source", "language", "-published_at", "-id"],
                name="article_live_source",
                condition=Q(status="published"),
            ),
            models.Index(
                fields=["author", "-published_at", "-id"],
                name="article_live_author",
                condition=Q(status="published"),
            ),
            models.Index(
                fields=["section", "position", "id"],
                name="article_pages",
                condition=Q(status="published"),
            ),
            # All that counting by period asks for: no row, and so no body, is read to be counted.
            models.Index(
                fields=["language", "published_at", "status", "embargoed_until", "updated_at"],
                name="article_calendar",
                condition=Q(status="published"),
            ),
            models.Index(fields=["status", "-modified_at", "-id"], name="article_by_status"),
            models.Index(fields=["-modified_at", "-id"], name="article_by_change"),
            models.Index(fields=["language", "-modified_at", "-id"], name="article_by_desk"),
            models.Index(
                fields=["language", "status", "-modified_at", "-id"], name="article_by_desk_status"
            ),
            models.Index(fields=["section", "-modified_at", "-id"], name="article_by_section"),
            models.Index(fields=["source", "-modified_at", "-id"], name="article_by_source"),
            models.Index(fields=["-published_at", "-id"], name="article_by_publication"),
            models.Index(
                fields=["-modified_at", "-id"], name="article_held", condition=~Q(hold_reason="")
            ),
            models.Index(
                fields=["language", "-stale_since", "-id"],
                name="article_stale",
                condition=Q(stale_since__isnull=False),
            ),
            models.Index(
                fields=["-stale_since", "-id"],
                name="article_stale_anywhere",
                condition=Q(stale_since__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "language"],
                name="article_once_per_language",
                violation_error_message=_("This story has an article in that language already."),
            ),
            models.UniqueConstraint(
                fields=["capture", "capture_item"],
                name="article_once_per_capture_item",
                condition=Q(capture__isnull=False),
                violation_error_message=_("This part of the capture is an article already."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "review", "published", "withdrawn"]),
                name="article_status_known",
                violation_error_message=_("Choose a status from the list."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="article_published_has_time",
                violation_error_message=_("A published article needs a publication time."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | ~Q(headline=""),
                name="article_published_has_headline",
                violation_error_message=_("A published article needs a headline."),
            ),
            models.CheckConstraint(
                condition=Q(embargoed_until__isnull=True)
                | Q(published_at__isnull=True)
                | Q(published_at__gte=F("embargoed_until")),
                name="article_not_before_embargo",
                violation_error_message=_(
                    "An article cannot be published before its embargo ends."
                ),
            ),
        ]

    DERIVED_FROM = {
        "headline": ("slug", "search_key"),
        "standfirst": ("search_key",),
        "body": ("search_key", "fingerprint"),
        "byline": ("search_key",),
        "dateline": ("search_key",),
    }
    """Which columns follow from a text: they are stored with it, and only with it."""

    def __str__(self) -> str:
        return self.headline or f"#{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the article; its texts go through the one cleaning door first."""
        update_fields: Iterable[str] | None = kwargs.get("update_fields")
        if update_fields is not None:
            named = set(update_fields)
            follow = (self.DERIVED_FROM.get(name, ()) for name in named)
            kwargs["update_fields"] = named.union(*follow)
        if update_fields is None or not named.isdisjoint(self.DERIVED_FROM):
            self.derive()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address_of("article", language=self.language_id, pk=self.pk, slug=self.slug)

    def derive(self) -> None:
        """Clean the texts and compute what follows from them. ``bulk_create`` callers call it too.

        Raises ``articles.text.html.HtmlTooLarge`` (a ValueError) for a body past the guard.
        """
        given = Texts(*(getattr(self, name) for name in Texts._fields))
        for name, value in columns(given, self.language_id).stored().items():
            setattr(self, name, value)

    def is_live(self, at: datetime | None = None) -> bool:
        """Whether readers may see this article at ``at``: ``live()`` in Python."""
        at = at or timezone.now()
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= at
            and (self.embargoed_until is None or self.embargoed_until <= at)
        )
