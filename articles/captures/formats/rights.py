"""May a story be published, from when and on which terms: read strictly, and closed in doubt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from articles.captures.draft import Evidence, PubStatus
from articles.captures.sentences import Filled, _
from articles.text.normal import drop_controls

from .moments import moment

_EMBARGO = _(
    "Its field “%(name)s” holds “%(value)s”, which is not a moment with a time zone; find out when "
    "the embargo ends."
)
_NO_EMBARGO = _("Its field “%(name)s” holds no text; find out when the embargo ends.")
_TERMS = _(
    "Its field “%(name)s” holds “%(value)s”, which cannot be read; find out on which terms the "
    "story may be used."
)
_NO_TERMS = _("Its field “%(name)s” holds no text; find out on which terms the story may be used.")


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
        self.withhold(_about(_EMBARGO, _NO_EMBARGO, name, value))

    def read_terms(self, name: str, value: object, rule: str) -> None:
        """Read the field ``name``, which says on which terms a story may be used."""
        if isinstance(value, str) and value.strip() and "\ufffd" not in value:
            text = " ".join(value.split())
            told = [line for line in (self.usage_terms, text) if line]
            self.usage_terms = "\n".join(dict.fromkeys(told))
            self.evidence.append(Evidence("usage_terms", text, rule, 0.95))
            return
        self.withhold(_about(_TERMS, _NO_TERMS, name, value))

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


def _about(sentence: str, without_value: str, name: str, value: object) -> str:
    """``sentence`` about a field and its value, or the other about one that holds no text."""
    text = " ".join(drop_controls(value).split()) if isinstance(value, str) else ""
    if not text:
        return Filled(without_value, name=name)
    return Filled(sentence, name=name, value=f"{text[:60]}{'…' if len(text) > 60 else ''}")
