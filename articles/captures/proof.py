"""What a draft's fields rest on: the evidence of its body, how sure it is, why it is held."""

from __future__ import annotations

from collections.abc import Sequence

from .body import Body
from .choosing import Choice
from .draft import SURE, Evidence, Span
from .page import Page

_CHIEF = frozenset({"headline", "published", "language", "body"})


def body_evidence(page: Page, mark: int, body: Body) -> list[Evidence]:
    """The body and its gaps, by what the ledger claimed for them since claim number ``mark``."""
    kept: list[Span] = []
    lost: dict[str, list[Span]] = {}
    for start, end, _, what, name, _ in page.ledger.claims[mark:]:
        if what == "kept" and name == "body":
            kept.append((start, end))
        elif what == "gap":
            lost.setdefault(name, []).append((start, end))
    told = Evidence(
        "body",
        f"{len(body.paragraphs)} paragraphs, {body.words} words",
        "body.zone",
        0.9 if body.words >= 8 else 0.4,
        tuple(kept),
    )
    marked = [
        Evidence("gap", kind, f"gap.{kind}", 0.9, tuple(spans))
        for kind, spans in sorted(lost.items())
    ]
    return [told, *marked]


def lowest(evidence: Sequence[Evidence], choice: Choice) -> float:
    """How sure the least sure of a draft's chief fields is; half at most without a date."""
    least = min([one.confidence for one in evidence if one.field in _CHIEF])
    return round(min(least, 0.5) if choice.day is None else least, 3)


def said(
    first: tuple[str, ...], more: tuple[str, ...], evidence: Sequence[Evidence], confidence: float
) -> tuple[str, ...]:
    """Why an editor must look: the reasons given, else the weakest field of an unsure draft."""
    every = (*first, *(reason for reason in more if reason))
    if every or confidence >= SURE:
        return every
    weak = min(evidence, key=lambda one: one.confidence)
    return (f"The {weak.field} “{weak.value}” is uncertain ({weak.rule}, {weak.confidence:.2f}).",)
