"""Pages that a server gave instead of a story: its own error messages, in three languages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .rows import LONG, Row

FEW = 80
"""More words than this on a page are not only its server's message."""

# The status phrases of HTTP (RFC 9110, section 15), as servers and publishing software print them.
_MESSAGE = re.compile(
    r"(?:(?:http )?(?:error )?(?:400|401|403|404|410|429|500|502|503|504)\b.{0,40}"
    r"|(?:oops|sorry)\b.{0,60}\b(?:not (?:be )?found|gone|went wrong)"
    r"|(?:the |this )?page (?:you .{1,50}? )?(?:is |was |can.?not be |could not be )?"
    r"(?:not found|not available|found|unavailable)"
    r"|access denied|forbidden|bad gateway|service (?:temporarily )?unavailable"
    r"|internal server error|just a moment|checking your browser.{0,60}"
    r"|(?:please )?(?:enable|turn on) javascript.{0,60}"
    r"|(?:یہ |مطلوبہ )?صفحہ (?:دستیاب نہیں|موجود نہیں|نہیں ملا|نہیں مل سکا)(?: ہے)?"
    r"|(?:هي |گهربل )?صفحو (?:موجود ناهي|نه مليو|دستياب ناهي)(?: آهي)?)\W*\Z",
    re.IGNORECASE,
)


def is_error_page(rows: Sequence[Row]) -> bool:
    """Whether ``rows``, a whole page, only say that there is no page: no story of any length."""
    if sum(row.words for row in rows) > FEW or any(row.words >= LONG + 10 for row in rows):
        return False
    return any(row.words <= 12 and _MESSAGE.match(row.plain) for row in rows[:6])
