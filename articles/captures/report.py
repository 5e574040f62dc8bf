"""What a capture was read as, as JSON values: the loader's report and the stored evidence."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from .draft import Draft, Evidence, Parsed
from .reading import Capture

_UNFIT = re.compile("[\x00\ud800-\udfff]")


def describe(capture: Capture, parsed: Parsed) -> dict[str, Any]:
    """Return the report of one capture, ready for ``json.dumps``, the same on every run.

    Moments and dates are ISO 8601 text, spans are lists ``[start, end]`` of byte offsets into the
    raw capture, ``gaps`` of an article is a count, and paragraphs are plain text. ``notes``, and an
    article's ``pub_status``, ``embargoed_until``, ``usage_terms``, ``target_uri`` and
    ``translations``, are there only when the capture says something of them.
    """
    report: dict[str, Any] = _encodable(_told(capture, parsed))
    return report


def dump(capture: Capture, parsed: Parsed) -> str:
    """The report of one capture as JSON text in ASCII: what ``json.dumps`` makes of it."""
    told = _told(capture, parsed)
    text = json.dumps(told)
    unfit = "\\ud" in text or "\\u0000" in text
    return json.dumps(_encodable(told)) if unfit else text


def _told(capture: Capture, parsed: Parsed) -> dict[str, Any]:
    notes = {"notes": list(parsed.notes)} if parsed.notes else {}
    return notes | {
        "file": capture.filename,
        "sha256": capture.sha256,
        "kind": parsed.kind,
        "language": parsed.language,
        "rendered_at": _iso(parsed.rendered_at),
        "reason": parsed.reason,
        "kept": [[kept.start, kept.end, kept.field] for kept in parsed.kept],
        "dropped": [[drop.start, drop.end, drop.reason] for drop in parsed.dropped],
        "gaps": [[gap.start, gap.end, gap.kind] for gap in parsed.gaps],
        "articles": [_article(draft) for draft in parsed.drafts],
    }


def _article(draft: Draft) -> dict[str, Any]:
    return _release(draft) | {
        "headline": draft.headline,
        "headline_origin": draft.headline_origin,
        "published": _iso(draft.published),
        "date_ambiguous": draft.date_ambiguous,
        "byline": draft.byline,
        "dateline": draft.dateline,
        "decks": list(draft.decks),
        "language": draft.language,
        "paragraphs": list(draft.paragraphs),
        "gaps": draft.gaps,
        "held": draft.held,
        "reasons": list(draft.reasons),
        "confidence": draft.confidence,
        "evidence": [_evidence(evidence) for evidence in draft.evidence],
    }


def _release(draft: Draft) -> dict[str, Any]:
    said = {
        "pub_status": "" if draft.pub_status == "usable" else draft.pub_status,
        "embargoed_until": _iso(draft.embargoed_until),
        "usage_terms": draft.usage_terms,
        "target_uri": draft.target_uri,
        "translations": list(draft.translations),
    }
    return {name: value for name, value in said.items() if value}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "field": evidence.field,
        "value": evidence.value,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
        "spans": [list(span) for span in evidence.spans],
        "alternatives": list(evidence.alternatives),
    }


def _encodable(value: Any) -> Any:
    """``value`` with U+FFFD for what neither UTF-8 nor every database holds: bytes that did not
    decode, and NUL.
    """
    if isinstance(value, str):
        return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    return [_encodable(item) for item in value] if isinstance(value, list) else value


def _iso(moment: dt.date | dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None
