"""Links of a body that is shown away from its page."""

from __future__ import annotations

from articles.text.links import absolute_links


def with_absolute_links(body: str, address: str) -> str:
    """Return a stored body whose links lead on from anywhere."""
    return absolute_links(body, address)
