"""Making articles one story: the unit that readers change languages in."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from articles.actions.log import log
from articles.actions.refusal import Refused
from articles.actions.rights import demand, may, role_on
from articles.caching import renew_pages
from articles.models import Article

ATTEMPTS = 3
"""How often a join begins anew because somebody else has joined some of the same articles."""


class _Moved(Exception):
    """The stories are others by now than those that were asked for."""


def link_translations(*, articles: Iterable[Article], by: AbstractUser) -> int:
    """Make ``articles`` and all that are one story with any of them one story.

    The story of the oldest stays. Returns how many articles it has now. Raises Refused when they
    are fewer than two stories, or when two of them are in one language: a story is told once in
    each. Who joins them may see all of ``articles`` and join one of them at least: a desk may tie
    its own article to what another desk has told readers, and tie nothing of others together.
    """
    keys = {article.pk for article in articles}
    for _attempt in range(ATTEMPTS):
        with suppress(_Moved), transaction.atomic():
            return _join(keys, by)
    raise Refused([_("Somebody else saved this a moment ago. Look and save again.")])


def _join(keys: set[int], by: AbstractUser) -> int:
    joined = _locked_stories(keys)
    named = [article for article in joined if article.pk in keys]
    if len({article.story for article in named}) < 2:
        raise Refused([_("These are one story already.")])
    _demand_one(named, by)
    languages = {article.language_id for article in joined}
    if len(languages) < len(joined):
        raise Refused(
            [_("Two of these are in one language. A story has one article in each language.")]
        )
    for article in joined[1:]:
        article.story = joined[0].story
    for article in joined:
        _note(article)
    Article.objects.bulk_update(joined, ["story", "edited_fields", "version"])
    log(joined, "link_translations", by=by)
    renew_pages()
    return len(joined)


def _locked_stories(keys: set[int]) -> list[Article]:
    """The articles of ``keys`` and all that are one story with any of them, held in one order: two
    joins that share articles wait for each other and never in a circle. Raises _Moved when one of
    these stories was joined to another meanwhile.
    """
    stories = set(Article.objects.filter(pk__in=keys).values_list("story", flat=True))
    asked = Article.objects.filter(Q(pk__in=keys) | Q(story__in=stories)).order_by("pk")
    held = list(asked.select_for_update())
    if {article.story for article in held} != stories or asked.count() != len(held):
        raise _Moved
    return held


def _demand_one(articles: list[Article], by: AbstractUser) -> None:
    for article in articles:
        demand(by, "view", article)
    if not any(may(by, "join", article) for article in articles):
        own = max(articles, key=lambda article: role_on(by, article.language_id))
        demand(by, "join", own)


def _note(article: Article) -> None:
    """A reload of the capture leaves the story as the editor made it."""
    article.edited_fields = sorted({*article.edited_fields, "story"})
    article.version += 1
