"""The figures of an article, as its page, its data and what links to it tell of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from articles.models import Article, Figure
from articles.models.prepared import Prepared
from articles.pictures.ladder import CARD, WHOLE, Cut, Form, Rendition
from articles.text.dates import digits
from articles.views.frame import Shared

PARAMETER = "pictures"
"""What asks for a later page of an article's pictures, counted from 2 on."""
FIGURES_A_PAGE = 12
"""A page of more would outgrow the bytes that one round trip brings."""


class Plate(NamedTuple):
    """A figure on a page: its number, from 1 on, and the addresses of its neighbours, if any."""

    number: int
    figure: Figure
    previous: str
    next: str


@dataclass(frozen=True)
class Gallery:
    """The figures of one page of an article, and the queries of the pages around it."""

    plates: list[Plate]
    total: int = 0
    query: str = ""
    newer: str = ""
    older: str = ""

    @property
    def lead(self) -> Plate | None:
        """What stands above the text, on the first page."""
        return self.plates[0] if self.plates and not self.query else None

    @property
    def rest(self) -> list[Plate]:
        return self.plates[1:] if self.lead else self.plates

    def title(self, headline: str, numbering: str) -> str:
        """Return the title of a later page, its numbers in the digits called ``numbering``."""
        return _("%(headline)s: pictures %(first)s to %(last)s") % {
            "headline": headline,
            "first": digits(str(self.first), numbering),
            "last": digits(str(self.last), numbering),
        }

    @property
    def first(self) -> int:
        return self.plates[0].number

    @property
    def last(self) -> int:
        return self.plates[-1].number


def figures_of(article: Article) -> list[Figure]:
    """Return the figures of an article in their order, with their images.

    One query, and none of an article of which ``mark_pictured`` told that it has no figures.
    """
    return _FIGURES(article=article.pk) if getattr(article, "has_figures", True) else []


_FIGURES = Prepared(
    Figure, lambda *, article: Figure.objects.filter(article=article).in_order().with_image()
)


def gallery_of(request: HttpRequest, article: Article, figures: list[Figure]) -> Gallery:
    """Return the page of ``figures`` that the address asks for.

    Raises Http404 for a page that there is not; the first has no number.
    """
    pages = ceil(len(figures) / FIGURES_A_PAGE)
    page = _page(request, pages)
    start = (page - 1) * FIGURES_A_PAGE
    shown = figures[start : start + FIGURES_A_PAGE]
    path = article.get_absolute_url() if article.pk else ""
    plates = [
        Plate(
            number,
            figure,
            _place(path, number - 1, page) if number > 1 else "",
            _place(path, number + 1, page) if number < len(figures) else "",
        )
        for number, figure in enumerate(shown, start + 1)
    ]
    return Gallery(
        plates,
        total=len(figures),
        query=_query(page) if page > 1 else "",
        newer=path + _query(page - 1) if page > 1 else "",
        older=path + _query(page + 1) if page < pages else "",
    )


def shared(figure: Figure, cut: Cut = WHOLE) -> Shared | None:
    """Return the widest JPEG of a figure's image; None while none is made."""
    found = figure.image.steps(cut, Form.JPEG)
    return as_shared(figure, found[-1]) if found else None


def every_shared(figure: Figure) -> list[Shared]:
    """Return each JPEG of the whole picture, the narrowest first; none while none is made."""
    return [as_shared(figure, each) for each in figure.image.steps(WHOLE, Form.JPEG)]


def card(figure: Figure) -> Shared | None:
    """Return what stands for a page with this figure where other sites link to it."""
    return shared(figure, CARD)


def as_shared(figure: Figure, rendition: Rendition) -> Shared:
    """Return a rendition that is there, as other sites are told of it."""
    address = urljoin(settings.SITE_URL, figure.image.url_of(rendition))
    return Shared(address, rendition.width, rendition.height, rendition.form.media_type)


def _page(request: HttpRequest, pages: int) -> int:
    asked = request.GET.get(PARAMETER)
    if asked is None:
        return 1
    if not re.fullmatch("[2-9]|[1-9][0-9]{1,2}", asked) or int(asked) > pages:
        raise Http404
    return int(asked)


def _place(path: str, number: int, page: int) -> str:
    """The address of a figure enlarged: on the same page it is no more than its name."""
    its_page = ceil(number / FIGURES_A_PAGE)
    return f"{'' if its_page == page else path + _query(its_page)}#large-{number}"


def _query(page: int) -> str:
    return f"?{PARAMETER}={page}" if page > 1 else ""
