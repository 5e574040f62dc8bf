"""After the password: a code of the app, or setting one up for whoever has none yet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_static.models import StaticDevice

from articles.actions.second_factor import enrol, has_second_factor, prove, recovery_codes_left
from articles.admin.accounts.forms import CodeForm, EnrolForm
from articles.admin.accounts.pages import AccountPage
from articles.admin.accounts.picture import secret_of
from articles.admin.accounts.signing_in import held, key_for, page_after, sign_in

STEPS = {True: "admin:second_factor", False: "admin:second_factor_enrol"}
"""The step that waits for an account, by whether it has an app."""


def next_step(user: User) -> HttpResponseRedirect:
    """Send an editor whose password was right to what is asked next."""
    return redirect(STEPS[has_second_factor(user)])


class StepPage(AccountPage):
    """A page for an account whose password was right a moment ago, if this is its step."""

    is_for_enrolled = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = held(request)
        if user is None:
            return redirect("admin:login")
        if has_second_factor(user) is not self.is_for_enrolled:
            return next_step(user)
        self.user = user
        return super().dispatch(request, *args, **kwargs)


class CodePage(StepPage):
    """Ask for a code of the app, or a recovery code."""

    form_class = CodeForm
    template_name = "admin/accounts/code.html"
    title = _("Second step")

    def act(self, form: forms.Form) -> HttpResponse:
        device = prove(user=self.user, code=form.cleaned_data["code"])
        page = page_after(self.request)
        sign_in(self.request, self.user, device)
        if isinstance(device, StaticDevice):
            messages.warning(self.request, _used_a_recovery_code(self.user))
        return HttpResponseRedirect(page)


class EnrolPage(StepPage):
    """Set up an app, and show the recovery codes that come with it."""

    form_class = EnrolForm
    is_for_enrolled = False
    template_name = "admin/accounts/enrol.html"
    title = _("Set up two-step login")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "key": key_for(self.request)}

    def act(self, form: forms.Form) -> HttpResponse:
        key, code = key_for(self.request), form.cleaned_data["code"]
        enrolled = enrol(user=self.user, key=key, code=code)
        page = page_after(self.request)
        sign_in(self.request, self.user, enrolled.device)
        return self.show_codes(enrolled.codes, page)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**secret_of(self.user, key_for(self.request)), **kwargs)


def _used_a_recovery_code(user: User) -> str:
    left = recovery_codes_left(user)
    sentence = ngettext(
        "You logged in with a recovery code. %(count)d is left.",
        "You logged in with a recovery code. %(count)d are left.",
        left,
    )
    return sentence % {"count": left}
