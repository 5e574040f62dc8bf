"""The address that a request came from, as the proxies before this server tell it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

NETWORK_BITS = 64
"""Of an IPv6 address, what a provider gives to one household; the rest is that one's own choice."""


def client_address(request: HttpRequest) -> str | None:
    """Return whom to count tries for: an IPv4 address, or the network of an IPv6 address.

    Each proxy adds at the end of X-Forwarded-For the address that it was asked from. So, counted
    from the end, as many entries as there are proxies (PROXIES) are true, and whatever stands
    before them was written by the client itself. None when no address is known (a socket file).
    """
    told = request.headers.get("X-Forwarded-For", "").split(",")
    peer = request.META.get("REMOTE_ADDR", "")
    hops = settings.PROXIES
    return _counted(told[-hops] if 0 < hops <= len(told) else peer) or _counted(peer)


def _counted(text: str) -> str | None:
    try:
        address: IPv4Address | IPv6Address = ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), NETWORK_BITS), strict=False).network_address)
