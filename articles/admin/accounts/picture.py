"""The secret of a new app: as a picture to scan, as letters to type, as an address to tap."""

from __future__ import annotations

from base64 import b32encode
from io import BytesIO

import segno
from django.contrib.admin import AdminSite
from django.contrib.auth.models import AbstractUser
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from articles.actions.second_factor import address_for_app
from articles.admin.accounts.signing_in import NEW_KEY, held


def secret_of(user: AbstractUser, key: str) -> dict[str, str]:
    """What a page tells of the secret: groups of four letters, and an address for this device."""
    letters = b32encode(bytes.fromhex(key)).decode()
    groups = " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))
    return {"secret": groups, "app_address": address_for_app(user, key)}


@never_cache
def qr_code(request: HttpRequest, admin_site: AdminSite) -> HttpResponse:
    """The picture of the secret that this session offers, for an app's camera.

    It has an address of its own, for the strict policy of pages takes no picture from a ``data:``
    address; no cache keeps it, and it is there for this session and no other.
    """
    key = request.session.get(NEW_KEY)
    user = held(request) or (request.user if admin_site.has_permission(request) else None)
    if key is None or not isinstance(user, AbstractUser):
        raise Http404
    picture = BytesIO()
    # Black on white in the dark theme too: cameras read no other.
    segno.make(address_for_app(user, key), error="m", micro=False).save(
        picture, kind="svg", omitsize=True, light="white", xmldecl=False
    )
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")
