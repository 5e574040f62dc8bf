"""Making articles one story: the unit that readers change languages in."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils.translation import gettext as _

from articles.actions.refusal import Refused
from articles.models import Article


def link_translations(*, articles: Iterable[Article], by: AbstractUser) -> int:
    """Make ``articles`` and all that are one story with any of them one story.

    The story of the oldest stays. Returns how many articles it has now. Raises Refused when they
    are fewer than two stories, or when two of them are in one language: a story is told once in
    each.
    """
    with transaction.atomic():
        stories = {article.story for article in articles}
        if len(stories) < 2:
            raise Refused([_("These are one story already.")])
        joined = list(Article.objects.select_for_update().filter(story__in=stories).order_by("pk"))
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
        LogEntry.objects.log_actions(
            by.pk,
            Article.objects.filter(pk__in=[article.pk for article in joined]),
            CHANGE,
            str(_("Joined as one story.")),
        )
        return len(joined)


def _note(article: Article) -> None:
    """A reload of the capture leaves the story as the editor made it."""
    article.edited_fields = sorted({*article.edited_fields, "story"})
    article.version += 1
