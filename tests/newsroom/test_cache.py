"""Redis as a cache: what it keeps, and what a reader notices when it is away (nothing)."""

from __future__ import annotations

import uuid

import pytest

from newsroom.cache import ForgivingRedisCache

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture
def redis_cache(redis_url: str) -> ForgivingRedisCache:
    return ForgivingRedisCache(redis_url, {"KEY_PREFIX": uuid.uuid4().hex})


@pytest.fixture
def dead_cache() -> ForgivingRedisCache:
    return ForgivingRedisCache(NOBODY_LISTENS, {})


def test_redis_keeps_what_it_is_given(redis_cache):
    redis_cache.set("front", "<h1>خبر</h1>", 30)
    assert redis_cache.get("front") == "<h1>خبر</h1>"
    assert redis_cache.has_key("front")
    assert redis_cache.touch("front", 60) is True
    assert redis_cache.delete("front") is True
    assert redis_cache.get("front", "gone") == "gone"


def test_redis_keeps_many_at_once(redis_cache):
    assert redis_cache.set_many({"en": 1, "ur": 2}, 30) == []
    assert redis_cache.get_many(["en", "ur", "sd"]) == {"en": 1, "ur": 2}
    redis_cache.delete_many(["en", "ur"])
    assert redis_cache.get_many(["en", "ur"]) == {}


def test_redis_adds_only_once_and_counts(redis_cache):
    assert redis_cache.add("visits", 1, 30) is True
    assert redis_cache.add("visits", 9, 30) is False
    assert redis_cache.incr("visits") == 2


def test_redis_refuses_to_count_what_it_does_not_hold(redis_cache):
    with pytest.raises(ValueError, match="not found"):
        redis_cache.incr("never-set")


def test_a_dead_redis_is_an_empty_cache_and_never_an_error(dead_cache):
    dead_cache.set("key", "value")
    assert dead_cache.get("key", "missed") == "missed"
    assert dead_cache.get_many(["key"]) == {}
    assert dead_cache.has_key("key") is False
    assert dead_cache.add("key", "value") is False
    assert dead_cache.touch("key") is False
    assert dead_cache.delete("key") is False
    assert dead_cache.set_many({"key": 1}) == ["key"]
    dead_cache.clear()
    dead_cache.delete_many(["key"])
    with pytest.raises(ValueError, match="not found"):
        dead_cache.incr("key")


def test_a_dead_redis_is_reported_once_and_then_left_alone(dead_cache, caplog):
    for _ in range(5):
        dead_cache.get("key")
    assert len(caplog.records) == 1
    assert "Redis does not answer" in caplog.text
