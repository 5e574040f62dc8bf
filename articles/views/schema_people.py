"""People as machines read them: schema.org in JSON-LD 1.1."""

from __future__ import annotations

from collections.abc import Iterable

from articles.models import Article, Author
from articles.views.frame import Frame
from articles.views.schema_org import CONTEXT, Node, breadcrumbs, item_list, known


def profile(frame: Frame, author: Author, articles: Iterable[Article]) -> list[Node]:
    """Return https://schema.org/ProfilePage with the https://schema.org/Person, and the way to it.

    https://developers.google.com/search/docs/appearance/structured-data/profile-page
    """
    person = known(
        {
            "@type": "Person",
            "@id": frame.canonical,
            "name": frame.title,
            "description": frame.description,
            "url": frame.canonical,
            "image": frame.card.address if frame.card else "",
        }
    )
    page = {
        "@context": CONTEXT,
        "@type": "ProfilePage",
        "name": frame.title,
        "url": frame.canonical,
        "inLanguage": frame.edition.code,
        "mainEntity": person,
        "hasPart": item_list(articles),
    }
    return [known(page), breadcrumbs(frame)]
