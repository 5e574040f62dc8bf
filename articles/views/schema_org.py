"""Pages as machines read them: schema.org types in JSON-LD 1.1. No property is empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from articles.models import Article
from articles.models.notice import CORRECTING
from articles.templatetags.evidence import is_web_address
from articles.views.edition import Edition
from articles.views.facts import author_of, iso, modified_time, published_time, section_of
from articles.views.frame import Frame, absolute

Node = dict[str, Any]
CONTEXT = "https://schema.org"


def news_article(frame: Frame, article: Article, siblings: list[Article]) -> Node:
    """Return https://schema.org/NewsArticle, as https://developers.google.com/search/docs reads it.

    Which of several languages came first is not known, so each is a translation of the story.
    ``article`` was fetched with ``notices_beside_text``.
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
            "articleSection": section_of(frame.edition, article),
            "author": _author(frame.edition, article),
            "publisher": _publisher(frame.edition),
            "isAccessibleForFree": True,
            "correction": _corrections(frame.edition, article),
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
    """Return https://schema.org/WebSite for the front page of an edition, with its search.

    The placeholder is the one of
    https://developers.google.com/search/docs/appearance/structured-data/sitelinks-searchbox.
    """
    search = absolute(reverse("search", kwargs={"language": frame.edition.code}))
    return _known(
        {
            "@context": CONTEXT,
            "@type": "WebSite",
            "name": frame.edition.language.site_title,
            "description": frame.description,
            "url": frame.canonical,
            "inLanguage": frame.edition.code,
            "publisher": _publisher(frame.edition),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": f"{search}?q={{search_term_string}}",
                },
                "query-input": "required name=search_term_string",
            },
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
    return [(section_of(edition, article), section.get_absolute_url())]


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value}


def _publisher(edition: Edition) -> Node:
    name = edition.language.site_title
    return {"@type": "NewsMediaOrganization", "name": name, "url": _front(edition)}


def _author(edition: Edition, article: Article) -> Node | str:
    """The source as an organization; a byline as it stands, since it may name a desk or a person.

    Text may stand where a type is not known (https://schema.org/docs/datamodel.html).
    """
    author, language = author_of(article)
    name, source = edition.plain(author, language.code), article.source
    if article.byline:
        return name
    if source is None:
        return {}
    page = reverse("source", kwargs={"language": edition.code, "slug": source.slug})
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


def _corrections(edition: Edition, article: Article) -> list[Node]:
    """What was put right, as https://schema.org/CorrectionComment, newest first."""
    return [
        {
            "@type": "CorrectionComment",
            "text": edition.plain(notice.text, article.language_id),
            "datePublished": iso(notice.made_at),
        }
        for notice in article.notices.all()
        if notice.kind in CORRECTING
    ]


def _evidence(edition: Edition, article: Article) -> Node:
    """The page that a text was captured from, and when the archive made data of it."""
    capture = article.capture
    if capture is None:
        return {}
    return {
        "isBasedOn": capture.target_uri if is_web_address(capture.target_uri) else "",
        "sdDatePublished": iso(capture.received_at),
        "sdPublisher": _publisher(edition),
    }


def _address(article: Article) -> str:
    return absolute(article.get_absolute_url())


def _front(edition: Edition) -> str:
    return absolute(reverse("front", kwargs={"language": edition.code}))
