"""Users: Django's own screen, with the desks that each is on instead of its permissions and groups.

Imported when the app is ready, after Django has registered the screens that this replaces.
"""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.admin.accounts.person import TwoStepMixin
from articles.admin.base import DeskAdmin
from articles.admin.membership import DesksOfPerson

# Desks decide, and superusers: a permission or a group would be given and open nothing. What proves
# who a user is has no screen either: superusers reset it, on that of the user.
admin.site.unregister([User, Group, TOTPDevice, StaticDevice])


@admin.register(User)
class PersonAdmin(TwoStepMixin, DeskAdmin[User], UserAdmin):  # type: ignore[type-arg]
    """A user, for superusers alone: staff status opens the door, a desk opens its articles."""

    list_filter = ["is_staff", "is_superuser", "is_active"]
    filter_horizontal = ()
    inlines = [DesksOfPerson]
    add_fieldsets = (
        (None, {"fields": ["username", "email", "usable_password", "password1", "password2"]}),
    )
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Personal info"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]
