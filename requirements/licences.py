"""Write ``requirements/LICENCES.md``: under which licence comes what a site installs.

``python requirements/licences.py`` in an environment that holds it all, which ``make dev`` makes.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LIST = FOLDER / "LICENCES.md"
LOCKS = ("run.txt", "archive.txt", "scale.txt")
ELSEWHERE = {"async-timeout": "Apache-2.0", "colorama": "BSD-3-Clause"}
"""What is installed with an older Python or on Windows only."""
HEAD = """# Licences

What a site installs, with the licence that each package names. `make licences` makes this list
anew, and a test holds it against the locks. The web fonts Noto Nastaliq Urdu and Noto Naskh Arabic,
which are fetched and not kept here, are under the SIL Open Font License 1.1.

| package | version | licence |
|---|---|---|
"""


def locked() -> dict[str, str]:
    """Return the versions of all packages that a site installs, by their names."""
    text = "".join((FOLDER / lock).read_text(encoding="utf-8") for lock in LOCKS)
    return dict(sorted(re.findall(r"^([a-z0-9.-]+)(?:\[.*?\])?==([^\s;\\]+)", text, re.MULTILINE)))


def licence_of(package: str) -> str:
    """Return what a package says of its licence: an SPDX expression, or classifiers, or a line.

    Raises ValueError, in a sentence, for one that says nothing or is not installed.
    """
    try:
        told = metadata(package)
    except PackageNotFoundError as error:
        if package in ELSEWHERE:
            return ELSEWHERE[package]
        raise ValueError(f"{package} is not installed here: run 'make dev' first.") from error
    named = [each for each in told.get_all("Classifier") or [] if each.startswith("License :: OSI")]
    said = [
        *(told.get_all("License-Expression") or []),
        ", ".join(each.rpartition(" :: ")[2] for each in named),
        *(line.partition("\n")[0] for line in told.get_all("License") or []),
    ]
    licence = next(filter(None, said), None)
    if licence is None:
        raise ValueError(f"{package} says nothing of its licence: look, and name it here.")
    return str(licence)


def listed() -> str:
    """Return the list as it is kept. Raises ValueError as ``licence_of`` does."""
    rows = (f"| {name} | {version} | {licence_of(name)} |\n" for name, version in locked().items())
    return HEAD + "".join(rows)


def main() -> int:
    """Write the list and return 0, or say what is missing and return 1."""
    try:
        LIST.write_text(listed(), encoding="utf-8")
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
