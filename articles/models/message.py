"""A message from a reader to the desk of an edition: praise, a question, a mistake to mend."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.language import Language
from articles.text.normal import normalise

LONGEST = 5_000
"""Characters of a message. What needs more is a letter, and comes by mail."""
LONGEST_NAME, LONGEST_SUBJECT, LONGEST_NOTE = 120, 160, 2_000


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> MessageQuerySet:
        """What nobody has answered or called spam."""
        return self.filter(state=Message.State.NEW)

    def untold(self) -> MessageQuerySet:
        """What waits and of which no mail has told the desk."""
        return self.waiting().filter(told_at=None)

    def newest_first(self) -> MessageQuerySet:
        return self.order_by("-received_at", "-pk")


class Message(models.Model):
    """What a reader wrote stays as it came; a desk says what became of it.

    ``digest`` names one sending of one form, so that a button pressed twice sends once.
    ``tried_at`` is when a mail that counts the message was last begun, ``told_at`` when one was
    sent.
    """

    class State(models.TextChoices):
        NEW = "new", _("new")
        ANSWERED = "answered", _("answered")
        SPAM = "spam", _("spam")

    language = models.ForeignKey(
        Language,
        models.PROTECT,
        related_name="messages",
        editable=False,
        verbose_name=_("language"),
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    email = models.EmailField(_("mail address"), blank=True)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT)
    text = models.TextField(_("text"), max_length=LONGEST)
    received_at = models.DateTimeField(_("received at"), default=timezone.now, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.NEW)
    note = models.TextField(
        _("note"),
        max_length=LONGEST_NOTE,
        blank=True,
        help_text=_("For colleagues: what was answered, or why nothing was. Readers never see it."),
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("settled by"),
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message from a reader")
        verbose_name_plural = _("messages from readers")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="message_newest"),
            models.Index(
                fields=["language", "tried_at"],
                name="message_untold",
                condition=Q(state="new", told_at=None),
            ),
            models.Index(fields=["language", "-tried_at"], name="message_last_tried"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["new", "answered", "spam"]),
                name="message_state_known",
                violation_error_message=_("Choose a state from the list."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"  # Logs and headings name it: what a reader wrote stays inside.

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the message free of controls that would turn its neighbours around."""
        for name in ("name", "subject"):
            text = normalise(getattr(self, name), self.language_id)
            setattr(self, name, " ".join(text.split()))
        for name in ("text", "note"):
            setattr(self, name, normalise(getattr(self, name), self.language_id).strip())
        super().save(*args, **kwargs)

    @property
    def paragraphs(self) -> list[str]:
        """The lines of the text that hold something."""
        return [line for each in self.text.splitlines() if (line := each.strip())]
