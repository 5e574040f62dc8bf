"""The part of an article's form that keeps a change for later: for a moment, or for a publisher."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.actions.revision import REVERTED
from articles.admin.merging import MergingForm
from articles.admin.moment import MomentField
from articles.models import Revision
from articles.templatetags.told import note

LATER = "_later"
SCHEDULE, PROPOSE = "schedule", "propose"
"""The buttons that keep a change for later, and the name under which they are sent."""

LONGEST_NOTE = 1000


class LaterForm(MergingForm):
    """A form that may show a change that waits, ``opened``: its text over the version that it was
    written over, so that saving merges the two.
    """

    opened: Revision | None = None
    change_at = MomentField(label=_("Moment of the change"), required=False)
    change_note = forms.CharField(
        label=_("Note to colleagues"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.opened is not None and not self.is_bound:
            self._show(self.opened)

    def _show(self, change: Revision) -> None:
        known = (name for name in REVERTED if name in change.snapshot)
        self.initial.update({name: change.snapshot[name] for name in known})
        self.initial.update({"change_note": note(change.note), "change_at": change.goes_live_at})
        if change.base and change.base.number:
            self.initial["base_version"] = change.base.number

    @property
    def later(self) -> str:
        """What is to be done with the change later, by the button that was pressed; or nothing.

        What is not stored yet has no text that could stand until then.
        """
        pressed = self.data.get(LATER, "") if self.instance.pk else ""
        return pressed if pressed in {SCHEDULE, PROPOSE} else ""

    @cached_property
    def changed_data(self) -> list[str]:
        """The fields of the article that were changed: what is said about a change is none."""
        return [name for name in super().changed_data if not name.startswith("change_")]

    def clean_change_at(self) -> datetime | None:
        """The moment, which a change that is scheduled must have."""
        moment: datetime | None = self.cleaned_data["change_at"]
        if moment is None and self.later == SCHEDULE:
            raise ValidationError(_("Say when the change goes live."), code="required")
        return moment
