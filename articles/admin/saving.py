"""Saving an article's form: merged with others, refused in sentences, never losing what was typed.

Text that cannot be stored because its writer may not write there any more is shown to be copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.actions import Refused, changed_since, save_revision
from articles.admin.article_rights import ArticleRights
from articles.admin.conflict import BUTTONS, Button, conflict_page, told_of_others
from articles.admin.merging import MergingForm
from articles.admin.sentences import filled
from articles.admin.typed import typed_page
from articles.admin.verbs import BY_NAME, editor_of
from articles.models import Article

REFUSED = "_refused"
"""Where a request keeps the reasons for which its form is shown once more."""


MERGED = "_merged"
"""Where a request notes that something of others went into what it saved."""


def has_merged(request: HttpRequest) -> bool:
    """Whether what the request saved holds something that others wrote while its form was open."""
    return getattr(request, MERGED, False)


class SavingAdmin(ArticleRights):
    """The part of the article's screen that saves its form."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form. What an action refuses after all is shown in it, as it was typed."""
        if page := self._page_of_typed(request, object_id):
            return page
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            setattr(request, REFUSED, tuple(refusal.reasons))
        # What was written before it was refused is rolled back by now.
        again = super().changeform_view
        page = self._page_of_typed(request, object_id)
        return page or again(request, object_id, form_url, extra_context)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Lead away from what is not there, but not with a text: see ``changeform_view``."""
        if request.method == "POST" and request.path.endswith("/change/"):
            raise Refused([])
        led = super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]
        return cast(HttpResponse, led)

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Article]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        if issubclass(form, MergingForm):
            form.refused = getattr(request, REFUSED, ())
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if form.current and form.clashes:
            buttons = list(self.buttons(request, form.current))
            return conflict_page(self, request, form, form.current, buttons)
        return super().render_change_form(request, context, *args, **kwargs)

    def buttons(self, request: HttpRequest, article: Article) -> Iterator[Button]:
        """The button that was pressed, to be pressed again under what was decided; a step of the
        workflow is taken only if it can still be.
        """
        pressed = next((name for name in BUTTONS if name in request.POST), "_save")
        verb = BY_NAME.get(request.POST.get("_verb", ""))
        if pressed == "_verb" and verb and verb.fits(article) and self.may(request, verb, article):
            yield "_verb", verb.name, filled(_("Save, and then: %(step)s"), step=str(verb.label))
        if pressed == "_continue":
            yield "_continue", "1", _("Save and continue editing")
        yield "_save", "1", _("Save")

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        try:
            with transaction.atomic():
                note = form.cleaned_data["change_note"]
                save_revision(article=obj, by=editor_of(request), note=note)
        except IntegrityError as error:  # Of two who pressed at once, the form checked both.
            raise Refused(
                [_("Somebody else saved this a moment ago. Look and save again.")]
            ) from error
        self.tell_of_others(request, obj, form)

    def tell_of_others(self, request: HttpRequest, article: Article, form: MergingForm) -> None:
        """Say whose changes were merged in, and in which fields."""
        if form.taken:
            setattr(request, MERGED, True)
            changed = changed_since(article, form.cleaned_data["base_version"])
            for sentence in told_of_others(form.taken, changed, request):
                messages.info(request, sentence)

    def _page_of_typed(self, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
        """What was typed by somebody who may not, or no longer, write it there; else None."""
        if request.method != "POST":
            return None
        article = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id is None and self.has_add_permission(request):
            return None
        if article and self.has_change_permission(request, article):
            return None
        return typed_page(self, request, article, is_new=object_id is None)
