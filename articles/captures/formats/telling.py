"""From what a format says of a story to the same Draft that plain text gives.

A format's own words win where it has them; the body then goes through the reader of plain text, so
that a dateline, a byline, a sign-off or a tail is told from the story here as there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.captures import headings
from articles.captures.draft import GAP, SURE, Draft, Evidence, Hints, Parsed
from articles.captures.proof import doubt, weakest
from articles.captures.reading import read
from articles.captures.segment import segment
from articles.captures.sentences import _
from articles.captures.story import UNTOLD
from articles.captures.translations import own_address, story_key
from articles.text.normal import drop_controls, normalise
from articles.text.script import guess_language, script_of

from .moments import When
from .rights import Release

KEPT = 0.6
"""Share of the words below which the plain reader has found something else than this story."""

_SCRIPTS = {"en": "Latn", "ur": "Arab", "sd": "Arab"}
_UNDATED = _("The document gives no full date for this story.")
_UNTITLED = _("The document holds no headline; this one is derived.")
_HEADING = _("The document holds a heading and no story.")


@dataclass(slots=True)
class Facts:
    """What a format says of one story; ``""`` and None mean that it says nothing.

    ``blocks`` are the paragraphs as plain text, ``translations`` addresses in other languages, and
    ``story_key`` is the key by which an export joins the languages of a story. ``evidence`` holds,
    by field, why a value is what it is; ``reasons`` are sentences that hold the story.
    """

    blocks: Sequence[str] = ()
    headline: str = ""
    published: When | None = None
    byline: str = ""
    dateline: str = ""
    language: str = ""
    decks: tuple[str, ...] = ()
    target_uri: str = ""
    translations: tuple[str, ...] = ()
    story_key: str = ""
    release: Release = field(default_factory=Release)
    reasons: list[str] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def say(
        self, name: str, value: str, rule: str, confidence: float, others: Sequence[str] = ()
    ) -> None:
        """The text field ``name`` is ``value`` by ``rule``, unless that is empty or it is known."""
        value = " ".join(value.split())
        if value and not getattr(self, name):
            setattr(self, name, value)
            self.evidence[name] = Evidence(name, value, rule, confidence, (), tuple(others))

    def date(self, found: When | None, rule: str, confidence: float) -> None:
        """The story's date is ``found`` by ``rule``, unless that is None or it is known."""
        if found is not None and self.published is None:
            self.published = found
            self.evidence["published"] = Evidence("published", found.isoformat(), rule, confidence)


def tell(facts: Facts, hints: Hints) -> Draft | None:
    """The draft of one story, or None when the format holds neither headline nor text for it."""
    if not facts.headline and not any(block.strip() for block in facts.blocks):
        return None
    known = Hints(
        headline=hints.headline or facts.headline,
        date_order=hints.date_order,
        published=hints.published or facts.published,
        target_uri=hints.target_uri or facts.target_uri,
        byline=hints.byline or facts.byline,
        language=hints.language,
    )
    draft = _read(facts, known) or _taken(facts, known)
    return _released(_decided(draft, facts, hints), facts)


def plain(facts: Facts) -> Parsed:
    """What the plain reader makes of the same words: one story, or a list of several."""
    return segment(read(_printed(facts)), hints=Hints(target_uri=facts.target_uri))


def unplaced(draft: Draft) -> Draft:
    """``draft`` without spans: they would point into text that is not the document's bytes."""
    return draft._replace(evidence=tuple(one._replace(spans=()) for one in draft.evidence))


def _printed(facts: Facts) -> bytes:
    parts = [facts.headline] if facts.headline else []
    return "\n\n".join([*parts, *facts.blocks]).encode("utf-8", "replace")


def _read(facts: Facts, known: Hints) -> Draft | None:
    parsed = segment(read(_printed(facts)), hints=known)
    if parsed.kind not in {"article", "stub"}:
        return None
    draft = unplaced(parsed.drafts[0])
    words = sum(len(block.split()) for block in facts.blocks)
    told = sum(len(text.split()) for text in (*draft.paragraphs, *draft.decks))
    return draft if told >= KEPT * words else None


def _taken(facts: Facts, known: Hints) -> Draft:
    """Every block as it stands."""
    lines = [line for block in facts.blocks for line in block.split("\n") if line.strip()]
    guess = guess_language("\n".join([facts.headline, *lines])[:20_000])
    language = guess.language
    paragraphs = tuple(text for line in lines if (text := normalise(line, language).strip()))
    uri = headings.from_slug(known.target_uri)
    headline = known.headline or uri or headings.from_lead(paragraphs)
    words = sum(len(text.split()) for text in paragraphs)
    gaps = sum(text.count(GAP) for text in paragraphs)
    evidence = [
        Evidence("headline", headline, "headline.slug" if uri else "headline.lead", 0.4),
        Evidence("language", language, "language.letters", guess.confidence),
        Evidence("body", f"{len(paragraphs)} paragraphs, {words} words", "body.blocks", 0.85),
    ]
    look = () if known.headline else (_UNTITLED,)
    return Draft(
        headline=normalise(headline, language),
        headline_origin="slug" if uri else "derived",
        published=None,
        date_ambiguous=False,
        byline="",
        dateline="",
        language=language,
        paragraphs=paragraphs,
        gaps=gaps,
        confidence=0.0,
        held=False,
        reasons=(*look, *(() if paragraphs else (_HEADING,))),
        evidence=tuple(evidence),
    )


def _decided(draft: Draft, facts: Facts, hints: Hints) -> Draft:
    """``draft`` with the format's own fields and their evidence in it."""
    evidence = {one.field: one for one in draft.evidence}
    said = {"headline": hints.headline, "published": hints.published, "byline": hints.byline}
    told = {name: one for name, one in facts.evidence.items() if not said.get(name)}
    told.pop("language", None)
    for name, value in said.items():
        if value:
            shown = value.isoformat() if isinstance(value, dt.date) else str(value)
            told[name] = Evidence(name, shown, f"{name}.manifest", 0.99)
    evidence.update(told)
    origin = draft.headline_origin
    if facts.headline or hints.headline:
        origin = "manifest" if hints.headline and hints.headline != facts.headline else "captured"
    given = hints.published or facts.published
    target = drop_controls(facts.target_uri)
    own = own_address(hints.target_uri, target)
    others = tuple(map(drop_controls, facts.translations or draft.translations))
    language, spoken = _language(draft, facts, evidence["language"])
    evidence["language"] = spoken
    return draft._replace(
        headline=normalise(hints.headline or facts.headline, language) or draft.headline,
        headline_origin=origin,
        published=given or draft.published,
        date_ambiguous=draft.date_ambiguous and given is None,
        byline=normalise(hints.byline or facts.byline or draft.byline, language),
        dateline=normalise(facts.dateline or draft.dateline, language),
        language=language,
        decks=tuple(normalise(deck, language) for deck in facts.decks) or draft.decks,
        reasons=tuple(reason for reason in draft.reasons if _stands(reason, draft, language)),
        evidence=tuple(evidence.values()),
        target_uri=target,
        translations=others,
        story_key=facts.story_key or story_key(own, others),
    )


def _language(draft: Draft, facts: Facts, told: Evidence) -> tuple[str, Evidence]:
    """The letters decide; a language that is only declared counts where they do not."""
    code = facts.language.replace("_", "-").partition("-")[0].strip().casefold()
    if not (code.isascii() and code.isalpha() and 2 <= len(code) <= 3) or code == draft.language:
        return draft.language, told
    if draft.language != "und":
        return draft.language, told._replace(alternatives=(code,))
    script = script_of("\n".join((draft.headline, *draft.paragraphs))[:20_000])
    if _SCRIPTS.get(code, script) != script:
        return "und", told._replace(alternatives=(code,))
    return code, Evidence("language", code, "language.declared", 0.85)


def _stands(reason: str, draft: Draft, language: str) -> bool:
    """Whether a sentence of the plain reader still holds: not when a declaration answered it."""
    return draft.language == language or reason != UNTOLD


def _released(draft: Draft, facts: Facts) -> Draft:
    """``draft`` under what the format says of its publication; held with a sentence in doubt."""
    release = facts.release
    reasons = [*draft.reasons, *facts.reasons, *release.reasons]
    if draft.published is None and not any("date" in reason for reason in draft.reasons):
        reasons.append(_UNDATED)
    least = weakest(draft.evidence).confidence
    confidence = min(least, 0.5) if draft.published is None else least
    if confidence < SURE and not reasons:
        reasons.append(doubt(draft.evidence))
    return draft._replace(
        published=_after_embargo(draft.published, release.embargoed_until),
        confidence=round(confidence, 3),
        held=bool(reasons),
        reasons=tuple(dict.fromkeys(reasons)),
        evidence=(*draft.evidence, *release.evidence),
        pub_status=release.pub_status,
        embargoed_until=release.embargoed_until,
        usage_terms=release.usage_terms,
    )


def _after_embargo(published: When | None, embargo: dt.datetime | None) -> When | None:
    """A story is published when its embargo ends, unless its date is surely later.

    A day, or a clock without a zone, can stand for a moment up to a day earlier.
    """
    if published is None or embargo is None:
        return published
    if isinstance(published, dt.datetime) and published.tzinfo is not None:
        return max(published, embargo)
    day = published.date() if isinstance(published, dt.datetime) else published
    return published if day - embargo.astimezone(dt.UTC).date() > dt.timedelta(days=1) else embargo
