"""What browsers may do with answers of this site, told by headers on each of them.

The content security policy (W3C CSP 3) allows nothing but what comes from this host: no script, no
sheet and no handler written into a page runs, at the desk as little as before readers. There alone
an attribute of style does, by which other programs' texts say what is bold when they are pasted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

CSP = "Content-Security-Policy"
CORP = "Cross-Origin-Resource-Policy"

_OWN = "script style img font connect media manifest worker".split()
_REFUSED = (
    "accelerometer camera display-capture geolocation gyroscope hid idle-detection magnetometer "
    "microphone midi payment screen-wake-lock serial usb xr-spatial-tracking"
).split()
"""What no page of ours asks of a device. Players are lent what their frames name, and no more."""
PERMISSIONS = ", ".join(f"{feature}=()" for feature in _REFUSED)


def policy(frames: Iterable[str] = ("'self'",), **changed: str) -> str:
    """Return a content security policy: what is ours, and frames of these sources.

    ``changed`` names directives by their names with ``_`` for ``-``, and what they say instead.
    """
    directives = {
        "default-src": "'none'",
        **{f"{kind}-src": "'self'" for kind in _OWN},
        "frame-src": " ".join(frames) or "'none'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        **{name.replace("_", "-"): value for name, value in changed.items()},
    }
    told = [f"{name} {value}" for name, value in directives.items()]
    return "; ".join([*told, "upgrade-insecure-requests"] if settings.IS_HTTPS else told)


def hosts_of(addresses: Iterable[str]) -> list[str]:
    """Return what allows these addresses, each by its host, and none of another.

    They are absolute and ours: see ``articles.recordings.providers``.
    """
    parts = map(urlsplit, addresses)
    return sorted({f"{each.scheme}://{each.netloc}" for each in parts})


class PolicyMiddleware:
    """Tell browsers on every answer what they may do with it. A view that says more is left to it.

    The first of all, so that files, redirects and refusals of those behind it are told the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        is_file = request.path_info.startswith(settings.STATIC_URL)
        # Marks and covers of the site are shown where its feeds and podcasts are.
        response.headers.setdefault(CORP, "cross-origin" if is_file else "same-origin")
        if not (settings.DEBUG and response.status_code in {404, 500}):  # Django's own pages.
            response.headers.setdefault(CSP, self.policy)
        return response
