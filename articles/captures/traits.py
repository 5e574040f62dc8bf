"""What a page may carry at all: a quick look at the whole text that spares slow looks at each line.

A line can only be a caption, an offer, a notice or a note if one of its words stands in the page.
"""

from __future__ import annotations

CAPTION, CONSENT, OFFER = "caption", "consent", "offer"

_LATIN = {
    CAPTION: ("photo", "pictur", "image", "pics", "courtesy", "screen", "illustration", "graphic"),
    CONSENT: ("cookie",),
    OFFER: (
        "newsletter", "mailing list", "inbox", "mail address", "whatsapp", "google news",
        "notification", "alerts", "youtube", "mobile app", "subscribe",
    ),
}  # fmt: skip
_ARABIC = {
    CAPTION: ("فوٹو", "تصویر", "تصاویر", "عکس", "فوٽو", "تصوير"),
    CONSENT: ("کوکیز", "ڪوڪيز"),
    OFFER: ("نیوز لیٹر", "چینل", "گوگل", "ای میل", "ایپ", "نيوز ليٽر", "چينل", "اي ميل"),
}


def traits(text: str) -> frozenset[str]:
    """The kinds of furniture of which a word stands somewhere in ``text``."""
    found = _of(text.encode("ascii", "ignore").decode().lower(), _LATIN)
    return found if text.isascii() else found | _of(text, _ARABIC)


def _of(text: str, signs: dict[str, tuple[str, ...]]) -> frozenset[str]:
    holds = text.__contains__
    return frozenset(name for name, words in signs.items() if any(map(holds, words)))
