"""Run the tests: ``python -m tests [--cov] [pytest's own arguments]``.

First on SQLite with Chromium, Redis and the HTML checker, then on PostgreSQL those of ``LAYERS``
that ask a database, in one language where they are tried in three. What readers' pages and the desk
do on PostgreSQL, and what a browser shows in the other languages, goes with the walks. With
``--cov``, which takes half as long again, the coverage of both together is told and held to its
floor. Where ``CI=true`` or ``REQUIRE_ALL_TESTS=1``, a service that is missing, a group in which
nothing ran and any skipped test are failures. ``python -m tests.walks`` and ``python -m
tests.faults`` run the others.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests import services

PYTEST = [sys.executable, "-m", "pytest", "--quiet"]
PYTEST += ["--numprocesses=auto", "--maxprocesses=4"]
LAYERS = [
    *("tests/actions", "tests/caching", "tests/deploy", "tests/loader", "tests/models"),
    *("tests/newsroom", "tests/pictures", "tests/recordings", "tests/search", "tests/text"),
]
"""Tests of what stands between the pages and the database."""
COVERAGE = ["--cov-report=", "--cov-fail-under=0"]  # The floor is for all runs together.


def main(arguments: list[str]) -> int:
    """Run the tests and return 0 when all passed and a coverage that is asked for is reached."""
    is_measured = "--cov" in arguments
    if is_measured:
        arguments = [*arguments, *COVERAGE]
    marks = "not postgresql and not slow and not walk"
    results = [run_tests("SQLite", marks, "browser nginx redis vnu", {}, arguments)]
    url = services.postgresql_url()
    if url:
        is_chosen = any(not each.startswith("-") for each in arguments)
        extra = [*arguments, "--only-database", *(["--cov-append"] if is_measured else [])]
        extra += [] if is_chosen else LAYERS
        here = {"TEST_DATABASE_URL": url}
        marks = "not browser and not slow and not vnu and not walk"
        results.append(run_tests("PostgreSQL", marks, "postgresql", here, extra))
    else:
        print(f"PostgreSQL was left out. {services.MISSING['postgresql']}")
        results.append(int(services.all_tests_are_required()))
    if is_measured:
        results.append(subprocess.call([sys.executable, "-m", "coverage", "report"]))
    return int(any(results))


def run_tests(
    database: str, marks: str, groups: str, variables: dict[str, str], arguments: list[str]
) -> int:
    """Run pytest on one database, over the tests that ``marks`` selects; return its exit code."""
    print(f"Tests on {database}", flush=True)
    required = {"REQUIRE_GROUPS": groups} if services.all_tests_are_required() else {}
    environment = {**os.environ, **required, **variables}
    if not variables:
        environment.pop("TEST_DATABASE_URL", None)
    return subprocess.call([*PYTEST, "-m", marks, *arguments], env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
