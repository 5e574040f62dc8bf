"""A notice: what a newsroom owes its readers when an article was wrong, unclear or withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, ArticleQuerySet, gone, live
from articles.models.prepared import Prepared, keep_fetched
from articles.text.normal import normalise

LONGEST = 2_000
"""Characters of a notice: what needs more is an article."""


class Kind(models.TextChoices):
    """What a notice is. ``correction`` and ``update`` are IPTC's own words for such a signal
    (http://cv.iptc.org/newscodes/signal/); a withdrawn item is ``canceled`` in ninjs 3.1.
    """

    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", _("Update")
    WITHDRAWAL = "withdrawal", _("Withdrawal")


CORRECTING = (Kind.CORRECTION, Kind.CLARIFICATION)
"""What says that readers had been told something wrong: an update only adds to what was right."""


class NoticeQuerySet(models.QuerySet["Notice"]):
    def public(self) -> NoticeQuerySet:
        """What was written for readers and still stands; whether they see it is the article's."""
        return self.filter(public=True)

    def newest_first(self) -> NoticeQuerySet:
        return self.order_by("-made_at", "-pk")

    def beside_text(self) -> NoticeQuerySet:
        """What stands beside the text of a live article, newest first."""
        return self.public().exclude(kind=Kind.WITHDRAWAL).newest_first()

    def of_withdrawn(self) -> NoticeQuerySet:
        """What stands in place of a withdrawn article: one notice of each at most."""
        return self.public().filter(kind=Kind.WITHDRAWAL)

    def listed_in(self, language: str, at: datetime | None = None) -> NoticeQuerySet:
        """The public list of an edition: what corrects an article that readers see at ``at`` (now,
        unless given), and why they no longer see another that they once saw.

        One subquery, so that the few notices lead to their articles: of a join, a database may
        think that all the articles of a language should lead to their notices.
        """
        at = at or timezone.now()
        told = ExpressionWrapper(OuterRef("kind"), output_field=models.CharField())
        corrects = Q(told__in=CORRECTING) & live(at)
        withdraws = Q(told=Kind.WITHDRAWAL) & gone(at)
        mine = Article.objects.in_language(language).filter(pk=OuterRef("article")).alias(told=told)
        return self.public().filter(Exists(mine.filter(corrects | withdraws)))

    def for_list(self) -> NoticeQuerySet:
        """Fetch what a list prints of each notice's article in the same query."""
        unread = ("body", "search_key", "standfirst", "edited_fields", "hold_reason")
        fetched = self.select_related("article__language")
        return fetched.defer(*(f"article__{name}" for name in unread))


class Notice(models.Model):
    """Notices are written once: what was told to readers is not rewritten but followed by another.

    ``public`` is taken from a withdrawal's notice when its article is restored, so that no article
    has two that stand.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="notices", verbose_name=_("article")
    )
    kind = models.CharField(_("kind"), max_length=13, choices=Kind)
    text = models.TextField(
        _("text"),
        max_length=LONGEST,
        validators=[MaxLengthValidator(LONGEST)],
        help_text=_("Plain text for readers, in the article's language."),
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )
    public = models.BooleanField(_("shown to readers"), default=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-made_at", "-id"], name="notice_newest", condition=Q(public=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="notice_has_text",
                violation_error_message=_("A notice needs a text."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values),
                name="notice_kind_known",
                violation_error_message=_("Choose a kind of notice from the list."),
            ),
            models.UniqueConstraint(
                fields=["article"],
                name="notice_one_withdrawal",
                condition=Q(kind=Kind.WITHDRAWAL, public=True),
                violation_error_message=_("This article has a notice of its withdrawal already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the notice in the spelling of its article's language."""
        self.text = normalise(self.text, self.article.language_id).strip()
        super().save(*args, **kwargs)

    @property
    def paragraphs(self) -> list[str]:
        """The lines of the text that hold something."""
        return [line for each in self.text.splitlines() if (line := each.strip())]


def notices_beside_text() -> Prefetch[Any]:
    """With it, ``article.notices.all()`` is what readers see beside the text of a live article."""
    return Prefetch("notices", Notice.objects.beside_text())


def mark_noted(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Fetch whether each article ``has_notices`` beside its text, in the same query."""
    own = Notice.objects.beside_text().filter(article=OuterRef("pk"))
    return articles.annotate(has_notices=Exists(own))


def tell_notices(articles: Sequence[Article]) -> None:
    """Do for articles that were fetched what ``notices_beside_text`` does.

    One query, and none for articles of which ``mark_noted`` told that there are no notices.
    """
    noted = [article for article in articles if getattr(article, "has_notices", True)]
    numbered = {f"article_{place}": article.pk for place, article in enumerate(noted)}
    rows = _BESIDE(len(noted), **numbered) if noted else []
    for article in articles:
        keep_fetched(article, "notices", [each for each in rows if each.article_id == article.pk])


_BESIDE = Prepared(
    Notice,
    lambda _number, **articles: Notice.objects.beside_text().filter(article__in=articles.values()),
)
