"""Changes that wait, at the desk: kept for later from the form, shown, opened and decided about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.actions import (
    Refused,
    accept_change,
    cancel_change,
    decline_change,
    propose_change,
    rights,
    schedule_change,
    settle_change,
)
from articles.admin.base import headline_of
from articles.admin.conflict import Button
from articles.admin.given import keys_of
from articles.admin.history import HistoryAdmin, history_address, revision_of
from articles.admin.later import LATER, PROPOSE, SCHEDULE, LaterForm
from articles.admin.moment import in_two_zones
from articles.admin.saving import SavingAdmin
from articles.admin.sentences import filled
from articles.admin.verbs import editor_of, note_of, sentence_on
from articles.admin.waiting import waiting_of
from articles.models import Article, Revision

OPENED = "revision"
"""The name under which the form's address holds the change that is opened in it."""

TIMES = ("language", "published_at", "published_precision", "embargoed_until")
"""What no change for later may move, and so nobody who can only propose one."""


class Decision(NamedTuple):
    """What is decided about a change: the action, and a sentence with ``%(headline)s``."""

    act: Callable[..., Revision]
    done: str | Promise
    takes_note: bool = False


DECISIONS = {
    "accept": Decision(accept_change, gettext_lazy("%(headline)s says the new text now.")),
    "cancel": Decision(
        cancel_change,
        gettext_lazy("The change of %(headline)s is off the clock. It waits as a proposal."),
    ),
    "decline": Decision(
        decline_change,
        gettext_lazy("The change of %(headline)s was declined. It can still be read."),
        takes_note=True,
    ),
}


class ChangesAdmin(SavingAdmin, HistoryAdmin):
    """The part of the article's screen that keeps changes for later."""

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(self.decide_view)
        own = path(
            "<path:object_id>/history/<int:pk>/decide/", decide, name="articles_article_decide"
        )
        return [own, *super().get_urls()]

    # Who may -----------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Who may propose a change writes it in the same form, and keeps it for a publisher."""
        return super().has_change_permission(request, obj) or (
            obj is not None and self._proposes(request, obj)
        )

    def _proposes(self, request: HttpRequest, article: Article) -> bool:
        """Whether the person may propose a change of the article and make none."""
        user = request.user
        may_change = rights.may(user, "change", article)
        return rights.may(user, "propose", article) and not may_change

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, *TIMES] if obj and self._proposes(request, obj) else fields

    # The form ----------------------------------------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Article]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        if issubclass(form, LaterForm) and obj is not None:
            form.opened = self._opened(request, obj)
        return form

    def _opened(self, request: HttpRequest, article: Article) -> Revision | None:
        """The change that the form's address names, if it is one of the article's that waits."""
        keys = keys_of(Revision, [key for key in [request.GET.get(OPENED, "")] if key])
        waiting = article.revisions.pending().select_related("base")
        return waiting.filter(pk__in=keys).first() if keys else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = kwargs.get("obj")
        form, own = context["adminform"].form, {}
        if article and not context.get("is_popup") and not form.clashes:
            own = self._context(request, article, form.opened)
        return super().render_change_form(request, {**context, **own}, *args, **kwargs)

    def _context(
        self, request: HttpRequest, article: Article, opened: Revision | None
    ) -> dict[str, Any]:
        if request.GET.get(OPENED) and opened is None:
            messages.warning(
                request, _("This change waits no longer: somebody has decided about it.")
            )
        proposes = self._proposes(request, article)
        knows = rights.may(request.user, "history", article)
        return {
            "waiting": waiting_of(article, request.user) if knows else [],
            "opened": opened,
            "proposes": proposes,
            "may_schedule": rights.may(request.user, "schedule", article),
            **({"show_save": False, "show_save_and_continue": False} if proposes else {}),
            **({"show_save_and_add_another": False} if proposes else {}),
        }

    def buttons(self, request: HttpRequest, article: Article) -> Iterator[Button]:
        if self._proposes(request, article):
            yield LATER, PROPOSE, _("Propose this change")
            return
        if request.POST.get(LATER) == SCHEDULE:
            yield LATER, SCHEDULE, _("Schedule this change")
        yield from super().buttons(request, article)

    # Keeping -----------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Save, or keep for later; the change that was opened in the form has gone into it."""
        editor = editor_of(request)
        if form.opened is not None:
            settle_change(revision=form.opened, by=editor)
        if not form.later:
            super().save_model(request, obj, form, change)
            return
        note = form.cleaned_data["change_note"]
        if form.later == PROPOSE:
            propose_change(article=obj, by=editor, note=note)
        else:
            at = form.cleaned_data["change_at"]
            schedule_change(article=obj, by=editor, goes_live_at=at, note=note)
        self.tell_of_others(request, obj, form)

    def log_change(self, request: HttpRequest, obj: Article, message: Any) -> Any:
        """Nothing was changed by what is kept for later; its action has written its own line."""
        return None if LATER in request.POST else super().log_change(request, obj, message)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if LATER not in request.POST:
            return super().response_change(request, obj)
        article = Article.objects.select_related("language").get(pk=obj.pk)
        change = article.revisions.filter(made_by=request.user.pk).order_by("-pk").first()
        if change and change.goes_live_at:
            sentence = _("Readers see the change of %(headline)s from %(moment)s.")
            moment = in_two_zones(change.goes_live_at)
            told = filled(sentence, headline=headline_of(article), moment=moment)
        else:
            sentence = _("The change of %(headline)s waits for a publisher.")
            told = filled(sentence, headline=headline_of(article))
        messages.success(request, told)
        return HttpResponseRedirect(form_address(article))

    # Deciding ----------------------------------------------------------------------------------

    def decide_view(self, request: HttpRequest, object_id: str, pk: int) -> HttpResponse:
        """Accept, cancel or decline a change that waits; then lead back to the history."""
        article = self.article_for(request, object_id, "history")
        change = revision_of(article, pk)
        decision = DECISIONS.get(request.POST.get("_decision", ""))
        if decision is not None:
            self._decide(request, article, change, decision)
        return HttpResponseRedirect(history_address(article))

    def _decide(
        self, request: HttpRequest, article: Article, change: Revision, decision: Decision
    ) -> None:
        note = {"note": note_of(request).text} if decision.takes_note else {}
        try:
            decision.act(revision=change, by=editor_of(request), **note)
        except Refused as refusal:
            messages.error(request, sentence_on(article, refusal.reasons))
        else:
            article.refresh_from_db(fields=["headline"])
            told = filled(decision.done, headline=headline_of(article))
            messages.success(request, told)


def form_address(article: Article) -> str:
    """Where the article's form is."""
    return reverse("admin:articles_article_change", args=[article.pk])
