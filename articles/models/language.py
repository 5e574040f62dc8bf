"""A language that the newsroom publishes in: its letters, its direction and its own names."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

BCP47 = RegexValidator(
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\Z",
    _("Write the language as a BCP 47 tag, such as en, ur or sd-Deva."),
)


class Direction(models.TextChoices):
    LTR = "ltr", _("left to right")
    RTL = "rtl", _("right to left")


class Script(models.TextChoices):
    """ISO 15924 codes. Urdu is set in Aran (Nastaliq), Sindhi in Arab (Naskh)."""

    LATIN = "Latn", _("Latin")
    NASTALIQ = "Aran", _("Arabic (Nastaliq)")
    NASKH = "Arab", _("Arabic (Naskh)")


class Digits(models.TextChoices):
    """Numbering systems of Unicode CLDR."""

    LATIN = "latn", "0123456789"
    ARABIC = "arab", "٠١٢٣٤٥٦٧٨٩"
    EXTENDED_ARABIC = "arabext", "۰۱۲۳۴۵۶۷۸۹"


class LanguageQuerySet(models.QuerySet["Language"]):
    def get_by_natural_key(self, code: str) -> Language:
        return self.get(code=code)

    def published(self) -> LanguageQuerySet:
        """The languages that readers may see: addresses know no others than the settings do."""
        return self.filter(is_published=True, code__in=dict(settings.LANGUAGES))


class Language(models.Model):
    code = models.CharField(
        _("code"),
        max_length=12,
        primary_key=True,
        validators=[BCP47],
        help_text=_("BCP 47 tag. It stands in every address of the edition and cannot change."),
    )
    name = models.CharField(_("English name"), max_length=60)
    endonym = models.CharField(
        _("own name"), max_length=60, help_text=_("The language's name in the language itself.")
    )
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    script = models.CharField(_("script"), max_length=4, choices=Script)
    digits = models.CharField(_("digits"), max_length=7, choices=Digits, default=Digits.LATIN)
    site_title = models.CharField(_("site title"), max_length=80)
    tagline = models.CharField(_("tagline"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_published = models.BooleanField(
        _("published"), default=True, help_text=_("Readers see an edition only when this is on.")
    )
    has_live = models.BooleanField(
        _("has Web TV"), default=False, help_text=_("A page of the edition shows broadcasts.")
    )

    objects = LanguageQuerySet.as_manager()

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values),
                name="language_direction_known",
                violation_error_message=_("A language is written ltr or rtl."),
            ),
            models.CheckConstraint(
                condition=Q(script__in=Script.values),
                name="language_script_known",
                violation_error_message=_("Choose a script that the site has a typeface for."),
            ),
            models.CheckConstraint(
                condition=Q(digits__in=Digits.values),
                name="language_digits_known",
                violation_error_message=_("Choose digits from the list."),
            ),
        ]

    def __str__(self) -> str:
        return self.endonym

    def natural_key(self) -> tuple[str]:
        return (self.code,)
