"""The seeds, what their manifest says of them, and their golden files.

``python -m tests.captures.seeds`` writes the golden files anew; look at the difference before you
commit it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from articles.captures import Hints, read, segment
from articles.captures.manifest import read_manifest
from articles.captures.report import describe

SEEDS = Path(__file__).parents[2] / "fixtures" / "seeds"
FILES = sorted(path.name for path in SEEDS.glob("*.txt"))


def hints(name: str) -> Hints:
    """What the manifest knows about the seed ``name``."""
    entry = read_manifest(SEEDS / "manifest.json")[name]
    return Hints(headline=entry.headline, target_uri=entry.target_uri, language=entry.language)


def result(name: str, given: Hints) -> dict[str, Any]:
    """All that is reported of the seed ``name``, as JSON values."""
    capture = read((SEEDS / name).read_bytes(), filename=name)
    described: dict[str, Any] = json.loads(
        json.dumps(describe(capture, segment(capture, hints=given)))
    )
    return described


def golden(name: str) -> Path:
    """The golden file beside the seed ``name``."""
    return SEEDS / name.replace(".txt", ".expected.json")


def expected(name: str) -> dict[str, Any]:
    """The results as committed: ``with_manifest`` and ``without_manifest``."""
    values: dict[str, Any] = json.loads(golden(name).read_text(encoding="utf-8"))
    return values


def main() -> None:
    for name in FILES:
        values = {
            "with_manifest": result(name, hints(name)),
            "without_manifest": result(name, Hints()),
        }
        text = json.dumps(values, ensure_ascii=False, indent=1)
        golden(name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
