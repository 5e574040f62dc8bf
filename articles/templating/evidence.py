"""What templates tell of an article's evidence: its source, its capture, and what that lost."""

from __future__ import annotations

import re

from django.utils.html import escape
from django.utils.translation import gettext as _

from articles.models import Article, Source
from articles.text.outward import safe_url

GAP = re.compile(r'<span class="gap"[^<>]*>[^<]*</span>')
"""A place where the capture lost words, as ``articles.text.html`` writes it."""

LONGEST_TOLD = 2000
"""Characters of an address that a capture tells: see ``Capture.target_uri``."""

Origin = Article.HeadlineOrigin


def gaps(body: str) -> int:
    """Return how many places of a stored body have lost words."""
    return len(GAP.findall(body))


def with_spoken_gaps(body: str) -> str:
    """Return a stored body in which each gap is seen as […] and heard as a sentence.

    The label is text of the page and no generated content, which some screen readers pass over.
    """
    label = escape(_("Words are missing here in the capture."))
    seen = '<span aria-hidden="true">[…]</span>'
    heard = f'<span class="visually-hidden">({label})</span>'
    return GAP.sub(lambda _gap: f'<span class="gap">{seen}{heard}</span>', body)


def with_titled_gaps(body: str) -> str:
    """Return a stored body in which each gap is […], for readers that have none of our styles."""
    label = escape(_("Words are missing here in the capture."))
    return GAP.sub(lambda _gap: f'<span title="{label}">[…]</span>', body)


def headline_origin(article: Article) -> str:
    """Return a sentence that says who gave the headline; empty when an editor wrote it."""
    sentences = {
        Origin.CAPTURED: _("The headline stands in the captured page."),
        Origin.MANIFEST: _("The captured page holds no headline; the archive gave this one."),
        Origin.SLUG: _("The captured page holds no headline; this one is made from its address."),
        Origin.DERIVED: _(
            "The captured page holds no headline; this one is made from its first sentence."
        ),
    }
    return sentences.get(Origin(article.headline_origin), "")


def kind(source: Source) -> str:
    """Return a sentence that says what sort of text comes from a source; empty when unknown."""
    sentences = {
        Source.Kind.PARTY: _("A statement of the party itself, not independent reporting."),
        Source.Kind.AGENCY: _("A report of a news agency."),
        Source.Kind.NEWSPAPER: _("A report of a newspaper."),
        Source.Kind.BROADCASTER: _("A report of a broadcaster."),
        Source.Kind.NEWSROOM: _("A report of our own newsroom."),
    }
    return sentences.get(Source.Kind(source.kind), "")


def is_web_address(uri: str) -> bool:
    """Whether an address that a capture told may be made a link: as it is, it is a safe one."""
    try:
        return safe_url(uri, longest=LONGEST_TOLD).lower() == uri.lower()
    except ValueError:
        return False
