"""A user's two-step login on the screens of users: who has set it up, and resetting it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.actions import Refused
from articles.actions.second_factor import recovery_codes_left, reset_second_factor
from articles.admin.verbs import editor_of

if TYPE_CHECKING:
    from django.contrib.auth.admin import UserAdmin

    _Base = UserAdmin[User]
else:
    _Base = object

PROOFS: tuple[type[Model], ...] = (TOTPDevice, StaticDevice, StaticToken)
"""What proves who an editor is. No screen lists it, and nobody is given a right to it."""


class TwoStepMixin(_Base):
    """Adds to the screens of users whether two-step login is set up, and resetting it.

    The screens are for superusers: who resets it and sets a password can log in as that user.
    """

    actions = ["reset_selected"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        apps = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).annotate(has_app=Exists(apps))

    def get_list_display(self, request: HttpRequest) -> Any:
        return [*super().get_list_display(request), *self._own("has_two_steps")]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        # The last login voids a password's reset link, and no hand should: dates are only read.
        dates = ["last_login", "date_joined"]
        return [*super().get_readonly_fields(request, obj), *dates, "two_steps"]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        sets = super().get_fieldsets(request, obj)
        own = (gettext_lazy("Two-step login"), {"fields": ["two_steps"]})
        return [*sets[:2], *self._own(own), *sets[2:]] if obj else sets

    def get_actions(self, request: HttpRequest) -> Any:
        offered = super().get_actions(request)
        if not settings.SECOND_FACTOR:
            offered.pop("reset_selected", None)
        return offered

    def get_urls(self) -> list[Any]:
        reset = self.admin_site.admin_view(self.reset_view)
        return [path("<int:pk>/reset/", reset, name="auth_user_reset"), *super().get_urls()]

    @admin.display(description=gettext_lazy("two-step login"), boolean=True, ordering="has_app")
    def has_two_steps(self, user: User) -> bool:
        return bool(getattr(user, "has_app", False))

    @admin.display(description=gettext_lazy("state"))
    def two_steps(self, user: User) -> str:
        app = TOTPDevice.objects.filter(user=user, confirmed=True).first()
        if app is None:
            return _("Not set up yet: the next login asks for it.")
        sentence = ngettext(
            "Set up on %(day)s; %(count)d recovery code is left.",
            "Set up on %(day)s; %(count)d recovery codes are left.",
            left := recovery_codes_left(user),
        )
        day = date_format(localtime(app.created_at), "DATE_FORMAT")
        return sentence % {"day": day, "count": left}

    @admin.action(
        permissions=["change"],
        description=gettext_lazy("Reset the two-step login of the selected users"),
    )
    def reset_selected(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in list(queryset):
            self._reset(request, user)

    def reset_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask once more, then reset the two-step login of the user."""
        user = self.get_object(request, str(pk))
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if user is None:
            raise Http404
        if request.method == "POST":
            self._reset(request, user)
            return HttpResponseRedirect(reverse("admin:auth_user_change", args=[user.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Reset the two-step login"),
            "opts": self.opts,
            "original": user,
        }
        return TemplateResponse(request, "admin/auth/user/reset.html", context)

    def _own(self, shown: Any) -> list[Any]:
        """What is shown of two-step login: nothing while a password is enough."""
        return [shown] if settings.SECOND_FACTOR else []

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Leave out of what goes with a user what is kept only to prove who she is."""
        rows, counts, missing, protected = super().get_deleted_objects(objs, request)
        plural = {model._meta.verbose_name_plural for model in PROOFS}
        counts = {name: count for name, count in counts.items() if name not in plural}
        return _without_proofs(rows), counts, missing, protected

    def _reset(self, request: HttpRequest, user: User) -> None:
        try:
            reset_second_factor(user=user, by=editor_of(request))
        except Refused as refusal:
            messages.error(request, " ".join(refusal.reasons))
        else:
            told = _("The two-step login of “%(name)s” is reset. The next login sets it up anew.")
            messages.success(request, told % {"name": user})


def _without_proofs(rows: list[Any]) -> list[Any]:
    captions = {capfirst(model._meta.verbose_name) for model in PROOFS}
    kept: list[Any] = []
    is_proof = False
    for row in rows:
        if isinstance(row, list):  # What hangs on the row before.
            kept += [] if is_proof else [_without_proofs(row)]
        elif not (is_proof := str(row).partition(":")[0] in captions):
            kept.append(row)
    return kept
