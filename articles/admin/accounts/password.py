"""The first step of a login: the name and the password."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.accounts.lockout import PasswordForm, say_when
from articles.admin.accounts.second_step import next_step
from articles.admin.accounts.signing_in import hold, sign_in


class PasswordPage(LoginView):
    """Django's own, but a right password alone makes nobody a user of the desk."""

    template_name = "admin/login.html"
    authentication_form = PasswordForm

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user, page = form.get_user(), self.get_success_url()
        if settings.SECOND_FACTOR:
            hold(self.request, user, page)
            return next_step(user)
        sign_in(self.request, user)
        return HttpResponseRedirect(page)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return say_when(super().form_invalid(form), cast(PasswordForm, form))


def password_page(
    admin_site: AdminSite, request: HttpRequest, extra_context: dict[str, Any] | None = None
) -> HttpResponseBase:
    """What ``AdminSite.login`` does, with the page above."""
    if request.method == "GET" and admin_site.has_permission(request):
        return redirect("admin:index")
    context: dict[str, Any] = {
        **admin_site.each_context(request),
        "title": _("Log in"),
        "subtitle": None,
        "app_path": request.get_full_path(),
        **(extra_context or {}),
    }
    if not {REDIRECT_FIELD_NAME} & {*request.GET, *request.POST}:
        context[REDIRECT_FIELD_NAME] = reverse("admin:index")
    return PasswordPage.as_view(extra_context=context)(request)
