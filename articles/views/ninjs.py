"""An article as an IPTC ninjs 3.1 item (http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from articles.models import Article, Figure, Notice, Source
from articles.templating.article import updated
from articles.templating.evidence import headline_origin
from articles.text.html import to_text
from articles.views.edition import Edition
from articles.views.facts import identity_of, identity_of_image, iso
from articles.views.figures import every_shared, figures_of
from articles.views.frame import absolute
from articles.views.plain import lost_words, notice_lines
from newsroom.routes import address_of

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}


def news_item(edition: Edition, article: Article, siblings: list[Article]) -> dict[str, Any]:
    """Return the properties of a live article that are known; none is empty.

    Its stories in other languages are associations, and so are its pictures. The schema takes no
    day without a time, so of an article whose day alone is known the beginning of that day is told,
    and a note says so. What was put right is a body of its own, for readers, and with its day a
    note to the desk, as the standard has no property for it. ``article`` was fetched with
    ``notices_beside_text``.
    """
    known = {
        **_named(article),
        "standard": STANDARD,
        "version": str(article.version),
        "representationType": "full",
        "pubStatus": "usable",
        "firstCreated": iso(article.published_at),
        "versionCreated": iso(updated(article) or article.published_at),
        "contentCreated": iso(article.published_at),
        "descriptions": _texts("summary", article.standfirst),
        "bodies": _bodies(article),
        "by": article.byline,
        "located": article.dateline,
        "edNote": _note(article),
        "altIds": _other_ids(article),
        "renditions": _renditions(article),
        "subjects": _subjects(article),
        "associations": [
            *(
                {"name": other.headline, "rel": "translation", **_named(other)}
                for other in siblings
                if other.pk != article.pk
            ),
            *(_picture(figure, article) for figure in figures_of(article)),
        ],
        **(_rights(article.source, edition) if article.source else {}),
    }
    return {name: value for name, value in known.items() if value}


def cancelled(article: Article, notice: Notice | None) -> dict[str, Any]:
    """Return what may still be said of a withdrawn article: that it is to be used no more, and why
    where ``notice`` tells.
    """
    known = {
        "uri": identity_of(article),
        "standard": STANDARD,
        "type": "text",
        "language": article.language_id,
        "version": str(article.version),
        "versionCreated": iso(article.modified_at),
        "pubStatus": "canceled",
        "edNote": notice.text if notice else "",
    }
    return {name: value for name, value in known.items() if value}


def _named(article: Article) -> dict[str, Any]:
    """What an item and an association have in common: by it each finds the other."""
    return {
        "uri": identity_of(article),
        "type": "text",
        "language": article.language_id,
        "headlines": _texts("main", article.headline),
    }


def _texts(role: str, text: str) -> list[dict[str, str]]:
    return [{"role": role, "contentType": "text/plain", "value": text}] if text else []


def _bodies(article: Article) -> list[dict[str, Any]]:
    plain = to_text(article.body)
    counts = {"charCount": len(plain), "wordCount": len(plain.split())}
    return [
        {"role": "main", "contentType": "text/html", **counts, "value": article.body},
        {"role": "plain", "contentType": "text/plain", **counts, "value": plain},
        *(text for notice in article.notices.all() for text in _texts(notice.kind, notice.text)),
    ]


def _note(article: Article) -> str:
    """What a receiving desk should know before it prints this."""
    only_day = article.published_precision == Article.Precision.DAY
    notes = (
        _("Only the day of its publication is known, not the time.") if only_day else "",
        headline_origin(article) if article.capture else "",
        lost_words(article, article.language),
        *(_told(each, article) for each in article.notices.all()),
    )
    return " ".join(filter(None, notes))


def _told(notice: Notice, article: Article) -> str:
    what, *said = notice_lines(notice, article.language)
    return f"{what}: {' '.join(said)}"


def _other_ids(article: Article) -> list[dict[str, str]]:
    ids = [{"role": "story", "value": article.story.urn}]
    if article.capture:
        ids.append({"role": "capture", "value": f"urn:sha256:{article.capture.sha256}"})
    return ids


def _renditions(article: Article) -> list[dict[str, str]]:
    text = address_of("article_text", language=article.language_id, pk=article.pk)
    return [
        {"name": "web", "href": absolute(article.get_absolute_url()), "contentType": "text/html"},
        {"name": "plain", "href": absolute(text), "contentType": "text/plain"},
    ]


def _picture(figure: Figure, article: Article) -> dict[str, Any]:
    """A picture as an item of its own, with the JPEG renditions of the whole of it."""
    image = figure.image
    known = {
        "name": figure.alt_text or image.filename,
        "rel": "picture",
        "uri": identity_of_image(image),
        "type": "picture",
        "language": article.language_id,
        "firstCreated": iso(image.uploaded_at),
        "descriptions": [*_texts("caption", figure.caption), *_texts("altText", figure.alt_text)],
        "by": image.credit,
        "copyrightNotice": image.copyright_notice,
        "usageTerms": image.usage_terms,
        "renditions": [
            {
                "name": f"web{each.width}",
                "href": each.address,
                "contentType": each.media_type,
                "width": each.width,
                "height": each.height,
            }
            for each in every_shared(figure)
        ],
    }
    return {name: value for name, value in known.items() if value}


def _subjects(article: Article) -> list[dict[str, str]]:
    section = article.section
    return [{"name": section.title, "literal": section.slug}] if section else []


def _rights(source: Source, edition: Edition) -> dict[str, Any]:
    """Who the text comes from, whose it is, and where its terms are told."""
    page = absolute(address_of("source", language=edition.code, slug=source.slug))
    told = {"name": source.name, "role": source.kind, "uri": page, "literal": source.slug}
    return {
        "infoSources": [told],
        "copyrightHolder": source.copyright_holder,
        "usageTerms": source.usage_terms,
        "rightsInfo": {"linkedRights": page} if source.usage_terms else {},
    }
