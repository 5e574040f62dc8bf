"""Whether a page of this site sent a form: what browsers say, whatever a page would like them to.

A page that caches may keep for all readers carries no proof of Django's, since that is a cookie and
a token for each reader.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site sent the request.

    Origin says so (Fetch standard, section 3.2), or without it W3C's Fetch Metadata; browsers that
    know neither send the address of their page as Referer (RFC 9110, 10.1.3).
    """
    here = f"{request.scheme}://{request.get_host()}"
    if (origin := request.headers.get("Origin")) is not None:
        return origin == here
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site == "same-origin"
    return _origin_of(request.headers.get("Referer", "")) == here


def _origin_of(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
