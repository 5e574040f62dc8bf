"""Redis as a cache that may be gone: an outage is a miss, never an error for a reader."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")

REST_SECONDS = 5.0
"""How long a Redis that failed is left alone before it is asked again."""


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, behaving as an empty cache that keeps nothing while Redis is away."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = params.setdefault("OPTIONS", {})
        options.setdefault("socket_timeout", 0.2)
        options.setdefault("socket_connect_timeout", 0.2)
        super().__init__(server, params)
        self._resting_until = 0.0

    def _ask(self, question: Callable[[], Answer], if_away: Answer) -> Answer:
        if time.monotonic() < self._resting_until:
            return if_away
        try:
            return question()
        except (RedisError, OSError) as error:
            self._resting_until = time.monotonic() + REST_SECONDS
            logger.warning("Redis does not answer (%s); caching rests for a while.", error)
            return if_away

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._ask(lambda: super(ForgivingRedisCache, self).add(*args, **kwargs), False)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(
            lambda: super(ForgivingRedisCache, self).get(key, default, version), default
        )

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._ask(lambda: super(ForgivingRedisCache, self).set(*args, **kwargs), None)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return self._ask(lambda: super(ForgivingRedisCache, self).touch(*args, **kwargs), False)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._ask(lambda: super(ForgivingRedisCache, self).delete(*args, **kwargs), False)

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        return self._ask(lambda: super(ForgivingRedisCache, self).get_many(*args, **kwargs), {})

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return self._ask(lambda: super(ForgivingRedisCache, self).has_key(*args, **kwargs), False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Return the raised counter. Raises ValueError for a key that is absent or out of reach."""
        value = self._ask(lambda: super(ForgivingRedisCache, self).incr(key, delta, version), None)
        if value is None:
            raise ValueError(f"Key {key!r} not found")
        return value

    def set_many(self, data: dict[Any, Any], *args: Any, **kwargs: Any) -> list[Any]:
        return self._ask(
            lambda: super(ForgivingRedisCache, self).set_many(data, *args, **kwargs), list(data)
        )

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._ask(lambda: super(ForgivingRedisCache, self).delete_many(*args, **kwargs), None)

    def clear(self) -> None:
        self._ask(lambda: super(ForgivingRedisCache, self).clear(), None)
