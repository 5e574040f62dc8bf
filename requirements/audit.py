"""Ask a database of known faults about each locked package: ``python requirements/audit.py``.

pip-audit asks, if it is installed (``pip install pip-audit``, outside of ``.venv``). Ends with 0
when nothing is known, with 1 when something is or nobody could be asked: then a sentence says so.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LOCKS = ("run.txt", "archive.txt", "scale.txt")
OPTIONS = "--require-hashes --disable-pip --progress-spinner=off --timeout=20"
NO_TOOL = (
    "Known faults are asked for by pip-audit, which is not on the PATH: pip install pip-audit.\n"
)
UNKNOWN = "pip-audit came to no answer: its database is on the network. Nothing is known of {}.\n"


def main() -> int:
    """Ask about each lock and return 0 when nothing is known of any package."""
    tool = shutil.which("pip-audit")
    if tool is None:
        sys.stderr.write(NO_TOOL)
        return 1
    return max(asked(tool, lock) for lock in LOCKS)


def asked(tool: str, lock: str) -> int:
    """Ask about the packages of a lock, print what is known, and return 0 for nothing, else 1."""
    command = [tool, *OPTIONS.split(), "-r", str(FOLDER / lock)]
    done = subprocess.run(command, check=False, text=True, capture_output=True)
    sys.stdout.write(done.stdout)
    if done.returncode and not done.stdout:
        sys.stderr.write(UNKNOWN.format(lock))
    return 1 if done.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
