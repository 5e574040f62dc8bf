"""One article: the story in one language, with its sisters, its evidence and its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.db.models import Prefetch, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from articles.caching import remembered
from articles.models import Article, Figure, Language, Notice
from articles.models.article import ArticleQuerySet
from articles.models.article import gone as left
from articles.models.article import live as visible
from articles.models.media import mark_pictured
from articles.models.notice import CORRECTING, mark_noted, tell_notices
from articles.models.prepared import Prepared
from articles.models.recording import mark_recorded
from articles.templating.article import summary
from articles.text.contents import with_names
from articles.views.edition import Edition, open_edition
from articles.views.errors import gone
from articles.views.facts import is_undated, modified_time, published_time, section_of
from articles.views.figures import PARAMETER, Gallery, card, figures_of, gallery_of
from articles.views.frame import Frame, absolute, show
from articles.views.lite import page_depends_on
from articles.views.moved import send_on
from articles.views.reading import read_only
from articles.views.recordings import PLAY, allow_players, recordings_of
from articles.views.schema_media import events_of, recordings_in
from articles.views.schema_org import above_article, breadcrumbs, news_article
from newsroom.routes import address_of

RELATED = 3
DESCRIPTION_WORDS = 40
FEWEST_HEADINGS = 3
"""A page of fewer is seen at a glance, and has no contents."""
BESIDE = ("capture__source", "translated_from", "event", "author")
"""Rows that its page tells of beside those that lists do."""
UNREAD = (
    *("search_key", "capture__raw", "capture__report"),
    *("capture__source__furniture", "capture__source__date_order_counts"),
    "capture__source__usage_terms",
)
"""Columns that no article's page prints, heavy ones among them."""


@read_only
@page_depends_on(PARAMETER, PLAY)
def article(request: HttpRequest, language: str, pk: int, slug: str) -> HttpResponse:
    """Show a live article under its one right address. Four queries, one more each with notices,
    figures, recordings and others in its section.

    Any other language or slug is a 301 to that address, a withdrawn article a 410, and what readers
    may not see yet the same 404 as a number that was never given.
    """
    edition = open_edition(language)
    siblings = live_story(edition, pk)
    chosen = next((sibling for sibling in siblings if sibling.pk == pk), None)
    if chosen is None:
        withdrawn = withdrawn_article(pk)
        return gone(request, edition, notice_of(edition, withdrawn), siblings)
    if (chosen.language_id, chosen.slug) != (language, slug):
        return send_on(request, address_for(request, chosen), for_good=True)
    figures = figures_of(chosen)
    gallery = gallery_of(request, chosen, figures)
    recordings = recordings_of(request, chosen) if getattr(chosen, "has_recordings", True) else []
    frame = _frame(edition, chosen, siblings, gallery, figures)
    data = [
        news_article(frame, chosen, siblings, figures),
        breadcrumbs(frame, above_article(edition, chosen)),
        *events_of(frame, chosen),
        *recordings_in(frame, chosen, [each.recording for each in recordings]),
    ]
    told = {**_told(frame, chosen, siblings), "gallery": gallery, "recordings": recordings}
    context = {**told, "json_ld": data}
    response = show(request, "articles/article.html", frame, context)
    return allow_players(response, [each.recording for each in recordings])


def _frame(
    edition: Edition,
    article: Article,
    siblings: list[Article],
    gallery: Gallery,
    figures: list[Figure],
) -> Frame:
    lead = figures[0] if figures else None
    title = edition.plain(article.headline, edition.code)
    return Frame(
        edition,
        title=gallery.title(title, edition.language.digits) if gallery.query else title,
        description=edition.plain(summary(article, DESCRIPTION_WORDS), edition.code),
        path=article.get_absolute_url(),
        query=gallery.query,
        paths={sibling.language_id: sibling.get_absolute_url() for sibling in siblings},
        card=card(lead) if lead else None,
        image_alt=edition.plain(lead.alt_text, edition.code) if lead else "",
    )


def _told(frame: Frame, article: Article, siblings: list[Article]) -> dict[str, Any]:
    """What the page tells beside the text and its figures."""
    short = address_of("article", language=article.language_id, pk=article.pk, slug="")
    return {
        **story_of(article, siblings),
        "oembed": absolute(f"{address_of('oembed')}?url={quote(frame.canonical, safe='')}"),
        "short_address": absolute(short),
        "published_time": published_time(article),
        "section_title": section_of(frame.edition, article),
        "modified_time": modified_time(article),
    }


def story_of(article: Article, siblings: Sequence[Article]) -> dict[str, Any]:
    """Return what the page of an article tells of its story, stored or not.

    ``siblings`` are the live articles of the story, this one perhaps among them.
    """
    notices = list(article.notices.all()) if article.pk else []
    is_page = is_undated(article)
    headings = with_names(article.body)[1] if is_page else []
    return {
        "article": article,
        "is_page": is_page,
        "layout": article.section.layout if article.section else "",
        "contents": headings if len(headings) >= FEWEST_HEADINGS else [],
        "notices": notices,
        "corrected": next((each for each in notices if each.kind in CORRECTING), None),
        "siblings": [sibling for sibling in siblings if sibling.pk != article.pk],
        "related": related_to(article),
        "years": 0 if is_page else years_since(article, timezone.now()),
    }


def related_to(article: Article) -> list[Article]:
    """Return the newest live articles beside this one in its section; of pages, the first ones."""
    if article.section_id is None:
        return []
    key = ("first of section", article.section_id, article.language_id)
    first = remembered(key, lambda: list(_first_of_section(article)))
    return [each for each in first if each.pk != article.pk][:RELATED]


def _first_of_section(article: Article) -> ArticleQuerySet:
    """The first live articles of the section of ``article``, which may be one of them."""
    live = Article.objects.live().filter(section=article.section_id)
    own = live.in_language(article.language_id).for_list()
    return (own.in_order() if is_undated(article) else own.newest_first())[: RELATED + 1]


def years_since(article: Article, now: datetime) -> int:
    """Return how many whole years have passed since an article was published."""
    if article.published_at is None:
        return 0
    then, today = timezone.localdate(article.published_at), timezone.localdate(now)
    return today.year - then.year - ((today.month, today.day) < (then.month, then.day))


def was_public(article: Article, now: datetime) -> bool:
    """Whether readers once saw an article that is now withdrawn. Only then may they hear of it."""
    first = article.first_published_at
    return article.status == Article.Status.WITHDRAWN and first is not None and first <= now


def live_article(pk: int) -> Article | None:
    """Return what an address needs of the article ``pk``; None when readers may not see it."""
    live = Article.objects.live().filter(pk=pk, language__in=Language.objects.published())
    return live.only("language", "slug").first()


def address_for(request: HttpRequest, article: Article) -> str:
    """Return the one right address of an article, with the query that the reader came with."""
    query = request.META.get("QUERY_STRING", "")
    address = article.get_absolute_url()
    return f"{address}?{query}" if query else address


def live_story(edition: Edition, pk: int) -> list[Article]:
    """Return the live articles of the story of article ``pk``, which may not be one of them, each
    with its notices. One query, and another where there are any.

    What readers never saw leads to no story: a number that somebody's draft has is answered by the
    same queries as one that nothing has. The one story and the named languages lead every database
    to the index on both; of a subquery for either, SQLite thinks worse than of reading every
    published article.
    """
    codes = tuple(language.code for language in edition.languages)
    articles = edition.join(_STORY(codes, at=timezone.now(), pk=pk))
    tell_notices(articles)
    return articles


def _story(codes: tuple[str, ...], *, at: datetime, pk: int) -> ArticleQuerySet:
    seen = Article.objects.filter(visible(at) | left(at), pk=pk)
    story = Subquery(seen.values("story")[:1])
    live = Article.objects.live(at).filter(story=story, language__in=codes)
    fetched = live.with_source(alone=True).select_related(*BESIDE)
    fetched = fetched.defer(*UNREAD, "translated_from__snapshot", "author__about")
    marked = mark_pictured(mark_noted(mark_recorded(fetched)))
    return marked.order_by("language__position", "language")


_STORY = Prepared(Article, _story)


def withdrawn_article(pk: int) -> Article:
    """Return what is left of a withdrawn article, the notice of its withdrawal with it.

    Two queries. Raises Http404 if readers never saw it.
    """
    rows = Article.objects.filter(left(timezone.now()), pk=pk).defer("body", "search_key")
    withdrawn = rows.prefetch_related(Prefetch("notices", Notice.objects.of_withdrawn())).first()
    if withdrawn is None:
        raise Http404
    return withdrawn


def notice_of(edition: Edition, withdrawn: Article) -> Notice | None:
    """Return why an article was withdrawn, if that was said in a language that readers see."""
    if edition.language_of(withdrawn) is None:
        return None
    return next(iter(withdrawn.notices.all()), None)
