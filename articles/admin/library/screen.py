"""The library of pictures, open to every desk: its list, and the form of one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.actions import Refused, change_picture, remove_picture, rights
from articles.actions.picture import CHANGED, reasons_against_change, reasons_against_removal
from articles.admin.article_list import moment_of
from articles.admin.base import DeskAdmin, headline_of
from articles.admin.changes import form_address
from articles.admin.library.choosing import choices_page
from articles.admin.library.finding import CreditFilter, UseFilter, found, with_uses
from articles.admin.library.uploading import FORM, upload_page
from articles.admin.sentences import isolated, name_of
from articles.admin.verbs import editor_of
from articles.models import Article, Image

if TYPE_CHECKING:
    _ImageModelForm = forms.ModelForm[Image]
else:
    _ImageModelForm = forms.ModelForm

MOST_USES = 50
"""Articles that are named under a picture; the rest are counted."""


class ImageForm(_ImageModelForm):
    """What is said of a picture. Its credit is asked for: readers see it beside the caption."""

    class Meta:
        model = Image
        fields = CHANGED
        widgets = {
            **dict.fromkeys(
                ("credit", "copyright_notice", "usage_terms"),
                forms.TextInput(attrs={"dir": "auto", "class": "vTextField"}),
            ),
            **dict.fromkeys(
                ("focal_x", "focal_y"),
                forms.NumberInput(attrs={"dir": "ltr", "min": 0, "max": 100, "step": 1}),
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "credit" in self.fields:
            self.fields["credit"].required = True
        for field in self.fields.values():  # What was changed is told by what the form was made of.
            field.show_hidden_initial = True


class ImageAdmin(DeskAdmin[Image]):
    form = ImageForm
    list_per_page = 48
    list_windows = "uploaded_at"
    list_filter = [CreditFilter, UseFilter]
    list_select_related = ["uploaded_by"]
    search_fields = ["filename"]  # There is a box; ``found`` says what it finds.
    actions = None
    readonly_fields = ["file_told", "uploaded_told", "used_in"]
    fieldsets = [
        (_("Rights"), {"fields": ["credit", "copyright_notice", "usage_terms"]}),
        (
            _("Focal point"),
            {
                "fields": [("focal_x", "focal_y")],
                "description": _(
                    "What stays in sight where a picture is cut, in hundredths of its width and "
                    "height. Click into the picture, or move the point with the arrow keys."
                ),
            },
        ),
        (_("Use"), {"fields": ["used_in", "file_told", "uploaded_told"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        choose = self.admin_site.admin_view(self.choose_view)
        return [path("choose/", choose, name="articles_image_choose"), *super().get_urls()]

    # Who may -----------------------------------------------------------------------------------

    def has_view_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        return rights.is_member(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rights.may_on(request.user, "image")

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        if obj is None:
            return rights.may_on(request.user, "image")
        return not reasons_against_change(obj, editor_of(request))

    def has_delete_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Who may remove it once nothing uses it; why it is not to be removed now is told then."""
        if obj is None:
            return rights.is_member(request.user)
        is_own = obj.uploaded_by_id == request.user.pk and rights.is_member(request.user)
        return is_own or rights.is_member(request.user, rights.EDITOR)

    # Lists -------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return with_uses(super().get_queryset(request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Image], search_term: str
    ) -> tuple[QuerySet[Image], bool]:
        return found(queryset, search_term, request.user), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        own = {**FORM, "title": _("Image library")}
        return super().changelist_view(request, {**own, **(extra_context or {})})

    def choose_view(self, request: HttpRequest) -> HttpResponse:
        """The library in the dialog of an article's form."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return choices_page(self, request)

    # One picture -------------------------------------------------------------------------------

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return upload_page(self, request)

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The form. Who may change nothing is told why; what is refused after all, too."""
        try:
            return super().change_view(request, object_id, *args, **kwargs)
        except Refused as refusal:
            return self._refuse(request, refusal.reasons, request.get_full_path())

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        image: Image | None = kwargs.get("obj")
        why = reasons_against_change(image, editor_of(request)) if image else []
        own = {"why_read": why, "show_save_and_add_another": False, "title": _("Picture")}
        return super().render_change_form(request, {**context, **own}, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        """Store what was changed in this form, over what others may have changed meanwhile."""
        current = Image.objects.get(pk=obj.pk)
        for name in form.changed_data:
            setattr(current, name, getattr(obj, name))
        change_picture(image=current, by=editor_of(request))

    def delete_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Ask, unless something speaks against it: then say that, where the picture is."""
        image = self.get_object(request, object_id)
        if image and self.has_delete_permission(request, image):
            address = request.path.removesuffix("delete/") + "change/"
            if reasons := reasons_against_removal(image, editor_of(request)):
                return self._refuse(request, reasons, address)
            try:
                return super().delete_view(request, object_id, *args, **kwargs)
            except Refused as refusal:
                return self._refuse(request, refusal.reasons, address)
        return super().delete_view(request, object_id, *args, **kwargs)

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        remove_picture(image=obj, by=editor_of(request))

    def _refuse(self, request: HttpRequest, reasons: list[str], address: str) -> HttpResponse:
        for reason in reasons:
            messages.error(request, reason)
        return HttpResponseRedirect(address)

    # Showing -----------------------------------------------------------------------------------

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Image | None:
        """The image, with the articles that have it and that the person may see."""
        image = super().get_object(request, object_id, from_field)
        if image is not None:
            seen = Article.objects.filter(rights.where(request.user, "view"), figures__image=image)
            image.seen_in = seen.select_related("language").order_by("-modified_at", "-pk")  # type: ignore[attr-defined]
        return image

    @admin.display(description=_("used in"))
    def used_in(self, image: Any) -> str:
        """The articles that have it; of other desks' only how many there are."""
        number = image.figures.count()
        if not number:
            return str(_("in no article"))
        seen = list(image.seen_in.defer("body", "search_key")[:MOST_USES])
        links = format_html_join(
            "",
            '<li><a href="{}">{}</a> <span class="quiet">{}</span></li>',
            ((form_address(each), headline_of(each), each.get_status_display()) for each in seen),
        )
        more = [_others(number - len(seen))] if number > len(seen) else []
        items = format_html_join("", "<li>{}</li>", ([each] for each in more))
        return format_html('<ul class="made">{}{}</ul>', links, items)

    @admin.display(description=_("file"))
    def file_told(self, image: Image) -> str:
        size = f"{number_format(image.width)} × {number_format(image.height)}"
        kind = image.get_media_type_display()
        return format_html("{} · {} · {}", isolated(image.filename), isolated(size), kind)

    @admin.display(description=_("uploaded"))
    def uploaded_told(self, image: Image) -> str:
        who, when = name_of(image.uploaded_by), moment_of(image.uploaded_at)
        return format_html("{} · {}", isolated(who), when) if who else when


def _others(number: int) -> str:
    return ngettext(
        "%(count)d article that you do not see here",
        "%(count)d articles that you do not see here",
        number,
    ) % {"count": number}
