"""What a page carries besides its story, told by shape, count, place and repetition."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from articles.text.fold import fold

from . import bidding, labels
from .rows import Row, told_once
from .translations import ADDRESS

_PARTS = re.compile(r"[\s|»›•·>/]{2,}|[\u00a0\t|»›•·]|\s\.\s")
_PHONE = re.compile(r"\+?\d[\d\s().\u00a0/-]{6,}\Z")
_DATED = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_PARTED = re.compile(r"[\u00a0\t|›»•·]|  | [>/.] ")
_ELAPSED = re.compile(
    r"^(?:about )?\d{1,3} (?:(?:\w+ )?(?:ago|read|پہلے|قبل|اگ)(?: |\Z)|\w+ (?:کا مطالعہ|پڑھنے))"
)
HIDDEN = re.compile(r"\[email[\s\u00a0]+protected\]", re.IGNORECASE)
_COUNTER = re.compile(r"\d{1,7}\Z")
_RULE = re.compile(r"[=_*~#-]{5,}\Z|(?:[=_*~-] ){4,}")
_LEFTOVER = re.compile(
    r"\[IMG\][^\[\]]*\[/IMG\]|!\[[^\]\n]{0,200}\]\([^)\s]{0,500}\)|<!--|!?-->"
    r"|\[/?(?:IMG|JUSTIFY|CENTER|LEFT|RIGHT|QUOTE|URL|SIZE|COLOR|FONT|B|I|U)(?:=[^\]]{0,200})?\]",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(r"(?:\.{3}|…|۔{3}|\[(?:\.{2,4}|…)\])\Z")
_COUNTED = re.compile(r"\A\W*\d+\s+|\s*\(\s*\d+\s*\)\s*\Z")
_REMARKS = re.compile(
    r"\d+ (?:thoughts?|comments?|responses?|repl(?:y|ies)) (?:on|to)\b", re.IGNORECASE
)
_PROMOTED = re.compile(r"(?P<head>[^:|»>–—]{3,30}?)\s*(?:[:|»–—]|>>?)")
_INNER_END = re.compile(r"[.!?۔؟]\s")
LEFTOVER = _LEFTOVER
DRAWN = frozenset("=_*~#-")
"""Characters with which lines are drawn."""
SCRAP = 12
"""The most words of a line that is dropped wherever it stands."""
RUN = 6
"""Labels, one a line, from which a run of them is a menu."""


def digest(text: str) -> str:
    """A line of furniture as a source remembers it: blake2b of its folded labels, order-free.

    A menu joined in one line and the same labels in another order have the same digest.
    """
    parts = sorted(filter(None, (fold(part) for part in _PARTS.split(text))))
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


def labels_in(row: Row) -> list[str]:
    """The labels that no-break spaces, wide spaces or bars part in ``row``."""
    return [part for part in _PARTS.split(row.text) if part]


@told_once
def is_menu(row: Row) -> bool:
    """Three or more short labels side by side and no sentence."""
    if row.finished or row.words < 3 or len(text := row.text) > 1000:
        return False
    if not _PARTED.search(text):
        return False
    parts = labels_in(row)
    return len(parts) >= 3 and row.words <= 4 * len(parts) and max(map(len, parts)) <= 32


def is_label(row: Row) -> bool:
    """Short enough for a menu entry, and no sentence."""
    return row.words <= 4 and len(row.plain) <= 32 and not row.finished


def is_phone(row: Row) -> bool:
    """Seven or more digits with the marks of a telephone number, and no date."""
    text = row.plain
    if (
        len(text) > 40
        or not (text[0].isdigit() or text[0] == "+")
        or not _PHONE.match(text)
        or _DATED.match(text)
    ):
        return False
    return sum(char.isdigit() for char in text) >= 7


def is_hidden_address(row: Row) -> bool:
    """A line that is only the placeholder of an address hidden from harvesters."""
    return "[" in row.plain and len(row.plain) < 60 and not HIDDEN.sub("", row.plain).strip(" :.|")


def is_counter(row: Row) -> bool:
    """A number alone, or a number behind a label for views, comments and the like."""
    text = row.plain
    if len(text) > 40:
        return False
    if _COUNTER.match(text):
        return True
    label, colon, number = text.partition(":")
    return (
        bool(colon)
        and (not number.strip() or number.strip().isdigit())
        and bool(labels.same(label, labels.VIEWS))
    )


def is_elapsed(row: Row) -> bool:
    """A number with a unit of time, since something was posted or needed to read it."""
    text = row.plain
    if row.words > 5 or len(text) > 40 or not any(char.isdigit() for char in text[:12]):
        return False
    return bool(_ELAPSED.search(fold(text)))


def is_rule(row: Row) -> bool:
    """A line drawn with characters."""
    return row.plain[0] in DRAWN and bool(_RULE.match(row.plain))


def is_bar(row: Row) -> bool:
    """A lone bar, left over from the borders of a table."""
    return row.plain[0] == "|" and not row.plain.strip("| ")


def is_leftover(row: Row) -> bool:
    """Markup that lost its meaning, and nothing else."""
    text = row.plain
    if text[0] == "[" and text[-1] == "]" and row.words == 1 and text[1:-1].isascii():
        return any(map(str.isalpha, text)) and text[1:-1] != "..."
    return text[0] in "[!<-" and bool(_LEFTOVER.match(text)) and not _LEFTOVER.sub("", text).strip()


def is_teaser(row: Row) -> bool:
    """One unfinished sentence that trails off, as the lead of another story does."""
    return row.words <= 40 and trails_off(row) and not _INNER_END.search(row.plain)


def trails_off(row: Row) -> bool:
    """Whether the row ends in dots."""
    return row.plain[-1] in "….۔])" and bool(_ELLIPSIS.search(row.plain[-8:]))


def is_tail(row: Row) -> bool:
    """A label after which no page returns to its story."""
    if row.words <= 8 and (labels.same(row.plain, labels.TAIL) or bidding.names_others(row.plain)):
        return True
    if row.words == 1 and row.plain[0] == "#" and row.plain[1:].isdigit():
        return True  # the number of a later post: the first one's stands above its story
    if row.words <= 24 and _is_counted_tail(row):
        return True
    return row.words <= 25 and ("©" in row.plain or _claims_rights(row.plain))


def _is_counted_tail(row: Row) -> bool:
    """A tail's label with its count: "Comments (3)", "14 thoughts on ..."."""
    text = row.plain
    if not (text[0].isdigit() or text[-1] == ")"):
        return False
    if row.words <= 8 and labels.same(_COUNTED.sub("", text), labels.TAIL):
        return True
    return bool(_REMARKS.match(text))


def is_aside(row: Row) -> bool:
    """A line about the site or the page: its tags, an offer to follow, more from somewhere."""
    if row.finished or row.words > 30:
        return False
    label, colon, _ = row.plain[:40].partition(":")
    if colon and labels.same(label, labels.TAGS):
        return True
    return row.words <= 8 and bool(labels.starts_with(row.plain, labels.OPENERS))


def _claims_rights(text: str) -> bool:
    if "ight" not in text and "IGHT" not in text and "محفوظ" not in text:
        return False
    opens = labels.starts_with(text, labels.RIGHTS) and any(char.isdigit() for char in text)
    return bool(opens or labels.ends_with(text, labels.RIGHTS))


def is_more(row: Row) -> bool:
    """A label that leads to the rest of a story elsewhere."""
    return row.words <= 6 and labels.same(row.plain, labels.MORE)


def is_promotion(row: Row) -> bool:
    """A label such as "Also read:" with or without another story's headline behind it."""
    if row.words > 30:
        return False
    match = _PROMOTED.match(row.plain)
    if not match:
        if row.prose or row.words > 6:
            return False
        return labels.same(row.plain, labels.PROMOTED) or bidding.bids_read(row.plain)
    head = match["head"]
    return labels.same(head, labels.PROMOTED) or bidding.bids_read(head)


def is_crossing(row: Row) -> bool:
    """A link to the same story in another language, with or without its address."""
    if row.words > 7:
        return False
    label = ADDRESS.sub("", row.plain) if "://" in row.plain else row.plain
    return labels.same(label, labels.CROSSED)


def crossings(rows: Iterable[Row]) -> tuple[str, ...]:
    """The addresses that links to other languages name."""
    named = [row for row in rows if "://" in row.plain and is_crossing(row)]
    return tuple(dict.fromkeys(found for row in named for found in ADDRESS.findall(row.plain)))


@told_once
def scrap(row: Row) -> str:
    """The reason to drop ``row`` wherever it stands, or ``""``."""
    if row.words > SCRAP:
        return ""
    first = row.plain[0]
    if first in _SCRAP_OPENS or first.isdigit() or "[" in row.plain:
        for test, reason in _SCRAPS:
            if test(row):
                return reason
    if is_crossing(row):
        return "link to another language"
    return "navigation" if is_menu(row) else ""


_SCRAP_OPENS = frozenset("+|[!<-")
_SCRAPS = (
    (is_phone, "phone number"),
    (is_hidden_address, "hidden address"),
    (is_bar, "table border"),
    (is_leftover, "markup"),
)


def menu_end(
    rows: Sequence[Row], known: frozenset[str] = frozenset(), *, parted: bool = False
) -> int:
    """How many rows at the top of ``rows`` are the page's menu.

    ``rows`` end where the story must have begun; ``parted`` says that nothing is printed right
    above that place. A menu is told by rows of labels side by side, by
    a run of labels one a line, or by digests that the source is known to repeat.
    """
    last = _last_menu(rows, known)
    if last < 0:
        return _run(rows, parted)
    end = last + 1
    while end < len(rows) and not rows[end].after_blank and is_label(rows[end]):
        end += 1
    if end < len(rows) and rows[end].after_blank:
        return end
    return last + 1


def _last_menu(rows: Sequence[Row], known: frozenset[str]) -> int:
    last = -1
    for number, row in enumerate(rows):
        if is_menu(row) or (known and digest(row.text) in known):
            last = number
        elif not (is_label(row) or is_phone(row) or is_hidden_address(row)):
            break
    return last


def _run(rows: Sequence[Row], parted: bool) -> int:
    """The length of a run of labels, one a line, cut at its first blank line.

    The last label is the headline, unless it is printed close to the others and parted from what
    follows: then the headline was lost. Two or three words below a longer label are a name.
    """
    end = 0
    while end < len(rows) and (is_label(rows[end]) or is_phone(rows[end])):
        if end >= RUN and rows[end].after_blank and not rows[1].after_blank:
            return end
        end += 1
    if end < RUN:
        return 0
    if end < len(rows):
        return end
    if parted and not rows[end - 1].after_blank:
        return end
    named = rows[end - 1].words in {2, 3} and rows[end - 2].words >= 4
    return end - 2 if named else end - 1
