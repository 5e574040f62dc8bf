"""What pages, feeds, sitemaps and data tell of an article, so that all of them tell the same."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.timezone import localtime

from articles.models import Article, Language
from articles.templatetags.article import updated
from articles.text.dates import with_zone
from articles.views.edition import Edition


def identity_of(article: Article) -> str:
    """Return the article's name for good, a tag URI (RFC 4151)."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{article.created_at:%Y-%m-%d}:article/{article.pk}"


def author_of(article: Article) -> tuple[str, Language]:
    """Return the byline, or else the source's name, and its language; no text for neither."""
    if article.byline or article.source is None:
        return article.byline, article.language
    return article.source.name, article.source.language


def section_of(edition: Edition, article: Article) -> str:
    """Return the title of the article's section in plain text; empty when it is in none."""
    section = article.section
    return edition.plain(section.title, section.language_id) if section else ""


def published_time(article: Article) -> str:
    """Return when an article was published, in ISO 8601 with its zone.

    A time that nobody told is not made up: only the day is given where only the day is known.
    """
    if article.published_at and article.published_precision == Article.Precision.DAY:
        return localtime(article.published_at).date().isoformat()
    return iso(article.published_at)


def modified_time(article: Article) -> str:
    """Return when an editor last changed what readers knew, in ISO 8601 with its zone, or ""."""
    return iso(updated(article))


def iso(moment: datetime | None) -> str:
    """Return a moment in ISO 8601 with the newsroom's zone; empty for none."""
    return with_zone(localtime(moment)) if moment else ""
