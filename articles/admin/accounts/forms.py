"""The boxes for codes: digits of any script, on a keypad, filled in by the browser where it can."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.actions import Refused
from articles.actions.second_factor import confirm

LONGEST_CODE = 60
"""Twelve digits with whatever stands between them when they are pasted."""


class CodeField(forms.CharField):
    """A code of an app, or a recovery code, as it was typed; the action reads the digits.

    The box that ``is_first`` on its page is ready to be typed into.
    """

    def __init__(self, *, is_first: bool = False, **options: Any) -> None:
        box = {"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}
        widget = forms.TextInput(attrs={**box, "class": "code", "autofocus": is_first})
        super().__init__(max_length=LONGEST_CODE, widget=widget, **options)


class CodeForm(forms.Form):
    """The second step of a login."""

    code = CodeField(
        label=_("Code"),
        help_text=_("The six digits that your authenticator app shows, or a recovery code."),
        is_first=True,
    )


class EnrolForm(forms.Form):
    """A code of the app that is being set up, which was given ``key``."""

    code = CodeField(
        label=_("Code from the app"), help_text=_("The six digits that it shows for this account.")
    )

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key

    def clean_code(self) -> str:
        """Refuse a wrong code beside its own box, before a code of the present app is used up."""
        code: str = self.cleaned_data["code"]
        try:
            confirm(self.key, code)
        except Refused as refusal:
            raise forms.ValidationError(refusal.reasons) from refusal
        return code


class ChangeForm(EnrolForm):
    """A code of the app that is being set up, and one of the app that it replaces."""

    proof = CodeField(
        label=_("Code of the present app"),
        help_text=_("Six digits of the app that you use until now, or a recovery code."),
    )


class ProofForm(forms.Form):
    """A code that is asked for before something about the account is changed."""

    proof = CodeField(
        label=_("Code"),
        help_text=_("The six digits that your authenticator app shows, or a recovery code."),
    )
