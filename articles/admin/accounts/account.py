"""The page of one's own account: how one logs in, and until when one is logged in."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_otp import login as rest_on
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.actions.second_factor import change_device, recovery_codes_left, renew_recovery_codes
from articles.admin.accounts.forms import ChangeForm, ProofForm
from articles.admin.accounts.pages import AccountPage
from articles.admin.accounts.picture import secret_of
from articles.admin.accounts.signing_in import NEW_KEY, key_for


def account_page(request: HttpRequest, admin_site: AdminSite) -> TemplateResponse:
    """Tell an editor of the app, the recovery codes left, the mail address and the session's end.

    Where SECOND_FACTOR is off, nothing is said of apps and codes.
    """
    user = cast(AbstractUser, request.user)
    context = {
        **admin_site.each_context(request),
        "title": _("Your account"),
        "subtitle": None,
        "app": TOTPDevice.objects.filter(user=user, confirmed=True).first(),
        "codes_left": recovery_codes_left(user),
        "session_ends": request.session.get_expiry_date(),
    }
    return TemplateResponse(request, "admin/accounts/account.html", context)


class OwnPage(AccountPage):
    """A page on which an editor changes her own account, and proves with a code that it is she."""

    told_at = "proof"

    @property
    def user(self) -> AbstractUser:
        return cast(AbstractUser, self.request.user)


class DevicePage(OwnPage):
    """Put another app in place of the present one."""

    form_class = ChangeForm
    template_name = "admin/accounts/device.html"
    title = _("Use another app or phone")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "key": key_for(self.request)}

    def act(self, form: forms.Form) -> HttpResponse:
        key, given = key_for(self.request), form.cleaned_data
        changed = change_device(user=self.user, key=key, code=given["code"], proof=given["proof"])
        del self.request.session[NEW_KEY]
        self.request.session.cycle_key()
        rest_on(self.request, changed.device)
        return self.show_codes(changed.codes, reverse("admin:account"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**secret_of(self.user, key_for(self.request)), **kwargs)


class CodesPage(OwnPage):
    """Make new recovery codes in place of the old ones."""

    form_class = ProofForm
    template_name = "admin/accounts/renew.html"
    title = _("Make new recovery codes")

    def act(self, form: forms.Form) -> HttpResponse:
        codes = renew_recovery_codes(user=self.user, proof=form.cleaned_data["proof"])
        return self.show_codes(codes, reverse("admin:account"))
