"""A press contact of an edition: whom other newsrooms call or write to, and about what."""

from __future__ import annotations

import re
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.language import Language
from articles.text.dates import digits
from articles.text.normal import drop_controls, normalise

PHONE = RegexValidator(
    r"^\+?[0-9(][0-9 ()./-]{3,30}\Z",
    _("Write a telephone number in digits, such as +92 21 111 222 333."),
)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–−"), "-")
_TRUNK = re.compile(r"(?<=\d)\s*\(0\)")
"""The zero that callers from abroad leave out, as in +92 (0)21."""


class ContactQuerySet(models.QuerySet["Contact"]):
    def in_order(self) -> ContactQuerySet:
        return self.order_by("position", "pk")


class Contact(models.Model):
    language = models.ForeignKey(
        Language, models.CASCADE, related_name="contacts", verbose_name=_("language")
    )
    name = models.CharField(
        _("name"), max_length=120, help_text=_("A person or an office, in the edition's language.")
    )
    role = models.CharField(
        _("role"), max_length=120, blank=True, help_text=_("Such as: questions of the press.")
    )
    phone = models.CharField(_("telephone"), max_length=32, blank=True, validators=[PHONE])
    email = models.EmailField(_("mail address"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    in_header = models.BooleanField(
        _("at the head of every page"),
        default=False,
        help_text=_("The contact page lists all contacts, whatever is chosen here."),
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("press contact")
        verbose_name_plural = _("press contacts")
        ordering = ["language", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="", email=""),
                name="contact_can_be_reached",
                violation_error_message=_("Give a telephone number or a mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the contact in the spelling of its language."""
        for name in ("name", "role"):
            text = normalise(getattr(self, name), self.language_id)
            setattr(self, name, " ".join(text.split()))
        super().save(*args, **kwargs)

    def clean_fields(self, exclude: Any = None) -> None:
        """Validate the contact, its number in ASCII whatever digits and dashes it was typed in."""
        typed = digits(drop_controls(self.phone), "latn").translate(_DASHES)
        self.phone = " ".join(typed.split())
        super().clean_fields(exclude)

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it: RFC 3966 without visual separators."""
        phone = _TRUNK.sub("", self.phone) if self.phone.startswith("+") else self.phone
        return re.sub(r"[^+0-9]", "", phone)
