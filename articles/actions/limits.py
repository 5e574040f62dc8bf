"""How often something may be done from one place: counted in the cache, for a while.

Whoever it was is kept as a keyed digest that is another one each day, never as an address.
"""

from __future__ import annotations

from typing import NamedTuple

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac


class Limit(NamedTuple):
    """``most`` times in ``seconds``, counted from the first of them, for what is called ``name``.

    Behind one address there may be an office, or all customers of a telephone company.
    """

    name: str
    most: int
    seconds: int


HOUR = 60 * 60
POSTS = Limit("posts", 120, HOUR // 6)
"""Forms of readers of any kind, right or wrong: more come from no person."""
MESSAGES = Limit("messages", 10, HOUR)
VOTES = Limit("votes", 60, HOUR)


def is_in_time(limit: Limit, who: str) -> bool:
    """Count one more time that ``who`` does something; whether that is within the limit.

    A cache of each process counts for itself, and while a shared one is away nothing is counted:
    this holds off floods, and is no lock.
    """
    key = f"limit:{limit.name}:{_digest(limit, who)}"
    cache.add(key, 0, limit.seconds)
    try:
        return bool(cache.incr(key) <= limit.most)
    except ValueError:  # Ended this moment, or the cache is away.
        return True


def _digest(limit: Limit, who: str) -> str:
    salt = f"articles.limits {limit.name} {timezone.now():%Y-%m-%d}"
    return salted_hmac(salt, who, algorithm="sha256").hexdigest()
