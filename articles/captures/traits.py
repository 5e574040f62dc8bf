"""What a page may carry at all: a look at its whole text that spares slow looks at each line.

A line can only be a notice of cookies where the page names them. A site that names its letters or
its channels anywhere has lines that offer them in other words.
"""

from __future__ import annotations

from functools import cached_property

_CONSENT = ("ookie", "OOKIE", "کوکیز", "ڪوڪيز")
_OFFER = (
    *("newsletter", "mailing list", "inbox", "mail address", "whatsapp", "google news"),
    *("notification", "alerts", "youtube", "mobile app", "subscribe"),
    *("نیوز لیٹر", "چینل", "گوگل", "ای میل", "ایپ", "نيوز ليٽر", "چينل", "اي ميل"),
)


class Traits:
    """The kinds of furniture of which a word stands somewhere in ``text``, a page's.

    ``consent`` says that the page may ask its readers to accept cookies.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.consent = any(map(text.__contains__, _CONSENT))

    @cached_property
    def offer(self) -> bool:
        """Whether the page may offer letters, channels or applications of its site."""
        latin = self._text.encode("ascii", "ignore").decode().lower()
        return any(map(latin.__contains__, _OFFER)) or any(map(self._text.__contains__, _OFFER))
