"""Run the walks: ``python -m tests.walks [pytest's own arguments]``.

They go through all that there is of a kind: every address by who asks and in which state what is
asked for is, every template in every language at every width, every odd thing that can be sent.
First on SQLite with Chromium, then on PostgreSQL without, and with all else that ``make test``
tries of pages and the desk on SQLite alone. Where ``CI=true`` or
``REQUIRE_ALL_TESTS=1``, a service that is missing and any skipped test are failures.
"""

from __future__ import annotations

import sys

from tests import services
from tests.__main__ import LAYERS, run_tests


def main(arguments: list[str]) -> int:
    """Run them and return 0 when all passed."""
    results = [run_tests("SQLite", "walk", "browser", {}, arguments)]
    url = services.postgresql_url()
    if url:
        here, alone = {"TEST_DATABASE_URL": url}, [*arguments, "--only-database"]
        alone += [f"--ignore={layer}" for layer in LAYERS]
        marks = "not browser and not slow and not vnu"
        results.append(run_tests("PostgreSQL", marks, "", here, alone))
    else:
        print(f"PostgreSQL was left out. {services.MISSING['postgresql']}")
        results.append(int(services.all_tests_are_required()))
    return int(any(results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
