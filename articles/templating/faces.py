"""The typefaces that a page fetches before its text is drawn: those of its own script."""

from __future__ import annotations

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html_join

from articles.models import Language
from articles.models.language import Script

FILES: dict[str, list[str]] = {
    Script.NASTALIQ: ["fonts/noto-nastaliq-urdu-arabic-400-normal.woff2"],
    Script.NASKH: [
        "fonts/noto-naskh-arabic-arabic-400-normal.woff2",
        "fonts/noto-naskh-arabic-arabic-700-normal.woff2",
    ],
}


def preload_faces(language: Language) -> str:
    """Return ``<link rel="preload">`` for each installed face of the language's script."""
    addresses = [address for name in FILES.get(language.script, []) if (address := _address(name))]
    return format_html_join(
        "\n",
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
        ((address,) for address in addresses),
    )


def _address(name: str) -> str:
    """Return the address of a font, or nothing when it is not installed: a preload would be a 404.

    A storage that hashes names has hashed only what was there when files were collected.
    """
    address: str = staticfiles_storage.url(name)
    is_here = not address.endswith(name) or finders.find(name)
    return address if is_here else ""
