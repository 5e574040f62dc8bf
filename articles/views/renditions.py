"""An article without its page: as plain text, and as data that other newsrooms read."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.caching import depends_on
from articles.models import Article
from articles.templating.dates import day_words
from articles.text.bidi import enclose_lines
from articles.views.article import live_story, notice_of, withdrawn_article
from articles.views.edition import Edition, open_edition
from articles.views.frame import absolute
from articles.views.moved import asked_anew, send_on
from articles.views.ninjs import cancelled, news_item
from articles.views.plain import in_plain_text
from articles.views.reading import read_only
from newsroom.routes import address_of

Write = Callable[[Edition, Article, list[Article]], str]
TEXT = "text/plain; charset=utf-8"
JSON = "application/json"


@read_only
@depends_on()
def article_text(request: HttpRequest, language: str, pk: int) -> HttpResponse:
    """Tell a live article in plain text. Five queries.

    Under another language it is a 301 to its own, withdrawn a 410 that says so, else a 404.
    """
    edition = open_edition(language)
    return _rendition(request, "article_text", edition, pk, in_plain_text, _gone_text, TEXT)


@read_only
@depends_on()
def article_json(request: HttpRequest, language: str, pk: int) -> HttpResponse:
    """Tell a live article as an IPTC ninjs 3.1 item. Six queries at most; answers as above."""
    edition = open_edition(language)
    return _rendition(request, "article_json", edition, pk, _live_json, _gone_json, JSON)


def _rendition(
    request: HttpRequest,
    name: str,
    edition: Edition,
    pk: int,
    write: Write,
    write_gone: Callable[[Edition, Article], str],
    media_type: str,
) -> HttpResponse:
    siblings = live_story(edition, pk)
    chosen = next((sibling for sibling in siblings if sibling.pk == pk), None)
    if chosen is None:
        gone = write_gone(edition, withdrawn_article(pk))
        return asked_anew(HttpResponse(gone, status=410, content_type=media_type))
    if chosen.language_id != edition.code:
        address = address_of(name, language=chosen.language_id, pk=pk)
        return send_on(request, address, for_good=True)
    response = HttpResponse(write(edition, chosen, siblings), content_type=media_type)
    response.headers["Link"] = f'<{absolute(chosen.get_absolute_url())}>; rel="canonical"'
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _live_json(edition: Edition, article: Article, siblings: list[Article]) -> str:
    return json.dumps(news_item(edition, article, siblings), ensure_ascii=False)


def _gone_json(edition: Edition, article: Article) -> str:
    return json.dumps(cancelled(article, notice_of(edition, article)), ensure_ascii=False)


def _gone_text(edition: Edition, article: Article) -> str:
    notice, language = notice_of(edition, article), edition.language_of(article)
    ours = [
        _("This article was withdrawn"),
        _("It was published here, and the newsroom has since taken it back."),
        day_words(notice.made_at, edition.language) if notice else "",
    ]
    parts = [enclose_lines("\n\n".join(filter(None, ours)), edition.language.direction)]
    if notice and language:
        parts.append(enclose_lines("\n".join(notice.paragraphs), language.direction))
    return "\n\n".join(parts) + "\n"
