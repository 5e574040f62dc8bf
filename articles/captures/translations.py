"""Which pages are one story in several languages, by the addresses with which they name each other.

A page that names its translations gives a set of addresses, its own among them. Pages that give the
same set name each other, and are one story; that needs no look at any other capture, so the order
in which they are read cannot matter. A page that is named and does not answer proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

ADDRESS = re.compile(r"https?://[^\s<>\[\](){}\"'|،۔]+")
"""An address as it is printed in running text."""

_MARKS = "/:@!$&'()*+,;=~"
_CAMPAIGN = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id", re.IGNORECASE)


def same_page(address: str) -> str:
    """``address`` without what does not tell pages apart, or ``""`` when it names no page.

    That is its scheme, a leading ``www.``, the case of its host, how its letters are encoded, its
    final slash and fragment, and what campaigns count visitors by (RFC 3986, section 6).
    """
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return ""
    kept = [pair for pair in parse_qsl(parts.query, True) if not _CAMPAIGN.fullmatch(pair[0])]
    query = f"?{urlencode(kept)}" if kept else ""
    path = quote(unquote(parts.path, errors="surrogateescape"), _MARKS, errors="surrogateescape")
    path = path.rstrip("/")
    return f"{host}{port}{path}{query}" if host and (path or query) else ""


def own_address(crawled: str, claimed: str) -> str:
    """The address of a page: where it was ``crawled``, unless it names another on that very host.

    What a page claims of itself counts only for the site that it came from; where no crawl or
    manifest tells where that was, there is nothing else to go by.
    """
    if not crawled or not claimed:
        return crawled or claimed
    return claimed if _host(claimed) == _host(crawled) else crawled


def _host(address: str) -> str:
    try:
        return (urlsplit(address.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def story_key(own: str, others: Iterable[str]) -> str:
    """A key that all pages share that name each other as one story: their addresses, a line each.

    ``own`` is the page's own address. The key is empty when that is unknown, or when no other page
    is named: a site's front page is none.
    """
    mine = same_page(own)
    pages = {mine, *map(same_page, others)} - {""}
    return "\n".join(sorted(pages)) if mine and len(pages) > 1 else ""
