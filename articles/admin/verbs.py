"""The workflow as the desk offers it: one row a verb, for its button and its bulk action."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

from django.contrib import messages
from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from articles import actions
from articles.actions import Refused
from articles.admin.base import headline_of
from articles.admin.given import note_in
from articles.admin.moment import in_two_zones
from articles.admin.sentences import filled
from articles.models import Article

if TYPE_CHECKING:
    Words = str | Promise

Status = Article.Status

SHOWN_REFUSALS = 20
"""A bulk action names this many refused articles; the rest are counted."""


class Said(NamedTuple):
    """What was typed for a step: a note to the writer, or a notice to readers and of which kind."""

    text: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Verb:
    """What an editor may do to an article, and how the desk speaks of it. ``name`` is a deed of
    ``articles.actions.rights``, which says who may.

    ``act`` takes the article, who does it and what was said (where the verb ``needs_note`` or
    ``needs_notice``, which has a page of its own), and raises ``Refused``. ``done`` is a sentence
    with ``%(headline)s``, ``counted`` one with ``%(count)d`` in both numbers, for a verb that is a
    bulk action too. ``of_live`` keeps a verb from what is published and not before readers;
    after one that ``makes_public`` readers see what the form saved.
    """

    name: str
    label: Words
    act: Callable[[Article, AbstractUser, Said], Article]
    done: Words
    bulk_label: Words = ""
    counted: Words = ""
    needs_note: bool = False
    needs_notice: bool = False
    of_live: bool = False
    makes_public: bool = False

    @property
    def of(self) -> frozenset[Status]:
        """The states in which it is offered: what moves nothing is for what is published."""
        step = actions.TRANSITIONS.get(self.name)
        return step.of if step else frozenset({Status.PUBLISHED})

    def fits(self, article: Article) -> bool:
        """Whether the verb can be done to the article as it is."""
        return article.status in self.of and (article.is_live() or not self.of_live)


VERBS = (
    Verb(
        name="submit",
        label=gettext_lazy("Submit for review"),
        bulk_label=gettext_lazy("Submit the selected articles for review"),
        act=lambda article, by, said: actions.submit(article=article, by=by),
        done=gettext_lazy("%(headline)s is now in review."),
        counted=ngettext_lazy(
            "%(count)d article is now in review.", "%(count)d articles are now in review.", "count"
        ),
    ),
    Verb(
        name="return",
        label=gettext_lazy("Return to the writer"),
        bulk_label=gettext_lazy("Return the selected articles to their writers"),
        act=lambda article, by, said: actions.return_to_draft(
            article=article, by=by, note=said.text
        ),
        done=gettext_lazy("%(headline)s went back to its writer."),
        counted=ngettext_lazy(
            "%(count)d article went back to its writer.",
            "%(count)d articles went back to their writers.",
            "count",
        ),
        needs_note=True,
    ),
    Verb(
        name="publish",
        label=gettext_lazy("Publish"),
        bulk_label=gettext_lazy("Publish the selected articles"),
        act=lambda article, by, said: actions.publish(article=article, by=by),
        done=gettext_lazy("%(headline)s is published."),
        counted=ngettext_lazy(
            "%(count)d article is published.", "%(count)d articles are published.", "count"
        ),
        makes_public=True,
    ),
    Verb(
        name="notice",
        label=gettext_lazy("Add a correction"),
        act=lambda article, by, said: (
            actions.add_notice(article=article, by=by, kind=said.kind, text=said.text).article
        ),
        done=gettext_lazy("Readers of %(headline)s see the notice now."),
        needs_notice=True,
        of_live=True,
    ),
    Verb(
        name="withdraw",
        label=gettext_lazy("Withdraw"),
        bulk_label=gettext_lazy("Withdraw the selected articles"),
        act=lambda article, by, said: actions.withdraw(article=article, by=by, notice=said.text),
        done=gettext_lazy("%(headline)s is withdrawn; readers no longer see it."),
        counted=ngettext_lazy(
            "%(count)d article is withdrawn.", "%(count)d articles are withdrawn.", "count"
        ),
        needs_notice=True,
    ),
    Verb(
        name="restore",
        label=gettext_lazy("Restore as a draft"),
        bulk_label=gettext_lazy("Restore the selected articles as drafts"),
        act=lambda article, by, said: actions.restore(article=article, by=by),
        done=gettext_lazy("%(headline)s is a draft again."),
        counted=ngettext_lazy(
            "%(count)d article is a draft again.", "%(count)d articles are drafts again.", "count"
        ),
    ),
)
BY_NAME = {verb.name: verb for verb in VERBS}


def do_one(request: HttpRequest, verb: Verb, article: Article, said: Said) -> bool:
    """Do ``verb`` to the article just saved, tell the editor, and return whether it was done."""
    try:
        done = verb.act(article, editor_of(request), said)
    except Refused as refusal:
        refuse(request, article, refusal.reasons)
        return False
    messages.success(request, told(verb, done))
    return True


def refuse(request: HttpRequest, article: Article, reasons: Iterable[Words]) -> None:
    """Tell the editor, in sentences, why nothing but the text of the article was saved."""
    messages.warning(request, _("The text is saved. One step was not taken:"))
    messages.error(request, sentence_on(article, reasons))


def note_of(request: HttpRequest) -> Said:
    """The note that was typed for a step."""
    return Said(note_in(request.POST, "_note"))


def do_all(
    request: HttpRequest, verb: Verb, articles: Iterable[Article], said: Callable[[Article], Said]
) -> int:
    """Do ``verb`` to each article on its own, tell what came of it, and return how many it was.

    ``said`` returns what was typed for an article.
    """
    refused: list[str] = []
    count = 0
    for article in articles:
        try:
            verb.act(article, editor_of(request), said(article))
        except Refused as refusal:
            refused.append(sentence_on(article, refusal.reasons))
        else:
            count += 1
    if count:
        messages.success(request, verb.counted % {"count": count})
    for sentence in _shortened(refused):
        messages.error(request, sentence)
    return count


def told(verb: Verb, article: Article) -> str:
    """What the desk says of an article that the verb was done to."""
    headline = headline_of(article)
    if article.status == Status.PUBLISHED and article.published_at and not article.is_live():
        sentence = _("%(headline)s is scheduled: readers see it from %(moment)s.")
        return filled(sentence, headline=headline, moment=in_two_zones(article.published_at))
    return filled(verb.done, headline=headline)


def sentence_on(article: Article, reasons: Iterable[Words]) -> str:
    """Why a step was not taken, after the headline of the article it was for."""
    return format_html("{}: {}", headline_of(article), " ".join(map(str, reasons)))


def _shortened(refused: list[str]) -> Iterator[str]:
    yield from refused[:SHOWN_REFUSALS]
    if (rest := len(refused) - SHOWN_REFUSALS) > 0:
        yield ngettext(
            "%(count)d more article was refused.", "%(count)d more articles were refused.", rest
        ) % {"count": rest}


def editor_of(request: HttpRequest) -> AbstractUser:
    """Whoever reached a page of the desk is a signed-in user: ``admin_view`` sees to that."""
    return cast(AbstractUser, request.user)
