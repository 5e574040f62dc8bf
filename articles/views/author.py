"""An author: who they are, and what they wrote."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse

from articles.models import Article, Author
from articles.templating.recordings import paragraphs
from articles.views.edition import Edition, open_edition
from articles.views.frame import Frame, show
from articles.views.listing import in_list
from articles.views.lite import page_depends_on
from articles.views.moved import send_on
from articles.views.paging import PLACES, NewestPage, page_of
from articles.views.reading import read_only
from articles.views.schema_people import profile


@read_only
@page_depends_on(*PLACES)
def author(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Show an author with their articles, the newest first. Five queries.

    Raises Http404 for one of whom readers can see nothing in this edition.
    """
    edition = open_edition(language)
    chosen, paths = author_in(edition, slug)
    try:
        page = page_of(in_list(edition, author=chosen.pk), request, {})
    except NewestPage:
        return send_on(request, request.path)
    about = paragraphs(chosen.about)
    frame = Frame(
        edition,
        title=edition.plain(chosen.name, language),
        description=edition.plain(about[0], language) if about else "",
        path=paths[language],
        query=page.query,
        paths=paths,
        feed_of=paths[language],
    )
    data = profile(frame, chosen, page.articles)
    context = {"author": chosen, "about": about, "page": page, "json_ld": data}
    return show(request, "articles/author.html", frame, context)


def author_in(edition: Edition, slug: str) -> tuple[Author, dict[str, str]]:
    """Return an author and their addresses in the editions in which they have articles. One query.

    Raises Http404 when this edition is none of them: who is named only by drafts is not public.
    """
    live = Article.objects.live().filter(author=OuterRef("pk"), language=OuterRef("language"))
    codes = [language.code for language in edition.languages]
    named = Author.objects.filter(Exists(live), slug=slug, language__in=codes)
    found = {each.language_id: each for each in named.select_related("language", "picture")}
    if edition.code not in found:
        raise Http404
    return found[edition.code], {code: each.get_absolute_url() for code, each in found.items()}
