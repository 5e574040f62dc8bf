"""One article: the story in one language, with its sisters, its evidence and its neighbours."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Prefetch, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Language, Notice
from articles.models.notice import CORRECTING, notices_beside_text
from articles.templatetags.article import summary
from articles.views.edition import Edition, open_edition
from articles.views.errors import gone
from articles.views.facts import modified_time, published_time, section_of
from articles.views.frame import Frame, absolute, show
from articles.views.moved import send_on
from articles.views.reading import read_only
from articles.views.schema_org import above_article, breadcrumbs, news_article

RELATED = 3
DESCRIPTION_WORDS = 40
UNREAD = (
    *("search_key", "capture__raw", "capture__report"),
    *("capture__source__furniture", "capture__source__date_order_counts"),
    "capture__source__usage_terms",
)
"""Columns that no article's page prints, heavy ones among them."""


@read_only
def article(request: HttpRequest, language: str, pk: int, slug: str) -> HttpResponse:
    """Show a live article under its one right address. Five queries.

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
    paths = {sibling.language_id: sibling.get_absolute_url() for sibling in siblings}
    frame = Frame(
        edition,
        title=edition.plain(chosen.headline, language),
        description=edition.plain(summary(chosen, DESCRIPTION_WORDS), language),
        path=chosen.get_absolute_url(),
        paths=paths,
    )
    notices = list(chosen.notices.all())
    context = {
        "article": chosen,
        "notices": notices,
        "corrected": next((each for each in notices if each.kind in CORRECTING), None),
        "siblings": [sibling for sibling in siblings if sibling.pk != chosen.pk],
        "related": related_to(chosen),
        "years": years_since(chosen, timezone.now()),
        "json_ld": [
            news_article(frame, chosen, siblings),
            breadcrumbs(frame, above_article(edition, chosen)),
        ],
        "oembed": absolute(f"{reverse('oembed')}?{urlencode({'url': frame.canonical})}"),
        "short_address": absolute(
            reverse("article", kwargs={"language": language, "pk": pk, "slug": ""})
        ),
        "published_time": published_time(chosen),
        "section_title": section_of(edition, chosen),
        "modified_time": modified_time(chosen),
    }
    return show(request, "articles/article.html", frame, context)


def related_to(article: Article) -> list[Article]:
    """Return the newest live articles beside this one in its section."""
    if article.section_id is None:
        return []
    neighbours = Article.objects.live().filter(section=article.section_id).exclude(pk=article.pk)
    return list(neighbours.in_language(article.language_id).for_list().newest_first()[:RELATED])


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
    with its notices. Two queries.

    The one story and the named languages lead every database to the index on both; of a subquery
    for either, SQLite thinks worse than of reading every published article.
    """
    story = Subquery(Article.objects.filter(pk=pk).values("story")[:1])
    codes = [language.code for language in edition.languages]
    live = Article.objects.live().filter(story=story, language__in=codes)
    fetched = live.with_source().select_related("capture__source").defer(*UNREAD)
    told = fetched.prefetch_related(notices_beside_text())
    return list(told.order_by("language__position", "language"))


def withdrawn_article(pk: int) -> Article:
    """Return what is left of a withdrawn article, the notice of its withdrawal with it.

    Two queries. Raises Http404 if readers never saw it.
    """
    left = Article.objects.filter(pk=pk).defer("body", "search_key")
    withdrawn = left.prefetch_related(Prefetch("notices", Notice.objects.of_withdrawn())).first()
    if withdrawn is None or not was_public(withdrawn, timezone.now()):
        raise Http404
    return withdrawn


def notice_of(edition: Edition, withdrawn: Article) -> Notice | None:
    """Return why an article was withdrawn, if that was said in a language that readers see."""
    if edition.language_of(withdrawn) is None:
        return None
    return next(iter(withdrawn.notices.all()), None)
