"""One story in several languages, as links from each article to the others."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from articles.admin.base import headline_of, in_language
from articles.loader.fields import key_of_page
from articles.models import Article, Language

MOST = 10
"""Proposals that are shown; a page that names more is a list."""


def languages_of_story(article: Article) -> str:
    """A list of links: to the story's other articles with their status, or to add those missing."""
    told = Article.objects.filter(story=article.story).only("language_id", "status", "headline")
    articles = {row.language_id: row for row in told}
    rows = (_row(language, articles, article) for language in Language.objects.all())
    proposed = ((_proposal(other),) for other in translations_named_by(article))
    return format_html(
        '<ul class="story-languages">{}{}</ul>',
        format_html_join("", "<li>{}</li>", rows),
        format_html_join("", "<li>{}</li>", proposed),
    )


def translations_named_by(article: Article) -> list[Article]:
    """The articles of other stories that the article's capture names as its translations.

    A page that is named may not answer; so an editor joins the two, or does not.
    """
    if article.capture is None:
        return []
    told = article.capture.report.get("articles", [])[article.capture_item :][:1]
    named = {key_of_page(uri) for one in told for uri in one.get("translations", [])}
    if not named:
        return []
    found = Article.objects.filter(capture__page__in=named).exclude(story=article.story)
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


def _row(language: Language, articles: dict[str, Article], current: Article) -> tuple[str]:
    name = in_language(language.endonym, language)
    sibling = articles.get(language.code)
    if sibling is None:
        query = urlencode({"story": current.story, "language": language.code})
        address = f"{reverse('admin:articles_article_add')}?{query}"
        return (
            format_html(
                '{} <a class="addlink" href="{}">{}</a>', name, address, _("Add translation")
            ),
        )
    status = sibling.get_status_display()
    if sibling.pk == current.pk:
        return (format_html("<strong>{}</strong> {}", name, status),)
    address = reverse("admin:articles_article_change", args=[sibling.pk])
    return (format_html('<a href="{}">{}</a> {}', address, name, status),)
