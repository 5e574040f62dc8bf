"""Raw captures and the runs that loaded them: evidence, kept byte for byte."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from articles.models.language import Language
from articles.models.source import Source


class LoadRun(models.Model):
    """One run of the loading command: who loaded what, with which version, and how it ended."""

    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    software = models.CharField(_("software version"), max_length=60)
    arguments = models.JSONField(_("arguments"), default=dict)
    counts = models.JSONField(_("counts"), default=dict)
    exit_code = models.PositiveSmallIntegerField(_("exit code"), null=True, blank=True)

    class Meta:
        verbose_name = _("load run")
        verbose_name_plural = _("load runs")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{localtime(self.started_at):%Y-%m-%d %H:%M}"


class CaptureQuerySet(models.QuerySet["Capture"]):
    def get_by_natural_key(self, sha256: str) -> Capture:
        return self.get(sha256=sha256)

    def without_raw(self) -> CaptureQuerySet:
        """Leave the heavy columns in the database: lists need neither bytes nor evidence."""
        return self.defer("raw", "report")


class Capture(models.Model):
    """The bytes of one captured page as they came, and what the loader decided about them.

    Field names follow WARC 1.1 (ISO 28500) where it has one. ``raw`` never changes after receipt.
    """

    class State(models.TextChoices):
        NEW = "new", _("new")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        DUPLICATE = "duplicate", _("duplicate")

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    raw = models.BinaryField(_("raw bytes"))
    filename = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(_("media type"), max_length=100, default="text/plain")
    charset = models.CharField(_("charset"), max_length=40, blank=True)
    target_uri = models.CharField(_("target URI"), max_length=2000, blank=True)
    captured_at = models.DateTimeField(_("captured"), null=True, blank=True)
    rendered_at = models.DateTimeField(
        _("page generated"),
        null=True,
        blank=True,
        help_text=_("The clock printed on the page itself. It is never the article's date."),
    )
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="captures",
        verbose_name=_("source"),
    )
    load_run = models.ForeignKey(
        LoadRun,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="captures",
        verbose_name=_("load run"),
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.NEW)
    decided_at = models.DateTimeField(
        _("decided at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When an editor decided about it: no load takes that back."),
    )
    report = models.JSONField(_("report"), default=dict)
    given = models.JSONField(
        default=dict,
        editable=False,
        help_text="What manifests said of it: kept, so that it can be read again without them.",
    )
    reading = models.CharField(
        max_length=40,
        blank=True,
        editable=False,
        help_text="Digest of what its reading depended on: rules, source, manifest.",
    )
    languages = models.ManyToManyField(
        Language,
        related_name="+",
        editable=False,
        help_text="Of all that it tells: whose it is when nothing that was made of it is left.",
    )
    page = models.CharField(
        max_length=32,
        blank=True,
        editable=False,
        help_text="Key of the page: digest of its target URI, else of its source and file name.",
    )
    refers_to = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="changes",
        editable=False,
        help_text="The earlier capture of the same page, when this one tells it otherwise.",
    )

    objects = CaptureQuerySet.as_manager()

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="capture_newest"),
            models.Index(fields=["state", "-received_at", "-id"], name="capture_by_state"),
            models.Index(fields=["state", "id"], name="capture_waiting"),
            models.Index(
                fields=["filename"], name="capture_by_filename", opclasses=["varchar_pattern_ops"]
            ),
            models.Index(fields=["source", "-received_at", "-id"], name="capture_by_source"),
            models.Index(fields=["source", "sha256"], name="capture_sample"),
            models.Index(fields=["source", "reading"], name="capture_by_reading"),
            models.Index(fields=["page"], name="capture_by_page", condition=~Q(page="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["new", "accepted", "rejected", "duplicate"]),
                name="capture_state_known",
                violation_error_message=_("Choose a state from the list."),
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    def natural_key(self) -> tuple[str]:
        return (self.sha256,)
