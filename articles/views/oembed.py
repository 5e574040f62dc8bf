"""An oEmbed provider (https://oembed.com, 1.0), so that other sites name our articles rightly."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from articles.models import Article, Language
from articles.models.media import lead_of, with_lead
from articles.pictures.ladder import FRAME, Form
from articles.text.bidi import isolate_runs
from articles.text.xml import valid
from articles.views.article import article as article_page
from articles.views.facts import author_of
from articles.views.frame import absolute
from articles.views.reading import read_only
from articles.views.speechless import speechless
from newsroom.routes import address_of

LONGEST_ADDRESS = 2000
CACHE_AGE = 3600


@read_only
def oembed(request: HttpRequest) -> HttpResponse:
    """Describe the article at ``?url=`` as a link. One query.

    It is no "rich" one: that has to tell a height, which nobody knows without the reader's own
    typefaces. So ``maxwidth`` and ``maxheight`` have nothing to limit. Without an address the
    answer is 400, for one that is no live article's 404, in a format but json and xml 501.
    """
    form = request.GET.get("format", "json")
    if form not in WRITERS:
        sentence = _("An article is described in json or in xml.")
        return HttpResponse(sentence, status=501, content_type="text/plain; charset=utf-8")
    address = request.GET.get("url", "")
    if not address:
        raise BadRequest("An oEmbed request names the address of a page.")
    return _answer(request, form, _article_at(address))


@speechless
def _answer(request: HttpRequest, form: str, article: Article) -> HttpResponse:
    response = WRITERS[form](described(article))
    response.headers["Content-Language"] = article.language_id
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def described(article: Article) -> dict[str, str]:
    """Return the parameters of the response that are known, as both formats tell them."""
    front = address_of("front", language=article.language_id)
    known = {
        "version": "1.0",
        "type": "link",
        "title": _plain(article.headline, article.language),
        "author_name": _plain(*author_of(article)),
        "provider_name": article.language.site_title,
        "provider_url": absolute(front),
        "cache_age": str(CACHE_AGE),
        **_thumbnail(article),
    }
    return {name: valid(value) for name, value in known.items() if value}


def _thumbnail(article: Article) -> dict[str, str]:
    """The three parameters that belong together, for an article with a picture."""
    image = lead_of(article)
    found = image.steps(FRAME, Form.JPEG) if image else []
    if not image or not found:
        return {}
    return {
        "thumbnail_url": urljoin(settings.SITE_URL, image.url_of(found[0])),
        "thumbnail_width": str(found[0].width),
        "thumbnail_height": str(found[0].height),
    }


def _article_at(address: str) -> Article:
    """Return the live article of a page's address. Raises Http404 for any other address."""
    pk = _pk_in(address[: LONGEST_ADDRESS + 1])
    live = Article.objects.live().filter(pk=pk, language__in=Language.objects.published())
    article = with_lead(live.with_source().defer("body", "search_key")).first()
    if article is None:
        raise Http404
    return article


def _pk_in(address: str) -> int:
    """Return the number that decides an article's address; language and slug may be old ones."""
    try:
        parts, ours = urlsplit(address), urlsplit(settings.SITE_URL)
        match = resolve(unquote(parts.path))
    except (ValueError, Resolver404):
        raise Http404 from None
    is_here = parts.scheme in {"http", "https"} and parts.netloc.lower() == ours.netloc.lower()
    if len(address) > LONGEST_ADDRESS or not is_here or match.func is not article_page:
        raise Http404
    pk: int = match.kwargs["pk"]
    return pk


def _plain(text: str, language: Language) -> str:
    """A text for a page of unknown direction: one from right to left brings its own with it."""
    return f"\u2067{isolate_runs(text)}\u2069" if text and language.direction == "rtl" else text


def _as_json(told: dict[str, str]) -> HttpResponse:
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json")


def _as_xml(told: dict[str, str]) -> HttpResponse:
    response = HttpResponse(content_type="text/xml; charset=utf-8")
    document = SimplerXMLGenerator(response, "utf-8")
    document.startDocument()
    document.startElement("oembed", {})  # type: ignore[arg-type]  # As Django's feeds do.
    for name, value in told.items():
        document.addQuickElement(name, value)
    document.endElement("oembed")
    return response


WRITERS: dict[str, Callable[[dict[str, str]], HttpResponse]] = {"json": _as_json, "xml": _as_xml}
