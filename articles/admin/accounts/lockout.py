"""Too many wrong passwords: the login says until when it is closed, with status 429."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext

from articles.actions.lockout import shut_out_until

CODE = "shut_out"


class PasswordForm(AdminAuthenticationForm):
    """Django's own, which says of a shut-out account when its login opens again.

    It says so of any name: nobody learns from it which accounts there are.
    """

    until: datetime | None = None

    def clean_username(self) -> str:
        """Refuse a name that no account can have, before it is counted among the failed logins."""
        name: str = self.cleaned_data["username"]
        longest = self.username_field.max_length or 0
        MaxLengthValidator(longest)(name)
        return name

    def get_invalid_login_error(self) -> forms.ValidationError:
        if not getattr(self.request, "axes_locked_out", False):
            return super().get_invalid_login_error()
        address = getattr(self.request, "axes_ip_address", None)
        name = self.cleaned_data["username"]
        self.until = shut_out_until(username=name, address=address) or timezone.now()
        return forms.ValidationError(_told(self.until), code=CODE)


def say_when(response: HttpResponse, form: PasswordForm) -> HttpResponse:
    """Give the answer to a refused login its status: 429, with the seconds to wait, if shut out."""
    if form.until is not None:
        response.status_code = 429
        response.headers["Retry-After"] = str(_seconds(form.until))
    return response


def answer(request: HttpRequest, response: HttpResponse, credentials: Any) -> HttpResponse:
    """What axes answers to who is shut out: the page of the login, which has said it already."""
    return response


def _seconds(until: datetime) -> int:
    return max(1, ceil((until - timezone.now()).total_seconds()))


def _told(until: datetime) -> str:
    minutes = ceil(_seconds(until) / 60)
    sentence = ngettext(
        "Too many logins failed. Try again in %(count)d minute, at %(time)s.",
        "Too many logins failed. Try again in %(count)d minutes, at %(time)s.",
        minutes,
    )
    # The next full minute: a clock that shows this time has passed the moment.
    shown = timezone.localtime(until + timedelta(seconds=59))
    return sentence % {"count": minutes, "time": date_format(shown, "TIME_FORMAT")}
