"""A poll: a question to readers with a few answers, open for a while in one or more editions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from articles.models.language import Language
from articles.text.normal import normalise
from newsroom.routes import address_of

CLOSES = "closes_at"
"""The column that lists of polls are ordered by: those that are open come first."""


def this_minute() -> datetime:
    """The moment as a clock without seconds tells it."""
    return timezone.now().replace(second=0, microsecond=0)


class PollQuerySet(models.QuerySet["Poll"]):
    def get_by_natural_key(self, language: str, slug: str) -> Poll:
        return self.get(language=language, slug=slug)

    def in_language(self, code: str) -> PollQuerySet:
        return self.filter(language=code)

    def begun(self, at: datetime | None = None) -> PollQuerySet:
        """Polls that are open at ``at`` (now, unless given) or were before."""
        return self.filter(opens_at__lte=at or timezone.now())

    def open(self, at: datetime | None = None) -> PollQuerySet:
        """Polls that take votes at ``at`` (now, unless given)."""
        at = at or timezone.now()
        return self.begun(at).filter(closes_at__gt=at)

    def with_choices(self) -> PollQuerySet:
        return self.prefetch_related("choices")

    def counted(self) -> PollQuerySet:
        """Fetch how many voted in each poll, in all languages together, as ``voters``."""
        same = Choice.objects.filter(poll__slug=OuterRef("slug")).order_by()
        total = same.values("poll__slug").annotate(total=Sum("votes")).values("total")
        return self.annotate(voters=Coalesce(Subquery(total), 0))


class Poll(models.Model):
    """The question in one language; the same slug in another language makes it the same poll.

    Votes count together over languages, so that the times and the number of answers are the same
    in each: ``articles.actions.poll`` holds that.
    """

    language = models.ForeignKey(
        Language, models.PROTECT, related_name="polls", verbose_name=_("language")
    )
    slug = models.SlugField(
        _("slug"),
        max_length=60,
        help_text=_("The same slug in another language makes it the same poll."),
    )
    question = models.CharField(_("question"), max_length=200)
    opens_at = models.DateTimeField(_("opens at"), default=this_minute)
    closes_at = models.DateTimeField(_("closes at"))

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        ordering = ["-closes_at", "-pk"]
        indexes = [
            models.Index(fields=["language", "-closes_at", "-id"], name="poll_newest"),
            models.Index(fields=["slug"], name="poll_same"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="poll_unique_in_language",
                violation_error_message=_("This edition has a poll with that slug already."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="poll_closes_after_it_opens",
                violation_error_message=_("A poll closes after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the poll, its question in the spelling of its language."""
        self.question = _line(self.question, self.language_id)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address_of("poll", language=self.language_id, slug=self.slug)

    def natural_key(self) -> tuple[str, str]:
        return (self.language_id, self.slug)

    natural_key.dependencies = ["articles.language"]  # type: ignore[attr-defined]  # Django's own way

    def has_begun(self, at: datetime | None = None) -> bool:
        return self.opens_at <= (at or timezone.now())

    def is_open(self, at: datetime | None = None) -> bool:
        at = at or timezone.now()
        return self.has_begun(at) and at < self.closes_at

    def same(self) -> PollQuerySet:
        """The poll in all its languages."""
        return Poll.objects.filter(slug=self.slug)


class Choice(models.Model):
    """One answer. ``votes`` are those of its own edition: the others' are added when it is told."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="choices", verbose_name=_("poll"))
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("answer"), max_length=120)
    votes = models.PositiveIntegerField(_("votes"), default=0, editable=False)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["poll", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "position"],
                name="choice_one_a_position",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the answer in the spelling of its poll's language."""
        self.text = _line(self.text, self.poll.language_id)
        super().save(*args, **kwargs)


class Vote(models.Model):
    """That a browser has voted in a poll, and no more: not for what, not when, not from where.

    ``digest`` is a keyed digest of the poll's slug and of a token that only the browser has, so
    that the votes of a browser in two polls cannot be told to be of one.
    """

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="cast", verbose_name=_("poll"))
    digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")

    def __str__(self) -> str:
        return f"#{self.pk}"


class Result(NamedTuple):
    """How many chose an answer, and what that is in percent of all."""

    choice: Choice
    votes: int
    percent: int


def results_of(poll: Poll, same: Iterable[Poll]) -> list[Result]:
    """How many chose each answer of ``poll``, in the order of its answers.

    ``same`` are the poll in all its languages, each with its ``choices`` fetched.
    """
    counted: Counter[int] = Counter()
    for each in same:
        counted.update({choice.position: choice.votes for choice in each.choices.all()})
    choices = sorted(poll.choices.all(), key=lambda choice: choice.position)
    votes = [counted[choice.position] for choice in choices]
    return [Result(*each) for each in zip(choices, votes, percentages(votes), strict=True)]


def digest_of(poll: Poll, token: str) -> str:
    """What is kept of a browser's token when it votes in a poll, whatever the language."""
    return salted_hmac(f"articles.vote {poll.slug}", token, algorithm="sha256").hexdigest()


def percentages(votes: Collection[int]) -> list[int]:
    """Return whole percentages that make 100 together, by largest remainders; zeros for no vote."""
    total = sum(votes)
    if not total:
        return [0] * len(votes)
    shares = [divmod(100 * number, total) for number in votes]
    found = [whole for whole, _rest in shares]
    by_rest = sorted(range(len(found)), key=lambda place: -shares[place][1])
    for place in by_rest[: 100 - sum(found)]:
        found[place] += 1
    return found


def _line(text: str, language: str) -> str:
    return " ".join(normalise(text, language).split())
