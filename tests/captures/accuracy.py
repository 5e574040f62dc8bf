"""How well captures are read, beside two baselines: ``make accuracy``.

The forty captures of ``gold/`` and the two halves of ``unseen/``, of ``varied/`` and of ``wider/``
(other sites in each) are read without any hint. Rules are written against the forty and the halves
"develop"; of the halves "held" only the score is looked at. ``--faults develop`` lists the wrong
answers of a set.
"""

from __future__ import annotations

import sys

from tests.captures import baselines
from tests.captures.scoring import (
    GOLD,
    UNSEEN,
    VARIED,
    WIDER,
    Reader,
    Tally,
    gold,
    measure,
    own,
    plain,
)

__all__ = ["GOLD", "UNSEEN", "gold", "measure", "plain", "table"]

SETS = {
    "forty": (GOLD, ""),
    "develop": (UNSEEN, "develop"),
    "held": (UNSEEN, "held"),
    "varied develop": (VARIED, "develop"),
    "varied held": (VARIED, "held"),
    "wider develop": (WIDER, "develop"),
    "wider held": (WIDER, "held"),
}
READERS: dict[str, Reader] = {"reader": own, "first line": baselines.first_line}
if baselines.trafilatura is not None:
    READERS["trafilatura"] = baselines.extractor


def table() -> list[str]:
    """The lines of the table: a row for each field, a column for each reader of each set."""
    columns = [(of, reader) for of in SETS for reader in ("reader", "first line", "trafilatura")]
    tallies = {
        (of, reader): measure(*SETS[of], READERS[reader])
        for of, reader in columns
        if reader in READERS
    }
    names = list(dict.fromkeys(name for tally in tallies.values() for name in tally.scores))
    lines = [
        f"{'':20}" + "".join(f"{of:^36}" for of in SETS),
        f"{'':20}" + "".join(f"{reader:>12}" for _, reader in columns),
    ]
    for name in names:
        cells = (_cell(tallies.get(column), name) for column in columns)
        lines.append(f"{name:20}" + "".join(f"{cell:>12}" for cell in cells))
    return lines


def _cell(tally: Tally | None, name: str) -> str:
    if tally is None:
        return "not here"
    return f"{tally.share(name):.3f}" if name in tally.scores else "-"


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--faults"]:
        folder, half = SETS[arguments[1]]
        sys.stdout.writelines(f"{fault}\n" for fault in measure(folder, half).faults)
        return
    sys.stdout.writelines(f"{line}\n" for line in table())
    if "trafilatura" not in READERS:
        how = "pip install --group accuracy (pip 25.1 or newer)"
        sys.stdout.write(f"trafilatura is not installed: {how}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
