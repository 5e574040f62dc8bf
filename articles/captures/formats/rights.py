"""May a story be published, from when and on which terms: read strictly, and closed in doubt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from articles.captures.draft import Evidence, PubStatus
from articles.text.normal import drop_controls

from .moments import moment


@dataclass(slots=True)
class Release:
    """What a format says about publishing one story; every doubt turns into ``withheld``."""

    pub_status: PubStatus = "usable"
    embargoed_until: dt.datetime | None = None
    usage_terms: str = ""
    reasons: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    def withhold(self, reason: str, status: PubStatus = "withheld") -> None:
        """An editor must decide, because of ``reason`` (a sentence)."""
        if self.pub_status != "canceled":
            self.pub_status = status
        self.reasons.append(reason)

    def read_embargo(self, name: str, value: object, rule: str) -> None:
        """Read the field ``name``, which says until when a story waits.

        An embargo counts only as a moment with a time zone: anything else could end too early.
        """
        found = moment(value)
        if isinstance(found, dt.datetime) and found.tzinfo is not None:
            self.embargoed_until = max(found, self.embargoed_until or found)
            self.evidence.append(Evidence("embargoed_until", found.isoformat(), rule, 0.99))
            return
        self.withhold(
            f"Its field “{name}” holds {shown(value)}, which is not a moment with a time zone; "
            "find out when the embargo ends."
        )

    def read_terms(self, name: str, value: object, rule: str) -> None:
        """Read the field ``name``, which says on which terms a story may be used."""
        if isinstance(value, str) and value.strip() and "\ufffd" not in value:
            text = " ".join(value.split())
            told = [line for line in (self.usage_terms, text) if line]
            self.usage_terms = "\n".join(dict.fromkeys(told))
            self.evidence.append(Evidence("usage_terms", text, rule, 0.95))
            return
        self.withhold(
            f"Its field “{name}” holds {shown(value)}, which cannot be read; find out on which "
            "terms the story may be used."
        )

    def read_embargoes(self, fields: Mapping[str, object], rule: str) -> None:
        """Read every field whose name speaks of an embargo, whichever vocabulary it is from."""
        for name, value in named(fields, "embargo"):
            self.read_embargo(name, value, rule)


def named(fields: Mapping[str, object], word: str) -> Iterable[tuple[str, object]]:
    """The fields that have ``word`` in their name and are not null, which means absent."""
    return [
        (str(key), value) for key, value in fields.items() if value is not None and _has(key, word)
    ]


def _has(key: object, word: str) -> bool:
    return word in str(key).casefold()


def shown(value: object) -> str:
    """A field's value as a sentence can quote it."""
    if isinstance(value, str):
        text = " ".join(drop_controls(value).split())
        return f"“{text[:60]}{'…' if len(text) > 60 else ''}”" if text else "nothing"
    return "no text"
