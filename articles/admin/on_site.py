"""Leading to what readers see of a row: Django's own view tells anybody any row's address."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from articles.admin.given import keys_of


def view_on_site(
    desk: AdminSite, request: HttpRequest, content_type_id: str, object_id: str
) -> HttpResponse:
    """Lead to the page that readers have of a row, or answer 404 where they have none.

    An article's address tells its headline: who may not see the row is told nothing of it.
    """
    kind = ContentType.objects.filter(pk__in=keys_of(ContentType, [content_type_id])).first()
    model = kind.model_class() if kind else None
    screen = desk._registry.get(model) if model else None
    row = screen.get_object(request, object_id) if screen else None
    if screen is None or row is None or not screen.has_view_permission(request, row):
        raise Http404
    show = screen.view_on_site if callable(screen.view_on_site) else _address
    address = show(row)
    if not address:
        raise Http404
    return HttpResponseRedirect(address)


def _address(row: object) -> str | None:
    get_absolute_url = getattr(row, "get_absolute_url", None)
    return get_absolute_url() if get_absolute_url else None
