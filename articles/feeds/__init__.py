"""Feeds of full texts: RSS 2.0, Atom 1.0 (RFC 4287) and JSON Feed 1.1, of any list of articles.

A list's feeds lie under its own address: ``/ur/section/culture/`` has ``rss``, ``atom`` and
``json``. To give another list its feeds, make a ``Channel`` and ``syndicate`` its articles.
"""

from __future__ import annotations

from articles.feeds.answering import syndicate
from articles.feeds.channel import Channel

__all__ = ["Channel", "syndicate"]
