"""What a command takes: ``python -m benchmarks.cost COMMAND…`` prints it as JSON.

This is a process of its own, and a small one, because Linux counts for a new process the memory of
the one that started it: a benchmark that holds more than the command would measure itself.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Cost(NamedTuple):
    """What a command took: seconds on the clock, of all processors together, and peak kB."""

    clock: float
    processor: float
    peak: int


def cost(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Run a command of Python's in a process of its own and say what it took.

    The processes that it starts are counted. Raises CalledProcessError when it fails.
    """
    done = subprocess.run(  # noqa: S603  Its own interpreter.
        [sys.executable, "-m", "benchmarks.cost", *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def main(arguments: Sequence[str]) -> int:
    """Run the command, say what it took, and end as it did."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments])  # noqa: S603  Its own interpreter.
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    took = Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
    sys.stdout.write(json.dumps(took) + "\n")
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
