"""What pages, feeds, sitemaps and data tell of an article, so that all of them tell the same."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.timezone import localtime

from articles.models import Article, Image, Language
from articles.templating.article import updated
from articles.text.bidi import isolate
from articles.text.dates import with_zone
from articles.views.edition import Edition


def identity_of(article: Article) -> str:
    """Return the article's name for good, a tag URI (RFC 4151)."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{article.created_at:%Y-%m-%d}:article/{article.pk}"


def identity_of_image(image: Image) -> str:
    """Return the image's name for good, a tag URI as well; it leads to no file."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{image.uploaded_at:%Y-%m-%d}:image/{image.pk}"


def author_of(article: Article) -> tuple[str, Language]:
    """Return the byline, or else the source's name, and its language; no text for neither."""
    if article.byline or article.source is None:
        return article.byline, article.language
    return article.source.name, article.source.language


def credit_of(edition: Edition, text: str) -> str:
    """Return a line on a picture's rights, whose language nobody told, for where no markup is."""
    return text if edition.language.direction == "ltr" and text.isascii() else isolate(text)


def section_of(edition: Edition, article: Article) -> str:
    """Return the title of the article's section in plain text; empty when it is in none."""
    section = article.section
    return edition.plain(section.title, section.language_id) if section else ""


def is_undated(article: Article) -> bool:
    """Whether readers are told no dates of the article, since it is a page and no news."""
    return article.section is not None and article.section.is_undated


def published_time(article: Article) -> str:
    """Return when an article was published, in ISO 8601 with its zone.

    A time that nobody told is not made up: only the day is given where only the day is known, and
    nothing of an undated page.
    """
    if is_undated(article):
        return ""
    if article.published_at and article.published_precision == Article.Precision.DAY:
        return localtime(article.published_at).date().isoformat()
    return iso(article.published_at)


def modified_time(article: Article) -> str:
    """Return when an editor last changed what readers knew, in ISO 8601 with its zone, or ""."""
    return "" if is_undated(article) else iso(updated(article))


def iso(moment: datetime | None) -> str:
    """Return a moment in ISO 8601 with the newsroom's zone; empty for none."""
    return with_zone(localtime(moment)) if moment else ""
