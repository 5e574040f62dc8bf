"""Run the tests of faults: ``python -m tests.faults``.

On SQLite, loads that are killed, disks that are full, two first starts at once, servers that are
killed while somebody types, eight people who save one article and five thousand forms in a minute;
on PostgreSQL, where one answers, the savers and the forms again. Then a whole server, behind nginx,
of which one part after another breaks under load; each line that begins with "Fault" says what was
done, how many requests were sent, how many failed, how many saved texts were lost, and what else
was seen. Where ``CI=true`` or ``REQUIRE_ALL_TESTS=1``, a PostgreSQL or an nginx that is missing is
a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests import services

PYTEST = [sys.executable, "-m", "pytest", "--quiet", "--numprocesses=0"]
SLOW = [*PYTEST, "-m", "slow"]
HERE = ["tests/admin", "tests/views"]


def main() -> int:
    """Run them and return 0 when all passed."""
    alone = {name: text for name, text in os.environ.items() if name != "TEST_DATABASE_URL"}
    print("Faults on SQLite", flush=True)
    more = ["tests/loader", "tests/test_quickstart.py"]
    results = [subprocess.call([*SLOW, *HERE, *more], env=alone)]
    url = services.postgresql_url()
    if url:
        print("Faults on PostgreSQL", flush=True)
        here = {**os.environ, "TEST_DATABASE_URL": url}
        results.append(subprocess.call([*PYTEST, "-m", "slow and not browser", *HERE], env=here))
    else:
        print(f"PostgreSQL was left out. {services.MISSING['postgresql']}")
        results.append(int(services.all_tests_are_required()))
    print("Faults of a server", flush=True)
    results.append(subprocess.call([*SLOW, "tests/deploy"], env=alone))
    return int(any(results))


if __name__ == "__main__":
    sys.exit(main())
