"""The newsroom's settings for collecting static files in seconds: hashed, and not compressed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsroom.fonts import StaticFilesStorage
from newsroom.settings import *  # noqa: F403
from newsroom.settings import STORAGES


class Uncompressed(StaticFilesStorage):
    """What a site has, but for the brotli and gzip of each file, which take most of a minute."""

    def post_process_with_compression(self, files: Iterator[Any]) -> Iterator[Any]:
        yield from files


STORAGES["staticfiles"]["BACKEND"] = "tests.deploy.collecting.Uncompressed"
