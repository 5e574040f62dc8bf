"""An article's texts as they are stored, and the columns that follow from them."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from articles.text.fold import fold
from articles.text.html import clean, to_text
from articles.text.normal import normalise
from articles.text.slugs import slugify

HEADLINE, BYLINE, DATELINE, SLUG = 300, 200, 120, 80
"""Characters that a column holds."""


class Texts(NamedTuple):
    """What an article says: ``body`` is HTML, all else is plain text."""

    headline: str = ""
    standfirst: str = ""
    body: str = ""
    byline: str = ""
    dateline: str = ""


class Columns(NamedTuple):
    """``texts`` as they are stored, what is stored with them, and the ``folded`` words of the body,
    single spaces between them, which are not.
    """

    texts: Texts
    slug: str
    search_key: str
    fingerprint: str
    folded: str

    def stored(self) -> dict[str, str]:
        """The columns by name."""
        follow = {name: getattr(self, name) for name in ("slug", "search_key", "fingerprint")}
        return self.texts._asdict() | follow


def columns(given: Texts, language: str) -> Columns:
    """Clean texts in ``language`` (a BCP 47 tag) and compute what follows from them.

    Raises ``articles.text.html.HtmlTooLarge`` (a ValueError) for a body past the guard.
    """
    spelt = Texts(*(normalise(text, language) for text in given))
    stored = Texts(*(text.strip() for text in spelt._replace(body=clean(spelt.body))))
    words = to_text(stored.body)
    folded = fold(words)
    around = "\n".join([stored.headline, stored.standfirst, stored.byline, stored.dateline])
    return Columns(
        texts=stored,
        slug=slugify(stored.headline, limit=SLUG),
        search_key=f"{fold(around)} {folded}".strip(),
        fingerprint=hashlib.sha256(folded.encode()).hexdigest() if words else "",
        folded=folded,
    )
