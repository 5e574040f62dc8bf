"""Pages as machines read them: schema.org types in JSON-LD 1.1. No property is empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from articles.models import Article
from articles.templatetags.article import updated
from articles.templatetags.evidence import is_web_address
from articles.text.dates import with_zone
from articles.views.edition import Edition
from articles.views.frame import Frame, absolute

Node = dict[str, Any]
CONTEXT = "https://schema.org"


def news_article(frame: Frame, article: Article, siblings: list[Article]) -> Node:
    """Return https://schema.org/NewsArticle, as https://developers.google.com/search/docs reads it.

    Which of several languages came first is not known, so each is a translation of the story.
    """
    return _known(
        {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "headline": frame.title,
            "description": frame.description,
            "inLanguage": article.language_id,
            "url": frame.canonical,
            "mainEntityOfPage": {"@type": "WebPage", "@id": frame.canonical},
            "datePublished": published_time(article),
            "dateModified": modified_time(article),
            "articleSection": _section(frame.edition, article),
            "author": _author(frame.edition, article),
            "publisher": _publisher(frame.edition),
            "isAccessibleForFree": True,
            "image": frame.image,
            **_rights(frame.edition, article),
            **_evidence(frame.edition, article),
            "workTranslation": [
                {"@type": "NewsArticle", "inLanguage": other.language_id, "url": _address(other)}
                for other in siblings
                if other.pk != article.pk
            ],
        }
    )


def website(frame: Frame) -> Node:
    """Return https://schema.org/WebSite for the front page of an edition."""
    return _known(
        {
            "@context": CONTEXT,
            "@type": "WebSite",
            "name": frame.edition.language.site_title,
            "description": frame.description,
            "url": frame.canonical,
            "inLanguage": frame.edition.code,
            "publisher": _publisher(frame.edition),
        }
    )


def listed(frame: Frame, articles: Iterable[Article], *above: tuple[str, str]) -> list[Node]:
    """Return https://schema.org/CollectionPage for a list, and the way to it.

    ``above`` are the names and paths of the pages between the front page and this one. A page that
    is not for search engines has neither.
    """
    if not frame.is_indexed or not frame.canonical:
        return []
    elements = [
        {"@type": "ListItem", "position": position, "url": _address(article)}
        for position, article in enumerate(articles, 1)
    ]
    collection = {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "name": frame.title,
        "url": frame.canonical,
        "inLanguage": frame.edition.code,
        "isPartOf": {"@type": "WebSite", "url": _front(frame.edition)},
    }
    if elements:
        collection["mainEntity"] = {"@type": "ItemList", "itemListElement": elements}
    return [collection, breadcrumbs(frame, above)]


def breadcrumbs(frame: Frame, above: Sequence[tuple[str, str]] = ()) -> Node:
    """Return https://schema.org/BreadcrumbList from the front page down to this page."""
    front = (frame.edition.language.site_title, _front(frame.edition))
    steps = [front, *((name, absolute(path)) for name, path in above)]
    steps.append((frame.title, absolute(frame.path)))
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, 1)
        ],
    }


def above_article(edition: Edition, article: Article) -> list[tuple[str, str]]:
    """Return the way from the front page to an article, which leads through its section."""
    section = article.section
    if section is None or section.language_id != edition.code:
        return []
    return [(_section(edition, article), section.get_absolute_url())]


def published_time(article: Article) -> str:
    """Return when an article was published, in ISO 8601 with its zone.

    A time that nobody told is not made up: only the day is given where only the day is known.
    """
    if article.published_at is None:
        return ""
    local = localtime(article.published_at)
    is_day = article.published_precision == Article.Precision.DAY
    return local.date().isoformat() if is_day else _iso(local)


def modified_time(article: Article) -> str:
    """Return when an editor last changed what readers knew, in ISO 8601 with its zone, or ""."""
    changed = updated(article)
    return _iso(changed) if changed else ""


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value}


def _publisher(edition: Edition) -> Node:
    name = edition.language.site_title
    return {"@type": "NewsMediaOrganization", "name": name, "url": _front(edition)}


def _section(edition: Edition, article: Article) -> str:
    if article.section is None:
        return ""
    return edition.plain(article.section.title, article.section.language_id)


def _author(edition: Edition, article: Article) -> Node:
    if article.byline:
        return {"@type": "Person", "name": edition.plain(article.byline, article.language_id)}
    source = article.source
    if source is None:
        return {}
    page = reverse("source", kwargs={"language": edition.code, "slug": source.slug})
    name = edition.plain(source.name, source.language_id)
    return {"@type": "Organization", "name": name, "url": source.homepage or absolute(page)}


def _rights(edition: Edition, article: Article) -> Node:
    source = article.source
    if source is None:
        return {}
    holder = edition.plain(source.copyright_holder, source.language_id)
    return {
        "creditText": edition.plain(source.creditline, source.language_id),
        "copyrightHolder": {"@type": "Organization", "name": holder} if holder else {},
    }


def _evidence(edition: Edition, article: Article) -> Node:
    """The page that a text was captured from, and when the archive made data of it."""
    capture = article.capture
    if capture is None:
        return {}
    return {
        "isBasedOn": capture.target_uri if is_web_address(capture.target_uri) else "",
        "sdDatePublished": _iso(capture.received_at),
        "sdPublisher": _publisher(edition),
    }


def _address(article: Article) -> str:
    return absolute(article.get_absolute_url())


def _front(edition: Edition) -> str:
    return absolute(reverse("front", kwargs={"language": edition.code}))


def _iso(moment: datetime) -> str:
    return with_zone(localtime(moment))
