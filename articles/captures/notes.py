"""Lines below a story that speak of the story itself: its credits, its author, its corrections."""

from __future__ import annotations

import re

from .rows import Row, told_once

_CREDIT = re.compile(
    r"\W*(?:(?:additional |with additional )?(?:reporting|writing|editing|edited|compiled"
    r"|translated|written|reported) by\b"
    r"|(?:with )?(?:additional )?inputs? from\b"
    r"|the (?:writer|author|columnist) (?:is|was|can|has)\b"
    r"|(?:for (?:media|press|further) (?:queries|inquiries|enquiries|information|details))"
    r"|media contacts?\b|issued by\b|released by\b|our standards\b"
    r"|disclaimer\b|signed(?: by)?\s*:|signator(?:y|ies)\b|دستخط\s*:|دستخط کنندگان|صحيحون\s*:"
    r"|(?:the )?(?:views|opinions)(?: and opinions)? (?:expressed|in this|are)\b"
    r"|جاری کردہ|جاري ڪندڙ|مصنف ایک|لکھاری|کالم نگار سے رابطہ|ترجمہ\s*:|مترجم\s*:)",
    re.IGNORECASE,
)
_REVISED = re.compile(
    r"\W*(?:corrections?|clarifications?|editor.?s note|update)\s*[:–—-]"
    r"|\W*(?:this|the) (?:story|article|report|post|piece|headline)\b.{0,60}"
    r"\b(?:updated|corrected|amended|originally|first appeared|was first published)\b"
    r"|\W*an earlier version of this\b"
    r"|\W*note\s*:"
    r"|\W*(?:نوٹ|نوٽ|ادارتی نوٹ|مدیر کا نوٹ|تصحیح|ايڊيٽر جو نوٽ|درستگي|درستي)\s*:",
    re.IGNORECASE,
)
_REPRINTED = re.compile(r".{0,200}\bappeared first on\b", re.IGNORECASE)
LENGTH = 60
"""Words of the longest note; what is longer tells a story."""
_INITIALS = re.compile(r"[A-Z]{2,8}(?:/[A-Za-z]{1,10}){1,4}\Z|[a-z]{2,4}(?:/[a-z]{2,4}){1,4}\Z")
_PRESENTED = re.compile(
    r"\W*(?:the (?:writer|author|columnist|contributor|interviewer|reporter|photographer|poet"
    r"|reviewer|translator) (?:is|was|can|has|may|teaches|works|writes|lives)\b"
    r"|(?:مضمون|کالم|تحریر|تحرير|مقالہ|ڪالم)\s?نگار|مصنف|مصنفہ|بلاگر|بلاگرہ|لکھاری|ليکڪا?|لکندڙ)\s",
    re.IGNORECASE,
)
_DISCLAIMED = re.compile(
    r"متفق (?:ہونا|ہوں) ضروری|متفق هجڻ ضروري|do(?:es)? not (?:necessarily )?reflect"
)
_COPULA = re.compile(r"\b(?:is|was|are|can|may|has)\b|(?:ہے|ہیں|آهي|آهن|ٿو|ٿي)\W*\Z|@")
_HANDLE = re.compile(r"(?<!\w)@\w{3,}")
_WAYS = re.compile(r"\b(?:tweets?|X|Twitter|reached|email|e-mail|follow)\b", re.IGNORECASE)


def is_credit(row: Row) -> bool:
    """Who wrote, edited, issued or supplied the story: by the verb it opens with."""
    if row.words > 40:
        return False
    if _CREDIT.match(row.plain) or _DISCLAIMED.search(row.plain):
        return True
    return _presents_author(row) or is_presentation(row)


def is_presentation(row: Row) -> bool:
    """Who the writer is, by the noun that the note opens with: it says what he is or may be."""
    text = row.plain
    if row.words > 40 or not _PRESENTED.match(text):
        return False
    return text[0] in "([" or text.isascii() or bool(_COPULA.search(text))


def is_initials(row: Row) -> bool:
    """The initials of an agency and of those who wrote and passed the story: ``APN/rk/tm``."""
    return row.words == 1 and bool(_INITIALS.match(row.plain))


def _presents_author(row: Row) -> bool:
    """An author's own address on a network, with a word that says it is one."""
    text = row.plain
    return "@" in text and bool(_HANDLE.search(text) and _WAYS.search(text))


@told_once
def is_revision(row: Row) -> bool:
    """A note that the story was corrected, updated or printed elsewhere first."""
    text = row.plain
    if row.words > LENGTH:
        return False
    return bool(_REVISED.match(text) or ("irst on" in text.lower() and _REPRINTED.match(text)))


@told_once
def is_note(row: Row) -> bool:
    """Whether the row speaks of the story and not in it."""
    return is_credit(row) or is_revision(row)
