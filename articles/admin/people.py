"""Users and groups: Django's own screens, with permissions told in the desk's language.

Imported when the app is ready, after Django has registered the screens that these replace.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.utils.translation import pgettext_lazy

from articles.admin.base import DeskAdmin

DEEDS = {
    "add": pgettext_lazy("permission", "add"),
    "change": pgettext_lazy("permission", "change"),
    "delete": pgettext_lazy("permission", "delete"),
    "view": pgettext_lazy("permission", "view"),
}
"""The permissions that Django makes for every model; it stores their names in English."""


class PermissionsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Permission) -> str:
        """App, noun and deed; a permission of another kind keeps the name it was given."""
        deed, _line, model = obj.codename.partition("_")
        is_djangos = model == obj.content_type.model and deed in DEEDS
        return f"{obj.content_type} | {DEEDS[deed] if is_djangos else obj.name}"


class _PermissionsAdmin(DeskAdmin[Any]):
    def formfield_for_manytomany(self, *args: Any, **kwargs: Any) -> Any:
        if args[0].remote_field.model is Permission:
            kwargs["form_class"] = PermissionsField
        return super().formfield_for_manytomany(*args, **kwargs)


admin.site.unregister([User, Group])


@admin.register(User)
class PersonAdmin(_PermissionsAdmin, UserAdmin):  # type: ignore[type-arg]
    """A user of the desk."""


@admin.register(Group)
class CircleAdmin(_PermissionsAdmin, GroupAdmin):
    """A group of users."""
