"""Links of a clean body that are read away from its page."""

from __future__ import annotations

import html as entities
import re
from urllib.parse import urljoin

# As `articles.text.html.clean` writes a link: one address, in double quotes, entities escaped.
_LINK = re.compile(r'(<a(?: [a-z]+="[^"<>]*")*? href=")([^"<>]*)(")')


def absolute_links(html: str, address: str) -> str:
    """Return `html`, as `articles.text.html.clean` returns it, with no link that needs its page.

    Paths, queries and fragments become absolute against `address` (RFC 3986, section 5); what has a
    scheme stays as it is. An address that cannot be joined stays too.
    """
    return _LINK.sub(lambda link: f"{link[1]}{_joined(address, link[2])}{link[3]}", html)


def _joined(address: str, target: str) -> str:
    try:
        return entities.escape(urljoin(address, entities.unescape(target)))
    except ValueError:
        return target
