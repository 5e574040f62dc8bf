"""Renditions of pictures, as the data that they are: nothing in them runs, and nothing changes.

Only what ``articles.actions.rendition`` made is reached here; the originals lie in another storage.
Another server may take these addresses over (``MEDIA_ROOT`` under ``MEDIA_URL``) with the same
headers.
"""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse

from articles.pictures.ladder import Form
from articles.views.reading import read_only
from articles.views.speechless import speechless
from newsroom.policy import CORP, CSP

HEADERS = {
    # What a name leads to never changes: what is made anew gets a new name.
    "Cache-Control": "public, max-age=31536000, immutable",
    CSP: "default-src 'none'; sandbox",
    CORP: "cross-origin",  # Feeds are read on other sites.
    "X-Content-Type-Options": "nosniff",
}


@read_only
@speechless
def rendition(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with the bytes of a rendition. No query. Raises Http404 for what is not there."""
    try:
        with default_storage.open(name) as file:
            data = file.read()
    except FileNotFoundError:
        raise Http404 from None
    form = Form(name.rpartition(".")[2])
    return HttpResponse(data, content_type=form.media_type, headers=HEADERS)
