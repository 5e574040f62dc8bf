"""Pages as machines read them: schema.org types in JSON-LD 1.1. No property is empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from articles.models import Article, Figure
from articles.models.notice import CORRECTING
from articles.templating.evidence import is_web_address
from articles.views.edition import Edition
from articles.views.facts import (
    author_of,
    credit_of,
    is_undated,
    iso,
    modified_time,
    published_time,
    section_of,
)
from articles.views.figures import shared
from articles.views.frame import Frame, absolute
from newsroom.routes import address_of

Node = dict[str, Any]
CONTEXT = "https://schema.org"


def news_article(
    frame: Frame, article: Article, siblings: list[Article], figures: Sequence[Figure] = ()
) -> Node:
    """Return https://schema.org/NewsArticle, as https://developers.google.com/search/docs reads it;
    an undated page is an https://schema.org/Article.

    What the desk translated names its original, where readers see that; of other languages of the
    story it is not known which came first, and each is called a translation.
    ``article`` was fetched with ``notices_beside_text``.
    """
    original = article.translated_from.article_id if article.translated_from else None
    images = [found for figure in figures[:1] if (found := _image(frame.edition, figure))]
    return known(
        {
            "@context": CONTEXT,
            "@type": "Article" if is_undated(article) else "NewsArticle",
            "headline": frame.title,
            "description": frame.description,
            "inLanguage": article.language_id,
            "url": frame.canonical,
            "mainEntityOfPage": {"@type": "WebPage", "@id": frame.canonical},
            "datePublished": published_time(article),
            "dateModified": modified_time(article),
            "articleSection": section_of(frame.edition, article),
            "author": _author(frame.edition, article),
            "publisher": publisher(frame.edition),
            "isAccessibleForFree": True,
            "image": images,
            "correction": _corrections(frame.edition, article),
            **_rights(frame.edition, article),
            **_evidence(frame.edition, article),
            "translationOfWork": [_telling(other) for other in siblings if other.pk == original],
            "workTranslation": [
                _telling(other) for other in siblings if other.pk not in (article.pk, original)
            ],
        }
    )


def website(frame: Frame) -> Node:
    """Return https://schema.org/WebSite for the front page of an edition, with its search.

    The placeholder is the one of
    https://developers.google.com/search/docs/appearance/structured-data/sitelinks-searchbox.
    """
    search = absolute(address_of("search", language=frame.edition.code))
    return known(
        {
            "@context": CONTEXT,
            "@type": "WebSite",
            "name": frame.edition.language.site_title,
            "description": frame.description,
            "url": frame.canonical,
            "inLanguage": frame.edition.code,
            "publisher": publisher(frame.edition),
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


def _telling(article: Article) -> Node:
    """The same story in another language."""
    return {"@type": "NewsArticle", "inLanguage": article.language_id, "url": _address(article)}


def listed(frame: Frame, articles: Iterable[Article], *above: tuple[str, str]) -> list[Node]:
    """Return https://schema.org/CollectionPage for a list, and the way to it.

    ``above`` are the names and paths of the pages between the front page and this one. A page that
    is not for search engines has neither.
    """
    if not frame.is_indexed or not frame.canonical:
        return []
    collection = {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "name": frame.title,
        "url": frame.canonical,
        "inLanguage": frame.edition.code,
        "isPartOf": {"@type": "WebSite", "url": _front(frame.edition)},
    }
    if items := item_list(articles):
        collection["mainEntity"] = items
    return [collection, breadcrumbs(frame, above)]


def item_list(articles: Iterable[Article]) -> Node:
    """Return https://schema.org/ItemList of articles; nothing for none."""
    elements = [
        {"@type": "ListItem", "position": position, "url": _address(article)}
        for position, article in enumerate(articles, 1)
    ]
    return {"@type": "ItemList", "itemListElement": elements} if elements else {}


def contact_page(frame: Frame) -> list[Node]:
    """Return https://schema.org/ContactPage with whom to call or write to, and the way to it."""
    points = [
        known(
            {
                "@type": "ContactPoint",
                "name": frame.edition.plain(contact.name, frame.edition.code),
                "contactType": frame.edition.plain(contact.role, frame.edition.code),
                "telephone": contact.phone,
                "email": contact.email,
                "availableLanguage": frame.edition.code,
            }
        )
        for contact in frame.edition.contacts
    ]
    page = {
        "@context": CONTEXT,
        "@type": "ContactPage",
        "name": frame.title,
        "description": frame.description,
        "url": frame.canonical,
        "inLanguage": frame.edition.code,
        "mainEntity": known({**publisher(frame.edition), "contactPoint": points}),
    }
    return [page, breadcrumbs(frame)]


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


def known(node: Node) -> Node:
    """Return a node without its empty properties."""
    return {name: value for name, value in node.items() if value}


def publisher(edition: Edition) -> Node:
    """Return the newsroom of an edition as https://schema.org/NewsMediaOrganization."""
    name = edition.language.site_title
    return {"@type": "NewsMediaOrganization", "name": name, "url": _front(edition)}


def _author(edition: Edition, article: Article) -> Node | str:
    """The author as a person; the source as an organization; any other byline as it stands, since
    it may name a desk or a person.

    Text may stand where a type is not known (https://schema.org/docs/datamodel.html).
    """
    author, language = author_of(article)
    name, source = edition.plain(author, language.code), article.source
    person = article.author
    if person is not None and person.language_id == edition.code:
        known_as = edition.plain(person.name, edition.code)
        return {"@type": "Person", "name": known_as, "url": absolute(person.get_absolute_url())}
    if article.byline:
        return name
    if source is None:
        return {}
    page = address_of("source", language=edition.code, slug=source.slug)
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


def _image(edition: Edition, figure: Figure) -> Node:
    """The picture as https://schema.org/ImageObject, with its licence data as Google reads it."""
    found, image = shared(figure), figure.image
    if found is None:
        return {}
    return known(
        {
            "@type": "ImageObject",
            "url": found.address,
            "width": found.width,
            "height": found.height,
            "caption": edition.plain(figure.caption or figure.alt_text, edition.code),
            "creditText": credit_of(edition, image.credit),
            "copyrightNotice": credit_of(edition, image.copyright_notice),
        }
    )


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
        "sdPublisher": publisher(edition),
    }


def _address(article: Article) -> str:
    return absolute(article.get_absolute_url())


def _front(edition: Edition) -> str:
    return absolute(address_of("front", language=edition.code))
