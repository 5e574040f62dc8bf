"""A forgotten password is set anew by a link that comes by mail; logging in takes both steps still.

Nobody learns which accounts there are: every address gets the same answer, and it is given before
anything is looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from articles.actions.limits import HOUR, Limit, is_in_time
from articles.actions.password import send_reset_links, settle_new_password
from articles.admin.accounts.pages import DeskPage
from newsroom.address import client_address

ASKED_BY_CLIENT = Limit("reset.asked", 20, HOUR)
"""An office behind one address forgets no more passwords in an hour."""
SENT_TO_ADDRESS = Limit("reset.sent", 3, HOUR)
"""Mails that one address gets in an hour, whoever asks for them."""


class EmailForm(forms.Form):
    """The mail address of the account whose password is forgotten."""

    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr", "autofocus": True}),
    )


class Answered(HttpResponseRedirect):
    """A redirect that does some work once it was sent: no clock can tell what the work was."""

    def __init__(self, address: str, work: Callable[[], None]) -> None:
        super().__init__(address)
        self._work = work

    def close(self) -> None:
        try:
            self._work()
        finally:
            super().close()  # The database's connection goes back only then.


class AskPage(DeskPage, FormView):  # type: ignore[type-arg]
    """Ask for the mail address, and answer the same whether an account has it or not."""

    form_class = EmailForm
    template_name = "admin/accounts/reset_ask.html"
    title = _("Forgot your password?")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        email = form.cleaned_data["email"]
        client = client_address(self.request) or ""
        if not is_in_time(ASKED_BY_CLIENT, client):
            form.add_error(None, _("Too many links were asked for. Try again in an hour."))
            response = self.form_invalid(form)
            response.status_code = 429
            return response
        language = get_language() or "en"
        is_due = is_in_time(SENT_TO_ADDRESS, email.lower())

        def work() -> None:
            if is_due:
                with override(language):
                    send_reset_links(email=email)

        return Answered(reverse("admin:password_reset_sent"), work)


class SentPage(DeskPage, TemplateView):
    """Say that a mail is on its way, if there is such an account."""

    template_name = "admin/accounts/reset_sent.html"
    title = _("Look into your mail")


class NewPasswordPage(DeskPage, PasswordResetConfirmView):
    """What the link leads to. A new password logs nobody in: that takes both steps."""

    template_name = "admin/accounts/reset_new.html"
    success_url = reverse_lazy("admin:password_reset_done")
    post_reset_login = False
    title = _("Choose a new password")

    def form_valid(self, form: SetPasswordForm[Any]) -> HttpResponse:
        response = super().form_valid(form)
        settle_new_password(user=cast(User, form.user))
        return response


class SetPage(DeskPage, TemplateView):
    """Say that the new password is set."""

    template_name = "admin/accounts/reset_done.html"
    title = _("Your new password is set")
