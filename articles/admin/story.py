"""One story in several languages, as links from each article to the others."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.actions.rights import may, may_on, where
from articles.admin.base import headline_of, in_language
from articles.admin.cells import is_translatable, start_address, start_button
from articles.loader.fields import key_of_page
from articles.models import Article, Language

MOST = 10
"""Proposals that are shown; a page that names more is a list."""


READ = ("story", "language_id", "status", "published_at", "embargoed_until")
"""What tells where an article stands, and nothing of what it says."""


def languages_of_story(article: Article, asker: AbstractUser) -> str:
    """A list of links: to the story's other articles with their status, or to add those missing.

    Of an article of another desk that readers do not see, ``asker`` learns the status alone.
    """
    told = Article.objects.filter(story=article.story).only(*READ)
    articles = {row.language_id: row for row in told}
    rows = (_row(language, articles, article, asker) for language in Language.objects.all())
    proposed = ((_proposal(other),) for other in translations_named_by(article, asker))
    return format_html(
        '<ul class="story-languages">{}{}</ul>',
        format_html_join("", "<li>{}</li>", rows),
        format_html_join("", "<li>{}</li>", proposed),
    )


def translations_named_by(article: Article, asker: AbstractUser) -> list[Article]:
    """The articles of other stories that the article's capture names as its translations, and that
    ``asker`` may see.

    A page that is named may not answer; so an editor joins the two, or does not.
    """
    if article.capture is None:
        return []
    told = article.capture.report.get("articles", [])[article.capture_item :][:1]
    named = {key_of_page(uri) for one in told for uri in one.get("translations", [])}
    if not named:
        return []
    found = Article.objects.filter(where(asker, "view"), capture__page__in=named)
    found = found.exclude(story=article.story)
    return list(found.exclude(language=article.language_id).select_related("language")[:MOST])


def _proposal(article: Article) -> str:
    link = format_html(
        '<a href="{}">{}</a>',
        reverse("admin:articles_article_change", args=[article.pk]),
        headline_of(article),
    )
    sentence = _("The page names %(article)s as its translation: join them in the list.")
    before, _placeholder, after = sentence.partition("%(article)s")
    return format_html("{}{}{}", before, link, after)


def _row(
    language: Language, articles: dict[str, Article], current: Article, asker: AbstractUser
) -> tuple[str]:
    name = in_language(language.endonym, language)
    sibling = articles.get(language.code)
    if sibling is None and not may_on(asker, "add", language.code):
        return (format_html("{} {}", name, pgettext("no value", "none")),)
    if sibling is None and not is_translatable(current):
        return (format_html("{} {}", name, pgettext("no value", "none")),)
    if sibling is None:
        return (start_button(start_address(current, language), language),)
    status = sibling.get_status_display()
    if sibling.pk == current.pk:
        return (format_html("<strong>{}</strong> {}", name, status),)
    if not may(asker, "view", sibling):
        return (format_html("{} {}", name, status),)
    address = reverse("admin:articles_article_change", args=[sibling.pk])
    return (format_html('<a href="{}">{}</a> {}', address, name, status),)
