"""Which tests one worker runs in a row: those that share what takes long to start."""

from __future__ import annotations

from typing import Any

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {"tests/test_serving.py", "tests/deploy/test_serving.py", "tests/newsroom/test_s3.py"}
"""Files with a server of their own."""


def by_server(config: Any, log: Any) -> Any:
    """Return what hands out every test by itself, but each file in ``TOGETHER`` as one.

    pytest-xdist 3.8 has a marker that would say so, which it does not see with pytest 9.2.
    """
    scheduling = LoadScopeScheduling(config, log)
    scheduling._split_scope = _unit_of
    return scheduling


def _unit_of(nodeid: str) -> str:
    file = nodeid.partition("::")[0]
    return file if file in TOGETHER else nodeid
