"""A story's languages as the desk tells them: where each stands, and what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.actions.rights import may, may_on
from articles.admin.base import in_language
from articles.models import Article, Language
from articles.models.story import stands_alone

Status = Article.Status

MISSING, SCHEDULED = "missing", "scheduled"
LABELS: Mapping[str, str | Promise] = {
    MISSING: pgettext_lazy("language of a story", "missing"),
    SCHEDULED: _("scheduled"),
    **dict(Status.choices),
}
"""Words for where a language of a story stands."""

START = "start-translation"

READ = (
    *("story", "language", "section", "status", "published_at", "embargoed_until"),
    *("headline", "translated_from", "stale_since", "modified_at"),
)
"""What tells where an article stands. Its headline is shown to who may see the article."""


@dataclass(frozen=True)
class Cell:
    """One language of a story. ``state`` is a key of ``LABELS``.

    ``article`` is None where there is none or where the reader may not see it. ``moment`` is that
    of a scheduled one, ``start`` the address to post to for a translation that is missing and may
    be started. ``is_standing`` tells that it stands though another language was withdrawn.
    """

    language: Language
    state: str
    article: Article | None = None
    moment: datetime | None = None
    is_stale: bool = False
    is_standing: bool = False
    start: str = ""

    @property
    def label(self) -> str:
        return str(LABELS[self.state])

    @property
    def button(self) -> str:
        """A button that starts the missing translation; see ``start_button``."""
        return start_button(self.start, self.language) if self.start else ""

    @property
    def address(self) -> str:
        article = self.article
        return reverse("admin:articles_article_change", args=[article.pk]) if article else ""


def cells_of(
    stories: Collection[UUID], reader: AbstractUser, languages: Collection[Language]
) -> dict[UUID, list[Cell]]:
    """Return a cell for each of the ``languages`` by story, as ``reader`` may know them.

    Two queries, and one fewer where nothing of the stories was withdrawn. Of an article that
    ``reader`` may not see, only its state is told.
    """
    told: dict[UUID, dict[str, Article]] = {story: {} for story in stories}
    rows = list(Article.objects.filter(story__in=told).only(*READ))
    for row in rows:
        told[row.story][row.language_id] = row
    standing = _standing(rows)
    return {
        story: [_cell(language, articles, reader, standing) for language in languages]
        for story, articles in told.items()
    }


def _standing(articles: Iterable[Article]) -> set[int]:
    """Which of the articles stand though their story was withdrawn in another language."""
    touched = {each.story for each in articles if each.status == Status.WITHDRAWN}
    if not touched:
        return set()
    near = [each.pk for each in articles if each.story in touched]
    found = Article.objects.filter(stands_alone(), pk__in=near)
    return set(found.values_list("pk", flat=True))


def _cell(
    language: Language,
    articles: Mapping[str, Article],
    reader: AbstractUser,
    standing: Collection[int],
) -> Cell:
    article = articles.get(language.pk)
    if article is None:
        return Cell(language, MISSING, start=_start(language, articles.values(), reader))
    is_scheduled = article.status == Status.PUBLISHED and not article.is_live()
    return Cell(
        language,
        SCHEDULED if is_scheduled else article.status,
        article if may(reader, "view", article) else None,
        moment=article.published_at if is_scheduled else None,
        is_stale=is_stale(article),
        is_standing=article.pk in standing,
    )


def is_stale(article: Article) -> bool:
    """``articles.models.story.stale()`` for one."""
    lags = article.stale_since is not None and article.translated_from_id is not None
    return lags and article.status != Status.WITHDRAWN


def _start(language: Language, articles: Iterable[Article], reader: AbstractUser) -> str:
    """Where to start a translation: from what readers see, and rather from no translation."""
    seen = [each for each in articles if is_translatable(each) and may(reader, "view", each)]
    if not seen or not may_on(reader, "add", language.pk):
        return ""
    best = min(seen, key=lambda each: (not each.is_live(), bool(each.translated_from_id), each.pk))
    return start_address(best, language)


def is_translatable(article: Article) -> bool:
    """Whether a translation may begin from it; see ``articles.actions.start_translation``."""
    return article.status != Status.WITHDRAWN


def start_address(source: Article, language: Language) -> str:
    """Where to post for a translation of ``source`` into ``language``."""
    return reverse("admin:articles_article_translate", args=[source.pk, language.pk])


def start_button(address: str, language: Language) -> str:
    """A button that posts to ``address``, by a form of the page whose id is ``START``."""
    return format_html(
        '<button type="submit" class="button start" form="{}" formaction="{}">{}</button>',
        START,
        address,
        with_language(_("Start %(language)s"), language),
    )


def with_language(sentence: str | Promise, language: Language) -> str:
    """``sentence`` as HTML, with the language's own name where ``%(language)s`` stands."""
    before, _placeholder, after = str(sentence).partition("%(language)s")
    return format_html("{}{}{}", before, in_language(language.endonym, language), after)
