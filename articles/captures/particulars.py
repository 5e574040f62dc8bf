"""The particulars that share a line with a story's date, parted from it by bars, dots or dashes."""

from __future__ import annotations

import re

from . import labels

_MARKS = " \t\u00a0۔.…،,:;؍|–—-()[]@"
_BY = re.compile(r"\s*(?:by|از)\s+(.+)", re.IGNORECASE)
COUNTED = re.compile(
    r"(?:\d[\d,.]*[KkMm]?(?:\s[^\W\d]+){0,2}|[^\W\d]+(?:\s[^\W\d]+)?\s?[:(]\s?\d[\d,.]*\)?)\Z"
)
"""A counter and its unit, in either order: ``0 comments``, ``Views: 88``."""
NAMES = re.compile(r"[^\W\d]+\.?(?:[ .'’-]+[^\W\d]+\.?){0,4}\Z")
_BAR = re.compile(r"\s*[|•·/]\s*|\s+[–—-]\s+")


def parts(after: str) -> list[str]:
    """What bars and dots part behind a date, counters left out."""
    found = (part.strip(_MARKS) for part in _BAR.split(after))
    return [part for part in found if part and not COUNTED.match(part)]


def set_behind(after: str) -> bool:
    """Whether an author's name, set apart by a bar or a dot, is all that follows a date."""
    comma = after[:1] in ",،" and labels.names_role(after)
    if (
        not (comma or _BAR.match(after))
        or len(found := parts(after)) != 1
        or not NAMES.match(found[0])
    ):
        return False
    names = found[0].split()
    return labels.names_role(found[0]) or (
        2 <= len(names) <= 4 and not any(name[0].islower() for name in names)
    )


def last_part(before: str) -> tuple[str, str]:
    """What bars set apart in front of a date's label, and the label."""
    front, bar, label = before.rpartition("|")
    known = bar and any(labels.same(label, table) for table in (labels.PUBLISHED, labels.UPDATED))
    return (front, label.strip()) if known else ("", before)


def credited_in(front: str) -> str:
    """The author among particulars parted by bars: ``Reported by: name | Edited by: name``."""
    for part in front.split("|"):
        label, colon, name = part.partition(":")
        if colon and labels.same(label, labels.AUTHOR):
            return name.strip(_MARKS)
        if match := _BY.match(part):
            return match[1].strip(_MARKS)
    return ""
