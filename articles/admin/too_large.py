"""Why a text is past the guard of the HTML parsers, in the editor's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from articles.text.bidi import isolate
from articles.text.html import HtmlTooLarge

SENTENCES = {
    "bytes": _(
        "The text holds %(size)s bytes, and the limit is %(most)s. Divide it, or paste it without "
        "its formatting."
    ),
    "tags": _(
        "The text holds %(size)s tags, and the limit is %(most)s. Divide it, or paste it without "
        "its formatting."
    ),
    "character references": _(
        "The text holds %(size)s character references, and the limit is %(most)s. Divide it, or "
        "paste it without its formatting."
    ),
    "depth": _(
        "The text opens %(tag)s inside %(most)s other tags, which is the limit. Close tags that "
        "were left open, or paste the text without its formatting."
    ),
    "attributes": _(
        "The tag %(tag)s has more than %(most)s attributes. Paste the text without its formatting."
    ),
}
"""A sentence for each limit that ``HtmlTooLarge`` may name."""


def told(error: HtmlTooLarge) -> str:
    """The sentence for ``error``, its tag kept whole in a language that runs from right to left."""
    return str(SENTENCES[error.limit]) % {
        "size": f"{error.size:,}",
        "most": f"{error.most:,}",
        "tag": isolate(f"<{error.tag}>", "ltr"),
    }
