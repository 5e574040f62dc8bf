"""What a draft's fields rest on: the evidence of its body, how sure it is, why it is held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from .body import Body
from .choosing import Choice
from .draft import SURE, Evidence, Span
from .page import Page
from .sentences import Filled, _

_confidence = attrgetter("confidence")
CHIEF = {
    "headline": _("The headline “%(headline)s” is uncertain (%(rule)s)."),
    "published": _("The date %(published)s is uncertain (%(rule)s)."),
    "language": _("The language “%(language)s” is uncertain (%(rule)s)."),
    "body": _("It is uncertain which text is the story (%(rule)s)."),
}
"""The fields without which a draft is no story, and what is said of the least sure."""


def body_evidence(page: Page, mark: int, body: Body) -> list[Evidence]:
    """The body and its gaps, by what the ledger claimed for them since claim number ``mark``."""
    kept: list[Span] = []
    lost: dict[str, list[Span]] = {}
    for start, end, _order, what, name, _draft in page.ledger.claims[mark:]:
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
    least = weakest(evidence).confidence
    return round(min(least, 0.5) if choice.day is None else least, 3)


def said(
    first: tuple[str, ...], more: tuple[str, ...], evidence: Sequence[Evidence], confidence: float
) -> tuple[str, ...]:
    """Why an editor must look: the reasons given, else the weakest field of an unsure draft."""
    every = (*first, *(reason for reason in more if reason))
    if every or confidence >= SURE:
        return every
    return (doubt(evidence),)


def weakest(evidence: Iterable[Evidence]) -> Evidence:
    """Of a draft's chief fields the one that is least sure."""
    return min([one for one in evidence if one.field in CHIEF], key=_confidence)


def doubt(evidence: Iterable[Evidence]) -> str:
    """The sentence that says which of a draft's chief fields is least sure."""
    weak = weakest(evidence)
    return Filled(CHIEF[weak.field], **{weak.field: weak.value}, rule=weak.rule)
