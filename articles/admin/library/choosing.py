"""The library as an article's form shows it in a dialog: a page of pictures to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.admin.library.finding import found
from articles.admin.windows import CappedPaginator
from articles.models import Image

if TYPE_CHECKING:
    from articles.admin.library.screen import ImageAdmin

ASKED, PAGE = "q", "p"
A_PAGE = 24


def choices_page(screen: ImageAdmin, request: HttpRequest) -> HttpResponse:
    """Answer with a part of a page: the pictures that the address asks for, newest first."""
    asked = request.GET.get(ASKED, "")
    rows = found(Image.objects.all(), asked, request.user)
    page = CappedPaginator(rows, A_PAGE).get_page(request.GET.get(PAGE))
    context = {"page": page, "asked": asked}
    return render(request, "admin/articles/image/choices.html", context)
