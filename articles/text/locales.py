"""Languages as software that knows only locales names them."""

from __future__ import annotations

# The territory that Unicode CLDR 48 (likelySubtags) adds to a language that is named alone.
LIKELY_TERRITORY = {
    "ar": "EG", "bal": "PK", "bn": "BD", "brh": "PK", "en": "US", "fa": "IR", "hi": "IN",
    "ps": "AF", "sd": "PK", "skr": "PK", "ur": "PK",
}  # fmt: skip


def locale_of(code: str) -> str:
    """Return a BCP 47 tag as language_TERRITORY ("ur_PK"); "" where no territory is known."""
    language, *rest = code.split("-")
    named = next((part for part in rest if len(part) == 2 and part.isupper()), "")
    territory = named or LIKELY_TERRITORY.get(language, "")
    return f"{language}_{territory}" if territory else ""
