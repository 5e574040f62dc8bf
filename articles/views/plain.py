"""An article in plain text, which keeps its direction wherever it is opened."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, Figure, Language, Notice
from articles.templating.article import updated
from articles.templating.dates import day_words, moment_words, published_words
from articles.templating.events import when_words
from articles.templating.evidence import gaps, headline_origin, kind
from articles.text.bidi import enclose_lines, isolate
from articles.text.dates import digits
from articles.text.html import to_text
from articles.views.edition import Edition
from articles.views.facts import is_undated
from articles.views.figures import figures_of
from articles.views.frame import absolute

RULE = "* * *"


def in_plain_text(edition: Edition, article: Article, siblings: list[Article]) -> str:
    """Return the article from its headline to its address, a blank line between its parts.

    It was fetched with ``notices_beside_text``.
    """
    language = article.language
    parts = [
        enclose_lines("\n".join(filter(None, lines)), language.direction)
        for lines in (
            [article.headline],
            [article.standfirst],
            _who_and_when(article, language),
            event_lines(article),
            [to_text(article.body)],
            *(figure_lines(figure, edition) for figure in figures_of(article)),
            *(notice_lines(notice, language) for notice in article.notices.all()),
            [RULE],
            _evidence(article, language),
            [_told(_("Address"), absolute(article.get_absolute_url()))],
        )
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def notice_lines(notice: Notice, language: Language) -> list[str]:
    """Return what a notice is, its day in the words of ``language``, and what it says."""
    told = {"kind": notice.get_kind_display(), "date": day_words(notice.made_at, language)}
    return [_("%(kind)s, %(date)s") % told, *notice.paragraphs]


def event_lines(article: Article) -> list[str]:
    """Return when and where the article's event is, and whether it is; nothing without one."""
    event = getattr(article, "event", None)
    if event is None:
        return []
    return [
        _("Does not take place") if event.is_cancelled else "",
        _told(_("When"), when_words(event, article.language)),
        _told(_("Where"), event.place) if event.place else "",
    ]


def figure_lines(figure: Figure, edition: Edition) -> list[str]:
    """Return what a picture shows, its caption, and whose it is."""
    credit = figure.image.credit
    return [
        _told(_("Picture"), figure.alt_text) if figure.alt_text else "",
        figure.caption,
        _told(_("Credit"), credit) if credit else "",
    ]


def _who_and_when(article: Article, language: Language) -> list[str]:
    changed, source, is_page = updated(article), article.source, is_undated(article)
    return [
        article.byline,
        article.dateline,
        "" if is_page else published_words(article, language),
        _("Updated %(moment)s") % {"moment": moment_words(changed, language)}
        if changed and not is_page
        else "",
        _told(_("Source"), source.name) if source else "",
        kind(source) if source else "",
    ]


def _evidence(article: Article, language: Language) -> Iterator[str]:
    """What is known of the page that the text was captured from."""
    capture = article.capture
    if capture is None:
        return
    if capture.target_uri:
        yield _told(_("Captured from"), capture.target_uri)
    if capture.captured_at:
        yield _told(_("Captured"), moment_words(capture.captured_at, language))
    yield _told(_("Received by the archive"), moment_words(capture.received_at, language))
    yield headline_origin(article)
    yield lost_words(article, language)
    yield _told(_("SHA-256 of the capture"), capture.sha256)


def lost_words(article: Article, language: Language) -> str:
    """Return a sentence on the places where the capture lost words; empty when there is none."""
    number = gaps(article.body)
    if not number:
        return ""
    sentence = ngettext(
        "In %(written)s place the capture lost words. It is marked […] and nothing was put there.",
        "In %(written)s places the capture lost words. They are marked […] and nothing was put "
        "there.",
        number,
    )
    return sentence % {"written": digits(str(number), language.digits)}


def _told(label: str, value: str) -> str:
    return f"{label}: {isolate(value)}"
