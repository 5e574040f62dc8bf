"""What a feed tells of itself, and what it tells of each article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.models import Article
from articles.templating.article import summary, updated
from articles.text.xml import valid
from articles.views.edition import Edition
from articles.views.facts import author_of, credit_of, identity_of, section_of
from articles.views.figures import FIGURES_A_PAGE, shared
from articles.views.frame import Shared, absolute

SUMMARY_WORDS = 60


@dataclass(frozen=True)
class Channel:
    """A list of one edition's articles as a feed.

    ``title`` is plain text, isolated where it is not in the edition's language (``edition.plain``).
    ``paths`` are the addresses of the list's page by language code, this edition's among them, each
    with a slash at its end; ``query`` (from ``?`` on) follows this edition's.
    """

    edition: Edition
    title: str
    paths: Mapping[str, str]
    query: str = ""

    @property
    def name(self) -> str:
        """The feed's name in a reader's list of feeds: the site, and which of its lists it is."""
        site = self.edition.language.site_title
        return valid(f"{site} · {self.title}" if self.title else site)

    @property
    def advice(self) -> str:
        """What somebody reads who opens the feed in a browser."""
        return valid(
            _("This is a feed. Copy its address into a news reader to follow %(site)s there.")
            % {"site": self.edition.language.site_title}
        )

    @property
    def page(self) -> str:
        return absolute(self.paths[self.edition.code] + self.query)

    def address(self, form: str) -> str:
        return absolute(f"{self.paths[self.edition.code]}{form}{self.query}")

    def alternates(self, form: str) -> list[tuple[str, str]]:
        """The codes and addresses of the same feed in other editions; none for a narrowed list."""
        if self.query:
            return []
        return [
            (language.code, absolute(f"{self.paths[language.code]}{form}"))
            for language in self.edition.languages
            if language.code in self.paths and language.code != self.edition.code
        ]


class Picture(NamedTuple):
    """An article's first picture: a rendition, what it shows and whose it is."""

    shared: Shared
    alt_text: str
    credit: str


@dataclass(frozen=True)
class Entry:
    """An article as every format tells it; all texts are valid in XML: JSON could hold
    more, but no reader would show it.

    ``identity`` never changes, whatever becomes of the headline or the address. ``sisters`` are the
    codes and addresses of the same story in other languages.
    """

    identity: str
    title: str
    address: str
    author: str
    section: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    picture: Picture | None = None
    sisters: Sequence[tuple[str, str]] = ()


def entry_of(edition: Edition, article: Article, sisters: Sequence[tuple[str, str]] = ()) -> Entry:
    """Return what a feed of ``edition`` tells of a live ``article``."""
    if article.published_at is None:
        raise ValueError(f"Article {article.pk} has no publication time to tell.")
    words = summary(article, SUMMARY_WORDS)
    author, language = author_of(article)
    return Entry(
        identity=identity_of(article),
        title=valid(edition.plain(article.headline, article.language_id)),
        address=absolute(article.get_absolute_url()),
        author=valid(edition.plain(author, language.code)),
        section=valid(section_of(edition, article)),
        summary=valid(edition.plain(words, article.language_id)),
        html=valid(content_of(edition, article)),
        published=localtime(article.published_at),
        updated=localtime(updated(article) or article.published_at),
        picture=_picture_of(edition, article),
        sisters=sisters,
    )


def _picture_of(edition: Edition, article: Article) -> Picture | None:
    first = next(iter(article.figures.all()), None)
    found = shared(first) if first else None
    if first is None or found is None:
        return None
    alt_text = valid(edition.plain(first.alt_text, article.language_id))
    return Picture(found, alt_text, valid(credit_of(edition, first.image.credit)))


def content_of(edition: Edition, article: Article) -> str:
    """Return the whole text as HTML that needs no page around it and no stylesheet."""
    figures = [(figure, shared(figure)) for figure in article.figures.all()[:FIGURES_A_PAGE]]
    context = {
        "edition": edition,
        "article": article,
        "figures": figures,
        "address": absolute(article.get_absolute_url()),
    }
    return render_to_string("articles/feed_entry.html", context).strip()
