"""Remake the locks from pyproject.toml; for maintainers, who need uv on the PATH.

``run.txt`` is what serves the site, ``archive.txt`` adds what reads pages, feeds, exports and WARC
files, ``scale.txt`` adds PostgreSQL and Redis, and ``dev.txt`` adds tests and linters. Each package
is pinned with the digests of all its files, for every platform, and no lock names a package index:
whoever installs uses the one that their computer is set up for.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "run.txt": [],
    "archive.txt": ["--extra", "archive"],
    "scale.txt": ["--extra", "scale"],
    "dev.txt": ["--extra", "archive", "--extra", "scale", "--group", "test", "--group", "lint"],
}
OPTIONS = "--universal --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet"


def main() -> int:
    """Write each lock in place and return 0, or the exit code of uv where it refused."""
    uv = shutil.which("uv")
    if uv is None:
        sys.stderr.write("Locks are made by uv, which is not on the PATH: pip install uv.\n")
        return 1
    for name, selection in LOCKS.items():
        lock = f"requirements/{name}"
        command = [uv, "pip", "compile", *OPTIONS.split(), *selection, "-o", lock, "pyproject.toml"]
        done = subprocess.run([*command, *sys.argv[1:]], cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
