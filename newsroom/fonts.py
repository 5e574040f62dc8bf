"""The Urdu and Sindhi web fonts: served from where npm puts them, and missed by no page without.

npm is optional. Where it has not run, stylesheets still name the faces, and a browser goes on to
the next face in the list; so an absent font must not stop ``collectstatic`` or a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from newsroom.styles import OURS, lean

PREFIX = "fonts"
FILES = {
    "noto-nastaliq-urdu-arabic-400-normal.woff2": "noto-nastaliq-urdu",
    "noto-naskh-arabic-arabic-400-normal.woff2": "noto-naskh-arabic",
    "noto-naskh-arabic-arabic-700-normal.woff2": "noto-naskh-arabic",
}
"""File name -> the @fontsource package that holds it. Only faces that stylesheets name."""


def font_path(name: str) -> Path | None:
    """Return where the font is on this disk, or None for what is no font of ours or absent."""
    if name not in FILES:
        return None
    packages = Path(settings.BASE_DIR) / "node_modules" / "@fontsource"
    path = packages / FILES[name] / "files" / name
    return path if path.is_file() else None


class FontFinder(BaseFinder):
    """Finds the installed fonts as static files under ``fonts/``."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Report nothing: fonts are allowed to be absent."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the font's path on disk, in a list when ``find_all``, or an empty list."""
        folder, _slash, name = path.partition("/")
        found = font_path(name) if folder == PREFIX else None
        if found is None:
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """Yield each installed font with a storage from which it can be read."""
        for name in FILES:
            path = font_path(name)
            if path and not matches_patterns(name, list(ignore_patterns or ())):
                storage = FileSystemStorage(location=path.parent)
                storage.prefix = PREFIX  # type: ignore[attr-defined]  # As collectstatic expects.
                yield name, storage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files: a web font may be absent, and our sheets are lean."""

    def _save(self, name: str, content: Any) -> str:
        if name.startswith(OURS) and name.endswith(".css"):
            whole = b"".join(content.chunks())  # From its beginning, whoever has read it before.
            content = ContentFile(lean(whole))
        kept: str = super()._save(name, content)
        return kept

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        if content is None and self._is_absent_font(name):
            return name
        hashed: str = super().hashed_name(name, content, filename)
        return hashed

    def stored_name(self, name: str) -> str:
        if self._is_absent_font(name):
            return name
        stored: str = super().stored_name(name)
        return stored

    def _is_absent_font(self, name: str) -> bool:
        folder, _slash, file = name.partition("/")
        return folder == PREFIX and file in FILES and not self.exists(name)
