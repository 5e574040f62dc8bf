"""The addresses of accounts: some for whoever comes, some for users of the desk only."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from articles.admin.accounts.account import CodesPage, DevicePage, OwnPage, account_page
from articles.admin.accounts.picture import qr_code
from articles.admin.accounts.reset import AskPage, NewPasswordPage, SentPage, SetPage
from articles.admin.accounts.second_step import CodePage, EnrolPage

OPEN = {
    "login",
    *("second_factor", "second_factor_enrol", "second_factor_qr"),
    *("password_reset", "password_reset_sent", "password_reset_confirm", "password_reset_done"),
}
"""The names of addresses that answer before both steps are taken. A test holds all others shut."""


def account_urls(admin_site: AdminSite) -> list[URLPattern]:
    """The addresses of accounts at the desk ``admin_site``."""
    site: dict[str, Any] = {"admin_site": admin_site}

    def own(page: type[OwnPage]) -> Callable[..., HttpResponseBase]:
        return admin_site.admin_view(page.as_view(**site))

    @wraps(account_page)
    def account(request: HttpRequest) -> HttpResponseBase:
        return account_page(request, admin_site)

    return [
        path("login/code/", CodePage.as_view(**site), name="second_factor"),
        path("login/enrol/", EnrolPage.as_view(**site), name="second_factor_enrol"),
        path("login/app.svg", qr_code, site, name="second_factor_qr"),
        path("password/", AskPage.as_view(**site), name="password_reset"),
        path("password/sent/", SentPage.as_view(**site), name="password_reset_sent"),
        path("password/set/", SetPage.as_view(**site), name="password_reset_done"),
        path(
            "password/<uidb64>/<token>/",
            NewPasswordPage.as_view(**site),
            name="password_reset_confirm",
        ),
        path("account/", admin_site.admin_view(account), name="account"),
        path("account/app/", own(DevicePage), name="account_app"),
        path("account/codes/", own(CodesPage), name="account_codes"),
    ]
