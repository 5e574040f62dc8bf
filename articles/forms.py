"""Forms that readers fill in. What was typed comes back with each refusal, as it was typed."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.filters import Printable
from articles.models import Language, Message
from articles.models.message import LONGEST, LONGEST_NAME, LONGEST_SUBJECT
from articles.text.bidi import isolate
from articles.text.normal import drop_controls

LEAST_TIME = timedelta(seconds=3)
"""Between a form that is shown and one that is sent: nobody reads and writes in less."""

EXAMPLE = "name@example.org"
TOO_LONG = gettext_lazy(
    "This is %(show_value)d letters long and %(limit_value)d fit. Please shorten it."
)
NO_ADDRESS = format_lazy(
    gettext_lazy("Write a mail address such as {example}, or leave this empty."),
    example=isolate(EXAMPLE, "ltr"),
)


class LineInput(Printable, forms.TextInput):
    pass


class AddressInput(Printable, forms.EmailInput):
    pass


class TextArea(Printable, forms.Textarea):
    pass


class Written:
    """A field of text that reads what was typed without characters that nobody types.

    Its box has no ``maxlength``: a browser would cut what is pasted, and say nothing.
    """

    def to_python(self, value: Any) -> Any:
        return super().to_python(drop_controls(value) if value else value)  # type: ignore[misc]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = super().widget_attrs(widget)  # type: ignore[misc]
        attrs.pop("maxlength", None)
        return {**attrs, "placeholder": " "}  # So that the style sheet knows an empty box.


class WrittenField(Written, forms.CharField):
    pass


class AddressField(Written, forms.EmailField):
    pass


class MessageForm(forms.Form):
    """A message to the desk of an edition.

    Two things tell most machines from people, and ask people nothing: ``homepage`` is a box that
    nobody sees, and ``opened`` the signed moment at which the form was shown.
    """

    name = WrittenField(
        label=gettext_lazy("Your name"),
        max_length=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Write your name."), "max_length": TOO_LONG},
        widget=LineInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = AddressField(
        label=gettext_lazy("Your mail address, if you would like an answer"),
        required=False,
        max_length=254,
        error_messages={"invalid": NO_ADDRESS, "max_length": TOO_LONG},
        widget=AddressInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    subject = WrittenField(
        label=gettext_lazy("What it is about"),
        max_length=LONGEST_SUBJECT,
        error_messages={
            "required": gettext_lazy("Write in a few words what it is about."),
            "max_length": TOO_LONG,
        },
        widget=LineInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    text = WrittenField(
        label=gettext_lazy("Your message"),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Write your message."), "max_length": TOO_LONG},
        widget=TextArea(attrs={"dir": "auto", "rows": 8}),
    )
    homepage = forms.CharField(required=False)
    opened = forms.CharField(required=False)

    use_required_attribute = False

    def clean(self) -> dict[str, Any] | None:
        if not self._has_been_open:
            raise ValidationError(_("Please read your message once more, and then send it."))
        return super().clean()

    @property
    def is_trapped(self) -> bool:
        """Whether the box was filled in that nobody sees."""
        return bool(self.data.get("homepage"))

    @property
    def stamp(self) -> str:
        """The moment for ``opened`` of the form when it is shown: the first one that holds."""
        return self._stamp if self._is_ours(self._stamp) else _signer().sign("")

    def message(self, language: Language) -> Message:
        """What was written, for the desk of ``language``; the form is valid."""
        told = {name: self.cleaned_data[name] for name in ("name", "email", "subject", "text")}
        sent = "\0".join([language.pk, self._stamp, *told.values()])
        state = Message.State.SPAM if self.is_trapped else Message.State.NEW
        digest = hashlib.sha256(sent.encode()).hexdigest()
        return Message(language=language, state=state, digest=digest, **told)

    @cached_property
    def _stamp(self) -> str:
        return str(self.data.get("opened", ""))

    @property
    def _has_been_open(self) -> bool:
        return self._is_ours(self._stamp) and not self._is_ours(self._stamp, LEAST_TIME)

    def _is_ours(self, stamp: str, within: timedelta | None = None) -> bool:
        """Whether we signed ``stamp``, and if it says so no longer ago than ``within``."""
        try:
            _signer().unsign(stamp, max_age=within)
        except BadSignature:
            return False
        return True


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="articles.forms.opened")
