"""Taking files into the library: several at once, each told what became of it.

A browser with scripts sends each file by itself and asks for JSON, one without sends them together
and gets a page; both are told the same. What is refused leaves nothing behind and keeps nothing
else from being taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.actions import Refused, add_picture
from articles.actions.unfit import told
from articles.admin.verbs import editor_of
from articles.models import Image
from articles.models.media import LONGEST_NAME
from articles.pictures.reading import MOST_BYTES, UnfitPicture, check_size
from articles.pictures.rights import LONGEST, Rights
from articles.text.bidi import isolate

if TYPE_CHECKING:
    from articles.admin.library.screen import ImageAdmin

FILES, CREDIT = "files", "credit"
TEMPLATE = "admin/articles/image/upload.html"
FORM = {"longest_credit": LONGEST, "most_bytes": MOST_BYTES}
"""What the form tells of its limits."""


class Taken(NamedTuple):
    """What became of a file: its name, a sentence, and the image that has its bytes, if any."""

    name: str
    told: str
    image: Image | None = None
    is_new: bool = False


def upload_page(screen: ImageAdmin, request: HttpRequest) -> HttpResponse:
    """Show the form; take the files that were sent, and say of each what became of it."""
    taken = list(take(screen, request)) if request.method == "POST" else []
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"files": [_as_json(each) for each in taken]})
    if len(taken) == 1 and taken[0].image:
        messages.success(request, taken[0].told)
        return HttpResponseRedirect(_address(taken[0].image))
    context = {
        **screen.admin_site.each_context(request),
        **FORM,
        "title": _("Upload pictures"),
        "opts": screen.opts,
        "taken": taken,
        "is_empty": request.method == "POST" and not taken,
        "credit": request.POST.get(CREDIT, ""),
    }
    return TemplateResponse(request, TEMPLATE, context)


def take(screen: ImageAdmin, request: HttpRequest) -> Iterator[Taken]:
    """Take each file that was sent into the library, by itself, and log those that are new."""
    credit = request.POST.get(CREDIT, "").replace("\0", "").strip()[:LONGEST]
    for file in request.FILES.getlist(FILES):
        one = _take(request, file, Rights(credit=credit))
        if one.image and one.is_new:
            screen.log_addition(request, one.image, [{"added": {}}])
        yield one


def _take(request: HttpRequest, file: Any, rights: Rights) -> Taken:
    name = (file.name or "")[-LONGEST_NAME:]
    try:
        check_size(file.size or 0)
        data = file.read()
        image, is_new = add_picture(data=data, filename=name, by=editor_of(request), rights=rights)
    except UnfitPicture as error:
        return Taken(name, told(error))
    except Refused as refusal:
        return Taken(name, str(refusal))
    image.refresh_from_db(fields=["fallback_as", "rendered_as"])  # It can be shown since then.
    return Taken(name, _told_of(image, is_new), image, is_new)


def _told_of(image: Image, is_new: bool) -> str:
    if not is_new:
        sentence = _("The library has this file already, as %(name)s: it was not stored again.")
        return sentence % {"name": isolate(image.filename)}
    if not image.credit:
        return _("It is in the library. The file does not say who made it: add the credit.")
    return _("It is in the library.")


def _as_json(taken: Taken) -> dict[str, Any]:
    image = taken.image
    if image is None:
        return {"name": taken.name, "told": taken.told}
    return {
        "name": taken.name,
        "told": taken.told,
        "is_new": taken.is_new,
        "address": _address(image),
        "cell": render_to_string("admin/articles/image/choice.html", {"image": image}),
    }


def _address(image: Image) -> str:
    return reverse("admin:articles_image_change", args=[image.pk])
