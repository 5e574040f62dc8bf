"""The one door through which an address of another site becomes a link that readers are given."""

from __future__ import annotations

import re
from ipaddress import IPv4Address
from unicodedata import normalize
from urllib.parse import urlsplit, urlunsplit

from articles.text.normal import drop_controls

LONGEST = 500
"""Characters of an address."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?![0-9])", re.IGNORECASE)
# White space ends an address, and browsers read a backslash as a slash; the rest is in no address.
_NEVER = re.compile(r"[\s\\<>\"^`{|}]")
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+{_LABEL}\.?|\[[0-9a-f:.]+\]")
# A host whose last label is a number is an IPv4 address to a browser, however it is written.
_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?")


def safe_url(typed: str, longest: int = LONGEST) -> str:
    """Return a typed web address as it may stand in a page: ``https`` where no scheme was typed.

    Scheme and host are in lower case, all else is as it was typed (RFC 3986). Raises ValueError for
    anything but http and https, for a host without a dot or one that a browser would read as
    another than is written, for names and passwords before it, which make an address look like one
    of another site, and for more than ``longest`` characters.
    """
    text = drop_controls(typed).strip()
    if not _SCHEME.match(text):
        text = f"https://{text.removeprefix('//')}"
    parts = urlsplit(text)  # Raises ValueError for brackets that hold no address.
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""  # Raises ValueError for what is no number.
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        raise ValueError("Only http and https lead to another site, and only by its whole name.")
    if normalize("NFKC", host) != host or _NUMBER.fullmatch(host):
        IPv4Address(host)  # Raises ValueError for all but four plain numbers.
    if "@" in parts.netloc or _NEVER.search(text) or len(text) > longest:
        raise ValueError("This address holds what no link to another site needs.")
    return urlunsplit(parts._replace(netloc=host + port))


def host_of(address: str) -> str:
    """Return the host of an address that ``safe_url`` has let through, as readers know it."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
