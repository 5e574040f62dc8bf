"""What the pages of accounts share: never kept by a cache, drawn as pages of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from articles.actions import Refused

if TYPE_CHECKING:
    Words = str | Promise

    _View = TemplateView
else:
    _View = object


class DeskPage(_View):
    """A page in the frame of ``admin_site``, with its ``title``; no cache keeps it."""

    admin_site: AdminSite = None  # type: ignore[assignment]  # Given by the address.
    title: Words = ""

    @method_decorator(sensitive_post_parameters())
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**self.frame(), **super().get_context_data(**kwargs)}

    def frame(self) -> dict[str, Any]:
        """What the templates of the desk draw around a page."""
        return {
            **self.admin_site.each_context(self.request),
            "title": self.title,
            "subtitle": None,
        }


class AccountPage(DeskPage, FormView):  # type: ignore[type-arg]  # Generic for type checkers only.
    """A page of the second factor; there is none while SECOND_FACTOR is off.

    Its action may refuse, and the reasons are told beside the box of the code, ``told_at``.
    """

    told_at = "code"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.SECOND_FACTOR:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponse:
        """Do what the page is for, and return what comes after it. Raises Refused."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            return self.act(form)
        except Refused as refusal:
            form.add_error(self.told_at, refusal.reasons)
            return self.form_invalid(form)

    def show_codes(self, codes: list[str], page: str) -> HttpResponse:
        """Show new recovery codes, in this answer and never again; ``page`` is where to go then."""
        context = {
            **self.frame(),
            "title": _("Keep your recovery codes"),
            "desk_languages": [],  # Their links would lead away from the codes.
            "page": page,
            "now": timezone.now(),
            "codes": [" ".join((code[:4], code[4:8], code[8:])) for code in codes],
        }
        return TemplateResponse(self.request, "admin/accounts/codes.html", context)
