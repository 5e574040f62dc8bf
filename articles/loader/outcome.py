"""What became of a file, and of each story in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

OUTCOMES = ("created", "updated", "unchanged", "held", "duplicate", "rejected", "failed")


class Item(NamedTuple):
    """What became of one story of a capture; ``wrote`` says whether any row was written for it."""

    outcome: str
    wrote: bool = False
    sentences: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """What became of one file.

    ``outcome`` is one of OUTCOMES, ``wrote`` says whether any row was written, ``sentences`` say
    why something was held, rejected or failed, and ``evidence`` is the description made by
    ``articles.captures.report``, as values or as JSON.
    """

    file: str
    outcome: str
    wrote: bool = False
    sentences: tuple[str, ...] = ()
    evidence: Mapping[str, Any] | str = "{}"

    @property
    def report(self) -> Mapping[str, Any]:
        """The evidence as JSON values, with the outcome added."""
        told = json.loads(self.evidence) if isinstance(self.evidence, str) else self.evidence
        return {"outcome": self.outcome, **told}


def overall(items: Sequence[Item]) -> str:
    """The outcome of a capture whose stories fared as ``items`` say; at least one is given."""
    outcomes = {item.outcome for item in items}
    if outcomes == {"duplicate"}:
        return "duplicate"
    return next((name for name in ("held", "created", "updated") if name in outcomes), "unchanged")


def outcome_of(
    file: str,
    outcome: str,
    evidence: Mapping[str, Any] | str,
    *,
    wrote: bool = False,
    sentences: Iterable[str] = (),
) -> Outcome:
    """The outcome of a capture whose bytes are stored, its empty sentences left out."""
    said = tuple(sentence for sentence in sentences if sentence)
    return Outcome(file, outcome, wrote, said, evidence)
