"""The public list of what an edition got wrong: corrections, clarifications and withdrawals."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.models import Notice
from articles.models.notice import Kind
from articles.views.edition import open_edition
from articles.views.frame import Frame, in_every_edition, show
from articles.views.lite import page_depends_on
from articles.views.moved import send_on
from articles.views.paging import PLACES, NewestPage, page_of
from articles.views.reading import read_only
from articles.views.schema_org import listed


@read_only
@page_depends_on(*PLACES)
def corrections(request: HttpRequest, language: str) -> HttpResponse:
    """List an edition's corrections, newest first. Four queries.

    What was withdrawn is neither named nor linked: its headline may be what was wrong, and its page
    has no more to say than the notice here.
    """
    edition = open_edition(language)
    try:
        page = page_of(Notice.objects.listed_in(language).for_list(), request, {}, by="made_at")
    except NewestPage:
        return send_on(request, request.path)
    paths = in_every_edition(edition, "corrections")
    frame = Frame(
        edition,
        title=_("Corrections"),
        description=_("What this edition got wrong, and what is right. The newest comes first."),
        path=paths[edition.code],
        query=page.query,
        paths=paths,
    )
    corrected = (each.article for each in page.rows if each.kind != Kind.WITHDRAWAL)
    context = {"page": page, "json_ld": listed(frame, dict.fromkeys(corrected))}
    return show(request, "articles/corrections.html", frame, context)
