"""For a Python that runs with this folder on its path: a clock that a test sets forth and back.

Each process that is forked looks five times a second into the file that TEST_CLOCK names, for how
many seconds its clock is to be ahead.
"""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine


def follow() -> None:
    file, shown, travel = Path(os.environ["TEST_CLOCK"]), 0, None
    while True:
        ahead = int(file.read_text(encoding="ascii") or shown)
        if ahead != shown:
            if travel:
                travel.stop()
            now = datetime.now(UTC)  # noqa: TID251  It is the clock that is set here.
            travel, shown = time_machine.travel(now + timedelta(seconds=ahead), tick=True), ahead
            travel.start()
        time.sleep(0.2)


os.register_at_fork(after_in_child=lambda: threading.Thread(target=follow, daemon=True).start())
